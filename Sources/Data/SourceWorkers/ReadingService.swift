import Basics
import DatabaseTables
import Dispatch
import Foundation
import Synchronization
import TableSources

/// The work of the started process: it reads a task from its input, does it, and reports.
package enum ReadingService {
  /// The longest task, in bytes: a schema and some paths.
  private static let longestTask = 64 << 20

  /// Runs until the task is done. Returns the exit code.
  package static func run() -> Int32 {
    // A crash must not leave rows behind.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    #if canImport(Darwin)
      setrlimit(RLIMIT_CORE, &none)
    #else
      setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    #endif
    // An interrupt from the terminal reaches this process too: the one that started it decides what
    // follows.
    signal(SIGINT, SIG_IGN)
    // Drivers may print; only the report goes out.
    let report = dup(STDOUT_FILENO)
    let nowhere = open("/dev/null", O_WRONLY)
    dup2(nowhere, STDOUT_FILENO)
    guard let line = firstLine(), let task = try? JSONDecoder().decode(WorkerTask.self, from: line)
    else { return 64 }
    let watch = InputWatch()
    switch task {
    case .read(let task):
      let outcome = outcome(of: task, watch)
      guard let data = try? JSONEncoder().encode(outcome) else { return 70 }
      return data.withUnsafeBytes { WholeWrite.all(of: $0, to: report) } ? 0 : 74
    case .count(let task):
      return CountingService(task, started: watch.stops).run(
        requests: watch.nextLine, report: report)
    }
  }

  private static func outcome(of task: ReadingTask, _ watch: InputWatch) -> ReadingOutcome {
    do {
      try task.run(started: watch.stops)
      return .done
    } catch let error as SourceError {
      return .failed(error)
    } catch {
      return .failed(.noRoom(table: task.name))
    }
  }

  private static func firstLine() -> Data? {
    var line = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while line.count < longestTask {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      line += buffer[..<count]
      if line.last == UInt8(ascii: "\n") { return line }
    }
    return nil
  }
}

/// Collects the lines of the input, and ends the process once nobody holds its other end.
private final class InputWatch: Sendable {
  private let statement = Mutex<RunningStatement?>(nil)
  private let lines = Mutex<[Data]>([])
  private let arrivals = DispatchSemaphore(value: 0)
  /// Microseconds that a driver is given to stop its query.
  private static let graceMicroseconds: UInt32 = 1_000_000

  init() {
    Thread.detachNewThread { [self] in
      collect()
      if let statement = statement.withLock({ $0 }) {
        statement.stop()
        usleep(Self.graceMicroseconds)
      }
      _exit(0)
    }
  }

  private func collect() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var line = Data()
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      for byte in buffer[..<count] {
        if byte != UInt8(ascii: "\n") {
          line.append(byte)
          continue
        }
        lines.withLock { $0.append(line) }
        arrivals.signal()
        line = Data()
      }
    }
  }

  /// Waits for a line, and returns it.
  func nextLine() -> Data {
    arrivals.wait()
    return lines.withLock { $0.removeFirst() }
  }

  /// Has a statement stopped before the process ends.
  func stops(_ running: RunningStatement) { statement.withLock { $0 = running } }
}
