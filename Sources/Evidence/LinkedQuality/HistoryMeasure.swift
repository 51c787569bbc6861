import LinkedTables
import Tables

/// The events of persons in a timed table, on both sides.
struct HistoryMeasure {
  /// Consecutive events of a person, by their places in `rows`.
  private struct Side {
    /// The rows of all persons, those of each in order, without rows that have no time.
    var rows: [Int32] = []
    var places: [Double] = []
    var first: [Double] = []
    var spans: [Double] = []
    /// The places at which the next row is of the same person, and the days to it.
    var steps: [Int] = []
    var gaps: [Double] = []
    /// Gaps that follow one another.
    var gapsBefore: [Double] = []
    var gapsAfter: [Double] = []
  }

  private let table: String
  private let columns: [JudgedTables.JudgedColumn]
  private let original: Side
  private let release: Side
  private let hasOrigin: Bool

  /// Returns nil if the table has no time, or the release does not.
  init?(_ index: Int, _ judged: JudgedTables) {
    let origin = judged.original.origin
    guard let one = Self.side(index, judged.original, origin: origin),
      let other = Self.side(index, judged.release, origin: origin)
    else { return nil }
    table = judged.schema.tables[index].name
    let time = judged.schema.tables[index].time
    columns = judged.columns[index].filter { column in
      column.name != time && !column.name.hasPrefix("since ")
    }
    (original, release) = (one, other)
    hasOrigin = origin != nil
  }

  private static func side(_ index: Int, _ data: LinkedData, origin: ColumnPlace?) -> Side? {
    guard let days = data.days(of: index) else { return nil }
    let births = origin.flatMap { place in
      data.schema.tables[index].time.flatMap { time in
        data.difference(
          from: place, to: ColumnPlace(data.schema.tables[index].name, time), at: index)
      }
    }
    let groups = data.groups(of: index, by: data.schema.person)
    var side = Side()
    for person in 0..<groups.count {
      let own = groups[person].filter { days[Int($0)].isFinite }
      guard let start = own.first, let end = own.last else { continue }
      side.first.append(births?[Int(start)] ?? days[Int(start)])
      side.spans.append(days[Int(end)] - days[Int(start)])
      var before: Double?
      for (place, row) in own.enumerated() {
        side.places.append(Self.bin(place + 1))
        side.rows.append(row)
        guard place + 1 < own.count else { continue }
        let gap = days[Int(own[own.startIndex + place + 1])] - days[Int(row)]
        side.steps.append(side.rows.count - 1)
        side.gaps.append(gap)
        if let before {
          side.gapsBefore.append(before)
          side.gapsAfter.append(gap)
        }
        before = gap
      }
    }
    return side
  }

  /// 1, 2, 3, 4 to 5, 6 to 10, and beyond.
  private static func bin(_ place: Int) -> Double {
    place <= 3 ? Double(place) : place <= 5 ? 4 : place <= 10 ? 5 : 6
  }

  var history: LinkedQualityReport.History {
    let gap = CoarsePair(original: original.gaps, release: release.gaps)
    // Both are cut at the quintiles of all gaps.
    let (before, after) = (
      gap.recut(original.gaps, original.gapsBefore, release.gapsBefore),
      gap.recut(original.gaps, original.gapsAfter, release.gapsAfter)
    )
    let places = CoarsePair(original: original.places, release: release.places)
    var dependence = Dependence()
    dependence.add(before, after)
    var (next, gaps, positions): ([Double], [Double], [Double]) = ([], [], [])
    for column in columns {
      let own = column.cells.seen(by: original.rows, release.rows)
      let (now, then) = (
        own.seen(by: steps(0, \.original), steps(0, \.release)),
        own.seen(by: steps(1, \.original), steps(1, \.release))
      )
      next.append(now.paired(with: then).distance)
      gaps.append(now.paired(with: gap).distance)
      dependence.add(now, then)
      dependence.add(now, gap)
      positions.append(own.paired(with: places).distance)
    }
    return LinkedQualityReport.History(
      table: table,
      first: hasOrigin
        ? CoarsePair(original: original.first, release: release.first).distance : nil,
      gap: gap.distance,
      span: CoarsePair(original: original.spans, release: release.spans).distance,
      gapAndGap: before.paired(with: after).distance,
      valueAndNext: LinkedQualityReport.mean(next), valueAndGap: LinkedQualityReport.mean(gaps),
      placeAndValue: LinkedQualityReport.mean(positions), dependenceLost: dependence.share)
  }

  private func steps(_ offset: Int, _ side: KeyPath<HistoryMeasure, Side>) -> [Int32] {
    self[keyPath: side].steps.map { Int32($0 + offset) }
  }
}

extension CoarsePair {
  /// Cuts other numbers at the places that all numbers of the original give.
  fileprivate func recut(_ all: [Double], _ original: [Double], _ release: [Double]) -> CoarsePair {
    let one = CoarsePair(original: all, release: original)
    let other = CoarsePair(original: all, release: release)
    return CoarsePair(size: one.size, original: one.release, release: other.release)
  }
}
