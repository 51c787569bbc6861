import ArgumentParser
import DelimitedText
import Tables

/// The format of a table, if it should not be detected.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A further word that stands for a missing cell, such as -9 or unknown. Repeatable.",
      valueName: "token"))
  var missing: [String] = []

  @Option(
    help: ArgumentHelp(
      "What separates the cells: comma, semicolon, tab, pipe, or the character.",
      valueName: "delimiter"))
  var delimiter: String?

  @Flag(name: .customLong("no-header"), help: "The first line holds data, not names.")
  var hasNoHeader = false

  @Option(
    help: ArgumentHelp(
      "Lines above the header, or above the first row, that are no rows. Default: found out.",
      valueName: "lines"))
  var skip: Int?

  @Option(
    help: ArgumentHelp(
      "The sign before decimals: point, or comma as in 1,5. Default: found out.", valueName: "sign")
  )
  var decimal: DecimalMark?

  func validate() throws {
    _ = try delimiterByte()
    if let skip, !(0...1000).contains(skip) {
      throw ValidationError("--skip: must be from 0 to 1,000")
    }
  }

  func readOptions() throws -> ReadOptions {
    var options = ReadOptions(
      delimiter: try delimiterByte(), hasHeader: hasNoHeader ? false : nil,
      missingTokens: TableFormat.defaultMissingTokens + missing)
    options.skippedLines = skip
    options.decimalMark = decimal
    return options
  }

  private func delimiterByte() throws -> UInt8? {
    guard let delimiter else { return nil }
    guard let byte = SchemaWords.delimiter(delimiter == "bar" ? "pipe" : delimiter) else {
      throw ValidationError(
        "--delimiter: must be comma, semicolon, tab or pipe, or one of the characters ^ ~ : ! & *")
    }
    return byte
  }
}

extension DecimalMark: ExpressibleByArgument {}
