import Basics
import Curation
import Encoding
import Tables

/// Draws the rows of one table along its chain.
struct ChainDrawing {
  let plan: TablePlan
  let table: TableModel
  var rows: DrawnRows
  /// The codes of contexts above, by row of the owner.
  let above: [Context: [UInt16]]
  private var links: [LinkDrawing]
  /// The variable that is drawn as a set.
  private var setVariable: Int?

  init(plan: TablePlan, table: TableModel, rows: DrawnRows, above: [Context: [UInt16]]) {
    (self.plan, self.table, self.rows, self.above) = (plan, table, rows, above)
    links = table.chain.map { LinkDrawing($0) }
  }

  // MARK: Rows in order

  /// Draws everything that is not drawn yet, the first rows of all owners before the second.
  mutating func drawChain(using generator: inout SamplingGenerator) {
    let counts = zip(rows.starts, rows.starts.dropFirst()).map { $1 - $0 }
    var active = counts.indices.filter { counts[$0] > 0 }
    var position = 0
    while !active.isEmpty {
      for (place, link) in table.chain.enumerated() where link.variable != setVariable {
        let missing = table.domain.codecs[link.variable].missingCode.map { UInt16($0) }
        if let missing, isAbsent(link.variable, position: position) {
          for owner in active { rows.codes[link.variable][rows.starts[owner] + position] = missing }
          continue
        }
        for owner in active {
          let row = rows.starts[owner] + position
          let codes = codes(of: link, owner: owner, row: row, position: position, novelty: 0)
          rows.codes[link.variable][row] = links[place].draw(codes, using: &generator)
        }
      }
      position += 1
      active.removeAll { counts[$0] <= position }
    }
  }

  /// Whether the place of a row decides that it has no value.
  private func isAbsent(_ variable: Int, position: Int) -> Bool {
    let name = table.domain.variables[variable].name
    switch plan.columns.first(where: { $0.schema.name == name })?.value {
    case .since(_, .previous): return position == 0
    case .since(_, .firstOfOwner), .since(_, .firstOfStart): return position > 0
    case .cell, .start, .since, .until, .children, .attribute, nil: return false
    }
  }

  /// Returns the codes of a link's parents for a row.
  func codes(of link: ChainLink, owner: Int, row: Int, position: Int, novelty: Int) -> [Int] {
    link.parents.map { parent in
      let code: Int
      switch parent.context {
      case .own(let variable):
        code = table.coarse[variable].groups[Int(rows.codes[variable][row])]
      case .previous(let variable):
        code =
          position == 0
          ? parent.size - 1 : table.coarse[variable].groups[Int(rows.codes[variable][row - 1])]
      case .position: code = min(position, parent.size - 1)
      case .novelty: code = novelty
      case .above: code = Int(above[parent.context]?[owner] ?? 0)
      }
      return max(code, 0)
    }
  }

  /// Returns how many rows have each combination of the codes of a link's parents, among the rows
  /// for which it is drawn.
  /// - Parameter people: the person of each row.
  func combinations(of link: ChainLink, people: [Int32]) -> Combinations {
    let weights = weights(of: link, people: people)
    var found = Combinations()
    for owner in 0..<max(rows.starts.count - 1, 0) {
      for row in rows.starts[owner]..<rows.starts[owner + 1] {
        let position = row - rows.starts[owner]
        if isAbsent(link.variable, position: position) { continue }
        let codes = codes(of: link, owner: owner, row: row, position: position, novelty: 0)
        found.rows[codes, default: 0] += 1
        found.shortened[codes, default: 0] += weights[people[row], default: 1]
      }
    }
    return found
  }

  /// Returns the factor by which the counts of a link's variable are shortened for each person
  /// whose counts are longer than the table's length.
  private func weights(of link: ChainLink, people: [Int32]) -> [Int32: Double] {
    var counts: [Int32: [Int: Double]] = [:]
    for (row, code) in rows.codes[link.variable].enumerated() {
      counts[people[row], default: [:]][link.drawn.groups[Int(code)], default: 0] += 1
    }
    return counts.compactMapValues { own in
      let length = own.reduce(0) { $1.key < 0 ? $0 : $0 + $1.value * $1.value }.squareRoot()
      return length > table.clip ? table.clip / length : nil
    }
  }

  // MARK: Sets

  private static let mostTries = 40

  /// Draws the values of a set for each event: those that come back, then new ones.
  mutating func drawSets(
    _ returns: ReturnModel, series: [Range<Int>], using generator: inout SamplingGenerator
  ) {
    guard let place = table.chain.firstIndex(where: { $0.variable == returns.variable }) else {
      return
    }
    setVariable = returns.variable
    for events in series {
      var lastSeen: [UInt16: Int] = [:]
      for event in events {
        let range = rows.starts[event]..<rows.starts[event + 1]
        let values = values(
          returns, link: place, event: event, isFirst: event == events.lowerBound,
          count: range.count,
          lastSeen: lastSeen, using: &generator)
        for (row, value) in zip(range, values) {
          rows.codes[returns.variable][row] = value
          lastSeen[value] = event
        }
      }
    }
  }

