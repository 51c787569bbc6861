import Accounting
import Curation
import HeatMaps

/// The noisy traits of people's trips, with negative numbers cut: everything that synthetic trips
/// are drawn from. All of it was paid for.
package struct TripModel: Sendable {
  package let plan: TripPlan
  /// The noisy number of people who have a trip.
  package let people: Double
  /// The share of them who have an anchor beside the home.
  package let workShare: Double
  /// Whether each finest cell is in the region and not left out.
  private let open: [Bool]
  let passages: CellUrn
  let homes: CellUrn
  let works: CellUrn
  /// Pairs of cells of a level.
  let pairs: Urn<(level: Int, pair: UInt32)>
  let counts: Urn<Int>
  let hours: Urn<Int>
  let weekdays: Urn<Int>
  /// By part of the day and `from · 3 + to`, of people with and without another anchor.
  let kinds: [Urn<Int>]
  let kindsWithoutWork: [Urn<Int>]
  let loops: Urn<Int>
  let detours: Urn<Int>
  let speeds: Urn<Int>
  let reaches: Urn<Int>
  /// The weight of each direction, by region and direction of the end.
  let moves: [[Double]]

  /// Whether nothing stood out of the noise.
  package var isEmpty: Bool { people < 1 || homes.isEmpty }

  /// Whether a trip may pass a cell.
  func isOpen(_ place: SIMD2<Int>) -> Bool {
    let side = plan.grid.side
    return (0..<side).contains(place.x) && (0..<side).contains(place.y)
      && open[Int(HeatGrid.cell(column: place.x, row: place.y))]
  }

  /// Puts all questions to the curator.
  /// - Parameter check: called before each question; an error that it throws ends the run.
  package init(
    _ plan: TripPlan, asking curator: Curator, check: @escaping () throws -> Void = {}
  ) throws {
    self.plan = plan
    let asking = TripQuestions(plan: plan, curator: curator, check: check)
    let map = try HeatTree(plan.passages).grow(curator) { _ in try check() }
    let open = (0..<UInt32(plan.grid.side * plan.grid.side)).map { plan.passages.isOpen($0) }
    self.open = open
    func urn(_ leaves: [(level: Int, cell: UInt32, heat: Double)]) -> CellUrn {
      CellUrn(leaves, depth: plan.grid.heat.depth, isOpen: open)
    }
    passages = urn(map.leaves.map { ($0.level, $0.cell, $0.heat) })
    homes = urn(try asking.anchors("homes") { .homes(level: $0) })
    works = urn(try asking.anchors("other anchors") { .works(level: $0) })
    pairs = Urn(try asking.pairs())
    let counts = try asking.shares(.counts, "numbers of trips")
    self.counts = Urn(counts.enumerated().map { ($0, $1) })
    people = counts.reduce(0, +)
    workShare = people > 0 ? min(max(works.total / people, 0), 1) : 0
    hours = Urn(try asking.shares(.hours, "hours", clip: 0.6).enumerated().map { ($0, $1) })
    weekdays = Urn(
      try asking.shares(.weekdays, "weekdays", clip: 0.6).enumerated().map { ($0, $1) })
    let kinds = TripKinds(
      try asking.shares(.kinds, "kinds of trips", clip: 0.7), workShare: workShare)
    (self.kinds, kindsWithoutWork) = (kinds.withWork, kinds.withoutWork)
    let lengths = try asking.shares(.lengths, "lengths", clip: 0.8).enumerated().map { ($0, $1) }
    let split = plan.grid.lengths.count
    loops = Urn(Array(lengths.prefix(split)))
    detours = Urn(lengths.dropFirst(split).map { ($0 - split, $1) })
    speeds = Urn(try asking.shares(.speeds, "speeds").enumerated().map { ($0, $1) })
    reaches = Urn(try asking.shares(.reaches, "distances").enumerated().map { ($0, $1) })
    moves = try asking.moves()
  }
}

/// The questions of a model, with what is done to each answer by itself.
private struct TripQuestions {
  let plan: TripPlan
  let curator: Curator
  let check: () throws -> Void

  /// The length to which a person's moves are shortened.
  private static let moveClip = 0.35

  /// Returns the leaves of a tree of anchors.
  func anchors(_ part: String, _ trait: (Int) -> TripGrid.Trait) throws -> [(
    level: Int, cell: UInt32, heat: Double
  )] {
    let tree = AdaptiveTree(
      levels: AdaptiveTree.levels(plan.anchorLevels, rho: plan.rho(part).value),
      threshold: plan.settings.threshold)
    let first = plan.anchorLevels.lowerBound
    return try tree.grow(
      from: (0..<UInt32(1) << UInt32(2 * first)).filter {
        plan.passages.isMeasured($0, level: first)
      },
      isMeasured: { plan.passages.isMeasured($0, level: $1) },
      ask: { try ask(trait($1.level), $0, $1) }
    ).map { ($0.level, $0.node.cell, $0.node.heat) }
  }

