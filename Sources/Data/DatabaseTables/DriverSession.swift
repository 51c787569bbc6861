import CADBC
import Foundation
import Synchronization
import TableSources

/// A connection to a database through a driver, in the process that loaded it.
///
/// Drivers run their own threads and may fail in any way: only a process that may die makes one of
/// these. No text of a driver leaves it.
package final class DriverSession {
  private let table: String
  private var driver = AdbcDriver()
  private var database = AdbcDatabase()
  private var connection = AdbcConnection()
  private let running = RunningStatement()

  /// Loads a driver and connects.
  /// - Parameter table: The name by which errors call the source.
  package init(_ library: DriverLibrary, options: [String: String], table: String)
    throws(SourceError)
  {
    self.table = table
    let start = try Self.entry(of: library)
    var error = DriverError()
    let isKnown = [AdbcVersion1_1, AdbcVersion1_0].contains { version in
      withUnsafeMutablePointer(to: &driver) { start(Int32(version), $0, &error.raw) == 0 }
    }
    guard isKnown, driver.DatabaseNew != nil, driver.StatementExecuteQuery != nil else {
      throw .driver(.refused(path: library.path))
    }
    running.cancel = driver.StatementCancel
    try check(driver.DatabaseNew?(&database, &error.raw), &error)
    database.private_driver = nil
    for (key, value) in options.sorted(by: { $0.key < $1.key }) {
      try check(driver.DatabaseSetOption?(&database, key, value, &error.raw), &error)
    }
    try check(driver.DatabaseInit?(&database, &error.raw), &error)
    try check(driver.ConnectionNew?(&connection, &error.raw), &error)
    try check(driver.ConnectionInit?(&connection, &database, &error.raw), &error)
  }

  private static func entry(of library: DriverLibrary) throws(SourceError) -> AdbcDriverInitFunction
  {
    guard let handle = dlopen(library.path, RTLD_LAZY | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? ""
      if let symbol = reason.firstMatch(of: /undefined symbol: (\w+)/)?.output.1 {
        throw .driver(.symbol(path: library.path, name: String(symbol)))
      }
      throw .driver(.unloadable(path: library.path))
    }
    guard let symbol = dlsym(handle, library.entryPoint) else {
      throw .driver(.entry(path: library.path, name: library.entryPoint))
    }
    return unsafeBitCast(symbol, to: AdbcDriverInitFunction.self)
  }

  /// Runs a statement to its end and drops its result.
  package func run(_ sql: String) throws(SourceError) {
    try query(sql) { stream throws(SourceError) in try drain(&stream) }
  }

  private func drain(_ stream: inout ArrowArrayStream) throws(SourceError) {
    try ArrowStreamReader.drain(&stream, table: table) { [self] status, stream in
      fault(status, of: &stream)
    }
  }

  /// Runs a query and returns its rows.
  package func rows(of sql: String) throws(SourceError) -> SourceTable {
    var reader: ArrowStreamReader?
    try query(sql) { stream throws(SourceError) in
      reader = try ArrowStreamReader(&stream, table: table) { [self] status, stream in
        fault(status, of: &stream)
      }
    }
    guard let reader else { throw .malformed(table: table) }
    return reader.finished
  }

  /// Returns the bytes in a query's one cell.
  package func bytes(of sql: String) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    try query(sql) { stream throws(SourceError) in
      bytes = try ArrowStreamReader.bytes(of: &stream, table: table) { [self] status, stream in
        fault(status, of: &stream)
      }
    }
    return bytes
  }

  /// Returns the names and types of a query's columns, without a row if the query has none.
  package func columnTypes(of sql: String) throws(SourceError) -> [DeliveredType] {
    var types: [DeliveredType] = []
    try query(sql) { stream throws(SourceError) in
      types = try ArrowStreamReader.types(of: &stream, table: table)
      try drain(&stream)
    }
    return types
  }

  /// Stops the statement that runs, from any thread.
  package var canceller: RunningStatement { running }

  private func query(_ sql: String, _ body: (inout ArrowArrayStream) throws(SourceError) -> Void)
    throws(SourceError)
  {
    var error = DriverError()
    var statement = AdbcStatement()
    try check(driver.StatementNew?(&connection, &statement, &error.raw), &error)
    defer {
      running.end()
      _ = driver.StatementRelease?(&statement, &error.raw)
      error.release()
    }
    try check(driver.StatementSetSqlQuery?(&statement, sql, &error.raw), &error)
    var stream = ArrowArrayStream()
    defer { stream.release?(&stream) }
    var affected: Int64 = -1
    running.begin(statement)
    try check(driver.StatementExecuteQuery?(&statement, &stream, &affected, &error.raw), &error)
    guard stream.get_schema != nil else { throw .malformed(table: table) }
    try body(&stream)
  }

  private func check(_ status: AdbcStatusCode?, _ error: inout DriverError) throws(SourceError) {
    guard let status else { throw .malformed(table: table) }
    guard status == 0 else {
      let fault = error.fault(status: status)
      error.release()
      throw .database(fault, table: table)
    }
  }

  /// Rows may fail after the query has begun well; a driver of version 1.1 then has a code too.
  private func fault(_ status: Int32, of stream: inout ArrowArrayStream) -> SourceError {
    var adbcStatus: AdbcStatusCode = 0
    guard let error = driver.ErrorFromArrayStream?(&stream, &adbcStatus) else {
      let text = stream.get_last_error?(&stream).map { String(cString: $0) } ?? ""
      return .database(
        DriverError.fault(code: "", status: status == ECANCELED ? 11 : 10, text: text), table: table
      )
    }
    return .database(DriverError.fault(of: error.pointee, status: adbcStatus), table: table)
  }
}

