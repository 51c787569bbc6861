import CountedTables
import DatabaseTables
import Foundation
import Synchronization
import TableSources

/// The same program, started once more to have one table counted where it is.
///
/// It keeps one connection, so that all counts are of one state of the table, where the engine has
/// such a thing.
package final class CountingProcess: CountingLink {
  /// The table as it stands behind `FROM`.
  package let table: String
  package let types: [DeliveredType]
  private let name: String
  private let timeLimitSeconds: Int?
  private let check: @Sendable () throws -> Void
  private let state: Mutex<State>

  private struct State {
    let child: Child
    var received = Data()
    var traffic = CountTraffic()
  }

  /// Starts the process and connects.
  /// - Parameter describes: Whether there is a table to be counted.
  /// - Parameter check: Called while waiting; an error it throws ends the wait.
  init(
    _ place: ReadingTask.Place, name: String, process: ReadingProcess, describes: Bool = true,
    check: @escaping @Sendable () throws -> Void
  ) throws {
    (self.name, self.check, timeLimitSeconds) = (name, check, process.timeLimitSeconds)
    let child = try Child(process.program)
    var state = State(child: child)
    do {
      let task = WorkerTask.count(CountingTask(place: place, name: name, describes: describes))
      guard child.send(try JSONEncoder().encode(task) + Data("\n".utf8)) else {
        throw SourceError.readerDied(table: name)
      }
      let (reply, _) = try Self.reply(
        &state, name: name, limit: process.timeLimitSeconds, check: check)
      guard let table = reply.table, let types = reply.types else {
        throw SourceError.malformed(table: name)
      }
      (self.table, self.types) = (table, types)
    } catch {
      child.end(after: ReadingProcess.grace)
      throw error
    }
    self.state = Mutex(state)
  }

  deinit { state.withLock { $0.child.end(after: ReadingProcess.grace) } }

  package var traffic: CountTraffic { state.withLock { $0.traffic } }

  package func run(_ sql: String) throws { _ = try answer(.run(sql)) }

  package func bytes(of sql: String) throws -> [UInt8] {
    Array(try answer(.bytes(sql)).bytes)
  }

  package func numbers(of sql: String, columns: Int) throws -> [[Int64]] {
    let (reply, bytes) = try answer(.numbers(sql))
    guard reply.columns == columns, reply.rows >= 0,
      bytes.count == columns * reply.rows * 8
    else { throw SourceError.malformed(table: name) }
    return bytes.withUnsafeBytes { bytes in
      (0..<columns).map { column in
        (0..<reply.rows).map { row in
          Int64(
            littleEndian: bytes.loadUnaligned(
              fromByteOffset: 8 * (column * reply.rows + row), as: Int64.self))
        }
      }
    }
  }

  private func answer(_ request: CountingRequest) throws
    -> (reply: CountingReply, bytes: Data)
  {
    try state.withLock { state in
      guard state.child.send(try JSONEncoder().encode(request) + Data("\n".utf8)) else {
        throw SourceError.readerDied(table: name)
      }
      let answer = try Self.reply(&state, name: name, limit: timeLimitSeconds, check: check)
      state.traffic.add(bytes: answer.bytes.count)
      return answer
    }
  }

  /// Waits for a reply.
  private static func reply(
    _ state: inout State, name: String, limit: Int?, check: () throws -> Void
  ) throws -> (reply: CountingReply, bytes: Data) {
    let deadline = limit.map { ContinuousClock.now + .seconds($0) }
    func wait() throws {
      guard let piece = state.child.receive(patience: ReadingProcess.patience) else {
        throw SourceError.readerDied(table: name)
      }
      state.received += piece
      try check()
      if let deadline, let limit, ContinuousClock.now > deadline {
        throw SourceError.notInTime(table: name, seconds: limit)
      }
    }
    var end = state.received.firstIndex(of: UInt8(ascii: "\n"))
    while end == nil {
      try wait()
      end = state.received.firstIndex(of: UInt8(ascii: "\n"))
    }
    let head = state.received[..<(end ?? 0)]
    guard let reply = try? JSONDecoder().decode(CountingReply.self, from: head), reply.bytes >= 0
    else { throw SourceError.malformed(table: name) }
    state.received = Data(state.received[((end ?? 0) + 1)...])
    while state.received.count < reply.bytes { try wait() }
    let bytes = Data(state.received.prefix(reply.bytes))
    state.received = Data(state.received.dropFirst(reply.bytes))
    if let fault = reply.fault { throw fault }
    return (reply, bytes)
  }
}
