/// Rows of people whom a release must not know (the control of an attack, rows to test on) that
/// nevertheless occur in it, or in its original.
///
/// Only strangers whose row no other stranger has are counted. Three rates are compared, each by an
/// exact conditional test at p < 0.001 and a factor of 2.
/// - *Against the original*, a sample of the same people without the strangers: as many of them
///   should have their row in the release as have it there, times the ratio of sizes if the release
///   is longer.
/// - *Against decoys*, each made of every other column of two strangers: a model that blurs
///   associations writes rows that nobody has, and with them strangers' rows, more often than
///   people have them. It writes decoys as well. A table that holds the strangers does not.
/// - Whether the *original* holds strangers is judged by how often its own people have the row of
///   another.
package struct StrangerRows: Codable, Sendable, Equatable {
  /// Strangers whose row is no other stranger's.
  package var strangers: Int
  /// Strangers with their row in the release, and how many chance explains.
  package var inRelease: Int
  package var expectedInRelease: Double
  package var releaseIsBeyondChance: Bool
  /// The same for the original.
  package var inOriginal: Int
  package var expectedInOriginal: Double
  package var originalIsBeyondChance: Bool

  private static let level = 0.001
  private static let factor = 2.0

  /// - Parameters: the compared columns of each table, in one order.
  package init(original: [ColumnValues], synthetic: [ColumnValues], strangers: [ColumnValues]) {
    let (originalKeys, strangerKeys) = (RowCopies.keys(original), RowCopies.keys(strangers))
    let released = Self.counts(RowCopies.keys(synthetic))
    let (people, others) = (Self.counts(originalKeys), Self.counts(strangerKeys))
    let alone = strangerKeys.indices.filter { others[strangerKeys[$0]] == 1 }
    let decoys = Self.decoys(strangers, rows: alone)
    let releaseRows = synthetic.first?.count ?? 0
    self.strangers = alone.count
    inRelease = alone.count { released[strangerKeys[$0]] != nil }
    inOriginal = alone.count { people[strangerKeys[$0]] != nil }
    let twins = originalKeys.count { people[$0, default: 0] > 1 }
    let longer = max(1, Double(releaseRows) / Double(max(originalKeys.count, 1)))
    expectedInRelease = min(Double(inOriginal) * longer, Double(alone.count))
    expectedInOriginal = Double(twins) / Double(max(originalKeys.count, 1)) * Double(alone.count)
    let decoysInRelease = decoys.count { released[$0] != nil }
    releaseIsBeyondChance =
      original.count > 1
      && BinomialLaw.chance(
        inRelease, of: alone.count, against: inOriginal, of: alone.count,
        ratio: Self.factor * longer) < Self.level
      && BinomialLaw.chance(
        inRelease, of: alone.count, against: decoysInRelease, of: decoys.count, ratio: Self.factor)
        < Self.level
    originalIsBeyondChance =
      original.count > 1
      && BinomialLaw.chance(
        inOriginal, of: alone.count, against: twins, of: originalKeys.count, ratio: Self.factor)
        < Self.level
  }

  package var isBeyondChance: Bool { releaseIsBeyondChance || originalIsBeyondChance }

  private static func counts(_ keys: [UInt64]) -> [UInt64: Int32] {
    keys.reduce(into: [:]) { counts, key in counts[key, default: 0] += 1 }
  }

  /// Combines every other column of a stranger with the rest of the next.
  private static func decoys(_ columns: [ColumnValues], rows: [Int]) -> [UInt64] {
    guard rows.count > 1, columns.count > 1 else { return [] }
    let next = Array(rows.dropFirst()) + rows.prefix(1)
    return RowCopies.keys(
      columns.indices.map { columns[$0].selecting($0.isMultiple(of: 2) ? rows : next) })
  }
}
