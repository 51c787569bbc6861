import Encoding
import Privacy
import Tables

/// Finds a domain that nobody declared by asking the curator, and measures each variable alone on the way.
///
/// Numbers and dates become bins: where their values lie is searched with noisy histograms, then one finer histogram gives the atoms
/// (ticks that many rows share), the edges of bins of about equal weight, the shape by which a bin is decoded, and the counts of the bins.
/// Labels are named by partition selection; those too rare to be named share one code.
public struct DomainLearner {
  let curator: Curator
  let budget: DomainBudget
  /// How many bins an ordered variable gets, from the row count and the noise of its one-way histogram (both public).
  let binCount: (_ total: Double, _ sigma: Double) -> Int

  /// A learner that asks `curator`, spends `budget` and gives an ordered variable `binCount` bins, which depends on public values only.
  public init(curator: Curator, budget: DomainBudget, binCount: @escaping (_ total: Double, _ sigma: Double) -> Int) {
    self.curator = curator
    self.budget = budget
    self.binCount = binCount
  }

  /// Asks, and lets the curator adopt what was learned.
  /// - Parameter progress: called with the name of each variable before it is looked at.
  /// - Throws: what the budget throws, and ``CancellationError`` from `progress`.
  public func learn(progress: (String) throws -> Void = { _ in }) throws -> LearnedDomain {
    let variables = curator.blueprint.variables
    let total = max(Double(try curator.rowCount(rho: budget.rowCount).values[0]), 1)
    var drafts = try variables.enumerated().map { index, variable -> Draft in
      try progress(variable.name)
      return variable.isOrdered ? try ordered(index, variable, total: total) : try firstLook(index, variable)
    }
    try lookAgain(&drafts, total: total)
    return try finish(drafts, total: total)
  }

  /// What is known of a variable before its codes are fixed.
  private enum Draft {
    case ordered(OrderedCodec, OneWayMeasurement)
    /// Ordered, but nothing stood out of the noise: a public range stands in.
    case unlearned(ClosedRange<Int64>)
    case declared([String])
    case labels(LabelDraft)
  }

  /// Labels found so far with their noisy counts.
  struct LabelDraft {
    struct Count {
      var value: Double
      var variance: Double

      /// Both looks together, weighted by their precision.
      func combined(with other: Count) -> Count {
        let weight = other.variance / (variance + other.variance)
        return Count(value: weight * value + (1 - weight) * other.value, variance: variance * weight)
      }
    }

    var labels: [(label: String, count: Count)]
    var missing: Count

    /// About how many rows have a label that is not named. The noise of `total`, which is not known here, is taken for that of one count.
    func unnamed(total: Double) -> Count {
      let counts = labels.map(\.count) + [missing]
      return Count(
        value: total - counts.reduce(0) { $0 + $1.value }, variance: counts.reduce(missing.variance) { $0 + $1.variance })
    }
  }

  // MARK: Ordered variables

  private func ordered(_ index: Int, _ variable: Variable, total: Double) throws -> Draft {
    let schema = curator.blueprint.schema
    let bounds = curator.blueprint.bounds(of: variable)
    let leaves = try OrderedSearch(curator: curator, total: total, rho: budget.search)
      .leaves(of: index, bounds: bounds, start: PublicRange.start(of: variable, in: schema))
    guard !leaves.isEmpty else { return .unlearned(PublicRange.fallback(of: variable, in: schema)) }
    let sigma = Double(curator.unitRows) / (2 * budget.shape.value).squareRoot()
    let oneWaySigma = Double(curator.unitRows) / (2 * budget.oneWay.value).squareRoot()
    let runs = OrderedBins.runs(from: leaves, count: Int(min(max(total / (4 * sigma), 4), 128)))
    let measured = try curator.histogram(of: index, runs: OrderedBins.territories(of: runs), rho: budget.shape, purpose: .oneWay)
    let counts = measured.values.map(Double.init)
    // The finer look may show that an end which nobody declared holds no rows: what it holds, if any, counts with the run that is next.
    let looked = zip(runs, counts).map { OrderedSearch.Leaf(range: $0, count: $1) }
    let full = bounds == .learned ? Array(looked[OrderedSearch.occupied(looked, sigma: sigma)]) : looked
    let grouped = OrderedBins.bins(full, count: binCount(total, oneWaySigma), sigma: sigma)
    var values = grouped.map { group in group.members.reduce(0) { $0 + full[$1].count } }
    var variances = grouped.map { Double($0.members.count) * measured.variance }
    if variable.isNullable {
      values.append(counts[runs.count])
      variances.append(measured.variance)
    }
    let codec = OrderedCodec(bins: grouped.map(\.bin), hasMissing: variable.isNullable)
    return .ordered(codec, OneWayMeasurement(attribute: index, values: values, variances: variances))
  }

