import Accounting
import Curation
import DomainLearning
import Encoding
import Synthesis
import Tables

/// Learns the domain of a table below the root: labels from everybody's different labels, ordered
/// columns from one row of each person; then the length at which people are clipped.
struct TableDomainLearner {
  let curator: PeopleCurator
  let plan: LinkedPlan
  let table: TablePlan
  /// The rho of the whole release.
  let rho: Rho
  let labelDelta: Delta
  let progress: (SynthesisProgress) throws -> Void

  func learn() throws -> LearnedTable {
    let view = table.view()
    let blueprint = try Blueprint(schema: view.schema)
    let ordered = try learnOrdered()
    let codecs = try blueprint.variables.indices.map { index -> Codec in
      let variable = blueprint.variables[index]
      guard !variable.isOrdered else {
        guard let known = ordered?.domain.variables.firstIndex(of: variable) else {
          preconditionFailure("an ordered variable that was not asked about")
        }
        return ordered?.domain.codecs[known] ?? .ordered(OrderedCodec(bins: [], hasMissing: true))
      }
      return try labels(of: index, in: view, blueprint)
    }
    let domain = Domain(variables: blueprint.variables, codecs: codecs)
    let attributes = try curator.adopt(view, domain: domain)
    let (clip, people) = try clip(domain, attributes: attributes)
    let partial = Set(table.columns.filter { $0.value.isPartial }.map(\.schema.name))
    let variables = try attributes.indices.map { index -> LearnedVariable in
      let variable = domain.variables[index]
      var (weights, counted): ([Double], NoisyRows?) = ([], nil)
      if variable.isOrdered {
        let known = ordered?.domain.variables.firstIndex(of: variable) ?? 0
        weights = ordered?.weights(of: known) ?? []
      } else {
        let answer = try curator.counts(
          of: [attributes[index]], clip: clip,
          rho: labelRho(LinkedBudget.labelCounts),
          about: "\(table.name): \(variable.name)")
        counted = NoisyRows(values: answer.values, variance: answer.variance)
        weights = answer.values.map { max($0, 0) }
      }
      return LearnedVariable(
        index, of: domain, weights: weights, counted: counted, attribute: attributes[index],
        isPartial: partial.contains(variable.name), curator: curator,
        isComplete: !blueprint.saysMissing(variable))
    }
    let names = Set(
      (ordered?.unlearned ?? []).compactMap { ordered?.domain.variables[$0].name })
    let unlearned = domain.variables.indices.filter { index in
      names.contains(domain.variables[index].name) || isEmpty(variables[index], domain)
    }
    return LearnedTable(
      plan: table, domain: domain, unlearned: Set(unlearned), variables: variables, clip: clip,
      people: people)
  }

  /// Whether a variable of labels has none to draw.
  private func isEmpty(_ variable: LearnedVariable, _ domain: Domain) -> Bool {
    guard case .labels(let codec) = domain.codecs[variable.index] else { return false }
    return codec.labels.isEmpty
  }

  // MARK: Questions

  private var all: [TreeView.Column] { plan.tables.dropFirst().flatMap(\.columns) }
  private var orderedCount: Int { all.count { $0.schema.type.isOrdered } }

  /// Returns the part of a column of labels in a share of the budget. Sets of values have more
  /// labels than columns of events.
  private func labelRho(_ share: Double) -> Rho {
    func weight(_ table: TablePlan) -> Double {
      plan.hasHistory(table) ? LinkedBudget.setWeight : 1
    }
    let weights = plan.tables.dropFirst().reduce(0) { sum, other in
      sum + weight(other) * Double(other.columns.count { !$0.schema.type.isOrdered })
    }
    return rho.share(share * weight(table) / max(weights, 1))
  }

  private func learnOrdered() throws -> LearnedDomain? {
    let columns = table.columns.filter { $0.schema.type.isOrdered }
    guard !columns.isEmpty else { return nil }
    let names = Set(columns.map(\.schema.name))
    let view = TreeView(
      table: table.table, name: table.name, columns: columns,
      rules: table.rules.filter { $0.columns.allSatisfy(names.contains) })
    let asked = try curator.curator(ofOneRowEach: view)
    let share = LinkedBudget.ordered * Double(columns.count) / Double(orderedCount)
    let (learned, _) = try LearnedDomain.learn(
      from: asked, rho: rho.share(share), labelDelta: labelDelta.share(0.5), progress: progress)
    curator.absorb(asked)
    return learned
  }

  private func labels(of index: Int, in view: TreeView, _ blueprint: Blueprint) throws -> Codec {
    let variable = blueprint.variables[index]
    if case .declared(let labels) = blueprint.categories(of: variable) {
      return .labels(
        LabelCodec(labels: labels, otherLabel: nil, hasMissing: blueprint.saysMissing(variable)))
    }
    let own = Double(max(1, table.columns.count { !$0.schema.type.isOrdered }))
    var found: [String] = []
    // Labels that are named leave the others more weight in the next round.
    for share in LinkedBudget.labelRounds {
      let more = try curator.labels(
        of: index, in: view, beside: Set(found), rho: labelRho(LinkedBudget.labels).share(share),
        delta: labelDelta.share(0.5 / own / Double(LinkedBudget.labelRounds.count)))
      found += more.labels.map(\.label)
    }
    // A value that decides another must be named with one partner alone: its most frequent.
    var seen: Set<String> = []
    let named = found.filter { seen.insert(LabelCodec.leading($0)).inserted }
    return .labels(
      LabelCodec(
        labels: named, otherLabel: blueprint.otherLabel(of: variable),
        hasMissing: true))
  }

  private func clip(_ domain: Domain, attributes: [Int]) throws -> (clip: Double, people: Double) {
    let widest = attributes.indices.max { first, second in
      (domain.variables[second].isOrdered ? 0 : 1, domain.sizes[first])
        < (domain.variables[first].isOrdered ? 0 : 1, domain.sizes[second])
    }
    guard let widest else { return (1, 0) }
    let tables = Double(plan.tables.count - 1)
    let lengths = try curator.lengths(
      of: attributes[widest], steps: ClipLength.classes,
      rho: rho.share(LinkedBudget.lengths / tables),
      about: "lengths of people's counts in \(table.name)")
    let questions = 3 * Double(attributes.count) * tables
    let clip = ClipLength.best(
      lengths.values, variance: lengths.variance, codes: domain.sizes[widest],
      rho: rho.share(LinkedBudget.chains / questions))
    return (clip, lengths.values.reduce(0, +))
  }
}
