import Dispatch
import Foundation

/// A program run to its end, with its streams in files, which never fill up as pipes do.
struct ChildProcess {
  let program: URL
  let arguments: [String]
  let folder: URL
  /// Variables that override those of this process if both have one.
  let environment: [String: String]

  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// - Parameter streams: a folder outside `folder` for the two streams.
  /// - Throws: `CancellationError` if the program was interrupted, as Ctrl-C interrupts all
  ///   programs of a terminal.
  func run(streams: URL) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (streams.appendingPathComponent("out"), streams.appendingPathComponent("err"))
    for file in [output, errors] { try Data().write(to: file) }
    let handles = [try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors)]
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    for handle in handles { try handle.close() }
    if process.terminationReason == .exit, process.terminationStatus == 130 { throw CancellationError() }
    // A crash must not look like one of the program's own exit statuses.
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Outcome(
      status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// Processor seconds of all programs that this one ran to their ends.
enum ChildTime {
  static var seconds: Double {
    var usage = rusage()
    #if canImport(Darwin)
      let who = RUSAGE_CHILDREN
    #else
      let who = __rusage_who_t(RUSAGE_CHILDREN.rawValue)
    #endif
    getrusage(who, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