  /// Returns the leaves of the tree of pairs.
  func pairs() throws -> [((level: Int, pair: UInt32), Double)] {
    let levels = plan.pairLevels
    let tree = AdaptiveTree(
      levels: AdaptiveTree.levels(levels, rho: plan.rho("pairs of anchors").value),
      threshold: plan.settings.threshold, childBits: 4)
    let roots = (0..<UInt32(1) << UInt32(4 * levels.lowerBound)).filter {
      plan.isMeasured(pair: $0, level: levels.lowerBound)
    }
    return try tree.grow(
      from: roots, isMeasured: { plan.isMeasured(pair: $0, level: $1) },
      ask: { try ask(.pairs(level: $1.level), $0, $1) }
    ).map { (($0.level, $0.node.cell), $0.node.heat) }
  }

  private func ask(
    _ trait: TripGrid.Trait, _ cells: [UInt32], _ level: AdaptiveTree.Level
  ) throws -> NoisySums {
    try check()
    return try curator.trips(trait, on: plan.grid, cells: cells, rho: Rho(checked: level.rho))
  }

  /// Returns the nearest shares that are not negative and have the same sum.
  func shares(_ trait: TripGrid.Trait, _ part: String, clip: Double = 1) throws -> [Double] {
    try check()
    let answer = try curator.trips(trait, on: plan.grid, clip: clip, rho: plan.rho(part))
    return AdaptiveTree.settledHeats(answer.values, total: max(answer.values.reduce(0, +), 0))
  }

  /// Returns the directions by region and direction of the end. Regions that few pass lean on all
  /// regions together, by as much as the noise is large.
  func moves() throws -> [[Double]] {
    try check()
    let answer = try curator.trips(
      .moves, on: plan.grid, clip: Self.moveClip, rho: plan.rho("moves"))
    let groups = stride(from: 0, to: answer.values.count, by: 4).map {
      answer.values[$0..<$0 + 4].map { max($0, 0) }
    }
    let everywhere = (0..<TripGrid.octants).map { octant in
      let sums = stride(from: octant, to: groups.count, by: TripGrid.octants).reduce(
        into: [Double](repeating: 0, count: 4)
      ) { sums, group in
        for direction in 0..<4 { sums[direction] += answer.values[group * 4 + direction] }
      }
      let kept = sums.map { max($0, 0) }
      let total = kept.reduce(0, +)
      return kept.map { total > 0 ? $0 / total : 0.25 }
    }
    let prior = 4 * answer.variance.squareRoot()
    return groups.enumerated().map { index, group in
      let all = everywhere[index % TripGrid.octants]
      let total = group.reduce(0, +) + prior
      return zip(group, all).map { ($0 + prior * $1) / total }
    }
  }
}

/// The ends of trips by the part of the day, of people with another anchor and of those without.
private struct TripKinds {
  let withWork: [Urn<Int>]
  let withoutWork: [Urn<Int>]

  /// People without another anchor have no trip that begins or ends there; what is left belongs to
  /// the others.
  init(_ shares: [Double], workShare: Double) {
    let ends = TripGrid.End.allCases.count
    let (kinds, parts) = (ends * ends, TripGrid.partsOfDay)
    let overall = (0..<kinds).map { kind in
      (0..<parts).reduce(0) { $0 + shares[kind * parts + $1] }
    }
    func usesWork(_ kind: Int) -> Bool {
      [kind / ends, kind % ends].contains(TripGrid.End.work.rawValue)
    }
    func normalised(_ weights: [Double]) -> [Double] {
      let total = weights.reduce(0, +)
      return total > 0 ? weights.map { $0 / total } : weights
    }
    var (with, without): ([Urn<Int>], [Urn<Int>]) = ([], [])
    for part in 0..<parts {
      let own = (0..<kinds).map { shares[$0 * parts + part] }
      let all = normalised(own.contains { $0 > 0 } ? own : overall)
      let loose = normalised(all.enumerated().map { usesWork($0) ? 0 : $1 })
      let rest = zip(all, loose).map { max($0 - (1 - workShare) * $1, 0) }
      with.append(Urn((rest.contains { $0 > 0 } ? rest : all).enumerated().map { ($0, $1) }))
      without.append(Urn(loose.enumerated().map { ($0, $1) }))
    }
    (withWork, withoutWork) = (with, without)
  }
}
