import Attacks
import Examples
import Tables

/// Stand-ins of one kind: their distances from the tables and the results of attacks on them, over
/// all tables.
package struct StandIn: Encodable, Sendable {
  package let kind: StandInKind
  package private(set) var tables = 0
  package private(set) var distances = Distances()
  package private(set) var leaks: [Leak] = []
  /// Rare occupations of the table that the stand-in names, and all of them.
  package private(set) var occupationsNamed = 0
  package private(set) var occupations = 0

  package init(kind: StandInKind) { self.kind = kind }

  /// Returns the result of an attack on a group; nil before the first table.
  package func leak(_ attack: String, _ group: TargetGroup) -> Leak? {
    leaks.first { $0.attack == attack && $0.group == group }
  }

  /// Attacks and measures one more stand-in.
  mutating func add(_ release: Table, of example: ClinicExample) throws {
    try distances.add(release, beside: example.patients.people)
    tables += 1
    countOccupations(release, example)
    let (people, others) = (example.patients.people, example.strangers.people)
    let tables = try AttackTables(
      original: people, synthetic: release, control: others, ignoring: Distances.ignored)
    let strangers = try AttackTables(
      original: others, synthetic: release, control: nil, ignoring: Distances.ignored)
    let singled = (AimedAttacks.singledOut(in: tables), AimedAttacks.singledOut(in: strangers))
    for group in TargetGroup.allCases {
      let rows = Array(
        group == .rare ? example.rare : example.ordinary.prefix(StandIn.mostOrdinaryTargets))
      let attacks = AimedAttacks(tables, targets: InferenceTargets(original: rows, control: rows))
      add(try attacks.inference(of: "diagnosis", knowing: RarePeople.known), group)
      add(try attacks.inference(of: "finding", knowing: RarePeople.known), group)
      add(try attacks.linkability(of: RarePeople.known, with: RarePeople.unknown), group)
      add(attacks.singlingOut(original: singled.0, control: singled.1), group)
      add(try attacks.membership(), group)
      add(try attacks.copies(), group)
    }
  }

  /// Enough for narrow intervals.
  private static let mostOrdinaryTargets = 300

  /// Adds the result of one attack on one table.
  package mutating func add(_ outcome: AttackOutcome, _ group: TargetGroup) {
    if let place = leaks.firstIndex(where: { $0.attack == outcome.name && $0.group == group }) {
      leaks[place].add(outcome)
    } else {
      leaks.append(Leak(outcome, group: group))
    }
  }

  private mutating func countOccupations(_ release: Table, _ example: ClinicExample) {
    func labels(_ table: Table, _ rows: Range<Int>) -> Set<String> {
      guard case .labels(let codes, let dictionary)? = table.column(named: "occupation")?.cells
      else { return [] }
      return Set(codes[rows].filter { $0 != Cells.missingCode }.map { dictionary[Int($0)] })
    }
    let own = labels(example.patients.people, example.rare)
    occupations += own.count
    occupationsNamed += own.intersection(labels(release, 0..<release.rowCount)).count
  }
}

/// The origin of a table that is attacked.
package enum StandInKind: String, CaseIterable, Encodable, Sendable {
  /// The table itself, a row for each person: the attacks' view if everything leaks.
  case original
  case unprotected = "without-privacy"
  case protected = "with-privacy"

  package var title: String {
    switch self {
    case .original: "the table itself"
    case .unprotected: "GAN without privacy"
    case .protected: "GAN with privacy"
    }
  }
}

/// The group of people at whom an attack is aimed.
package enum TargetGroup: String, CaseIterable, Encodable, Sendable {
  case rare
  case ordinary
}
