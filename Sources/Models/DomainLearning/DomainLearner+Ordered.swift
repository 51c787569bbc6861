import Accounting
import Curation
import Encoding
import Ledger
import Tables

extension DomainLearner {
  // MARK: Where values lie

  func search(_ index: Int, _ variable: Variable, rows: NoisyCount, budget: DomainBudget) throws
    -> Draft
  {
    let schema = curator.blueprint.schema
    let search = OrderedSearch(
      curator: curator, total: rows.value, variance: rows.variance,
      ordinary: PublicRange.ordinary(for: variable, in: schema),
      fineSigma: Double(curator.unitRows)
        / (2 * budget.oneWay.value * DomainLearner.leastShapeShare).squareRoot(),
      rho: budget.search,
      thinness: budget.thinness, scale: TickScale(of: variable, in: curator.blueprint))
    let leaves = try search.leaves(
      of: index, bounds: curator.blueprint.bounds(of: variable),
      start: PublicRange.start(of: variable, in: schema),
      codes: FarOffCodes.ticks(of: variable, in: schema))
    return leaves.isEmpty
      ? .unlearned(PublicRange.fallback(of: variable, in: schema)) : .found(leaves)
  }

  // MARK: Frequent ticks

  /// A variable whose fullest ticks may be worth naming.
  private struct Crowded {
    let variable: Int
    /// The runs whose ticks are not told apart yet.
    let runs: [ClosedRange<Int64>]
    /// The approximate number of rows on the fullest ticks.
    let rows: Double
  }

  /// Names ticks that many rows share, such as round or rounded amounts: a histogram of runs cannot
  /// tell them from their neighbours.
  func nameTicks(_ drafts: inout [Draft], total: Double, budget: DomainBudget) throws {
    guard delta.value > 0 else { return }
    var crowded: [Crowded] = []
    for case (let index, .found(let leaves)) in drafts.enumerated() {
      let runs = leaves.filter { !$0.isSingle }.map(\.range)
      guard !runs.isEmpty else { continue }
      let rows = try curator.crowding(
        of: index, ticks: DomainLearner.crowd, in: runs, rho: budget.crowding)
      let least = max(DomainLearner.leastCrowd * total, 2 * rows.variance.squareRoot())
      if Double(rows.values[0]) > least {
        crowded.append(Crowded(variable: index, runs: runs, rows: Double(rows.values[0])))
      }
    }
    let chosen = worthNaming(crowded, rho: budget.frequentTicks)
    for item in chosen {
      guard case .found(let leaves) = drafts[item.variable] else { continue }
      let named = try curator.frequentTicks(
        of: item.variable, in: item.runs, rho: budget.frequentTicks.share(1 / Double(chosen.count)),
        delta: budget.labelDelta)
      drafts[item.variable] = .found(
        OrderedBins.cut(leaves, around: DomainLearner.heaviest(named.ticks, total: total)))
    }
  }

  /// Returns the named ticks that are worth a run of their own: a large budget names nearly every
  /// tick.
  private static func heaviest(_ ticks: [TickCount], total: Double) -> [TickCount] {
    ticks.filter { Double($0.count) > leastShare * total }.sorted {
      ($1.count, $0.tick) < ($0.count, $1.tick)
    }.prefix(mostTicks)
      .sorted { $0.tick < $1.tick }
  }

  /// Returns the most crowded variables, as many as promise the most named rows in total: the fewer
  /// variables share the budget, the more ticks of each stand out.
  private func worthNaming(_ crowded: [Crowded], rho: Rho) -> ArraySlice<Crowded> {
    let sorted = crowded.sorted { ($1.rows, $0.variable) < ($0.rows, $1.variable) }
    var (best, most) = (0, 0.0)
    for count in 1..<max(sorted.count + 1, 1) {
      let sigma = Double(curator.unitRows) / (2 * rho.value / Double(count)).squareRoot()
      let gain = sorted[..<count].reduce(0) {
        $0 + max(0, $1.rows - DomainLearner.crowdDeviations * sigma)
      }
      if gain > most { (best, most) = (count, gain) }
    }
    return sorted[..<best]
  }

  private static let leastShare = 0.001
  private static let mostTicks = 64
  /// The number of ticks in the crowding question.
  private static let crowd = 8
  /// The share of rows on those ticks below which naming is not considered.
  private static let leastCrowd = 0.02
  /// Rows on those ticks, in standard deviations of the naming noise, below which none is likely to
  /// be named: a tick shows above six or seven.
  private static let crowdDeviations = 20.0