  // MARK: Labels

  private func firstLook(_ index: Int, _ variable: Variable) throws -> Draft {
    if case .declared(let labels) = curator.blueprint.categories(of: variable) { return .declared(labels) }
    return .labels(try look(index, rho: budget.labelLook))
  }

  /// The most labels that are named; the rest count as rare.
  static let maximumLabels = 2_000

  private func look(_ index: Int, rho: Rho) throws -> LabelDraft {
    let answer = try curator.labels(of: index, rho: rho, delta: budget.labelDelta)
    func count(_ value: Int) -> LabelDraft.Count { LabelDraft.Count(value: Double(value), variance: answer.variance) }
    return LabelDraft(
      labels: answer.labels.prefix(DomainLearner.maximumLabels).map { ($0.label, count($0.count)) }, missing: count(answer.missing))
  }

  /// Spends the second look on the variables of which many rows are still unnamed.
  private func lookAgain(_ drafts: inout [Draft], total: Double) throws {
    let unnamed = drafts.indices.compactMap { index -> (index: Int, rows: Double)? in
      guard case .labels(let draft) = drafts[index] else { return nil }
      let unnamed = draft.unnamed(total: total)
      guard unnamed.value > max(DomainLearner.negligible * total, unnamed.variance.squareRoot()) else { return nil }
      return (index, unnamed.value)
    }
    // A second look is worth its price only where it sees much more than the first, so it goes to those that want it most.
    let most = unnamed.map(\.rows).max() ?? 0
    let wanting = unnamed.filter { $0.rows > most / 2 }.map(\.index)
    for index in wanting {
      guard case .labels(let first) = drafts[index] else { continue }
      drafts[index] = .labels(first.merged(with: try look(index, rho: budget.secondLook.share(1 / Double(wanting.count)))))
    }
  }

  /// The share of rows without a named label that is worth neither a second look nor a code.
  private static let negligible = 0.005

  // MARK: Fixing the codes

  private func finish(_ drafts: [Draft], total: Double) throws -> LearnedDomain {
    let variables = curator.blueprint.variables
    let made = zip(variables, drafts).enumerated().map { index, pair -> (Codec, OneWayMeasurement?) in
      switch pair.1 {
      case .ordered(let codec, let measurement): (.ordered(codec), measurement)
      case .unlearned(let range):
        (.ordered(OrderedCodec(uniformOver: range, hasMissing: pair.0.isNullable)), nil)
      case .declared(let labels): (.labels(declaredCodec(pair.0, labels)), nil)
      case .labels(let draft): learnedCodec(index, pair.0, draft, total: total)
      }
    }
    let domain = Domain(variables: variables, codecs: made.map(\.0))
    curator.adopt(domain)
    let oneWay = try variables.indices.flatMap { index -> [OneWayMeasurement] in
      let earlier = made[index].1.map { [$0] } ?? []
      if !variables[index].isOrdered, !earlier.isEmpty { return earlier }
      let counts = try curator.marginal(of: [index], rho: earlier.isEmpty ? budget.oneWay : budget.bins, purpose: .oneWay)
      return earlier + [
        OneWayMeasurement(
          attribute: index, values: counts.values.map(Double.init),
          variances: [Double](repeating: counts.variance, count: counts.values.count))
      ]
    }
    return LearnedDomain(domain: domain, oneWay: oneWay, total: total, notes: DomainLearner.notes(on: domain, drafts: drafts))
  }

