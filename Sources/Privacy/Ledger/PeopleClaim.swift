/// The owner's statement about whose people a table holds, made before it may spend: a budget
/// belongs to people, not to the bytes of a file.
package struct PeopleClaim: Sendable, Equatable {
  /// The population that the table's people belong to, from the schema's `people`; nil if the
  /// schema names none.
  package var population: String?
  /// Datasets or populations of the ledger that hold the same people: they share one budget from
  /// now on.
  package var samePeopleAs: [String] = []
  /// Whether the people are others than those of every known table that this one resembles and
  /// shares no budget with. Declared by the owner, and a hazard of every release that rests on it.
  package var areOthers = false

  /// Creates a claim, which is empty by default.
  package init(population: String? = nil, samePeopleAs: [String] = [], areOthers: Bool = false) {
    self.population = population
    self.samePeopleAs = samePeopleAs
    self.areOthers = areOthers
  }

  /// Returns whether a population may have this name: 1 to 100 characters on one line, no space at
  /// either end.
  package static func isName(_ name: String) -> Bool {
    (1...100).contains(name.count) && name.first?.isWhitespace == false
      && name.last?.isWhitespace == false
      && name.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .lineSeparator
      }
  }

  static func requireName(_ name: String) throws {
    guard isName(name) else { throw LedgerError.invalidPopulationName }
  }
}

/// The account that a table was admitted to.
package struct Admission: Sendable, Equatable {
  /// The dataset with which its sessions are opened.
  package let dataset: DatasetIdentity
  /// The name of the account: a population, or the dataset itself.
  package let account: String
  /// Whether others share the account.
  package let isShared: Bool
  /// Whether its people, or those of a table that resembles it, were declared to be others: the
  /// hazard of every release of the account.
  package let restsOnOtherPeople: Bool
  /// Sentences for the owner. They never travel.
  package let messages: [String]
}

/// The reason that a table was stopped before anything was charged or granted: it resembles a known
/// one, and its owner has not said whether the same people are in both.
///
/// This is an exact answer about rows, for their owner's eyes: `docs/decisions/0010-ledger.md`.
package struct PeopleDecision: Sendable, Equatable {
  /// An account with a table that resembles the one at hand.
  package struct Candidate: Sendable, Equatable {
    /// The name for `--same-people-as`.
    package let name: String
    /// The most similar dataset in it.
    package let dataset: String
    /// Their overlap.
    package let resemblance: DatasetResemblance
  }

  /// The name of the file.
  package let table: String
  /// The candidates, the closest first; at least one.
  package let candidates: [Candidate]
}
