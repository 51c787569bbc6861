/// Columns that together single people out, and how many.
public struct QuasiIdentifierSet: Sendable, Equatable {
  /// In the order of the table.
  public let columns: [String]
  /// Rows whose values in these columns are those of one person only. Counted, not estimated.
  public let rows: Int
  /// The share of all rows, 0 to 1.
  public let share: Double
  /// No set of as many columns singles out a larger share: the same as ``share`` where every other set was ruled out by counting or by a
  /// sample, larger where the search ended before. Wrong with a probability below one in a million, for which samples are to blame.
  public let largestShare: Double

  /// Whether no other set is worse.
  public var isWorst: Bool { largestShare <= share }
}

/// The sets of one to four columns that single out most people.
public struct UniquenessProfile: Sendable, Equatable {
  /// One for each number of columns, from one.
  public let worst: [QuasiIdentifierSet]
  /// Columns that were searched; more than ``columns`` leaves some out of sets of three and four.
  public let searchedColumns: Int
  /// Columns of the table that no identifier is.
  public let columns: Int
}
