import Ledger
import Releases
import Understudy

/// The options of the command line that mend an error.
///
/// The rooms below describe an error in words that hold for every door: "Name another file." Here
/// the same sentence gets the option to write: "Name another file with --ledger or
/// UNDERSTUDY_LEDGER."
package enum FlagAdvice {
  /// A change from the words of the library to those of the command line.
  package enum Change: Equatable {
    /// The message is about this option, and begins with it instead of the library's word.
    case option(String)
    /// The last sentence goes on with these words before its full stop.
    case adding(String)
    /// The remedy is this.
    case remedy(String)
  }

  private static let ledger = " with --ledger or UNDERSTUDY_LEDGER"
  private static let rows = " with --stream"
  private static let grant = ": understudy budget grant FILE --epsilon E --delta D"

  /// The changes for each identifier of an error, whatever its details.
  package static let changes: [String: Change] = [
    "ledger.no-home-folder": .adding(ledger),
    "ledger.cannot-create": .adding(ledger),
    "ledger.is-folder": .adding(ledger),
    "ledger.none": .adding(ledger),
    "ledger.read-only": .adding(ledger),
    "budget.unknown-dataset": .adding(grant),
    "budget.none": .adding(grant),
    "budget.exhausted": .adding(grant),
    "output.exists": .remedy("Choose another name, or say --force to replace it."),
    "output.owner-folder-in-release": .remedy(
      "Name a folder outside the release with --owner-report, or leave it out."),
    "quality.missing-columns": .adding(" with --ignore"),
    "training.not-finite": .remedy(
      "Run it again; if it happens again, use --engine aim for this table."),
    "training.astray": .remedy(
      "Run it again; if it happens again, use --engine aim for this table."),
    "training.too-many-steps": .option("--steps"),
    "release.key-unusable": .remedy(
      "Mend the file or restore it from a backup, or name another folder with --keys; a new key must be made known to those who trust the "
        + "old one."),
    "release.rows-out-of-range": .option("--rows"),
    "release.length-of-rows": .option("--person-bound"),
    "release.length-with-network": .option("--person-bound"),
    "release.length-with-distances": .option("--person-bound"),
    "database.exists": .remedy("Name another with --table, or say --force to replace it."),
    "counting.column": .adding(rows),
    "counting.columns": .adding(rows),
    "counting.schema": .adding(rows),
    "counting.request": .adding(rows),
    "counting.people": .adding(rows),
    "counting.engine": .adding(rows),
    "counting.encoding": .adding(rows),
    "source.no-table": .adding(" with --table or --query"),
    "source.table-and-query": .remedy("Leave out --table or --query."),
    "source.not-a-database": .remedy("Leave out --table, --query and --driver."),
    "source.driver-needed": .adding(" with --driver"),
    "source.time-limit": .remedy(
      "Allow more time with --time-limit, or ask for less with --query."),
    "table.form-in-doubt": .adding(" with --schema"),
    "schema.unknown-target": .option("--target"),
    "train.unknown-target": .option("--target"),
    "train.unknown-ignored": .option("--ignore"),
    "train.not-predictable": .option("--target"),
    "train.event-needed": .adding(" with --event"),
    "train.event-without-categories": .remedy("Leave out --event."),
    "train.root-of-no-number": .remedy("Leave out --square-root."),
    "train.wrong-form": .option("--model"),
    "schema.unknown-person": .option("--person"),
    "promise.delta-out-of-range": .option("--delta"),
    "place.cell-size": .option("--cell"),
    "place.one-cell": .option("--cell"),
    "place.too-many-cells": .option("--cell"),
    "place.threshold": .option("--threshold"),
    "place.pause": .option("--pause"),
    "place.speed": .option("--max-speed"),
    "attack.too-few-cells": .option("--cell"),
    "place.policy": .adding(" with --policy"),
    "linked.policy": .adding(" with --policy"),
    "policy.unknown": .option("--policy"),
    "condition.unknown-column": .option("--where"),
    "condition.unreadable": .option("--where"),
    "condition.impossible": .option("--where"),
    "condition.reversed": .option("--where"),
    "condition.unlearned": .option("--where"),
    "condition.twice": .option("--where"),
  ]

  /// Returns the changes for an error: those of its identifier, and those that depend on details.
  static func changes(of error: any Error, id: String) -> [Change] {
    (changes[id].map { [$0] } ?? []) + (detailed(error).map { [$0] } ?? [])
  }

  private static func detailed(_ error: any Error) -> Change? {
    switch error {
    case LedgerError.decisionNeeded(let decision):
      return .remedy(
        "Say --same-people-as \(quoted(decision.candidates.first?.name ?? "NAME")) to share that budget, or --other-people if nobody in it "
          + "is in the other, for which you answer and which the release will say.")
    case LedgerError.populationDiffers(_, let kept, _):
      return .remedy(
        "Write `people: \(kept)`, or say --same-people-as \(kept), which makes one budget of both.")
    case ReleaseError.unknownPerson(_, nil):
      return .adding("; --delimiter says what separates them")
    default: return nil
    }
  }

  /// Returns the name as one word for a shell.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "._-/+".utf8.contains(byte)
    }
    return isPlain ? name : "'" + name.replacing("'", with: "'\\''") + "'"
  }
}

extension Failure {
  /// Describes an error from any room, with the options that mend it. A failure of the command line
  /// itself has them already.
  package init(advising error: any Error) {
    self.init(describing: error)
    guard !(error is Failure) else { return }
    for change in FlagAdvice.changes(of: error, id: id) { apply(change) }
  }

  /// Words the failure for the command line.
  private mutating func apply(_ change: FlagAdvice.Change) {
    switch change {
    case .option(let option):
      if let subject = message.firstRange(of: ": ") {
        message = option + message[subject.lowerBound...]
      }
    case .adding(let words):
      if remedy.isEmpty {
        message = Self.adding(words, to: message)
      } else {
        remedy = Self.adding(words, to: remedy)
      }
    case .remedy(let sentence): remedy = sentence
    }
  }

  private static func adding(_ words: String, to text: String) -> String {
    text.hasSuffix(".") ? text.dropLast() + words + "." : text + words
  }
}
