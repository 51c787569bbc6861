import Basics
import Foundation
import Synchronization
import Understudy

/// The two streams of the command: results on standard output, everything else on standard error.
package struct Console: Sendable {
  package let terminal: Terminal
  /// Whether notes, progress and summaries are left out. Results, warnings and errors stay.
  package let isQuiet: Bool
  /// Whether standard output holds one JSON document and nothing else.
  package let isJSON: Bool

  package init(terminal: Terminal, isQuiet: Bool = false, isJSON: Bool = false) {
    self.terminal = terminal
    self.isQuiet = isQuiet
    self.isJSON = isJSON
  }

  /// Shows a page for people on standard output.
  func show(_ page: String) { Console.write(page + "\n", to: .standardOutput) }

  /// Shows a page for people. It gives way if the command wrote its file to standard output.
  func show(_ page: String, beside output: URL) {
    Console.write(
      page + "\n", to: OutputFile.isStandardOutput(output) ? .standardError : .standardOutput)
  }

  /// Shows the one JSON document.
  func show(json value: some Encodable) throws {
    Console.write(try Console.document(value), to: .standardOutput)
  }

  /// Returns a value as JSON. Equal values give equal bytes.
  static func document(_ value: some Encodable) throws -> Data {
    try CanonicalJSON.lines(value, namesInfinities: true) + Data("\n".utf8)
  }

  /// Writes a sentence beside the result.
  func note(_ text: String) {
    guard !isQuiet else { return }
    Console.write(Wrapping.wrap(text, width: terminal.width) + "\n", to: .standardError)
  }

  /// Writes a sentence that even `--quiet` does not suppress.
  func warn(_ text: String) {
    let lines = Wrapping.wrap("Warning: " + text, width: terminal.width)
    Console.write(terminal.errorInk.yellow(lines) + "\n", to: .standardError)
  }

  func report(_ failure: Failure) {
    var failure = failure
    failure.message = SpooledInputs.shared.renaming(failure.message)
    failure.remedy = SpooledInputs.shared.renaming(failure.remedy)
    guard !isJSON else {
      try? show(json: FailureDocument(failure))
      return
    }
    var text = terminal.errorInk.red("Error: ") + failure.message
    if !failure.remedy.isEmpty {
      text += "\n" + terminal.errorInk.bold("What to do: ") + failure.remedy
    }
    Console.write(text + "\n", to: .standardError)
  }

  package static func write(_ text: String, to stream: FileHandle) {
    write(Data(text.utf8), to: stream)
  }

  /// Writes data. A result that cannot be written whole, to a full disk or a closed pipe, is
  /// remembered, and the command then fails.
  static func write(_ data: Data, to stream: FileHandle) {
    do {
      try stream.write(contentsOf: data)
    } catch {
      if stream === FileHandle.standardOutput {
        lostOutput.store(true, ordering: .sequentiallyConsistent)
      }
    }
  }

  /// Whether part of the results was lost.
  static let lostOutput = Atomic<Bool>(false)

  private struct FailureDocument: Encodable {
    struct Body: Encodable {
      let message: String
      let remedy: String
      let code: Int32
      let id: String
      let resembles: [Failure.Candidate]?
    }
    let error: Body

    init(_ failure: Failure) {
      error = Body(
        message: failure.message, remedy: failure.remedy, code: failure.status.rawValue,
        id: failure.id, resembles: failure.candidates)
    }
  }
}
