import ArgumentParser
import Attacks

/// The layout of a sparse table in long format, and an outsider's knowledge of a person in it.
struct SparseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Sparse tables: the column that says whose row it is.", valueName: "column"))
  var person: String?

  @Option(
    help: ArgumentHelp(
      "Sparse tables: the column of the thing rated, bought or visited.", valueName: "column"))
  var item: String?

  @Option(
    help: ArgumentHelp(
      "Sparse tables: the column of the rating or amount, if any.", valueName: "column"))
  var value: String?

  @Option(
    help: ArgumentHelp("Sparse tables: the column of the day or time, if any.", valueName: "column")
  )
  var time: String?

  @Option(
    help: ArgumentHelp(
      "Sparse tables: rows of a person that the outsider knows.", valueName: "number"))
  var known = LinkageOptions().known

  @Option(help: ArgumentHelp("Sparse tables: how many of these are wrong.", valueName: "number"))
  var wrong = LinkageOptions().wrong

  @Option(
    name: .customLong("day-error"),
    help: ArgumentHelp("Sparse tables: days by which known times may be off.", valueName: "number"))
  var dayError = LinkageOptions().dayError

  func validate() throws {
    guard (person == nil) == (item == nil) else {
      throw ValidationError("--person and --item: name both for a sparse table, or neither")
    }
    guard person != nil || (value == nil && time == nil) else {
      throw ValidationError(
        "--value, --time: these are columns of a sparse table; name its --person and --item too")
    }
    guard (1...1000).contains(known) else {
      throw ValidationError("--known: must be from 1 to 1,000")
    }
    guard (0...known).contains(wrong) else {
      throw ValidationError("--wrong: must be from 0 to the number of known rows")
    }
    guard dayError >= 0, dayError <= 36_500 else {
      throw ValidationError("--day-error: must be from 0 to 36,500")
    }
  }

  var layout: SparseTable.Layout? {
    guard let person, let item else { return nil }
    return SparseTable.Layout(person: person, item: item, value: value, time: time)
  }

  func options(seed: UInt64) -> LinkageOptions {
    var options = LinkageOptions()
    (options.known, options.wrong, options.dayError, options.seed) = (known, wrong, dayError, seed)
    return options
  }
}
