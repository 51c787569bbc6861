import Foundation
import Understudy

/// Where the questions of a guided start are shown, and where the answers come from.
struct StartDesk {
  private let console: Console
  /// Answers that were written beforehand; nil if somebody types them.
  private var written: ArraySlice<String>?
  /// The number of answers that were written beforehand.
  private var count = 0

  /// - Parameter answers: The file of answers, one a line; nil if somebody types them.
  /// - Throws: ``Failure`` if nobody could answer.
  init(_ console: Console, answers: String?) throws {
    self.console = console
    if let answers {
      guard let text = try InputFile.text(answers) else {
        throw Failure(
          "\(answers): there are no answers in UTF-8 to read.",
          remedy: "Check the path, and write one answer a line.")
      }
      var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
      // The end of the last line begins no answer.
      if lines.last == "" { lines.removeLast() }
      written = lines[...]
      count = lines.count
    } else {
      guard isatty(STDIN_FILENO) == 1, !console.isJSON, !console.isQuiet else {
        throw Failure(
          "Questions are asked, and nobody is there to answer them: standard input is no terminal, or --json or --quiet was said.",
          remedy: "Run it in a terminal, or name a file of answers with --answers, one a line.")
      }
    }
  }

  /// Shows lines, unless only the outcome is wanted.
  func show(_ lines: [String]) {
    guard !console.isJSON, !console.isQuiet, !lines.isEmpty else { return }
    let width = min(console.terminal.width, Self.widest)
    console.show(
      lines.map { Wrapping.wrap("  " + $0, width: width, indentation: 2) }
        .joined(separator: "\n"))
  }

  func show(_ question: Question) {
    if let heading = question.heading {
      guard !console.isJSON, !console.isQuiet else { return }
      console.show("\n" + console.terminal.outputInk.bold(heading))
    }
    show(question.lines)
  }

  /// Lines longer than this are hard to read, however wide the window is.
  private static let widest = 100

  /// Asks, and returns the line that is answered, without its end.
  /// - Throws: `CancellationError` if the input ends; ``Failure`` if the written answers do.
  mutating func ask(_ question: Question) throws -> String {
    let usual = question.usual.map { " [\($0)]" } ?? ""
    let prompt =
      console.terminal.outputInk.bold(question.prompt) + "\(usual) "
    if written != nil {
      guard let answer = written?.popFirst() else {
        throw Failure(
          "The answers end before the question: \(question.prompt)",
          remedy: "Add a line for it. Nothing was written.")
      }
      if !console.isJSON, !console.isQuiet { console.show(prompt + answer) }
      return answer
    }
    Console.write(prompt, to: .standardOutput)
    guard let answer = readLine(strippingNewline: true) else {
      Console.write("\n", to: .standardOutput)
      throw CancellationError()
    }
    return answer
  }

  /// Refuses a written answer that cannot be taken: the next one belongs to another question.
  func refuse(_ sentences: [String]) throws {
    guard let written else { return }
    throw Failure(
      "Answer \(count - written.count) cannot be taken: \(sentences.first ?? "")",
      remedy: "Correct this line. Nothing was written.")
  }

  /// Refuses answers that no question was asked for.
  func finish() throws {
    guard let written, !written.isEmpty else { return }
    throw Failure(
      "\(Numbers.count(written.count, "answer")) more than there are questions.",
      remedy: "Take them out: they may belong to other questions. Nothing was written.")
  }
}
