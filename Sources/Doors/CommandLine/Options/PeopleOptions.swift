import ArgumentParser
import Ledger

/// The owner's statement about whose people a table holds.
struct PeopleOptions: ParsableArguments {
  @Option(
    name: .customLong("same-people-as"), parsing: .singleValue,
    help: ArgumentHelp(
      "A dataset or population of `budget show` with the same people: they share its budget. Repeatable.",
      valueName: "name"))
  var samePeopleAs: [String] = []

  @Flag(
    name: .customLong("other-people"),
    help:
      "Declare that nobody in the table is in any known table that resembles it. A hazard that releases say."
  )
  var hasOtherPeople = false

  /// Whether nothing is stated.
  var isEmpty: Bool { samePeopleAs.isEmpty && !hasOtherPeople }

  func claim(population: String? = nil) -> PeopleClaim {
    PeopleClaim(population: population, samePeopleAs: samePeopleAs, areOthers: hasOtherPeople)
  }
}
