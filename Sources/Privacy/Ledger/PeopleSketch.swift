/// A ledger's record of a table, used to recognise its people even if the file was changed: another
/// unit, other words, a column more or less, a part of the rows.
///
/// Everything in it is keyed by the owner's secret and is independent of the order of rows and
/// columns and of the columns' names. It is owner-side state and enters no release.
/// `docs/decisions/0010-ledger.md` lists the changes it recognises, with the measured shares.
package struct PeopleSketch: Sendable, Hashable, Codable {
  /// The version of the sketch format. Two sketches are compared only if theirs agree.
  package static let currentVersion = 2

  package let version: Int
  package let rowCount: Int
  /// The number of columns that distinguish rows.
  package let columnCount: Int
  /// The combinations of three of each row's rarest cells, if these are rare enough to identify a
  /// row among all.
  package let traits: CountedSketch
  /// All cells of each row together.
  package let rows: CountedSketch
  /// The rows without each such column; empty if there are more than ``mostColumnsLeftOut``.
  package let rowsWithoutOne: [CountedSketch]
  /// Sums of random signs of the rows, used to estimate the number of rows that differ between two
  /// tables.
  package let difference: RowDifference
  /// A digest of each informative column's cells, whatever their order.
  package let contents: [String]
  /// The number of informative columns.
  var informativeColumns: Int { contents.count }
  /// Digests of the shape of the distribution of each informative column of numbers or times. No
  /// linear change of unit affects them.
  package let forms: [[String]]
  /// The persons named by each column that names persons.
  package let persons: [PersonSketch]

  package init(
    version: Int, rowCount: Int, columnCount: Int, traits: CountedSketch, rows: CountedSketch,
    rowsWithoutOne: [CountedSketch],
    difference: RowDifference, contents: [String], forms: [[String]], persons: [PersonSketch]
  ) {
    self.version = version
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.traits = traits
    self.rows = rows
    self.rowsWithoutOne = rowsWithoutOne
    self.difference = difference
    self.contents = contents
    self.forms = forms
    self.persons = persons
  }

  package static let mostColumnsLeftOut = 32
}

/// The persons named by a column, as far as a sketch of names and numbers tells.
package struct PersonSketch: Sendable, Hashable, Codable {
  package let persons: CountedSketch
  /// The probability that a number drawn for somebody else is taken: the share of numbers between
  /// the lowest and the highest that are in use. 0 for names and codes with letters.
  package let density: Double

  package init(persons: CountedSketch, density: Double) {
    self.persons = persons
    self.density = density
  }
}

extension PeopleSketch {
  /// Returns the overlap of two tables, and whether it is more than chance would give tables of
  /// other people.
  ///
  /// The limits were set by measurements on real tables, their altered copies and their halves
  /// (`docs/decisions/0010-ledger.md`).
  func resemblance(to other: PeopleSketch) -> DatasetResemblance {
    let (whole, isWholeNotable) = wholeRows(other)
    let (partial, isPartialNotable) = rowsWithoutOne(other)
    let (combinations, isTraitNotable) = traits(other)
    let (persons, isPersonNotable) = persons(other)
    let (columns, isColumnNotable) = columns(other)
    let isSameButFew = differsInFewRows(other)
    let rows = max(isWholeNotable || isSameButFew ? whole : 0, isPartialNotable ? partial : 0)
    return DatasetResemblance(
      rows: rows, columns: isColumnNotable ? columns : 0, values: 0,
      combinations: isTraitNotable ? combinations : 0,
      persons: isPersonNotable ? persons : 0,
      isNotable: isWholeNotable || isPartialNotable || isTraitNotable || isPersonNotable
        || isColumnNotable || isSameButFew)
  }

  /// Compares rows that are the same in all columns. If nearly all rows of both tables are
  /// different, a few shared ones are significant; if many recur, other people have the same ones.
  private func wholeRows(_ other: PeopleSketch) -> (Double, Bool) {
    let (share, hits) = rows.overlap(with: other.rows)
    let uniqueness = min(variety(of: rows), other.variety(of: other.rows))
    let areTelling = min(informativeColumns, other.informativeColumns) >= 2
    let limit = areTelling && uniqueness >= 0.9 ? 0.05 : 0.6
    return (share, hits >= 3 && uniqueness >= 0.5 && share >= limit)
  }

  /// Compares rows that are the same except for one column of either table that was changed,
  /// dropped or added.
  private func rowsWithoutOne(_ other: PeopleSketch) -> (Double, Bool) {
    guard min(columnCount, other.columnCount) >= 4 else { return (0, false) }
    var best = 0.0
    let theirs = ([other.rows] + other.rowsWithoutOne).filter { other.variety(of: $0) >= 0.5 }
    for mine in [rows] + rowsWithoutOne where variety(of: mine) >= 0.5 {
      for their in theirs {
        let (share, hits) = mine.overlap(with: their)
        if hits >= 5 { best = max(best, share) }
      }
    }
    return (best, best >= 0.7)
  }

