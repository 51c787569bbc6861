import CTestPrograms
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that a test runs. All tests start programs through this type (a tidy test checks it),
/// because the program dies with the process that started it.
///
/// It has a session of its own. Everything left in that session is ended when the program ends,
/// when this object is released, and when the process of the tests ends, even if it is killed: by a
/// signal at the parent's death (Linux) and by a guardian process. There is no time limit, which a
/// busy machine would exceed, but a limit on the program's own processor time, which stops a
/// program that would run forever.
package final class TestProgram: Sendable {
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)

    /// As in a shell: 128 plus the signal's number if the program was killed.
    package var status: Int32 {
      switch self {
      case .exited(let status): status
      case .killed(let signal): 128 + signal
      }
    }
  }

  /// The circumstances in which a program is started.
  package struct Setting: Sendable {
    package var environment = ProcessInfo.processInfo.environment
    package var folder = FileManager.default.temporaryDirectory
    /// Standard input; nothing by default.
    package var input = URL(fileURLWithPath: "/dev/null")
    package var output = URL(fileURLWithPath: "/dev/null")
    package var errors = URL(fileURLWithPath: "/dev/null")
    /// Far more than any program of a test needs.
    package var processorSeconds = 1800
    /// Whether root, too, may only open files that their permissions allow.
    package var obeysPermissions = false

    package init() {}
  }

  package struct CannotStart: Error, CustomStringConvertible {
    package let path: String
    package let number: Int32
    package var description: String {
      "\(path) cannot be started: \(String(cString: strerror(number)))"
    }
  }

  package let processIdentifier: Int32
  private let ending = Mutex<Ending?>(nil)

  package init(_ path: String, _ arguments: [String], _ setting: Setting = Setting()) throws {
    let streams = try [
      (setting.input, O_RDONLY), (setting.output, O_WRONLY), (setting.errors, O_WRONLY),
    ].map { file, mode in
      let descriptor = open(file.path, mode | O_CLOEXEC)
      guard descriptor >= 0 else { throw CannotStart(path: file.path, number: errno) }
      return descriptor
    }
    defer { for descriptor in streams { close(descriptor) } }
    let words = CStrings([path] + arguments)
    let environment = CStrings(setting.environment.map { "\($0)=\($1)" })
    processIdentifier = path.withCString { path in
      setting.folder.path.withCString { folder in
        var program = test_program(
          path: path, arguments: words.pointers, environment: environment.pointers, folder: folder,
          input: streams[0], output: streams[1],
          errors: streams[2], processor_seconds: setting.processorSeconds,
          obeys_permissions: setting.obeysPermissions ? 1 : 0)
        return test_program_start(&program)
      }
    }
    guard processIdentifier > 0 else {
      ending.withLock { $0 = .exited(127) }
      throw CannotStart(path: path, number: -processIdentifier)
    }
  }

  deinit {
    guard ending.withLock({ $0 == nil }) else { return }
    kill(processIdentifier, SIGKILL)
    _ = wait()
  }

  package var isRunning: Bool {
    ending.withLock { $0 == nil && test_program_has_ended(processIdentifier) == 0 }
  }

  /// Waits for the end, however long it takes.
  @discardableResult package func wait() -> Ending {
    ending.withLock { known in
      if let known { return known }
      let status = test_program_wait(processIdentifier)
      let ending = status < 0 ? Ending.killed(signal: -status) : .exited(status)
      known = ending
      return ending
    }
  }

  /// Sends a signal, unless the program was waited for.
  package func send(_ signal: Int32) {
    ending.withLock { if $0 == nil { kill(processIdentifier, signal) } }
  }

  /// Polls until a condition holds or the program has ended, and returns whether the condition
  /// holds. A program that has ended has nothing more to show, and its limit on processor time
  /// stops one that would run forever, so no clock is needed.
  package func wait(until condition: () throws -> Bool) rethrows -> Bool {
    while isRunning {
      if try condition() { return true }
      usleep(5000)
    }
    return try condition()
  }
}

/// Strings as `execve` takes them, for as long as this object lives.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (place, string) in strings.enumerated() { pointers[place] = strdup(string) }
    pointers[count] = nil
  }

  deinit {
    for place in 0..<count { free(pointers[place]) }
    pointers.deallocate()
  }
}
