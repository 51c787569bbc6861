import Tables

/// Rules that hold in every row of a table, or fail in a few, and do not look like chance.
package struct RuleSuggestions: Sendable {
  /// Rules that hold in every row and can be kept together, the strongest first.
  package private(set) var rules: [Rule] = []
  /// Rules that few rows break, with their number.
  package private(set) var almost: [(rule: Rule, broken: Int)] = []

  /// The largest number of suggestions of each kind. Nobody would read more.
  private static let maximumCount = 20

  /// Looks at the columns that a model may see. O(rows × columns), and for pairs of columns a
  /// sample of the rows; all rows are read for the pairs that are left.
  package init(in table: Table, schema: Schema) {
    let finder = RuleFinder(table, schema: schema)
    let orders = finder.orders()
    let found =
      (finder.computations() + orders + finder.determined() + finder.presence() + finder.edges())
      .enumerated()
      .sorted { ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset) }.map(\.element)
    var described = schema
    described.rules = []
    for suggestion in found {
      if suggestion.broken > 0 {
        if almost.count < Self.maximumCount { almost.append((suggestion.rule, suggestion.broken)) }
        continue
      }
      guard described.rules.count < Self.maximumCount else { continue }
      described.rules.append(suggestion.rule)
      if suggestion.isDoubtful || !described.ruleFaults().isEmpty { described.rules.removeLast() }
    }
    rules = described.rules
  }
}

/// A rule that holds in (nearly) every row.
struct RuleSuggestion {
  let rule: Rule
  /// The number of rows that would break it if its columns had nothing to do with each other.
  let strength: Double
  /// The number of rows that break it.
  var broken = 0
  /// Whether it holds but would make a poor part of a model.
  var isDoubtful = false
}

/// Searches a table for rules. It reads rows for their owner alone.
struct RuleFinder {
  /// The rows that have to bear witness on either side; fewer prove nothing.
  static let leastRows = 20
  /// The rows of the first look at pairs of columns.
  private static let sampleRows = 2_000
  private static let glanceRows = 200
  /// The share of rows up to which a rule counts as broken by a few.
  private static let few = 0.005
  /// The same share in the sample, which is less sure.
  static let fewOfSample = 0.02

  let schema: Schema
  /// The columns that a model may see, in the order of the table.
  let columns: [Column]
  let rows: Int
  /// Rows spread evenly over the table.
  let sample: [Int]
  /// Fewer of them, for questions about very many pairs of columns.
  let glance: [Int]

  init(_ table: Table, schema: Schema) {
    self.schema = schema
    columns = table.columns.filter { schema.column(named: $0.name)?.isModelled ?? false }
    rows = table.rowCount
    let step = max(1, rows / Self.sampleRows)
    let sample = Array(stride(from: 0, to: rows, by: step))
    self.sample = sample
    glance = stride(from: 0, to: sample.count, by: max(1, sample.count / Self.glanceRows)).map {
      sample[$0]
    }
  }

  /// The most rows that may break a rule that is still worth a comment.
  var mostBroken: Int { Int(Self.few * Double(rows)) }

  /// Returns the number of different values of a column in the sample.
  func valuesInSample(_ column: Column) -> Int {
    Set(sample.compactMap { column.cells.key($0) }).count
  }

  /// Returns codes with their descriptions: each value of the first has one of the second, values
  /// repeat, and the second is about as informative as the first.
  func determined() -> [RuleSuggestion] {
    let coded = columns.compactMap(DenseColumn.init)
    var found: [RuleSuggestion] = []
    for first in coded where first.valueCount >= 3 {
      for second in coded where first.name != second.name && second.isLabels {
        guard second.valueCount >= 3, second.valueCount <= first.valueCount,
          second.valueCount * 20 >= first.valueCount,
          first.determines(second, in: sample), first.determines(second)
        else { continue }
        // A code with more values comes first, so that it decides the others.
        let strength =
          Double(rows) * (1 - 1 / Double(second.valueCount))
          * (1 + 1e-6 * Double(min(first.valueCount, 1_000)))
        let isDoubtful = !first.isLabels && first.valueCount > Self.mostCodes
        found.append(
          RuleSuggestion(
            rule: .determines(determinant: first.name, dependent: second.name), strength: strength,
            isDoubtful: isDoubtful))
      }
    }
    return found
  }

  /// The most different whole numbers that are taken for codes rather than amounts.
  static let mostCodes = 60
}
