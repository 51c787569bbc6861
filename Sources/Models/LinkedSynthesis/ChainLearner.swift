import Accounting
import Curation
import Encoding

/// Something that may explain a variable of a chain.
struct ChainContext {
  let context: Context
  /// The curator's attribute, on the rows of the table that it is known for.
  let attribute: Int
  let size: Int
}

/// Learns the chain of one table: for each variable the few contexts that say most about it, chosen
/// privately one after the other, and its distribution given them.
struct ChainLearner {
  let curator: PeopleCurator
  let table: LearnedTable
  /// The contexts of the owner's rows, the owner's own among them.
  let above: [ChainContext]
  /// Whether the rows are sets of values with a history.
  let hasHistory: Bool
  /// Whether the rows are one set of values for each person.
  let isSetOfPerson: Bool
  /// Whether there are too few people for contexts to be chosen.
  let isThin: Bool
  /// The rho of the whole release.
  let rhoOfAll: Rho
  /// The rho of this table's chain.
  let rho: Rho

  private var mostParents: Int {
    isThin ? 1 : LinkedBudget.mostContexts(people: table.people, rho: rhoOfAll)
  }
  private static let mostCells = 40_000
  /// The shares of a variable's budget: of the variable alone, of each choice, and of the counts by
  /// each context. What is left at the end counts again.
  private static let alone = 0.1
  private static let choice = 0.055
  private var pair: Double { (1 - Self.alone) / Double(mostParents) - Self.choice }

  func learn() throws -> TableModel {
    var known = contexts()
    var links: [ChainLink] = []
    var rows = 0.0
    let main = hasHistory || isSetOfPerson ? table.main : nil
    let parts = Double(table.variables.count + (main == nil ? 0 : 1))
    let share = rho.share(1 / parts)
    let novelty = hasHistory ? main.map { curator.define(.novelty($0.drawnAttribute)) } : nil
    let order =
      table.variables.filter { $0.index == main?.index }
      + table.variables.filter { $0.index != main?.index }
    for variable in order {
      let forced =
        variable.index == main?.index
        ? novelty.map { ChainContext(context: .novelty, attribute: $0, size: 3) }
          ?? constant(variable)
        : known.first { $0.context == .previous(variable.index) }
      let (link, total) = try learn(variable, known: known, forced: forced, rho: share)
      links.append(link)
      rows = max(rows, total)
      known.append(
        ChainContext(
          context: .own(variable.index), attribute: variable.coarseAttribute,
          size: variable.coarse.count))
    }
    let isHistory = hasHistory
    let pairs =
      isSetOfPerson && !isThin ? try main.flatMap { try self.pairs(of: $0, rho: share) } : nil
    return TableModel(
      table: table.plan.table, domain: table.domain,
      coarse: table.variables.map(\.coarse), chain: links,
      returns: try main.map {
        isHistory ? try returns(of: $0, rho: share) : try set(of: $0, rho: share)
      },
      pairs: pairs, rows: rows, unlearned: table.unlearned.sorted(), clip: table.clip)
  }

  /// Returns the contexts that are known before anything of a row is drawn.
  private func contexts() -> [ChainContext] {
    var known = above.map { context in
      ChainContext(
        context: context.context,
        attribute: curator.define(.owner(context.attribute, table: table.plan.table)),
        size: context.size)
    }
    guard table.plan.isTimed else { return known }
    let most = Context.mostPositions
    known.append(
      ChainContext(
        context: .position,
        attribute: curator.define(.position(table: table.plan.table, most: most)), size: most + 1))
    for variable in table.variables {
      known.append(
        ChainContext(
          context: .previous(variable.index),
          attribute: curator.define(.previous(variable.coarseAttribute)),
          size: variable.coarse.count + 1))
    }
    return known
  }

  /// Returns the contexts of rows that this table's rows own: this table's variables and all above.
  func contextsBelow() -> [ChainContext] {
    let own = table.variables.map {
      ChainContext(
        context: .above(1, variable: $0.index), attribute: $0.coarseAttribute, size: $0.coarse.count
      )
    }
    let further = above.compactMap { context -> ChainContext? in
      guard case .above(let levels, let variable) = context.context else { return nil }
      return ChainContext(
        context: .above(levels + 1, variable: variable),
        attribute: curator.define(.owner(context.attribute, table: table.plan.table)),
        size: context.size)
    }
    return own + further
  }

  // MARK: One variable

