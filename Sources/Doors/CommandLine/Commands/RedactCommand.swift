import ArgumentParser
import Foundation
import ProseRedaction
import Understudy

/// The `understudy redact` command.
struct RedactCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Takes what names a person out of texts and tables, or puts inventions in its place.",
    discussion: """
      What it writes is not anonymous by proof: it finds much and misses some. Read a sample before you hand it over.

      Examples:
        understudy redact notes.txt -o clean.txt
        understudy redact notes.jsonl -o clean.jsonl --text-field text \\
          --mode fake --key owner.key --person-field patient
        understudy redact visits.csv -o clean.csv --policy hipaa-safe-harbor
      """)

  @Argument(help: ArgumentHelp("Text, a table, or JSON lines; .gz too.", valueName: "file"))
  var file: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the rewritten file goes.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp("Write types and counts, never texts, as JSON.", valueName: "file.json"))
  var report: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var documents: DocumentOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    let target = InputFile.url(output)
    let used = [
      (file, "the file that is read"), (redaction.key, "the owner's key"),
      (redaction.zipTable, "the list of areas that is read"),
    ]
    try OutputFile.check(
      [target, report.map(InputFile.url)], replaces: force,
      reading: used + documents.files)
    let redactor = try redaction.redactor()
    try console.withInterruption { check in
      try withoutActuallyEscaping(check) { check in
        let progress = ShareProgress("Redacted", console: console)
        defer { progress.finish() }
        let run = try documents.run(file, personField: redaction.personField) {
          try check()
          progress.report($0)
        }
        let places = speech.json ? BufferedOutput() : nil
        let tally = try run.redact(
          to: target, with: redactor, isDayFirst: redaction.dayFirst, places: places,
          remedyOfUnread: redaction.policy == nil ? nil : Self.remedyOfUnread)
        progress.finish()
        places?.flush()
        try finish(run, tally: tally, console: console)
      }
    }
  }

  private static let remedyOfUnread =
    "Take these texts out, or have them found by --recogniser or --always. Without --policy they are left as they are and counted."

  private func finish(_ run: DocumentRun, tally: FindingTally, console: Console) throws {
    let plan = try redaction.plan()
    let report = RedactionReport(
      file: run.name, tally: tally, plan: plan, isSafeHarbor: redaction.policy != nil,
      linesLeftOut: run.linesAbove)
    if let path = self.report {
      try OutputFile.make(InputFile.url(path)) { try Console.document(report).write(to: $0) }
    }
    if !speech.json, !speech.quiet {
      console.show(
        RedactionPage.text(
          report, tally: tally, output: output, run: run, terminal: console.terminal),
        beside: InputFile.url(output))
    }
    if run.linesAbove > 0 {
      let lines =
        run.linesAbove == 1
        ? "The line above the header, which is no row, is"
        : "\(run.linesAbove) lines above the header, which are no rows, are"
      console.warn("\(lines) not in what was written. With --skip 0 all lines count.")
    }
    if let words = tally.unreadWords {
      console.warn(
        "No detector reads \(words). They were left as they are: look for names, places and numbers in them yourself."
      )
    }
    if plan.needsKey, redaction.key == nil {
      console.note(
        "Fakes, pseudonyms and shifts agree within this run only. With --key FILE they agree between runs and files."
      )
    }
  }
}
