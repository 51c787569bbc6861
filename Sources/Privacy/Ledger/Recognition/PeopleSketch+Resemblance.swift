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
      rows: rows, columns: isColumnNotable ? columns : 0, values: 0, combinations: isTraitNotable ? combinations : 0,
      persons: isPersonNotable ? persons : 0,
      isNotable: isWholeNotable || isPartialNotable || isTraitNotable || isPersonNotable || isColumnNotable || isSameButFew)
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
  private func variety(of sketch: CountedSketch) -> Double { sketch.distinct / Double(max(1, rowCount)) }

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
    return difference.squaredDistance(from: other.difference, rows: rowCount, otherRows: other.rowCount) <= 0.1 * fewest
  }

  /// Returns the Jaccard index of two lists. Elements are the same if they share a digest at the
  /// same place.
  private static func sharedShare(_ first: [[String]], _ second: [[String]]) -> (Double, Int) {
    var open = second
    var shared = 0
    for digests in first {
      guard let match = open.firstIndex(where: { zip($0, digests).contains { $0 == $1 } }) else { continue }
      open.remove(at: match)
      shared += 1
    }
    let union = first.count + second.count - shared
    return (union == 0 ? 0 : Double(shared) / Double(union), shared)
  }
}