  private func learn(
    _ variable: LearnedVariable, known: [ChainContext], forced: ChainContext?, rho: Rho
  ) throws -> (link: ChainLink, rows: Double) {
    var left = 1.0
    func spend(_ share: Double) -> Rho {
      left -= share
      return rho.share(share)
    }
    let alone =
      try variable.counted ?? count(variable, by: nil, rho: spend(Self.alone))
    let rows = alone.values.reduce(0, +)
    var link = ChainLink(
      variable: variable.index, drawn: variable.drawn, weights: variable.weights,
      base: base(of: variable, alone), parents: [])
    let told = told(variable, measurement: rho.share(pair))
    var parents: [(context: ChainContext, counts: NoisyRows)] = []
    for turn in 0..<mostParents {
      let next: ChainContext?
      if turn == 0, let forced {
        next = forced
      } else if isThin {
        next = nil
      } else {
        next = try choose(
          for: told, beside: parents.map(\.context), among: known, link: link,
          choice: spend(Self.choice), measurement: rho.share(pair))
      }
      guard let next else { break }
      let counts = try count(variable, by: (next, told), rho: spend(pair))
      // What says nothing is not asked again.
      guard next.size == 1 || told.says(counts, base: link.base) else { continue }
      parents.append((next, counts))
      link.parents.append(told.parent(next.context, counts, base: link.base))
    }
    let rest = left / Double(max(parents.count, 1)) * (1 - 1e-9)
    if parents.isEmpty, rest > 1e-6 {
      let again = try count(variable, by: nil, rho: rho.share(rest))
      link.base = base(of: variable, Conditionals.combined(alone, again))
    }
    for index in parents.indices where rest > 1e-6 {
      let again = try count(variable, by: (parents[index].context, told), rho: rho.share(rest))
      parents[index].counts = Conditionals.combined(parents[index].counts, again)
    }
    if told.count == variable.drawn.count, !parents.isEmpty {
      link.base = base(of: variable, Conditionals.margin(alone, parents.map(\.counts)))
    }
    link.parents = parents.map { told.parent($0.context.context, $0.counts, base: link.base) }
    return (link, rows)
  }

  /// Returns the shares of a variable's groups. Missing cells have none if the schema says that
  /// there are none and the noise hides however many there are.
  private func base(of variable: LearnedVariable, _ alone: NoisyRows) -> [Double] {
    var counts = alone.values
    guard let missing = variable.neverMissing, counts.indices.contains(missing), counts.count > 1,
      counts[missing] < Self.visible * alone.variance.squareRoot()
    else { return Conditionals.distribution(counts) }
    counts.remove(at: missing)
    var shares = Conditionals.distribution(counts)
    shares.insert(0, at: missing)
    return shares
  }

  /// The noise, in standard deviations, above which missing cells are taken for real.
  private static let visible = 4.0

  /// Returns the groups of a variable's values that contexts are asked to tell apart.
  private func told(_ variable: LearnedVariable, measurement: Rho) -> ToldGroups {
    let sigma = table.clip / (2 * measurement.value).squareRoot()
    let most = Int(table.people / (Self.spreadsACell * sigma * Self.usualContext))
    let groups = variable.told(most: min(max(most, Self.fewestTold), variable.inOrder))
    return ToldGroups(
      groups: groups.groups, count: groups.count,
      attribute: groups.count == variable.drawn.count
        ? variable.drawnAttribute
        : curator.define(.grouped(variable.drawnAttribute, groups.groups)))
  }

  /// The noise, in standard deviations, that the count of a usual cell must be above.
  private static let spreadsACell = 6.0
  private static let usualContext = 5.0
  private static let fewestTold = 4

  private func count(
    _ variable: LearnedVariable, by context: (context: ChainContext, told: ToldGroups)?, rho: Rho
  ) throws -> NoisyRows {
    let answer = try curator.counts(
      of: context.map { [$0.context.attribute, $0.told.attribute] } ?? [variable.drawnAttribute],
      clip: table.clip, rho: rho,
      about: "\(table.plan.name): \(variable.name)" + (context == nil ? "" : " by a context"))
    return NoisyRows(values: answer.values, variance: answer.variance)
  }

  private func choose(
    for told: ToldGroups, beside parents: [ChainContext], among known: [ChainContext],
    link: ChainLink, choice: Rho, measurement: Rho
  ) throws -> ChainContext? {
    let sigma = table.clip / (2 * measurement.value).squareRoot()
    let expected = expectation(link)
    guard expected.count <= Self.mostCells else { return nil }
    let toldExpected = told.sums(expected)
    let open = known.filter { context in
      !parents.contains { $0.attribute == context.attribute }
        && told.count * context.size <= Self.mostCells
    }
    let candidates = open.map { context in
      ParentCandidate(
        parents: parents.map(\.attribute) + [context.attribute], own: told.attribute,
        expected: toldExpected, penalty: sigma * Double(told.count * context.size).squareRoot())
    }
    guard let best = try curator.best(of: candidates, clip: table.clip, rho: choice) else {
      return nil
    }
    return open.first { $0.attribute == best.parents.last }
  }

