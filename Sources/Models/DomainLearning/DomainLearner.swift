import Accounting
import Curation
import Encoding
import Tables

/// Learns an undeclared domain by asking the curator, and measures each variable alone on the way.
///
/// Numbers and dates become bins. Noisy histograms find where their values lie; ticks that many
/// rows seem to share are named; then one finer histogram gives the edges of bins of about equal
/// weight, the shape used to decode each bin, and the bin counts. Labels are named by partition
/// selection; labels too rare to be named share one code.
package struct DomainLearner {
  let curator: Curator
  let rho: Rho
  let delta: Delta
  /// The number of bins of an ordered variable, from the row count and the noise of its one-way
  /// histogram (both public).
  let binCount: (_ total: Double, _ sigma: Double) -> Int

  /// Creates a learner that asks `curator`, spends shares of a release's `rho` and `delta`, and
  /// gives an ordered variable `binCount` bins, which depends on public values only.
  package init(
    curator: Curator, rho: Rho, delta: Delta,
    binCount: @escaping (_ total: Double, _ sigma: Double) -> Int
  ) {
    self.curator = curator
    self.rho = rho
    self.delta = delta
    self.binCount = binCount
  }

  /// Asks the questions and lets the curator adopt the learned domain.
  /// - Parameter progress: Called before each variable is queried, with its name and the fraction
  ///   done, 0 to 1.
  /// - Throws: The errors of the budget, and ``CancellationError`` from `progress`.
  package func learn(
    progress: (_ variable: String, _ fraction: Double) throws -> Void = { _, _ in }
  ) throws -> LearnedDomain {
    let variables = curator.blueprint.variables
    let answer = try curator.rowCount(rho: DomainBudget.rowCount(total: rho))
    let rows = NoisyCount(value: max(Double(answer.values[0]), 1), variance: answer.variance)
    let total = rows.value
    let budget = DomainBudget(
      total: rho, delta: delta, variables: variables.count, rows: total, unitRows: curator.unitRows)
    var drafts = try variables.enumerated().map { index, variable -> Draft in
      try progress(variable.name, 0.5 * Double(index) / Double(variables.count))
      return variable.isOrdered
        ? try search(index, variable, rows: rows, budget: budget)
        : try firstLook(index, variable, budget: budget)
    }
    try nameTicks(&drafts, total: total, budget: budget)
    try lookAgain(&drafts, rows: rows, budget: budget)
    for case (let index, .found(let leaves)) in drafts.enumerated() {
      try progress(variables[index].name, 0.5 + 0.5 * Double(index) / Double(variables.count))
      drafts[index] = try measure(
        index, variables[index], leaves: leaves, total: total, budget: budget)
    }
    return sealing(try finish(drafts, rows: rows, budget: budget))
  }

  /// The knowledge about a variable before its codes are fixed.
  enum Draft {
    /// The leaves that hold its values.
    case found([OrderedSearch.Leaf])
    /// The measurement of its finer histogram, and the share of its one-way budget left to count
    /// the bins.
    case ordered(OrderedCodec, OneWayMeasurement, left: Double)
    /// Ordered, but nothing stood out from the noise: a public range stands in.
    case unlearned(ClosedRange<Int64>)
    case declared([String])
    case labels(LabelDraft)
  }

  /// The labels found so far with their noisy counts.
  struct LabelDraft {
    var labels: [(label: String, count: NoisyCount)]
    /// Groups of unnamed labels, and the rows with such a label.
    var groups: [(group: LabelGroup, count: NoisyCount)] = []
    var missing: NoisyCount

    /// Returns about how many of `rows` have an unnamed label.
    func unnamed(of rows: NoisyCount) -> NoisyCount {
      let counts = labels.map(\.count) + groups.map(\.count) + [missing]
      return NoisyCount(
        value: rows.value - counts.reduce(0) { $0 + $1.value },
        variance: counts.reduce(rows.variance) { $0 + $1.variance })
    }
  }

  // MARK: Labels

  private func firstLook(_ index: Int, _ variable: Variable, budget: DomainBudget) throws -> Draft {
    if case .declared(let labels) = curator.blueprint.categories(of: variable) {
      return .declared(labels)
    }
    // Declared labels are all kept, so that they are counted once more when the pairs are known.
    let hasLeaders = curator.blueprint.leaders(of: variable) != nil
    let rho = hasLeaders ? budget.labelLook.share(1 - Self.leaderShare) : budget.labelLook
    return .labels(try look(index, rho: rho, delta: budget.labelDelta))
  }

  /// The share of a bundle's look that counts the bundles, if the deciding column is declared.
  private static let leaderShare = 0.5

  /// The largest number of named labels; the rest count as rare.
  static let maximumLabels = 2_000

  private func look(_ index: Int, rho: Rho, delta: Delta) throws -> LabelDraft {
    if let pairs = curator.blueprint.declaredPairs(of: curator.blueprint.variables[index]) {
      return try look(index, among: pairs, rho: rho)
    }
    let answer = try curator.labels(of: index, rho: rho, delta: delta)
    func count(_ value: Int) -> NoisyCount {
      NoisyCount(value: Double(value), variance: answer.variance)
    }
    return LabelDraft(
      labels: answer.labels.prefix(DomainLearner.maximumLabels).map { ($0.label, count($0.count)) },
      missing: count(answer.missing))
  }

  /// Spends the second look on the variables that still have many unnamed rows.
  private func lookAgain(_ drafts: inout [Draft], rows: NoisyCount, budget: DomainBudget) throws {
    let unnamed = drafts.indices.compactMap { index -> (index: Int, rows: Double)? in
      guard case .labels(let draft) = drafts[index] else { return nil }
      let unnamed = draft.unnamed(of: rows)
      guard
        unnamed.value > max(DomainLearner.negligible * rows.value, unnamed.variance.squareRoot())
      else { return nil }
      return (index, unnamed.value)
    }
    // A second look pays only if it sees much more than the first, so it goes to the variables that
    // need it most.
    let most = unnamed.map(\.rows).max() ?? 0
    let wanting = unnamed.filter { $0.rows > most / 2 }.map(\.index)
    for index in wanting {
      guard case .labels(let first) = drafts[index] else { continue }
      let share = budget.secondLook.share(1 / Double(wanting.count))
      let grouping = grouping(of: index, first)
      let again = try look(
        index, rho: share.share(1 - grouping.budgetShare), delta: budget.labelDelta)
      var merged = first.merged(with: again)
      merged.groups = try groups(
        grouping, of: index, beside: merged, rho: share.share(grouping.budgetShare),
        delta: budget.labelDelta)
      drafts[index] = .labels(merged)
    }
  }

  /// The share of rows without a named label that warrants neither a second look nor a code.
  private static let negligible = 0.005

  // MARK: Fixing the codes

  private func finish(_ drafts: [Draft], rows: NoisyCount, budget: DomainBudget) throws
    -> LearnedDomain
  {
    let variables = curator.blueprint.variables
    let made = zip(variables, drafts).enumerated().map {
      index, pair -> (Codec, OneWayMeasurement?) in
      switch pair.1 {
      case .found: preconditionFailure("a variable was found and not measured")
      case .ordered(let codec, let measurement, _): (.ordered(codec), measurement)
      case .unlearned(let range):
        (
          .ordered(
            OrderedCodec(
              uniformOver: range, words: curator.blueprint.codes(of: pair.0),
              hasMissing: pair.0.isNullable)), nil
        )
      case .declared(let labels): (.labels(declaredCodec(pair.0, labels)), nil)
      case .labels(let draft): learnedCodec(index, pair.0, draft, rows: rows)
      }
    }
    let domain = Domain(variables: variables, codecs: made.map(\.0))
    curator.adopt(domain)
    let oneWay = try variables.indices.flatMap { index -> [OneWayMeasurement] in
      let earlier = made[index].1.map { [$0] } ?? []
      var rho = budget.oneWay
      if case .ordered(_, _, let left) = drafts[index] {
        guard left > 0 else { return earlier }
        rho = rho.share(left)
      } else if !earlier.isEmpty {
        return earlier
      } else if curator.blueprint.leaders(of: variables[index]) != nil {
        rho = budget.labelLook.share(Self.leaderShare)
      }
      let counts = try curator.marginal(of: [index], rho: rho, purpose: .oneWay)
      return earlier + [
        OneWayMeasurement(
          attribute: index, values: counts.values.map(Double.init),
          variances: [Double](repeating: counts.variance, count: counts.values.count),
          countsAllRows: true)
      ]
    }
    return LearnedDomain(
      domain: domain, oneWay: oneWay, rowCount: rows,
      notes: DomainLearner.notes(on: domain, drafts: drafts))
  }

  private func declaredCodec(_ variable: Variable, _ labels: [String]) -> LabelCodec {
    let other = curator.blueprint.otherLabel(of: variable)
    return LabelCodec(
      labels: labels, otherLabel: labels.isEmpty ? other : nil, hasMissing: variable.isNullable,
      fallback: labels.firstIndex(of: other) ?? 0)
  }

  /// If almost nothing is left unnamed, `other` is not worth a code: the remaining rows count as
  /// the most frequent label.
  ///
  /// If the labels are parts of declared columns, none may be invented: unnamed labels count as the
  /// most frequent one that shares a part with them. The counts are scaled to hold these rows too,
  /// and trusted less accordingly.
  private func learnedCodec(
    _ index: Int, _ variable: Variable, _ draft: LabelDraft, rows: NoisyCount
  ) -> (Codec, OneWayMeasurement?) {
    if let leaders = curator.blueprint.leaders(of: variable) {
      return (leaderCodec(variable, draft, leaders), nil)
    }
    let other = curator.blueprint.otherLabel(of: variable)
    let isClosed = curator.blueprint.isClosed(variable)
    var labels = draft.labels.filter { isClosed || $0.label != other }
    let unnamed = LabelDraft(labels: labels, groups: draft.groups, missing: draft.missing).unnamed(
      of: rows)
    let isComplete =
      unnamed.value < max(DomainLearner.negligible * rows.value, unnamed.variance.squareRoot())
    let needsOther = labels.isEmpty && draft.groups.isEmpty || !isComplete && !isClosed
    if isClosed, !isComplete {
      let named = labels.reduce(0) { $0 + max($1.count.value, 0) }
      labels = labels.map { label in
        let added = named > 0 ? unnamed.value * max(label.count.value, 0) / named : 0
        return (
          label.label,
          NoisyCount(
            value: label.count.value + added, variance: label.count.variance + added * added)
        )
      }
    }
    var rest = unnamed
    let ruled = isClosed ? [] : curator.blueprint.ruledLabels(of: variable).filter { $0 != other }
    labels += DomainLearner.ruled(ruled, beside: labels.map(\.label), of: &rest)
    let codec = LabelCodec(
      labels: labels.map(\.label), groups: draft.groups.map(\.group),
      otherLabel: needsOther ? other : nil,
      hasMissing: variable.isNullable)
    let counts =
      labels.map(\.count) + draft.groups.map(\.count) + (needsOther ? [rest] : [])
      + (variable.isNullable ? [draft.missing] : [])
    return (
      .labels(codec),
      OneWayMeasurement(
        attribute: index, values: counts.map(\.value), variances: counts.map(\.variance),
        countsAllRows: isComplete)
    )
  }

  /// Returns the labels that rules name and that were too rare to be named otherwise. A rule is
  /// public, so they have codes of their own. Nobody has counted them: about half of the rows
  /// without a named label may have one, or none.
  private static func ruled(
    _ names: [String], beside known: [String], of unnamed: inout NoisyCount
  ) -> [(label: String, count: NoisyCount)] {
    let names = names.filter { !known.contains($0) }
    guard !names.isEmpty else { return [] }
    let each = max(unnamed.value, 0) / Double(2 * names.count)
    let variance = unnamed.variance + each * each
    unnamed.value -= each * Double(names.count)
    unnamed.variance += Double(names.count) * each * each
    return names.map { ($0, NoisyCount(value: each, variance: variance)) }
  }

  /// Returns a codec with every declared label of a bundle's deciding column: with the partners
  /// that were named, else with none, so that only these are empty in a release.
  private func leaderCodec(_ variable: Variable, _ draft: LabelDraft, _ leaders: [String]) -> Codec
  {
    let pairs = draft.labels.map(\.label)
    let named = Set(LabelCodec.visible(pairs))
    guard case .bundle(let names) = variable.source else {
      preconditionFailure("a leader outside a bundle")
    }
    let partners = [String?](repeating: nil, count: names.count - 1)
    let alone = leaders.filter { !named.contains($0) }.map {
      LabelCodec.bundle(of: $0, partners: partners)
    }
    return .labels(
      LabelCodec(labels: pairs + alone, otherLabel: nil, hasMissing: variable.isNullable))
  }

  private static func notes(on domain: Domain, drafts: [Draft]) -> [DomainNote] {
    zip(zip(domain.variables, domain.codecs), drafts).compactMap { pair, draft in
      let (variable, codec) = pair
      switch (draft, codec) {
      case (.unlearned, _): return DomainNote(variable: variable.name, kind: .notLearned)
      case (_, .labels(let codec)) where codec.labels.isEmpty && codec.groups.isEmpty:
        return DomainNote(variable: variable.name, kind: .notLearned)
      case _ where codec.size == 1: return DomainNote(variable: variable.name, kind: .constant)
      case (_, .labels(let codec)) where !codec.groups.isEmpty:
        return DomainNote(variable: variable.name, kind: .rareLabelsGrouped)
      case (_, .labels(let codec)) where codec.otherLabel != nil:
        return DomainNote(variable: variable.name, kind: .rareLabelsPooled)
      default: return nil
      }
    }
  }
}

extension DomainLearner.LabelDraft {
  /// Merges two looks, most frequent label first.
  func merged(with other: DomainLearner.LabelDraft) -> DomainLearner.LabelDraft {
    var counts = Dictionary(uniqueKeysWithValues: labels.map { ($0.label, $0.count) })
    for (label, count) in other.labels {
      counts[label] = counts[label]?.combined(with: count) ?? count
    }
    let ordered = counts.sorted { ($1.value.value, $0.key) < ($0.value.value, $1.key) }
    return DomainLearner.LabelDraft(
      labels: ordered.prefix(DomainLearner.maximumLabels).map { ($0.key, $0.value) },
      missing: missing.combined(with: other.missing))
  }
}
