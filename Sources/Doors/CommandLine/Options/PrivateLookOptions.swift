import Accounting
import ArgumentParser
import DelimitedText
import Foundation
import Releases
import Tables

/// The cost of a look that is paid for before it is taken.
struct PrivateLookOptions: ParsableArguments {
  @Flag(
    name: .customLong("private"),
    help:
      "Learn types, digits, missing cells and repetition at a cost, and look at nothing else. Needs --epsilon."
  )
  var isPrivate = false

  @Option(
    help: ArgumentHelp("With --private: what the look costs, such as 0.05.", valueName: "number"))
  var epsilon: Double?

  @Option(
    help: ArgumentHelp(
      "With --private: the chance that is left out of the guarantee.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(
    help: ArgumentHelp(
      "With --private: the column that says whom a row is about; without it, rows are protected.",
      valueName: "column"))
  var person: String?

  @Option(
    name: .customLong("at-most"),
    help: ArgumentHelp("With --person: the most rows of a person that are used.", valueName: "rows")
  )
  var atMost: Int?

  @Option(
    name: .customLong("people"),
    help: ArgumentHelp(
      "With --private: the population that the people belong to, as schemas name it with `people:`.",
      valueName: "name"))
  var population: String?

  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard isPrivate else {
      let given = [
        ("--epsilon", epsilon != nil), ("--person", person != nil), ("--at-most", atMost != nil),
        ("--ledger", ledger.ledger != nil),
        ("--people", population != nil), ("--same-people-as", !people.samePeopleAs.isEmpty),
        ("--other-people", people.hasOtherPeople),
      ]
      if let option = given.first(where: \.1)?.0 {
        throw ValidationError("\(option): only a look that is paid for takes it: add --private")
      }
      return
    }
    guard let epsilon else {
      throw ValidationError("--private: say what the look may cost, such as --epsilon 0.05")
    }
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    if atMost != nil, person == nil {
      throw ValidationError("--at-most: goes with --person COLUMN")
    }
    if let atMost, !(1...1_000_000).contains(atMost) {
      throw ValidationError("--at-most: must be from 1 to 1,000,000")
    }
  }

  /// Returns the look at a file with the given delimiter and header, or with a comma and a line of
  /// names.
  func inspection(of input: URL, reading: ReadOptions) throws -> PrivateInspection {
    var inspection = PrivateInspection(
      input: input, epsilon: try Epsilon(epsilon ?? 0), delta: try Delta(delta),
      ledger: try ledger.url())
    inspection.format = TableFormat(
      delimiter: reading.delimiter ?? UInt8(ascii: ","), hasHeader: reading.hasHeader ?? true,
      missingTokens: reading.missingTokens)
    inspection.format.skippedLines = reading.skippedLines ?? 0
    inspection.format.decimalMark = reading.decimalMark ?? .point
    if let person { inspection.unit = .person(column: person, maximumRows: atMost ?? 1) }
    inspection.claim = people.claim(population: population)
    return inspection
  }
}
