import Basics
import Foundation
import TableSources

/// The same program, started once more to read one source.
///
/// Drivers and parsers of foreign formats are code that may fail in any way. They run in a process
/// of their own, which has no ledger, writes one file, and reports in our words alone. It ends when
/// its input ends: with the process that started it, or when that loses patience.
package struct ReadingProcess: Sendable {
  /// The first argument of the process.
  package static let word = "read-source"

  let program: String
  /// The longest time that the work may take; nil without a limit.
  let timeLimitSeconds: Int?

  /// Milliseconds between checks for a request to stop.
  static let patience: Int32 = 200
  /// Checks until a process that was asked to end is ended, and the milliseconds between them.
  static let grace: (checks: Int, milliseconds: Int32) = (300, 10)

  /// - Parameter program: The program that answers to ``word`` with ``ReadingService/run()``.
  package init(program: URL, timeLimitSeconds: Int? = nil) {
    self.program = program.path
    self.timeLimitSeconds = timeLimitSeconds
  }

  /// Runs a task to its end.
  /// - Parameter check: Called while waiting; an error it throws ends the process.
  package func run(_ task: ReadingTask, check: () throws -> Void) throws {
    let child = try Child(program)
    defer { child.end(after: Self.grace) }
    guard child.send(try JSONEncoder().encode(WorkerTask.read(task)) + Data("\n".utf8)) else {
      throw SourceError.readerDied(table: task.name)
    }
    let deadline = timeLimitSeconds.map { ContinuousClock.now + .seconds($0) }
    var report = Data()
    while let piece = child.receive(patience: Self.patience) {
      report += piece
      try check()
      if let deadline, let timeLimitSeconds, ContinuousClock.now > deadline {
        throw SourceError.notInTime(table: task.name, seconds: timeLimitSeconds)
      }
    }
    try check()
    guard let outcome = try? JSONDecoder().decode(ReadingOutcome.self, from: report) else {
      throw SourceError.readerDied(table: task.name)
    }
    if case .failed(let error) = outcome { throw error }
  }
}

/// A started process, with a pipe to it and one from it.
struct Child {
  private let process: pid_t
  private let input: Int32
  private let output: Int32

  init(_ program: String) throws(SourceError) {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw .cannotStart }
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup(program), strdup(ReadingProcess.word), nil,
    ]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, program, &actions, nil, &arguments, environ)
    close(toChild[0])
    close(fromChild[1])
    guard status == 0 else {
      close(toChild[1])
      close(fromChild[0])
      throw .cannotStart
    }
    (self.process, input, output) = (process, toChild[1], fromChild[0])
  }

  /// Returns whether everything was written.
  func send(_ data: Data) -> Bool {
    data.withUnsafeBytes { WholeWrite.all(of: $0, to: input) }
  }

  /// Waits a little for the process to write. Returns nil once it has closed its output.
  func receive(patience: Int32) -> Data? {
    var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, patience) > 0 else { return Data() }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(output, &buffer, buffer.count)
    if count < 0 && errno == EINTR { return Data() }
    return count > 0 ? Data(buffer[..<count]) : nil
  }

  /// Has the process end, and waits until it has.
  func end(after grace: (checks: Int, milliseconds: Int32)) {
    close(input)
    defer { close(output) }
    var status: Int32 = 0
    for _ in 0..<grace.checks {
      if waitpid(process, &status, WNOHANG) != 0 { return }
      poll(nil, 0, grace.milliseconds)
    }
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
  }
}
