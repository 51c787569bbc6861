/// How much two tables have in common, as far as their fingerprints tell. For the owner's eyes only.
public struct DatasetResemblance: Sendable, Hashable, Codable {
  /// The estimated Jaccard index of their sets of distinct rows, which is 0 where the columns differ. Standard error at most 0.032.
  public let rows: Double
  /// The Jaccard index of their columns, a column being the same where it holds the same cells, in any order and under any name.
  public let columns: Double
  /// The estimated Jaccard index of the distinct values of all columns; 0 where either table has fewer than 256.
  public let values: Double

  /// The largest of the three.
  public var estimate: Double { max(rows, columns, values) }

  /// Whether the owner should be told: at least a twentieth of the rows, half of the columns, or half of many distinct values.
  public var isNotable: Bool { rows >= 0.05 || columns >= 0.5 || values >= 0.5 }
}

extension DatasetFingerprint {
  /// How much two tables have in common; both fingerprints must be made with one key.
  package func resemblance(to other: DatasetFingerprint) -> DatasetResemblance {
    DatasetResemblance(
      rows: rows.jaccard(with: other.rows),
      columns: Self.multisetJaccard(columnContents, other.columnContents),
      values: values.isFull && other.values.isFull ? values.jaccard(with: other.values) : 0)
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
