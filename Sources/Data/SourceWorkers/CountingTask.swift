import Basics
import DatabaseTables
import Foundation
import TableSources

/// The work of a process that counts one table: it connects, says what the table's columns are, and
/// then answers requests until its input ends.
struct CountingTask: Codable, Sendable {
  let place: ReadingTask.Place
  /// The name by which errors call the source.
  let name: String
  /// Whether there is a table to be described; if not, one will be made.
  let describes: Bool
}

/// A line to the process.
enum CountingRequest: Codable {
  case run(String)
  case numbers(String)
  case bytes(String)
}

/// A line from the process, followed by this many bytes.
struct CountingReply: Codable {
  var fault: SourceError?
  /// The table as it stands behind `FROM`, and its columns: in the first reply.
  var table: String?
  var types: [DeliveredType]?
  /// The numbers of columns and rows that follow, column by column, each of eight bytes with the
  /// lowest first.
  var columns = 0
  var rows = 0
  var bytes = 0
}

/// The process's side of a count.
struct CountingService {
  private let task: CountingTask
  private let started: (RunningStatement) -> Void

  init(_ task: CountingTask, started: @escaping (RunningStatement) -> Void) {
    (self.task, self.started) = (task, started)
  }

  /// Answers until the process ends. Returns the exit code if it cannot go on.
  func run(requests next: () -> Data, report: Int32) -> Int32 {
    let session: DriverSession
    do throws(SourceError) {
      let (opened, table) = try open()
      let types =
        task.describes ? try opened.columnTypes(of: "SELECT * FROM \(table) LIMIT 0") : []
      session = opened
      guard send(CountingReply(table: table, types: types), [], to: report) else { return 74 }
    } catch {
      _ = send(CountingReply(fault: error), [], to: report)
      return 0
    }
    while true {
      guard let request = try? JSONDecoder().decode(CountingRequest.self, from: next()) else {
        return 64
      }
      var (reply, bytes) = (CountingReply(), [UInt8]())
      do throws(SourceError) { (reply, bytes) = try answer(request, session) } catch {
        reply.fault = error
      }
      reply.bytes = bytes.count
      guard send(reply, bytes, to: report) else { return 74 }
    }
  }

  private func open() throws(SourceError) -> (DriverSession, String) {
    switch task.place {
    case .query(let library, let options, let setUp, let sql):
      let session = try DriverSession(library, options: options, table: task.name)
      started(session.canceller)
      for statement in setUp { try session.run(statement) }
      return (session, sql)
    case .parquet(let library, let files):
      let engine = try EmbeddedEngine(library, files: files, table: task.name)
      started(engine.canceller)
      return try engine.counting()
    case .statistics: throw .malformed(table: task.name)
    }
  }

  private func answer(_ request: CountingRequest, _ session: DriverSession) throws(SourceError)
    -> (CountingReply, [UInt8])
  {
    switch request {
    case .run(let sql):
      try session.run(sql)
      return (CountingReply(), [])
    case .bytes(let sql): return (CountingReply(), try session.bytes(of: sql))
    case .numbers(let sql):
      let table = try session.rows(of: sql)
      guard table.columns.allSatisfy({ $0.kind == .whole }) else {
        throw .malformed(table: task.name)
      }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(table.columns.count * table.rowCount * 8)
      for column in table.columns {
        for value in column.ticks {
          withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }
      }
      return (CountingReply(columns: table.columns.count, rows: table.rowCount), bytes)
    }
  }

  private func send(_ reply: CountingReply, _ bytes: [UInt8], to report: Int32) -> Bool {
    guard let head = try? JSONEncoder().encode(reply) else { return false }
    return (head + Data("\n".utf8) + bytes).withUnsafeBytes { WholeWrite.all(of: $0, to: report) }
  }
}
