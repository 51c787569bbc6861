import Basics
import LinkedTables
import Quality
import Tables

/// Persons as rows of features of their whole tree, for trees that tell real from synthetic ones.
package struct PersonFeatures: Sendable {
  /// One of the two sets of tables that are compared.
  package enum Side: Sendable { case original, release }

  /// A number for each row of the root, by feature.
  package let columns: [[Double]]
  /// The rows of the root that are persons.
  package let persons: [Int]

  init(_ side: Side, _ judged: JudgedTables) {
    let data = side == .original ? judged.original : judged.release
    columns = Self.features(data, side == .original ? \.original : \.release, in: judged)
    persons = data.people[data.rootIndex].filter { $0 >= 0 }.map { Int($0) }
  }

  /// Features of the persons of other tables, in the terms of the original.
  package init(of other: LinkedData, besides original: LinkedData) {
    self.init(.release, JudgedTables(original: original, release: other))
  }

  /// The features of a person.
  package func row(of person: Int) -> [Double] { columns.map { $0[person] } }

  /// Returns the area under the ROC curve by which real and synthetic persons are told apart; nil
  /// if there are too few. Persons with the same features stay in one fold, since a twin in the
  /// other class misleads.
  static func toldApart(_ judged: JudgedTables) -> (area: Double, persons: Int)? {
    let (real, synthetic) = (PersonFeatures(.original, judged), PersonFeatures(.release, judged))
    let count = min(real.persons.count, synthetic.persons.count, mostPersons)
    guard count >= fewestPersons else { return nil }
    let rows =
      spread(real.persons, count).map { real.row(of: $0) }
      + spread(synthetic.persons, count).map { synthetic.row(of: $0) }
    let fold = rows.map { row in
      var hash = FNV1a()
      for value in row { hash.add(value.isNaN ? Double.nan.bitPattern : value.bitPattern) }
      return Int(hash.value % UInt64(folds))
    }
    let targets = rows.indices.map { $0 < count ? 0.0 : 1 }
    var scores = [Double](repeating: 0, count: rows.count)
    for held in 0..<folds {
      let (inside, outside) = (
        rows.indices.filter { fold[$0] != held }, rows.indices.filter { fold[$0] == held }
      )
      guard !inside.isEmpty, !outside.isEmpty else { continue }
      func columns(_ chosen: [Int]) -> [ColumnValues] {
        real.columns.indices.map { column in .numbers(chosen.map { rows[$0][column] }) }
      }
      let trees = BoostedTrees(
        columns: columns(inside), labelCounts: real.columns.map { _ in 0 },
        targets: inside.map { targets[$0] }, objective: .logLoss)
      let predicted = trees.predict(columns(outside), rowCount: outside.count)
      for (row, score) in zip(outside, predicted) { scores[row] = score }
    }
    let area = Scores.areaUnderCurve(scores, isPositive: targets.map { $0 > 0.5 })
    return (area, count)
  }

  /// Returns so many persons, evenly spread over all.
  package static func spread(_ persons: [Int], _ count: Int) -> [Int] {
    (0..<count).map { persons[$0 * persons.count / count] }
  }

  private static let folds = 5
  private static let (fewestPersons, mostPersons, frequent) = (50, 2_000, 12)

  /// Returns the columns of features, a number for each row of the root: its own columns, and of
  /// each other table the number of rows, of numbers the mean, least and greatest, and of labels
  /// how often each of the 12 most frequent occurs and how many different ones there are.
  private static func features(
    _ data: LinkedData, _ side: KeyPath<JudgedTables.JudgedColumn, [Double]>,
    in judged: JudgedTables
  ) -> [[Double]] {
    let count = data.tables[data.rootIndex].rowCount
    var found: [[Double]] = []
    for index in judged.schema.downward {
      guard index != data.rootIndex else {
        found += judged.columns[index].map { $0[keyPath: side] }
        continue
      }
      let people = data.people[index]
      found.append(totals(people.map { _ in 1 }, people, count))
      for column in judged.columns[index] {
        let values = column[keyPath: side]
        found +=
          column.isLabel
          ? labelCounts(values, people, count) : summaries(values, people, count)
      }
    }
    return found
  }

  private static func totals(_ values: [Double], _ people: [Int32], _ count: Int) -> [Double] {
    var totals = [Double](repeating: 0, count: count)
    for (value, person) in zip(values, people) where person >= 0 { totals[Int(person)] += value }
    return totals
  }

  /// How often each of the most frequent labels occurs (the cells are in the order of frequency).
  private static func labelCounts(_ cells: [Double], _ people: [Int32], _ count: Int) -> [[Double]]
  {
    var seen = [Set<Double>](repeating: [], count: count)
    for (cell, person) in zip(cells, people) where person >= 0 && cell.isFinite {
      seen[Int(person)].insert(cell)
    }
    return (0..<frequent).map { label in
      totals(cells.map { $0 == Double(label) ? 1 : 0 }, people, count)
    } + [seen.map { Double($0.count) }]
  }

  private static func summaries(_ values: [Double], _ people: [Int32], _ count: Int) -> [[Double]] {
    let isThere = values.map { $0.isFinite ? 1.0 : 0 }
    let number = totals(isThere, people, count)
    let sum = totals(values.map { $0.isFinite ? $0 : 0 }, people, count)
    var (least, most) = (
      [Double](repeating: .infinity, count: count), [Double](repeating: -.infinity, count: count)
    )
    for (value, person) in zip(values, people) where person >= 0 && value.isFinite {
      least[Int(person)] = min(least[Int(person)], value)
      most[Int(person)] = max(most[Int(person)], value)
    }
    return [
      zip(sum, number).map { $1 > 0 ? $0 / $1 : .nan }, least.map { $0.isFinite ? $0 : .nan },
      most.map { $0.isFinite ? $0 : .nan },
    ]
  }
}