  // MARK: Shape and bins

  /// Counts the leaves more finely and groups the counted runs into bins.
  func measure(
    _ index: Int, _ variable: Variable, leaves: [OrderedSearch.Leaf], total: Double,
    budget: DomainBudget
  ) throws -> Draft {
    func sigma(_ share: Double) -> Double {
      Double(curator.unitRows) / (2 * budget.oneWay.value * share).squareRoot()
    }
    let bins = binCount(total, sigma(1))
    let edges = curator.blueprint.edges(of: variable)
    let scale = TickScale(of: variable, in: curator.blueprint)
    let leaves = OrderedBins.cut(leaves, at: edges)
    // A run should be told from an empty one. Single ticks cannot be cut further.
    let spread = leaves.reduce(0) { $1.isSingle ? $0 : $0 + max($1.count, 0) }
    let most = Int(min(max(spread / (4 * sigma(1)), 4), 128))
    let share = DomainLearner.shapeShare(runs: most, bins: bins)
    let runs = OrderedBins.runs(from: leaves, count: most, edges: Set(edges), scale: scale)
    let measured = try curator.histogram(
      of: index, runs: OrderedBins.territories(of: runs), rho: budget.oneWay.share(share),
      purpose: .oneWay)
    let counts = measured.values.map(Double.init)
    let codes = Set(leaves.filter(\.isAside).map(\.range.lowerBound))
    let looked = zip(runs, counts).map { run, count in
      OrderedSearch.Leaf(
        range: run, count: count,
        isAside: run.lowerBound == run.upperBound && codes.contains(run.lowerBound))
    }
    let full = ended(variable, looked, sigma: sigma(share))
    let grouped = OrderedBins.bins(
      full, count: bins, sigma: sigma(share), edges: Set(edges), scale: scale)
    var values = grouped.map { group in group.members.reduce(0) { $0 + full[$1].count } }
    var variances = grouped.map { Double($0.members.count) * measured.variance }
    let words = curator.blueprint.codes(of: variable)
    values += counts[(runs.count + 1)...] + (variable.isNullable ? [counts[runs.count]] : [])
    variances += [Double](
      repeating: measured.variance, count: words + (variable.isNullable ? 1 : 0))
    let grain = try grain(of: index, leaves: leaves, budget: budget)
    let codec = OrderedCodec(
      bins: grouped.map(\.bin), words: words, hasMissing: variable.isNullable, grain: grain)
    let measurement = OneWayMeasurement(
      attribute: index, values: values, variances: variances,
      countsAllRows: full.count == looked.count)
    return .ordered(codec, measurement, left: 1 - share)
  }

  /// Returns the counted runs that are kept. The finer look may show that an undeclared end, or
  /// most of a declared range, holds no rows, or that a far-off code has none; any rows there count
  /// with the adjacent run.
  private func ended(_ variable: Variable, _ looked: [OrderedSearch.Leaf], sigma: Double)
    -> [OrderedSearch.Leaf]
  {
    let values = looked.filter { !$0.isAside }
    guard !values.isEmpty else { return looked }
    let declared = curator.blueprint.bounds(of: variable).declaredValue
    var core = OrderedSearch.core(values, sigma: sigma)
    if let declared {
      let rows = values.reduce(0) { $0 + $1.count }
      let isCut = OrderedSearch.isMostlyEmpty(
        declared, beside: values[core], rows: rows, sigma: sigma)
      if !isCut { core = values.indices }
    }
    let bounds =
      declared
      ?? PublicRange.plausible(
        for: variable, in: curator.blueprint.schema, seen: values[core].map(\.range))
    let codes = looked.filter { $0.isAside && $0.count > DomainLearner.sureCode * sigma }
    return (ColumnEnds(sigma: sigma, plausible: bounds).shaped(values, core: core) + codes)
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The count of a far-off code in the finer look, in standard deviations of its noise.
  private static let sureCode = 4.0

  private static let leastShapeShare = 0.45

  /// Returns the share of a variable's one-way budget that finds the shape; the rest counts the
  /// bins. If a bin is hardly larger than a run, the shape already gives its count, and a second
  /// look would split the budget for nothing.
  private static func shapeShare(runs: Int, bins: Int) -> Double {
    let share = min(max(1 - 0.2 * (Double(runs) / Double(bins) - 1), leastShapeShare), 1)
    return share > 0.95 ? 1 : share
  }
}
