import Accounting
import Curation
import DomainLearning
import Encoding
import LinkedTables
import MarginalSynthesis
import Synthesis
import Tables

/// Learns a model of linked tables: context down, history forward.
///
/// Each table below the root gets its domain from one row a person; the people get a view with
/// sketches of what lies below, which AIM learns; then each table gets a chain of conditional
/// distributions, measured by sums over the people that are clipped in the L2 norm
/// (docs/decisions/0036-linked-synthesis.md).
package struct LinkedLearner {
  let curator: PeopleCurator
  let plan: LinkedPlan
  let rho: Rho
  let labelDelta: Delta
  let seed: UInt64
  let progress: (SynthesisProgress) throws -> Void

  package init(
    curator: PeopleCurator, plan: LinkedPlan, rho: Rho, labelDelta: Delta, seed: UInt64,
    progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) {
    (self.curator, self.plan, self.rho) = (curator, plan, rho)
    (self.labelDelta, self.seed, self.progress) = (labelDelta, seed, progress)
  }

  /// Asks all questions.
  package func learn() throws -> LinkedModel {
    let tables = try plan.tables.dropFirst().map { table in
      try TableDomainLearner(
        curator: curator, plan: plan, table: table, rho: rho,
        labelDelta: labelDelta.share(1 / views), progress: progress
      ).learn()
    }
    let people = tables.map(\.people).max() ?? 0
    let isThin = LinkedBudget.isThin(people: people, rho: rho)
    let sketches = isThin ? [] : try self.sketches(of: tables, people: people)
    let (person, attributes) = try learnPeople(sketches)
    var contexts = [
      plan.tables[0].table: person.coarse.indices.map {
        ChainContext(
          context: .above(1, variable: $0), attribute: attributes[$0], size: person.coarse[$0].count
        )
      }
    ]
    var models: [TableModel] = []
    for (index, table) in tables.enumerated() {
      try report("rows of \(table.plan.name)", Double(index + 1) / Double(tables.count + 1))
      let left = Rho(checked: max(0, rho.value - curator.desk.spent.rho.value) * (1 - 1e-6))
      let weights = tables[index...].map { table in
        Double(table.variables.count + 1)
          * (plan.hasHistory(table.plan) ? LinkedBudget.setWeight / 2 : 1)
      }
      let share = left.share(weights[0] / weights.reduce(0, +))
      let above = contexts[table.plan.owner ?? 0] ?? []
      let learner = ChainLearner(
        curator: curator, table: table, above: above,
        hasHistory: plan.hasHistory(table.plan), isSetOfPerson: plan.isSetOfPerson(table.plan),
        isThin: isThin, rhoOfAll: rho, rho: share)
      models.append(try learner.learn())
      contexts[table.plan.table] = learner.contextsBelow()
    }
    return try LinkedModel(person: person, tables: models).fitted(
      plan: plan, people: Int(people), seed: seed)
  }

  private func report(_ detail: String, _ fraction: Double) throws {
    try progress(SynthesisProgress(phase: .fitting, fraction: fraction, detail: detail))
  }

  private var views: Double { Double(plan.tables.count) }

  // MARK: People

  private func learnPeople(_ sketches: [TreeView.Column]) throws -> (PersonModel, [Int]) {
    let view = plan.tables[0].view(adding: sketches)
    let asked = try curator.curator(ofPeople: view)
    let (learned, left) = try LearnedDomain.learn(
      from: asked, rho: rho.share(LinkedBudget.people), labelDelta: labelDelta.share(1 / views),
      progress: progress)
    let fit = try AIMSynthesizer().fit(
      FitInputs(
        curator: asked, learned: learned, rho: left, options: SynthesisOptions(), seed: seed,
        progress: progress))
    curator.absorb(asked)
    let attributes = try curator.adopt(view, domain: learned.domain)
    let variables = attributes.indices.map { index in
      LearnedVariable(
        index, of: learned.domain, weights: learned.weights(of: index),
        attribute: attributes[index], isPartial: false, curator: curator)
    }
    return (
      PersonModel(
        domain: learned.domain, fit: fit, coarse: variables.map(\.coarse),
        unlearned: learned.unlearned.sorted()),
      variables.map(\.coarseAttribute)
    )
  }

  /// Returns columns of the people's view that say in short what lies below.
  private func sketches(of tables: [LearnedTable], people: Double) throws -> [TreeView.Column] {
    var sketches: [TreeView.Column] = []
    func add(_ name: String, _ attribute: PeopleAttribute) {
      let made = curator.define(attribute)
      let codes = (0..<curator.attributes[made].size).map(String.init)
      sketches.append(
        TreeView.Column(
          ColumnSchema(name: name, type: .category, categories: .declared(codes)),
          .attribute(made)))
    }
    // A set of a person is drawn by pairs, which say more.
    let tables = tables.filter { !plan.isSetOfPerson($0.plan) }
    let wide = tables.flatMap(\.variables).filter { Self.isWide($0) }.count
    for table in tables {
      for variable in table.variables where Self.isWide(variable) {
        let cluster = try cluster(
          of: variable, in: table, people: people,
          rho: rho.share(LinkedBudget.pairs / Double(wide)))
        if let cluster { add("group of \(table.plan.name).\(variable.name)", cluster) }
      }
    }
    return Array(sketches.prefix(LinkedBudget.mostSketches))
  }

  private static func isWide(_ variable: LearnedVariable) -> Bool {
    !variable.isOrdered && variable.drawn.count > 12
  }

  /// Returns the group of values that goes together in the same people; nil if there is none.
  private func cluster(
    of variable: LearnedVariable, in table: LearnedTable, people: Double, rho: Rho
  ) throws -> PeopleAttribute? {
    let order = variable.weights.indices.sorted {
      (-variable.weights[$0], $0) < (-variable.weights[$1], $1)
    }
    let top = Array(order.prefix(LinkedBudget.mostPairedCodes))
    let answer = try curator.pairs(
      of: variable.drawnAttribute, codes: top, clip: max(table.clip, 2), rho: rho,
      about: "pairs of values of \(table.plan.name).\(variable.name)")
    let clusters = CodeClusters.find(
      answer.values, count: top.count, variance: answer.variance, people: people)
    guard !clusters.isEmpty else { return nil }
    var groups = [Int](repeating: -1, count: variable.drawn.count)
    for (group, cluster) in clusters.enumerated() {
      for place in cluster { groups[top[place]] = group }
    }
    let expected = clusters.map { cluster in
      cluster.reduce(0) { $0 + max(variable.weights[top[$1]], 1) }
    }
    return .mode(variable.drawnAttribute, groups: groups, expected: expected)
  }
}

extension TreeValue {
  /// Whether rows without a value are told by their place: first rows have no gap, and all others
  /// no distance from the owner.
  var isPartial: Bool {
    switch self {
    case .since(_, .previous), .since(_, .firstOfOwner), .since(_, .firstOfStart): true
    case .cell, .start, .since, .until, .children, .attribute: false
    }
  }
}
