import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import Ledger
import Policies
import Quality
import Tables

/// Judges how close a drawn table is to the rows, through questions to the curator that the release
/// pays for before it is judged.
///
/// Publication then depends on paid answers only. Publication and content are together within the
/// release's epsilon and delta. See `docs/proofs/gate-scores.md`.
struct UtilityJudge {
  /// Share of the release's rho spent on judging if a policy limits a distance.
  static let share = 0.04
  /// The number of standard deviations of the noise that a limit must have, or a perfect table
  /// would be refused once in 740 times.
  static let leastDeviations = 3.0
  /// Rows assumed if the schema gives no number. A tighter limit needs one.
  static let supposedRows = 1000
  /// The largest number of cells of a pair. Larger pairs are left out.
  private static let mostCells = 1 << 22

  /// A question to ask, and its limit.
  struct Floor: Equatable {
    let name: String
    let words: String
    let order: Int
    let limit: Double
  }

  let floors: [Floor]
  /// The rho that learning may spend.
  let learningRho: Rho
  private let rho: Rho
  private let unitRows: Int

  /// Returns nil if the policy limits no distance.
  init?(_ policy: Policy?, rho: Rho, unitRows: Int, variables: Int) {
    var floors: [Floor] = []
    if let limit = policy?.utility.highestColumnDistance {
      floors.append(Floor(name: "column-distance", words: "columns", order: 1, limit: limit))
    }
    if let limit = policy?.utility.highestPairDistance, variables > 1 {
      floors.append(Floor(name: "pair-distance", words: "pairs", order: 2, limit: limit))
    }
    guard !floors.isEmpty else { return nil }
    #if PLANTED_FAULTS
      // The limits are compared with the rows themselves, whatever their noise would have been
      // (`PlantedFloor`).
      if PlantedControl.chosen == .exactFloor { return nil }
    #endif
    self.floors = floors
    self.unitRows = unitRows
    learningRho = rho.share(1 - Self.share)
    self.rho = rho.share(Self.share / Double(floors.count))
  }

  /// Returns the standard deviation of an answer's noise, as a distance, for this many rows.
  private func noise(rows: Double) -> Double {
    Double(unitRows) / (2 * max(rows, 1) * (2 * rho.value).squareRoot())
  }

  /// Returns the smallest limit that is judged with this many rows.
  func smallestLimit(rows: Double) -> Double { Self.leastDeviations * noise(rows: rows) }

  /// The number of rows, and how it is known.
  enum RowCount {
    case declared(Int)
    case unknown
    case learned(Double)

    var rows: Double {
      switch self {
      case .declared(let rows): Double(rows)
      case .unknown: Double(UtilityJudge.supposedRows)
      case .learned(let rows): rows
      }
    }

    var words: String {
      let about = "about \(NumberText.count(Int(min(rows, 1e15).rounded()))) rows"
      return switch self {
      case .declared: "\(about), as the schema says,"
      case .unknown:
        "\(about), which are supposed where the schema does not say how many there are,"
      case .learned: "\(about), as was learned,"
      }
    }
  }

  /// Returns a line for each limit that is finer than the noise would be. Such a release is refused
  /// before it is learned.
  func planLines(_ count: RowCount) -> [GateLine] {
    let smallest = smallestLimit(rows: count.rows)
    return floors.filter { $0.limit < smallest }.map { floor in
      var remedy = "Raise the limit to that or more, say `any`, or spend more epsilon."
      if case .unknown = count {
        let fewest = Int(min(count.rows * smallest / max(floor.limit, 1e-9), 1e15).rounded(.up))
        remedy +=
          " If there are \(NumberText.count(fewest)) rows or more, say so in the schema: `rows: {about: N, public: yes}`."
      }
      return GateLine(
        floor.name,
        requires:
          "the noise of the answer that judges the mean distance of \(floor.words) is smaller than its limit, "
          + "\(NumberText.parameter(floor.limit))",
        found:
          "with \(count.words) the smallest limit that can be judged is \(Self.roundedUp(smallest))",
        isMet: false, remedy: remedy)
    }
  }

  /// Returns the same lines once the domain is learned, and a line for a limit on pairs if all
  /// pairs are too large.
  func learnedLines(_ learned: LearnedDomain) -> [GateLine] {
    planLines(.learned(learned.total))
      + floors.filter { cliques(learned.domain, order: $0.order).isEmpty }.map { floor in
        GateLine(
          floor.name,
          requires:
            "the mean distance of \(floor.words) is at most \(NumberText.parameter(floor.limit))",
          found: "every one has more than \(NumberText.count(Self.mostCells)) cells",
          outcome: .saysNothing,
          remedy: "Say `any`, or leave out columns of very many categories.")
      }
  }

  private static func roundedUp(_ value: Double) -> String {
    NumberText.decimal((value * 1e4).rounded(.up) / 1e4, digits: 4)
  }

  /// Asks the curator. Facts learned from the rows decide here only through `learned`, which was
  /// paid for.
  func scores(of synthetic: Table, learned: LearnedDomain, rows: Int, by curator: Curator) throws
    -> [PaidScore]
  {
    let domain = learned.domain
    let prepared = curator.blueprint.prepare(synthetic)
    let total = min(Double(rows), PublicTable.mostRows)
    let table = PublicTable(
      columns: zip(domain.codecs, prepared).map { $0.encode($1) }, total: total,
      unnamed: unnamed(learned))
    return try floors.map { floor in
      let answer = try curator.meanDistance(
        from: table, over: cliques(domain, order: floor.order), rho: rho)
      return PaidScore(
        name: floor.name, distance: answer.rows / total, noise: answer.standardDeviation / total,
        limit: floor.limit)
    }
  }

  /// Returns all columns, or all pairs that are not too large, at most 1,500 of them, chosen by
  /// public facts.
  private func cliques(_ domain: Domain, order: Int) -> [[Int]] {
    let sizes = domain.sizes
    return MarginalDraw.cliques(columns: domain.count, order: order).filter {
      $0.reduce(1) { $0 * sizes[$1] } <= Self.mostCells
    }
  }

  /// Returns, for each variable, the codes that a row may have but that name no value: rare values,
  /// and values that were never learned.
  private func unnamed(_ learned: LearnedDomain) -> [Set<Int>] {
    let unlearned = learned.unlearned
    return learned.domain.codecs.enumerated().map { index, codec in
      if unlearned.contains(index) {
        return Set((0..<codec.size).filter { $0 != codec.missingCode })
      }
      guard case .labels(let labels) = codec else { return [] }
      return Set(
        labels.labels
          .count..<(labels.labels.count + labels.groups.count + (labels.otherLabel == nil ? 0 : 1)))
    }
  }
}
