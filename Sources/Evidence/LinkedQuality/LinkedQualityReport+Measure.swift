import LinkedTables
import Tables

extension LinkedQualityReport {
  /// Compares a release with its original. Both were read under the same schema; a column that the
  /// release lacks is left out of every figure.
  ///
  /// O(rows × columns²) and, to tell persons apart, five fits of boosted trees to at most 2,000
  /// persons of either side.
  /// - Parameter tellsApart: Whether persons are told apart, which takes most of the time.
  package static func measure(
    original: LinkedData, release: LinkedData, tellsApart: Bool = true
  ) -> LinkedQualityReport {
    let judged = JudgedTables(original: original, release: release)
    let schema = original.schema
    var report = LinkedQualityReport(
      originalPersons: original.personCount, releasePersons: release.personCount,
      tables: tables(judged), links: [], rules: rules(judged), histories: [], sets: [])
    var dependence = Dependence()
    for index in schema.downward.dropFirst() {
      if let link = link(of: index, judged, &dependence) { report.links.append(link) }
      if let history = HistoryMeasure(index, judged)?.history { report.histories.append(history) }
      report.sets += sets(of: index, judged)
    }
    report.dependenceLost = dependence.share
    if tellsApart, let told = PersonFeatures.toldApart(judged) {
      (report.toldApart, report.toldApartPersons) = (told.area, told.persons)
    }
    return report
  }

  private static func tables(_ judged: JudgedTables) -> [OneTable] {
    let (before, after) = (judged.original.keyChecks(), judged.release.keyChecks())
    return zip(zip(before, after), judged.columns).map { checks, columns in
      let cells = columns.map(\.cells)
      let pairs = cells.indices.flatMap { first in
        cells.indices.dropFirst(first + 1).map { cells[first].paired(with: cells[$0]).distance }
      }
      return OneTable(
        name: checks.0.table, originalRows: checks.0.rows, releaseRows: checks.1.rows,
        repeatedKeys: checks.1.repeatedKeys, ofNobody: checks.1.nobodys,
        oneWay: mean(cells.map(\.distance)), twoWay: mean(pairs))
    }
  }

  static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  // MARK: Children and parents

  private static func link(
    of index: Int, _ judged: JudgedTables, _ dependence: inout Dependence
  ) -> Link? {
    let schema = judged.schema
    let table = schema.tables[index]
    guard let owner = schema.owner(of: table), let parent = schema.index(of: owner.table) else {
      return nil
    }
    func counts(_ data: LinkedData) -> [Double] {
      var counts = [Double](repeating: 0, count: data.tables[parent].rowCount)
      for row in data.owners[index] where row >= 0 { counts[Int(row)] += 1 }
      return counts
    }
    let number = CoarsePair(original: counts(judged.original), release: counts(judged.release))
    let fine = exactNumbers(counts(judged.original), counts(judged.release))
    let orphans = judged.release.linkChecks().first { $0.table == table.name && $0.link == owner }
    var pairs: [Double] = []
    for above in judged.columns[parent] {
      let seen = above.cells.seen(
        by: judged.original.owners[index], judged.release.owners[index])
      for own in judged.columns[index] {
        pairs.append(own.cells.paired(with: seen).distance)
        dependence.add(own.cells, seen)
      }
    }
    return Link(
      table: table.name, parent: owner.table,
      orphans: (orphans?.unknown ?? 0) + (orphans?.missing ?? 0), children: fine,
      childrenByParent: mean(
        judged.columns[parent].map { number.paired(with: $0.cells).distance }),
      withParent: mean(pairs))
  }

  /// The distance of numbers of children: 0 to 19 by themselves, then in bins that double.
  private static func exactNumbers(_ original: [Double], _ release: [Double]) -> Double {
    func name(_ number: Double) -> Int {
      number < 20
        ? Int(number)
        : 20 + (Int(number) / 20).bitWidth
          - (Int(number) / 20)
          .leadingZeroBitCount
    }
    func shares(_ numbers: [Double]) -> [Int: Double] {
      Dictionary(numbers.map { (name($0), 1 / Double(numbers.count)) }, uniquingKeysWith: +)
    }
    let (one, other) = (shares(original), shares(release))
    return Set(one.keys).union(other.keys).reduce(0) {
      $0 + abs(one[$1, default: 0] - other[$1, default: 0])
    } / 2
  }

  // MARK: Rules

  private static func rules(_ judged: JudgedTables) -> [RuleResult] {
    let schema = judged.schema
    let within = schema.tables.enumerated().flatMap { index, table -> [RuleResult] in
      guard !table.isPublic else { return [] }
      return table.schema.rules.compactMap { rule in
        let sides = [judged.release, judged.original].map { share(of: rule, at: index, $0) }
        guard let release = sides[0], let original = sides[1] else { return nil }
        return RuleResult(
          rule: "\(table.name): \(rule.plainText)", release: release, original: original)
      }
    }
    return within
      + schema.rules.map { rule in
        RuleResult(
          rule: rule.plainText, release: judged.release.check(rule).share,
          original: judged.original.check(rule).share)
      }
  }

