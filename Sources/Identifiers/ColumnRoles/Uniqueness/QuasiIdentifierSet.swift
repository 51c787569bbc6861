/// A set of columns that together single people out, with the number of people.
package struct QuasiIdentifierSet: Sendable, Equatable {
  /// The columns in table order.
  package let columns: [String]
  /// The number of rows whose values in these columns belong to one person only. Counted, not
  /// estimated.
  package let rows: Int
  /// The share of all rows, 0 to 1.
  package let share: Double
  /// The upper limit of the share that any set of the same size singles out. Equal to ``share`` if
  /// counting or a sample ruled out every other set, and larger if the search ended early. Sampling
  /// makes it wrong with a probability below one in a million.
  package let largestShare: Double

  /// Whether no other set is worse.
  package var isWorst: Bool { largestShare <= share }
}

/// The sets of one to four columns that single out the most people.
package struct UniquenessProfile: Sendable, Equatable {
  /// One set for each number of columns, starting at one.
  package let worst: [QuasiIdentifierSet]
  /// The number of columns searched. If it is less than ``columns``, some are left out of sets of
  /// three and four.
  package let searchedColumns: Int
  /// The number of columns in the table that are not identifiers.
  package let columns: Int
}
