/// The nearest rows of each query.
package struct Neighbours: Sendable {
  /// Rows for each query: as many as asked for, or all.
  package let perQuery: Int
  /// `[queries][perQuery]`, nearest first: rows of the searched table.
  package let rows: [Int32]
  package let distances: [Double]
  /// `[queries][columns]`: the nearest row if a column is ignored; columns in the order of the
  /// space. Empty unless asked for.
  package let rowsWithout: [Int32]

  /// The distance of each query to its nearest row.
  package var nearest: [Double] { stride(from: 0, to: distances.count, by: max(perQuery, 1)).map { distances[$0] } }
}
