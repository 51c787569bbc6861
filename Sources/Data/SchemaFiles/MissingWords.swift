import Tables

/// Words that a dictionary reads as missing in some columns. A schema has one list of words for the
/// whole file; in a column that has more, they are values of their own.
package enum MissingWords {
  /// The list that all columns have; nil if they differ or name none.
  package static func shared(by words: [[String]]) -> [String]? {
    guard let first = words.first, !first.isEmpty, words.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first
  }

  /// Keeps the words that are missing in this column alone apart from its values: as code words of
  /// a number or time, as a label of declared categories.
  /// - Parameter words: Words that are not missing in the whole file.
  /// - Returns: Whether there is such a place for them.
  @discardableResult
  package static func keep(_ words: [String], in column: inout ColumnSchema) -> Bool {
    let words = words.filter { !$0.isEmpty }
    guard !words.isEmpty else { return true }
    guard column.isModelled else { return false }
    switch column.type {
    case .integer, .decimal, .scientific, .date, .timestamp:
      column.codes += words.filter { !column.codes.contains($0) }
    case .category:
      guard case .declared(let labels) = column.categories else { return false }
      column.categories = .declared(labels + words.filter { !labels.contains($0) })
    case .boolean, .identifier, .text: return false
    }
    return true
  }
}
