extension LedgerError {
  /// A description of the mistake in a claim about a table's people, or of the missing claim.
  var peopleDescription: String {
    switch self {
    case .decisionNeeded(let decision): Self.describe(decision)
    case .unknownPeople(let name):
      "The ledger knows no dataset or population called \(name). `understudy budget show` lists their names."
    case .ambiguousPeople(let name, let keys):
      "The ledger knows \(keys.count) datasets called \(name), with budgets of their own. "
        + "Name one by its key instead: \(keys.joined(separator: ", "))."
    case .populationDiffers(let dataset, let kept, let asked):
      "The schema says `people: \(asked)`, but the ledger counts \(dataset) with the population \(kept). "
        + "Write `people: \(kept)`, or say --same-people-as \(kept), which makes one budget of both."
    case .invalidPopulationName:
      "The name of a population must be 1 to 100 characters on one line, without a space at either end. Choose another name."
    default: ""
    }
  }

  private static func describe(_ decision: PeopleDecision) -> String {
    let likenesses = decision.candidates.map { candidate in
      let place = candidate.name == candidate.dataset ? "'\(candidate.name)'" : "'\(candidate.dataset)' of '\(candidate.name)'"
      return "\(place) (\(candidate.resemblance))"
    }
    let name = decision.candidates.first?.name ?? "NAME"
    return "\(decision.table) needs a decision of its owner before anything is charged or granted: it resembles "
      + likenesses.joined(separator: " and ") + ". What the same people lose adds up, whatever file they are in. "
      + "Say --same-people-as \(quoted(name)) to share that budget, or --other-people if nobody in it is in the other, "
      + "for which you answer and which the release will say."
  }

  /// Returns the name as one word for a shell.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "._-/+".utf8.contains(byte)
    }
    return isPlain ? name : "'" + name.replacing("'", with: "'\\''") + "'"
  }
}
