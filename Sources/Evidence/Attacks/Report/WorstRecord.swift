/// A person of the original whom attacks hit most often: averages hide people.
package struct WorstRecord: Codable, Sendable, Equatable {
  /// The row's number in the original; the first after the header is 1.
  package var row: Int
  /// Queries, copies and links that hit the person.
  package var hits: Int

  package init(row: Int, hits: Int) { (self.row, self.hits) = (row, hits) }

  static let most = 20

  /// Returns the rows that occur most often among `rows`, which are counted from 0.
  static func ranked(_ rows: [Int]) -> [WorstRecord] {
    var hits: [Int: Int] = [:]
    for row in rows { hits[row, default: 0] += 1 }
    return hits.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map { WorstRecord(row: $0.key + 1, hits: $0.value) }
  }
}
