import Foundation
import Synchronization

/// The program `understudy start TABLE --forms`, which reads the table, holds the conversation and
/// writes the files: a line goes in, a line comes out. No page does any of this itself.
package final class FormsProgram: Sendable {
  /// A failure that the program reported, or that it could not be reached.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    package let message, remedy: String
    package var description: String { remedy.isEmpty ? message : "\(message)\n\(remedy)" }
  }

  /// How far a release is.
  package struct Step: Sendable, Equatable {
    package let phase: String
    package let percent: Int

    package init(phase: String, percent: Int) { (self.phase, self.percent) = (phase, percent) }
  }

  private struct Streams {
    let input: FileHandle
    let output: FileHandle
    var rest = Data()
  }

  private let process: Process
  private let streams: Mutex<Streams>
  private let step = Mutex<Step?>(nil)

  /// Starts the program; it then reads the table.
  /// - Parameter arguments: Those of `understudy start`: the table, and options.
  package init(_ program: URL, _ arguments: [String], folder: URL? = nil) throws {
    // A program that ended must not take this one with it.
    signal(SIGPIPE, SIG_IGN)
    process = Process()
    process.executableURL = program
    process.arguments = ["start"] + arguments + ["--forms", "--json"]
    process.currentDirectoryURL = folder
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (
      input, output, errors
    )
    streams = Mutex(
      Streams(input: input.fileHandleForWriting, output: output.fileHandleForReading))
    do {
      try process.run()
    } catch {
      throw Fault(
        message: "The program \(program.path) cannot be started.",
        remedy: "Name it with --understudy.")
    }
    listen(to: errors.fileHandleForReading)
  }

  deinit { end() }

  /// Ends the program: one that makes a release stops between two steps and leaves nothing
  /// half-written.
  package func end() {
    if process.isRunning { process.interrupt() }
  }

  package func waitForEnd() { process.waitUntilExit() }

  /// How far the release is; nil before there is one.
  package var progress: Step? { step.withLock(\.self) }

  // MARK: Lines

  /// The table as it was seen. To be called once, and first.
  package func sheet() async throws -> Sheet { try await work { try Self.document(of: &$0) } }

  package func reply(
    to answers: [String: String], epsilons: [Double]? = nil, checks: Bool? = nil
  ) async throws -> Reply {
    let inquiry = Inquiry(answers: answers, epsilons: epsilons, checks: checks)
    return try await work { streams in
      try Self.send(inquiry, to: streams)
      return try Self.document(of: &streams)
    }
  }

  /// Has the files written.
  package func write(_ answers: [String: String]) async throws -> Written {
    try await work { streams in
      try Self.send(Inquiry(answers: answers, writes: true), to: streams)
      return try Self.document(of: &streams)
    }
  }

  /// Waits for the release, if one was asked for, and for the end of the program.
  package func ending(of written: Written) async -> Ending {
    let rest = try? await work { Self.remaining(&$0) }
    process.waitUntilExit()
    guard written.release != nil else { return .onlyFiles }
    let decoder = JSONDecoder()
    if let made = rest.flatMap({ try? decoder.decode(Made.self, from: $0) }) {
      return .released(rows: made.rows, epsilon: made.epsilon)
    }
    let fault = rest.flatMap { try? decoder.decode(FaultDocument.self, from: $0) }?.error
    return .failed(
      message: fault?.message ?? "The program ended before the release was made.",
      remedy: fault?.remedy ?? "The commands are in the script: run them in a terminal.")
  }

  private struct Made: Decodable { let rows: Int, epsilon: Double }

  private struct FaultDocument: Decodable {
    struct Body: Decodable { let message, remedy: String }
    let error: Body
  }

  /// Works on the streams in a thread of its own, since reading waits.
  private func work<Result: Sendable>(
    _ work: @escaping @Sendable (inout Streams) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Swift.Result { try self.streams.withLock { try work(&$0) } })
      }
    }
  }

  private static func send(_ inquiry: Inquiry, to streams: Streams) throws {
    let line = try JSONEncoder().encode(inquiry) + Data("\n".utf8)
    do {
      try streams.input.write(contentsOf: line)
    } catch {
      throw ended
    }
  }

  private static let ended = Fault(
    message: "The program understudy has ended.", remedy: "Start again. Nothing is half-written.")

  /// Reads a line, or the program's words on why there is none.
  private static func document<Document: Decodable>(of streams: inout Streams) throws -> Document {
    let line = line(&streams)
    if let document = try? JSONDecoder().decode(Document.self, from: line) { return document }
    let rest = line + remaining(&streams)
    guard let fault = try? JSONDecoder().decode(FaultDocument.self, from: rest).error else {
      throw ended
    }
    throw Fault(message: fault.message, remedy: fault.remedy)
  }

  private static func line(_ streams: inout Streams) -> Data {
    while true {
      if let end = streams.rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(streams.rest[..<end])
        streams.rest = Data(streams.rest[streams.rest.index(after: end)...])
        return line
      }
      let more = streams.output.availableData
      guard !more.isEmpty else { return remaining(&streams) }
      streams.rest += more
    }
  }

  private static func remaining(_ streams: inout Streams) -> Data {
    defer { streams.rest = Data() }
    return streams.rest + ((try? streams.output.readToEnd()) ?? Data())
  }

  // MARK: Progress

  /// Reads what the program says beside its results, until it ends. Only progress is kept.
  private func listen(to errors: FileHandle) {
    Thread.detachNewThread { [weak self] in
      var rest = Data()
      while true {
        let more = errors.availableData
        guard !more.isEmpty else { return }
        rest += more
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[..<end], as: UTF8.self)
          rest = Data(rest[rest.index(after: end)...])
          if let step = Self.step(line) { self?.step.withLock { $0 = step } }
        }
      }
    }
  }

  /// A line such as `Learning each column: 40 % of its budget used`.
  package static func step(_ line: String) -> Step? {
    guard let parts = line.wholeMatch(of: /([^:]+): (\d+) % .*/),
      let percent = Int(parts.output.2)
    else { return nil }
    return Step(phase: String(parts.output.1), percent: min(percent, 100))
  }
}