  private mutating func values(
    _ returns: ReturnModel, link place: Int, event: Int, isFirst: Bool, count: Int,
    lastSeen: [UInt16: Int], using generator: inout SamplingGenerator
  ) -> [UInt16] {
    var values: [UInt16] = []
    let drawn = table.chain[place].drawn.groups
    for (value, last) in lastSeen.sorted(by: { $0.key < $1.key }) {
      let chances = last == event - 1 ? returns.afterLast : returns.afterEarlier
      if generator.unit() < chances[max(drawn[Int(value)], 0)] { values.append(value) }
    }
    while values.count > count {
      values.remove(at: Int(generator.unit() * Double(values.count)))
    }
    let link = table.chain[place]
    let codes = codes(of: link, owner: event, row: 0, position: 0, novelty: isFirst ? 0 : 1)
    if let pairs = table.pairs {
      return links[place].set(
        of: count, given: codes, pairs: pairs, repeats: returns.repeats,
        unnamed: table.domain.unnamedGroup(of: link.variable, in: link.drawn), using: &generator)
    }
    var tries = 0
    while values.count < count {
      if !values.isEmpty, generator.unit() < returns.repeats {
        values.append(values[Int(generator.unit() * Double(values.count))])
        continue
      }
      let value = links[place].draw(codes, using: &generator)
      tries += 1
      let isKnown = values.contains(value) || lastSeen[value] != nil
      if isKnown, tries < Self.mostTries { continue }
      values.append(value)
    }
    return values
  }
}

/// The cumulated probabilities of a link, for the combinations of contexts that occurred.
private struct LinkDrawing {
  private let link: ChainLink
  private var cumulated: [[Int]: [Double]] = [:]
  /// The codes of each group, and their cumulated weights.
  private let members: [(codes: [UInt16], cumulated: [Double])]

  /// The combinations that are remembered.
  private static let mostCombinations = 20_000

  init(_ link: ChainLink) {
    self.link = link
    members = (0..<link.drawn.count).map { group in
      let codes = link.drawn.groups.indices.filter { link.drawn.groups[$0] == group }
      let weights = codes.map { link.weights[$0] }
      let sum = weights.reduce(0, +)
      return (
        codes.map { UInt16($0) }, Self.cumulated(sum > 0 ? weights : weights.map { _ in 1 })
      )
    }
  }

  private static func cumulated(_ weights: [Double]) -> [Double] {
    var sum = 0.0
    return weights.map {
      sum += $0
      return sum
    }
  }

  mutating func draw(_ parents: [Int], using generator: inout SamplingGenerator) -> UInt16 {
    let known: [Double]
    if let remembered = cumulated[parents] {
      known = remembered
    } else {
      known = Self.cumulated(link.distribution(parents))
      if cumulated.count >= Self.mostCombinations { cumulated = [:] }
      cumulated[parents] = known
    }
    let (codes, weights) = members[Self.place(in: known[...], using: &generator)]
    if codes.count == 1 { return codes[0] }
    return codes[Self.place(in: weights[...], using: &generator)]
  }

  /// Draws a set of values one after the other, each made more or less likely by those before it.
  /// - Parameter unnamed: the group of several values, which may occur again.
  func set(
    of count: Int, given parents: [Int], pairs: PairModel, repeats: Double, unnamed: Int?,
    using generator: inout SamplingGenerator
  ) -> [UInt16] {
    var weights = link.distribution(parents)
    let places = pairs.places(of: weights.count)
    var values: [UInt16] = []
    while values.count < count {
      if !values.isEmpty, generator.unit() < repeats {
        values.append(values[Int(generator.unit() * Double(values.count))])
        continue
      }
      let known = Self.cumulated(weights)
      guard known.last ?? 0 > 0 else {
        weights = link.distribution(parents)
        continue
      }
      let group = Self.place(in: known[...], using: &generator)
      let (codes, own) = members[group]
      values.append(
        codes.count == 1 ? codes[0] : codes[Self.place(in: own[...], using: &generator)])
      if group != unnamed { weights[group] = 0 }
      guard let first = places[group] else { continue }
      let start = first * pairs.codes.count
      for (second, code) in pairs.codes.enumerated() where second != first {
        weights[code] *= pairs.factors[start + second]
      }
    }
    return values
  }

  private static func place(
    in cumulated: ArraySlice<Double>, using generator: inout SamplingGenerator
  )
    -> Int
  {
    let target = generator.unit() * (cumulated.last ?? 0)
    var (low, high) = (cumulated.startIndex, cumulated.endIndex - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulated[middle] > target { high = middle } else { low = middle + 1 }
    }
    return low - cumulated.startIndex
  }
}