  /// The share of rows that break a rule within a row.
  private static func share(of rule: Rule, at index: Int, _ data: LinkedData) -> Double? {
    let table = data.tables[index]
    guard rule.columns.allSatisfy({ table.column(named: $0) != nil }) else { return nil }
    let name = data.schema.tables[index].name
    if case .determines(let determinant, let dependent) = rule {
      let linked = LinkRule.determines(
        determinant: ColumnPlace(name, determinant), dependent: ColumnPlace(name, dependent))
      return data.check(linked).share
    }
    if case .unique(let names) = rule {
      return Double(KeyIndex(table, names).repeats) / Double(max(table.rowCount, 1))
    }
    let columns = Dictionary(
      uniqueKeysWithValues: rule.columns.compactMap { name in
        table.column(named: name).map { (name, $0.cells) }
      })
    let broken = RowRules(data.schema.tables[index].schema).rows(breaking: rule, in: columns).count
    return Double(broken) / Double(max(table.rowCount, 1))
  }

  // MARK: Codes of an owner

  private static let (fewestCodes, comparedCodes, comparedPairs) = (8, 50, 50)

  /// Compares the column of labels with the most values, for the owner and for the person.
  private static func sets(of index: Int, _ judged: JudgedTables) -> [CodeSet] {
    let table = judged.schema.tables[index]
    let labelled = judged.columns[index].filter(\.isLabel).compactMap { column in
      judged.original.tables[index].column(named: column.name)
    }
    guard
      let column = labelled.max(by: { $0.distinctCount < $1.distinctCount }),
      column.distinctCount >= fewestCodes
    else { return [] }
    var owners = [judged.schema.person]
    if let owner = judged.schema.owner(of: table)?.table, owner != owners[0] {
      owners.append(owner)
    }
    return owners.compactMap { owner in set(column.name, of: index, owner: owner, judged) }
  }

  private static func set(_ name: String, of index: Int, owner: String, _ judged: JudgedTables)
    -> CodeSet?
  {
    func sets(_ data: LinkedData) -> [Set<String>]? {
      guard let cells = data.tables[index].column(named: name)?.labelled,
        let count = data.schema.index(of: owner).map({ data.tables[$0].rowCount })
      else { return nil }
      var sets = [Set<String>](repeating: [], count: count)
      for (row, group) in data.rows(of: owner, for: index).enumerated()
      where group >= 0 && cells.codes[row] >= 0 {
        sets[Int(group)].insert(cells.names[Int(cells.codes[row])])
      }
      return sets
    }
    guard let original = sets(judged.original), let release = sets(judged.release) else {
      return nil
    }
    var counts: [String: Int] = [:]
    for code in original.lazy.flatMap(\.self) { counts[code, default: 0] += 1 }
    let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(comparedCodes)
      .map(\.key)
    let (one, other) = (PairShares(original, top), PairShares(release, top))
    let size = CoarsePair(
      original: original.map { Double($0.count) }, release: release.map { Double($0.count) })
    return CodeSet(
      column: "\(judged.schema.tables[index].name).\(name)", owner: owner,
      codes: one.codeError(other), pairs: one.pairError(other), number: size.distance,
      topPairs: one.commonPairs(other, of: comparedPairs))
  }
}

/// The share of owners that have each code, and each pair of codes.
private struct PairShares {
  private let count: Int
  /// Row by row; the diagonal has the codes.
  private var shares: [Double]

  init(_ sets: [Set<String>], _ codes: [String]) {
    count = codes.count
    shares = [Double](repeating: 0, count: count * count)
    let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
    let weight = 1 / Double(max(sets.count, 1))
    for set in sets {
      let here = set.compactMap { places[$0] }
      for first in here { for second in here { shares[first * count + second] += weight } }
    }
  }

  func codeError(_ other: PairShares) -> Double {
    let (one, two) = (0..<count).reduce(into: (0.0, 0.0)) { sums, code in
      sums.0 += abs(shares[code * count + code] - other.shares[code * count + code])
      sums.1 += shares[code * count + code]
    }
    return two > 0 ? one / two : 0
  }

  private var pairs: [Int] {
    (0..<count).flatMap { first in (first + 1..<max(count, first + 1)).map { first * count + $0 } }
  }

  func pairError(_ other: PairShares) -> Double {
    let sum = pairs.reduce(0) { $0 + shares[$1] }
    return sum > 0 ? pairs.reduce(0) { $0 + abs(shares[$1] - other.shares[$1]) } / sum : 0
  }

  func commonPairs(_ other: PairShares, of most: Int) -> Double {
    let most = min(most, pairs.count)
    guard most > 0 else { return 1 }
    func best(_ one: PairShares) -> Set<Int> {
      Set(pairs.sorted { (one.shares[$1], $0) < (one.shares[$0], $1) }.prefix(most))
    }
    return Double(best(self).intersection(best(other)).count) / Double(most)
  }
}

extension Rule {
  /// The rule without any cell's value.
  fileprivate var plainText: String {
    switch self {
    case .never(let conditions):
      "never some values of \(conditions.map(\.column).joined(separator: ", "))"
    case .onlyIf(let present, let conditions):
      "\(present) only if some values of \(conditions.map(\.column).joined(separator: ", "))"
    case .ordered, .determines, .sum, .product, .together, .unique, .circular: text
    }
  }
}
