import ArgumentParser
import Foundation
import ProseRedaction
import Understudy
import Words

/// The `understudy scan` command.
struct ScanCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Finds what names a person in texts and tables: names, addresses, dates, numbers.",
    discussion: """
      Prints types and counts; with --json types, places and reasons. Texts are shown with --show only. It is for the owner of the data.

      Types: \(IdentifierType.allCases.map(\.rawValue).joined(separator: ", ")).

      Example:
        understudy scan notes.jsonl --text-field text --json
      """)

  @Argument(help: ArgumentHelp("Text, a table, or JSON lines; .gz too.", valueName: "file"))
  var file: String

  @Flag(help: "Print each finding with its text, one a line: for your eyes only.")
  var show = false

  @OptionGroup var documents: DocumentOptions
  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    guard !(show && speech.json) else {
      throw ValidationError("--show: cannot be joined with --json, which never holds a text")
    }
  }

  func execute(_ console: Console) throws {
    try console.withInterruption { check in
      try withoutActuallyEscaping(check) { check in
        let progress = ShareProgress("Scanned", console: console)
        defer { progress.finish() }
        let run = try documents.run(file, findsSets: speech.json) {
          try check()
          progress.report($0)
        }
        let output = BufferedOutput()
        var visitor = FindingsVisitor(
          show ? .shown : speech.json && run.uses == nil ? .json : .counts, output: output)
        try run.run(&visitor, sink: nil)
        progress.finish()
        output.flush()
        if speech.json {
          if let uses = run.uses {
            try console.show(
              json: TableFindings(uses, names: run.columnNames, tally: visitor.tally))
          }
        } else if !speech.quiet {
          let name = run.name
          let heading =
            "\(name): \(Numbers.count(visitor.tally.total, "identifier")) found in \(Numbers.count(visitor.tally.documents, run.noun))."
          console.show(
            FindingsPage.text(visitor.tally, heading: heading, run: run, terminal: console.terminal)
          )
        }
        if let words = visitor.tally.unreadWords {
          console.warn("No detector reads \(words): nothing was looked for in them.")
        }
      }
    }
  }
}