  /// Returns the distribution for each combination of the parents' codes.
  private func expectation(_ link: ChainLink) -> [Double] {
    let sizes = link.parents.map(\.size)
    let combinations = sizes.reduce(1, *)
    guard combinations * link.base.count <= Self.mostCells else {
      return [Double](repeating: 0, count: Self.mostCells + 1)
    }
    return (0..<combinations).flatMap { combination -> [Double] in
      var rest = combination
      let codes = sizes.reversed().map { size -> Int in
        defer { rest /= size }
        return rest % size
      }
      return link.distribution(codes.reversed())
    }
  }

  // MARK: Values that come back

  private func returns(of variable: LearnedVariable, rho: Rho) throws -> ReturnModel {
    let repeated = try curator.counts(
      of: [curator.define(.repeated(variable.drawnAttribute))], clip: table.clip,
      rho: rho.share(0.1),
      about: "values of \(table.plan.name).\(variable.name) twice in a row of the owner")
    let answer = try curator.returns(
      of: variable.drawnAttribute, clip: 2 * table.clip, rho: rho.share(0.9),
      about: "values of \(table.plan.name).\(variable.name) that come back")
    let size = variable.drawn.count
    let spread = answer.variance.squareRoot()
    func chances(_ state: Int) -> [Double] {
      let counts = (0..<size).map { code -> (without: Double, with: Double) in
        let cell = 2 * (state * size + code)
        return (answer.values[cell], answer.values[cell + 1])
      }
      let with = counts.reduce(0) { $0 + $1.with }
      let all = counts.reduce(0) { $0 + $1.without + $1.with }
      let usual = min(max(with / max(all, 1), 0), 1)
      return counts.map { count in
        let weight = 2 * spread
        let total = max(count.without, 0) + max(count.with, 0)
        return min(max((max(count.with, 0) + weight * usual) / (total + weight), 0), 0.98)
      }
    }
    return ReturnModel(
      variable: variable.index, afterLast: chances(0), afterEarlier: chances(1),
      repeats: max(0, repeated.values[1]) / max(repeated.values[0] + repeated.values[1], 1))
  }

  // MARK: Sets of people

  /// Returns the context of a set without a history, which is always the same: sets that are drawn
  /// without repetition are fitted by contexts.
  private func constant(_ variable: LearnedVariable) -> ChainContext {
    let groups = [Int](repeating: 0, count: variable.drawn.count)
    return ChainContext(
      context: .novelty, attribute: curator.define(.grouped(variable.drawnAttribute, groups)),
      size: 1)
  }

  /// The share of a set's budget that counts values which occur twice.
  private static let repeatedShare = 0.02

  /// Returns the model of a set that has no history: how often a value occurs twice.
  private func set(of variable: LearnedVariable, rho: Rho) throws -> ReturnModel {
    let unnamed = table.domain.unnamedGroup(of: variable.index, in: variable.drawn)
    let named = (0..<variable.drawn.count).map { $0 == unnamed ? -1 : $0 }
    let attribute = curator.define(.grouped(variable.drawnAttribute, named))
    let repeated = try curator.counts(
      of: [curator.define(.repeated(attribute))], clip: table.clip,
      rho: rho.share(Self.repeatedShare),
      about: "values of \(table.plan.name).\(variable.name) twice in a row of the owner")
    let none = [Double](repeating: 0, count: variable.drawn.count)
    return ReturnModel(
      variable: variable.index, afterLast: none, afterEarlier: none,
      repeats: max(0, repeated.values[1]) / max(repeated.values[0] + repeated.values[1], 1))
  }

  private static let mostPaired = 50
  private static let fewestPaired = 12

  /// Returns how often two values are in the same set; nil if there are few values.
  private func pairs(of variable: LearnedVariable, rho: Rho) throws -> PairModel? {
    guard variable.drawn.count > Self.fewestPaired else { return nil }
    let order = variable.weights.indices.sorted {
      (-variable.weights[$0], $0) < (-variable.weights[$1], $1)
    }
    let unnamed = table.domain.unnamedGroup(of: variable.index, in: variable.drawn)
    let top = Array(
      order.map { variable.drawn.groups[$0] }.filter { $0 >= 0 && $0 != unnamed }
        .prefix(Self.mostPaired))
    let clip = max(table.clip, 1) * 1.5
    let answer = try curator.pairs(
      of: variable.drawnAttribute, codes: top, clip: clip, rho: rho.share(1 - Self.repeatedShare),
      about: "pairs of values of \(table.plan.name).\(variable.name) in a set")
    return PairModel(
      codes: top, counts: answer.values, variance: answer.variance, clip: clip,
      factors: [Double](repeating: 1, count: top.count * top.count))
  }
}