  private func declaredCodec(_ variable: Variable, _ labels: [String]) -> LabelCodec {
    let other = curator.blueprint.otherLabel(of: variable)
    return LabelCodec(
      labels: labels, otherLabel: labels.isEmpty ? other : nil, hasMissing: variable.isNullable,
      fallback: labels.firstIndex(of: other) ?? 0)
  }

  /// Where next to nothing is left unnamed, `other` is not worth a code: what there is counts as the most frequent label.
  ///
  /// Where the labels are parts of declared columns, none may be made up: those that were not named count as the most frequent one that
  /// shares a part with them. The counts are scaled to hold these rows too, and trusted less by as much.
  private func learnedCodec(
    _ index: Int, _ variable: Variable, _ draft: LabelDraft, total: Double
  ) -> (Codec, OneWayMeasurement) {
    let other = curator.blueprint.otherLabel(of: variable)
    let isClosed = curator.blueprint.isClosed(variable)
    var labels = draft.labels.filter { isClosed || $0.label != other }
    let unnamed = LabelDraft(labels: labels, missing: draft.missing).unnamed(total: total)
    let isComplete = unnamed.value < max(DomainLearner.negligible * total, unnamed.variance.squareRoot())
    let needsOther = labels.isEmpty || !isComplete && !isClosed
    if isClosed, !isComplete {
      let named = labels.reduce(0) { $0 + max($1.count.value, 0) }
      labels = labels.map { label in
        let added = named > 0 ? unnamed.value * max(label.count.value, 0) / named : 0
        return (label.label, LabelDraft.Count(value: label.count.value + added, variance: label.count.variance + added * added))
      }
    }
    let codec = LabelCodec(labels: labels.map(\.label), otherLabel: needsOther ? other : nil, hasMissing: variable.isNullable)
    let counts = labels.map(\.count) + (needsOther ? [unnamed] : []) + (variable.isNullable ? [draft.missing] : [])
    return (
      .labels(codec), OneWayMeasurement(attribute: index, values: counts.map(\.value), variances: counts.map(\.variance))
    )
  }

  private static func notes(on domain: Domain, drafts: [Draft]) -> [DomainNote] {
    zip(zip(domain.variables, domain.codecs), drafts).compactMap { pair, draft in
      let (variable, codec) = pair
      switch (draft, codec) {
      case (.unlearned, _): return DomainNote(variable: variable.name, kind: .notLearned)
      case (_, .labels(let codec)) where codec.labels.isEmpty: return DomainNote(variable: variable.name, kind: .notLearned)
      case _ where codec.size == 1: return DomainNote(variable: variable.name, kind: .constant)
      case (_, .labels(let codec)) where codec.otherLabel != nil: return DomainNote(variable: variable.name, kind: .rareLabelsPooled)
      default: return nil
      }
    }
  }
}

extension DomainLearner.LabelDraft {
  /// What two looks found together, most frequent first.
  func merged(with other: DomainLearner.LabelDraft) -> DomainLearner.LabelDraft {
    var counts = Dictionary(uniqueKeysWithValues: labels.map { ($0.label, $0.count) })
    for (label, count) in other.labels { counts[label] = counts[label]?.combined(with: count) ?? count }
    let ordered = counts.sorted { ($1.value.value, $0.key) < ($0.value.value, $1.key) }
    return DomainLearner.LabelDraft(
      labels: ordered.prefix(DomainLearner.maximumLabels).map { ($0.key, $0.value) }, missing: missing.combined(with: other.missing))
  }
}
