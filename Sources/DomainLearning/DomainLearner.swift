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
    var drafts = [Draft?](repeating: nil, count: variables.count)
    for (index, variable) in variables.enumerated() {
      try progress(variable.name)
      drafts[index] =
        variable.isOrdered
        ? try ordered(index, variable, total: total) : .labels(try firstLook(index, variable, total: total))
    }
    try lookAgain(&drafts, total: total)
    return try finish(drafts.compactMap { $0 }, total: total)
  }

  /// What is known of a variable before its codes are fixed.
  private enum Draft {
    case ordered(OrderedCodec, OneWayMeasurement)
    case labels(LabelDraft)
  }

  /// Labels found so far, most frequent first.
  struct LabelDraft {
    var labels: [String]
    var isDeclared: Bool
    /// About how many rows have a label that is not named, and the standard deviation of that.
    var unnamed: Double
    var unnamedSigma: Double
  }

  // MARK: Ordered variables

  private func ordered(_ index: Int, _ variable: Variable, total: Double) throws -> Draft {
    let bounds = curator.blueprint.bounds(of: variable)
    let search = OrderedSearch(
      curator: curator, total: total, rhoPerLook: budget.search.share(1 / Double(OrderedSearch.maximumLooks)))
    let leaves = try search.leaves(of: index, bounds: bounds)
    let sigma = Double(curator.unitRows) / (2 * budget.oneWay.value).squareRoot()
    let runs = OrderedBins.runs(from: leaves, count: Int(min(max(total / (4 * sigma), 4), 128)))
    let measured = try curator.histogram(of: index, runs: OrderedBins.territories(of: runs), rho: budget.oneWay, purpose: .oneWay)
    let counts = measured.values.map(Double.init)
    let grouped = OrderedBins.bins(runs: runs, counts: Array(counts.prefix(runs.count)), count: binCount(total, sigma))
    let hasMissing = variable.isNullable || grouped.isEmpty
    var values = grouped.map { group in group.members.reduce(0) { $0 + counts[$1] } }
    var variances = grouped.map { Double($0.members.count) * measured.variance }
    if hasMissing {
      values.append(counts[runs.count])
      variances.append(measured.variance)
    }
    let codec = OrderedCodec(bins: grouped.map(\.bin), hasMissing: hasMissing)
    return .ordered(codec, OneWayMeasurement(attribute: index, values: values, variances: variances))
  }

  // MARK: Labels

  private func firstLook(_ index: Int, _ variable: Variable, total: Double) throws -> LabelDraft {
    if case .declared(let labels) = curator.blueprint.categories(of: variable) {
      return LabelDraft(labels: labels, isDeclared: true, unnamed: 0, unnamedSigma: 0)
    }
    return try look(index, rho: budget.search, total: total)
  }

  /// The most labels that are named; the rest count as rare.
  static let maximumLabels = 2_000

  private func look(_ index: Int, rho: Rho, total: Double) throws -> LabelDraft {
    let answer = try curator.labels(of: index, rho: rho, delta: budget.labelDelta)
    let found = answer.labels.prefix(DomainLearner.maximumLabels)
    let named = found.reduce(Double(answer.missing)) { $0 + Double($1.count) }
    return LabelDraft(
      labels: found.map(\.label), isDeclared: false, unnamed: max(0, total - named),
      unnamedSigma: (answer.variance * Double(found.count + 2)).squareRoot())
  }

  /// Spends the second look on the variables of which many rows are still unnamed.
  private func lookAgain(_ drafts: inout [Draft?], total: Double) throws {
    let wanting = drafts.indices.filter { index in
      guard case .labels(let draft) = drafts[index], !draft.isDeclared else { return false }
      return draft.unnamed > max(0.02 * total, draft.unnamedSigma)
    }
    for index in wanting {
      guard case .labels(let first) = drafts[index] else { continue }
      var draft = try look(index, rho: budget.secondLook.share(1 / Double(wanting.count)), total: total)
      let known = Set(draft.labels)
      draft.labels = Array((draft.labels + first.labels.filter { !known.contains($0) }).prefix(DomainLearner.maximumLabels))
      drafts[index] = .labels(draft)
    }
  }

  // MARK: Fixing the codes

  private func finish(_ drafts: [Draft], total: Double) throws -> LearnedDomain {
    let variables = curator.blueprint.variables
    let codecs = zip(variables, drafts).map { variable, draft -> Codec in
      switch draft {
      case .ordered(let codec, _): .ordered(codec)
      case .labels(let draft): .labels(codec(for: variable, draft, total: total))
      }
    }
    let domain = Domain(variables: variables, codecs: codecs)
    curator.adopt(domain)
    let oneWay = try drafts.enumerated().map { index, draft -> OneWayMeasurement in
      if case .ordered(_, let measurement) = draft { return measurement }
      let counts = try curator.marginal(of: [index], rho: budget.oneWay, purpose: .oneWay)
      return OneWayMeasurement(
        attribute: index, values: counts.values.map(Double.init),
        variances: [Double](repeating: counts.variance, count: counts.values.count))
    }
    return LearnedDomain(domain: domain, oneWay: oneWay, total: total, notes: DomainLearner.notes(on: domain))
  }

  private func codec(for variable: Variable, _ draft: LabelDraft, total: Double) -> LabelCodec {
    let other = curator.blueprint.otherLabel(of: variable)
    if draft.isDeclared {
      return LabelCodec(
        labels: draft.labels, otherLabel: draft.labels.isEmpty ? other : nil, hasMissing: variable.isNullable,
        fallback: draft.labels.firstIndex(of: other) ?? 0)
    }
    // Where next to nothing is left unnamed, `other` is not worth a code: what there is counts as the most frequent label.
    let isComplete = !draft.labels.isEmpty && draft.unnamed < max(0.005 * total, draft.unnamedSigma)
    let labels = draft.labels.filter { $0 != other }
    let needsOther = labels.count < draft.labels.count || !isComplete
    return LabelCodec(labels: labels, otherLabel: needsOther ? other : nil, hasMissing: variable.isNullable)
  }

  private static func notes(on domain: Domain) -> [DomainNote] {
    zip(domain.variables, domain.codecs).compactMap { variable, codec in
      switch codec {
      case .ordered(let codec) where codec.bins.isEmpty: DomainNote(variable: variable.name, kind: .allMissing)
      case .labels(let codec) where codec.labels.isEmpty: DomainNote(variable: variable.name, kind: .notLearned)
      case _ where codec.size == 1: DomainNote(variable: variable.name, kind: .constant)
      case .labels(let codec) where codec.otherLabel != nil: DomainNote(variable: variable.name, kind: .rareLabelsPooled)
      case .ordered, .labels: nil
      }
    }
  }
}