  /// Returns the share of rows that are different from each other.
  private func variety(of sketch: CountedSketch) -> Double {
    sketch.distinct / Double(max(1, rowCount))
  }

  /// Compares combinations of rare cells. If rows repeat them, some are expected in a table of
  /// other people.
  private func traits(_ other: PeopleSketch) -> (Double, Bool) {
    let (share, hits) = traits.overlap(with: other.traits)
    let expected = max(traits.recurring, other.traits.recurring)
    return (share, hits >= 8 && share >= min(0.3, max(0.05, 3 * expected)))
  }

  /// Compares persons by names or numbers. If numbers are assigned in sequence, everybody has the
  /// same ones.
  private func persons(_ other: PeopleSketch) -> (Double, Bool) {
    var best = (share: 0.0, isNotable: false)
    for mine in persons {
      for their in other.persons {
        let (share, hits) = mine.persons.overlap(with: their.persons)
        let isNotable = hits >= 3 && share >= max(0.02, 10 * max(mine.density, their.density))
        if isNotable, share > best.share { best = (share, true) }
      }
    }
    return best
  }

  /// Compares columns that hold the same cells in any order, or numbers of the same distribution up
  /// to their unit.
  private func columns(_ other: PeopleSketch) -> (Double, Bool) {
    let (same, sameCount) = Self.sharedShare(contents.map { [$0] }, other.contents.map { [$0] })
    let isSmall = max(rowCount, other.rowCount) <= 200_000
    let (alike, alikeCount) = isSmall ? Self.sharedShare(forms, other.forms) : (0, 0)
    return (max(same, alike), sameCount >= 2 && same >= 0.5 || alikeCount >= 2 && alike >= 0.5)
  }

  /// Returns whether the tables are the same except for one row in ten, as far as recurring rows
  /// can tell.
  private func differsInFewRows(_ other: PeopleSketch) -> Bool {
    let fewest = Double(min(rowCount, other.rowCount))
    guard fewest >= 64, min(rows.distinct, other.rows.distinct) >= 64 else { return false }
    return difference.squaredDistance(
      from: other.difference, rows: rowCount, otherRows: other.rowCount) <= 0.1 * fewest
  }

  /// Returns the Jaccard index of two lists. Elements are the same if they share a digest at the
  /// same place.
  private static func sharedShare(_ first: [[String]], _ second: [[String]]) -> (Double, Int) {
    var open = second
    var shared = 0
    for digests in first {
      guard let match = open.firstIndex(where: { zip($0, digests).contains { $0 == $1 } }) else {
        continue
      }
      open.remove(at: match)
      shared += 1
    }
    let union = first.count + second.count - shared
    return (union == 0 ? 0 : Double(shared) / Double(union), shared)
  }
}

/// Sums of random signs over rows (Alon, Matias and Szegedy 1996, "tug of war"). They are linear,
/// so the sums of two tables differ by the difference of their rows.
///
/// If f and f′ are the numbers of times that each row occurs, the mean of the squared differences
/// of the counters estimates Σ (f − f′)², with a relative standard error of √(2 / 16) = 0.35. One
/// row more or less counts 1, whatever the table; people drawn anew count about as many as there
/// are. It therefore recognises a table even if its rows are a few categories that everybody
/// shares.
package struct RowDifference: Sendable, Hashable, Codable {
  static let counters = 16

  private var sums = [Int64](repeating: 0, count: counters)

  package init() {}

  /// Adds rows by bits of their hashes. Every fourth bit is a sign.
  package mutating func add(_ rows: UnsafeBufferPointer<UInt64>) {
    var counts = SIMD16<UInt32>()
    for row in rows {
      let bits = SIMD16<UInt64>(repeating: row) &>> Self.places & SIMD16<UInt64>(repeating: 1)
      counts &+= SIMD16<UInt32>(truncatingIfNeeded: bits)
    }
    for counter in 0..<Self.counters { sums[counter] += Int64(counts[counter]) }
  }

  private static let places = SIMD16<UInt64>(
    0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60)

  package mutating func merge(_ other: RowDifference) {
    for counter in sums.indices { sums[counter] &+= other.sums[counter] }
  }

  /// Returns the estimate of Σ (f − f′)². `rows` and `otherRows` are the two numbers of rows.
  func squaredDistance(from other: RowDifference, rows: Int, otherRows: Int) -> Double {
    guard sums.count == Self.counters, other.sums.count == Self.counters else { return .infinity }
    let squares = zip(sums, other.sums).map { mine, theirs in
      // Ones are counted, so a sum of signs is twice that less the number of rows.
      let difference = Double(2 * (mine - theirs) - Int64(rows - otherRows))
      return difference * difference
    }
    return squares.reduce(0, +) / Double(Self.counters)
  }
}
