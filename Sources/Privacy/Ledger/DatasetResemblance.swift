/// The overlap of two tables, as far as their fingerprints reveal it. For the owner's eyes only.
///
/// Overlap that chance would give tables of other people counts as none.
package struct DatasetResemblance: Sendable, Hashable, Codable {
  /// The share of the smaller table's rows that are also in the other, perhaps except for one
  /// column. With fingerprints of format 1: the share of the rows of both, and 0 if the columns
  /// differ. Standard error about 0.03.
  package let rows: Double
  /// The share of the columns of both that hold the same cells, in any order and under any name.
  package let columns: Double
  /// With fingerprints of format 1: the share of the distinct values of all columns; 0 if either
  /// table has fewer than 256.
  package let values: Double
  /// The share of the smaller table's combinations of rare cells that are also in the other.
  package let combinations: Double
  /// The share of the persons named by the smaller column who are also named in the other.
  package let persons: Double
  /// Whether the owner has to say if the same people are in both.
  package let isNotable: Bool

  init(
    rows: Double, columns: Double, values: Double, combinations: Double = 0, persons: Double = 0,
    isNotable: Bool
  ) {
    self.rows = rows
    self.columns = columns
    self.values = values
    self.combinations = combinations
    self.persons = persons
    self.isNotable = isNotable
  }

  /// The largest of the shares.
  package var estimate: Double { max(rows, columns, values, combinations, persons) }
}

extension DatasetFingerprint {
  /// Returns the overlap of two tables. Both fingerprints must be made with one key.
  package func resemblance(to other: DatasetFingerprint) -> DatasetResemblance {
    if let sketch, let theirs = other.sketch, sketch.version == theirs.version {
      return sketch.resemblance(to: theirs)
    }
    return firstFormatResemblance(to: other)
  }

  /// Returns the overlap from fingerprints of format 1. It is notable from a twentieth of the rows,
  /// half of the columns, or half of many distinct values.
  private func firstFormatResemblance(to other: DatasetFingerprint) -> DatasetResemblance {
    let rows = rows.jaccard(with: other.rows)
    let columns = Self.multisetJaccard(columnContents, other.columnContents)
    let values = values.isFull && other.values.isFull ? values.jaccard(with: other.values) : 0
    return DatasetResemblance(
      rows: rows, columns: columns, values: values,
      isNotable: rows >= 0.05 || columns >= 0.5 || values >= 0.5)
  }

  private static func multisetJaccard(_ first: [String], _ second: [String]) -> Double {
    var counts = Dictionary(first.map { ($0, 1) }, uniquingKeysWith: +)
    var shared = 0
    for element in second where counts[element, default: 0] > 0 {
      counts[element, default: 0] -= 1
      shared += 1
    }
    let union = first.count + second.count - shared
    return union == 0 ? 0 : Double(shared) / Double(union)
  }
}

extension DatasetResemblance: CustomStringConvertible {
  /// The overlap of the tables, in words for the owner, such as
  /// `about 97 % of the distinct rows and 80 % of the columns are in both`.
  package var description: String {
    var shared: [String] = []
    if persons > 0 { shared.append("about \(Self.percent(persons)) of the persons named") }
    if rows > 0 { shared.append("about \(Self.percent(rows)) of the distinct rows") }
    if combinations > 0 {
      shared.append("about \(Self.percent(combinations)) of the combinations of rare values")
    }
    if columns > 0 { shared.append("\(Self.percent(columns)) of the columns") }
    if values > 0 { shared.append("about \(Self.percent(values)) of the distinct values") }
    guard let last = shared.popLast() else { return "nothing is in both" }
    let list = shared.isEmpty ? last : shared.joined(separator: ", ") + " and " + last
    return list + " are in both"
  }

  /// Returns whole percent, never 0 or 100 unless exactly that.
  private static func percent(_ share: Double) -> String {
    let rounded = (share * 100).rounded()
    return "\(Int(share == 1 ? 100 : min(99, max(1, rounded)))) %"
  }
}

/// A ledger's verdict on a table that it is shown.
package enum DatasetRecognition: Sendable, Equatable {
  /// The same rows and column names, in any order and file: it draws on this budget.
  case known(DatasetIdentity)
  /// Another table, with much in common: its owner should say whether the same people are in it.
  case resembles(DatasetIdentity, DatasetResemblance)
  case new
}
