import ArgumentParser
import Tables

/// How a table is written, where that is not to be found out.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A further word that stands for a missing cell, such as -9 or unknown. Repeatable.", valueName: "token"))
  var missing: [String] = []

  @Option(help: ArgumentHelp("What separates the cells: comma, semicolon, tab, pipe, or the character.", valueName: "delimiter"))
  var delimiter: String?

  @Flag(name: .customLong("no-header"), help: "The first line holds data, not names.")
  var hasNoHeader = false

  private static let delimiters: [String: Character] = [
    "comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|",
  ]

  func validate() throws { _ = try delimiterByte() }

  func readOptions() throws -> ReadOptions {
    ReadOptions(
      delimiter: try delimiterByte(), hasHeader: hasNoHeader ? false : nil, missingTokens: TableFormat.defaultMissingTokens + missing)
  }

  private func delimiterByte() throws -> UInt8? {
    guard let delimiter else { return nil }
    let character = ReadingOptions.delimiters[delimiter] ?? (delimiter.count == 1 ? delimiter.first : nil)
    guard let byte = character?.asciiValue, [",", ";", "\t", "|"].contains(character) else {
      throw ValidationError("--delimiter: must be comma, semicolon, tab or pipe, or one of these characters")
    }
    return byte
  }
}
