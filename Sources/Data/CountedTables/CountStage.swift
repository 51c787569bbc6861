/// A part of a run that asks the place of a table.
package enum CountStage: String, Sendable, Codable, CaseIterable {
  /// The connection, the state of the table, and its size.
  case opening
  /// Where the values of numbers and dates lie.
  case values
  /// The codes of each column alone.
  case columns
  /// The codes of several columns together.
  case relations

  /// Its purpose, in words behind a number of statements.
  package var purpose: String {
    switch self {
    case .opening: "to begin"
    case .values: "to find the values of numbers and dates"
    case .columns: "for columns alone"
    case .relations: "for columns together"
    }
  }
}

/// How often the place of a table was asked, and how much it answered.
package struct CountTraffic: Sendable, Equatable {
  package private(set) var statements = 0
  package private(set) var bytes = 0
  /// The statements of each stage, so far as they were told apart.
  package var stages: [CountStage: Int] = [:]

  package init() {}

  /// Adds a statement and the bytes of its answer.
  package mutating func add(bytes: Int) {
    statements += 1
    self.bytes += bytes
  }

  /// How many statements there were of each stage, in words.
  package var account: String {
    CountStage.allCases.map { "\(stages[$0] ?? 0) \($0.purpose)" }.joined(separator: ", ")
  }
}
