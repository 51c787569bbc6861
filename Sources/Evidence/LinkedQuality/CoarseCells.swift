import Tables

/// One column of the original and of the release, cut into the same few cells.
///
/// The definition is that of a neutral judge, so that figures agree: numbers and times with at most
/// 8 different values have a cell for each, others are cut at their quintiles; of labels the 20
/// most frequent have a cell each and the others share one. Missing is a cell, and so is whatever
/// the original lacks. All is fixed on the original alone.
struct CoarsePair: Sendable {
  /// The number of cells; the last two are "missing" and "unseen".
  let size: Int
  let original: [Int32]
  let release: [Int32]

  private static let (fewValues, frequentLabels) = (8, 20)

  /// Cuts numbers; not a number is missing.
  init(original: [Double], release: [Double]) {
    let present = original.filter(\.isFinite).sorted()
    var distinct: [Double] = []
    for value in present where distinct.last != value {
      distinct.append(value)
      if distinct.count > Self.fewValues { break }
    }
    let isFew = distinct.count <= Self.fewValues
    let edges = isFew ? distinct : Self.quintiles(of: present)
    let size = (isFew ? edges.count : edges.count + 1) + 2
    func cell(_ value: Double) -> Int32 {
      guard value.isFinite else { return Int32(size - 2) }
      let below = edges.count { $0 < value }
      if isFew, below == edges.count || edges[below] != value { return Int32(size - 1) }
      return Int32(below)
    }
    self.size = size
    self.original = original.map(cell)
    self.release = release.map(cell)
  }

  /// The different values at or below which a fifth, two fifths … of the values lie.
  private static func quintiles(of sorted: [Double]) -> [Double] {
    var edges: [Double] = []
    for part in 1...4 {
      // The lowest place whose share of values is at least the part.
      let place = max((sorted.count * part + 4) / 5 - 1, 0)
      if edges.last != sorted[place] { edges.append(sorted[place]) }
    }
    return edges
  }

  /// Cuts labels; nil is missing.
  init(original: LabelledCells, release: LabelledCells) {
    var counts = [Int](repeating: 0, count: original.names.count)
    for code in original.codes where code >= 0 { counts[Int(code)] += 1 }
    let present = counts.indices.filter { counts[$0] > 0 }
    let ranked = present.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let named = min(ranked.count, Self.frequentLabels)
    let size = named + (ranked.count > named ? 1 : 0) + 2
    var cells: [String: Int32] = [:]
    for (rank, code) in ranked.enumerated() {
      cells[original.names[code]] = Int32(min(rank, named))
    }
    func codes(_ column: LabelledCells) -> [Int32] {
      let cellOfCode = column.names.map { cells[$0] ?? Int32(size - 1) }
      return column.codes.map { $0 < 0 ? Int32(size - 2) : cellOfCode[Int($0)] }
    }
    self.size = size
    (self.original, self.release) = (codes(original), codes(release))
  }

  init(size: Int, original: [Int32], release: [Int32]) {
    (self.size, self.original, self.release) = (size, original, release)
  }

  /// The cells that rows see which belong to the rows of this column's table; "unseen" for nobody.
  func seen(by original: [Int32], _ release: [Int32]) -> CoarsePair {
    func look(_ rows: [Int32], _ cells: [Int32]) -> [Int32] {
      rows.map { $0 < 0 ? Int32(size - 1) : cells[Int($0)] }
    }
    return CoarsePair(
      size: size, original: look(original, self.original), release: look(release, self.release))
  }

  /// The pairs of cells of two columns of the same rows.
  func paired(with other: CoarsePair) -> CoarsePair {
    let width = Int32(other.size)
    return CoarsePair(
      size: size * other.size,
      original: zip(original, other.original).map { $0 * width + $1 },
      release: zip(release, other.release).map { $0 * width + $1 })
  }

  /// The total variation distance of the two distributions; 1 if only one side has rows.
  var distance: Double {
    guard !original.isEmpty, !release.isEmpty else {
      return original.isEmpty == release.isEmpty ? 0 : 1
    }
    let (first, second) = (shares(original), shares(release))
    return zip(first, second).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  func shares(_ cells: [Int32]) -> [Double] {
    var counts = [Double](repeating: 0, count: size)
    for cell in cells { counts[Int(cell)] += 1 }
    return counts.map { $0 / Double(max(cells.count, 1)) }
  }
}

/// Labels with their codes; negative codes are missing.
struct LabelledCells: Sendable {
  let names: [String]
  let codes: [Int32]
}

/// How much of the dependence between pairs of columns a release lacks or invents, whatever their
/// margins: the sum of |excess of the original - excess of the release| as a share of the sum of
/// |excess of the original|, where excess is the joint share less the product of its margins. 0 is
/// best; 1 is no dependence at all.
struct Dependence: Sendable {
  private var lost = 0.0
  private var there = 0.0

  mutating func add(_ first: CoarsePair, _ second: CoarsePair) {
    let joint = first.paired(with: second)
    let one = Self.excess(joint.shares(joint.original), width: second.size)
    let other = Self.excess(joint.shares(joint.release), width: second.size)
    for (one, other) in zip(one, other) {
      lost += abs(one - other)
      there += abs(one)
    }
  }

  var share: Double? { there > 0 ? lost / there : nil }

  private static func excess(_ joint: [Double], width: Int) -> [Double] {
    let height = joint.count / width
    var (rows, columns) = (
      [Double](repeating: 0, count: height), [Double](repeating: 0, count: width)
    )
    for (place, share) in joint.enumerated() {
      rows[place / width] += share
      columns[place % width] += share
    }
    return joint.enumerated().map { place, share in
      share - rows[place / width] * columns[place % width]
    }
  }
}