/// The statement that runs now, to be cancelled from another thread.
package final class RunningStatement: Sendable {
  private struct State: @unchecked Sendable {
    var statement: AdbcStatement?
    var cancel:
      (
        @convention(c) (UnsafeMutablePointer<AdbcStatement>?, UnsafeMutablePointer<AdbcError>?) ->
          AdbcStatusCode
      )?
  }

  private let state = Mutex(State())

  fileprivate var cancel:
    (
      @convention(c) (UnsafeMutablePointer<AdbcStatement>?, UnsafeMutablePointer<AdbcError>?) ->
        AdbcStatusCode
    )?
  {
    get { state.withLock { $0.cancel } }
    set { state.withLock { $0.cancel = newValue } }
  }

  fileprivate func begin(_ statement: AdbcStatement) { state.withLock { $0.statement = statement } }
  fileprivate func end() { state.withLock { $0.statement = nil } }

  /// Asks the server to stop the statement, if one runs and the driver can.
  package func stop() {
    state.withLock { state in
      guard var statement = state.statement else { return }
      var error = DriverError()
      _ = state.cancel?(&statement, &error.raw)
      error.release()
    }
  }
}

/// A driver's account of a fault, of which only the code is used.
private struct DriverError {
  var raw = AdbcError()

  init() { raw.vendor_code = .min }

  mutating func release() {
    raw.release?(&raw)
    raw = AdbcError()
    raw.vendor_code = .min
  }

  func fault(status: AdbcStatusCode) -> DatabaseFault { Self.fault(of: raw, status: status) }

  static func fault(of error: AdbcError, status: AdbcStatusCode) -> DatabaseFault {
    var code = [CChar](repeating: 0, count: 6)
    withUnsafePointer(to: error) { understudy_sqlstate($0, &code) }
    let text = error.message.map { String(cString: $0) } ?? ""
    return fault(
      code: String(decoding: code.prefix(5).map { UInt8(bitPattern: $0) }, as: UTF8.self),
      status: status, text: text)
  }

  /// Some drivers give no code for a connection that failed: fixed words of theirs stand for one.
  /// They decide which of our sentences is shown, and are not shown themselves.
  static func fault(code: String, status: AdbcStatusCode, text: String) -> DatabaseFault {
    let fault = DatabaseFault(code: code, status: Int(status))
    guard case .other("", _) = fault else { return fault }
    if let state = SparkConnect.code(in: text) {
      return DatabaseFault(code: state, status: Int(status))
    }
    for (words, fault) in signs where text.contains(words) { return fault }
    return fault
  }

  private static let signs: [(String, DatabaseFault)] = [
    ("password authentication failed", .login), ("no password supplied", .login),
    ("role \"", .login), ("no pg_hba.conf entry", .login),
    ("database \"", .noSuchDatabase), ("Connection refused", .unreachable),
    ("could not translate host name", .unreachable),
    ("No such file or directory", .unreachable), ("timeout expired", .unreachable),
    ("certificate", .unreachable),
    ("terminating connection", .ended), ("server closed the connection", .ended),
    ("Catalog Error", .noSuchTable),
    ("Binder Error", .noSuchColumn), ("Parser Error", .query), ("Conversion Error", .cell),
    ("Permission Error", .noRights),
    ("connection refused", .unreachable), ("no such host", .unreachable),
    ("authentication handshake failed", .unreachable), ("error reading from server", .ended),
    ("connection reset", .ended), ("transport is closing", .ended),
    ("connection error", .unreachable),
    ("IO Error", .other(code: "", status: 10)), ("INTERRUPT", .cancelled),
    ("canceling statement", .cancelled),
  ]
}
