/// Settles overlapping findings so that no byte of any finding is left out.
///
/// The more confident finding takes its bytes first; ties go to the longer finding, then to the one
/// that starts earlier. The other bytes of an overlapping finding keep that finding's type.
/// Overlaps of one type become one finding, and a remainder without a letter or digit joins its
/// neighbour. The result is sorted, has no overlaps, and covers exactly the bytes that the findings
/// cover together.
package enum OverlapRule {
  package static func settled(_ found: [ProseSpan]) -> [ProseSpan] { settled(found) { _ in true } }

  /// - Parameter isWord: whether the byte at a position is part of a word or number.
  package static func settled(_ found: [ProseSpan], isWord: (Int) -> Bool) -> [ProseSpan] {
    guard found.count > 1 else { return found }
    let sorted = found.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var settled: [ProseSpan] = []
    settled.reserveCapacity(sorted.count)
    var start = 0
    var end = sorted[0].range.upperBound
    for index in 1...sorted.count {
      if index < sorted.count, sorted[index].range.lowerBound < end {
        end = max(end, sorted[index].range.upperBound)
        continue
      }
      if index - start == 1 {
        settled.append(sorted[start])
      } else {
        settled += cluster(Array(sorted[start..<index]), isWord: isWord)
      }
      guard index < sorted.count else { break }
      start = index
      end = sorted[index].range.upperBound
    }
    return settled
  }

  private static func precedes(_ left: ProseSpan, _ right: ProseSpan) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    if left.range.count != right.range.count { return left.range.count > right.range.count }
    return left.range.lowerBound < right.range.lowerBound
  }

  /// Settles findings that overlap in a chain, sweeping over their ends. At each byte, the first
  /// covering finding by precedence wins.
  private static func cluster(_ found: [ProseSpan], isWord: (Int) -> Bool) -> [ProseSpan] {
    let order = found.indices.sorted { precedes(found[$0], found[$1]) }
    var rank = [Int](repeating: 0, count: found.count)
    for (position, index) in order.enumerated() { rank[index] = position }
    let cuts = Set(found.flatMap { [$0.range.lowerBound, $0.range.upperBound] }).sorted()
    var active = RankHeap()
    var next = 0
    var pieces: [ProseSpan] = []
    for (from, to) in zip(cuts, cuts.dropFirst()) {
      while next < found.count, found[next].range.lowerBound <= from {
        active.insert(rank[next])
        next += 1
      }
      while let best = active.least, found[order[best]].range.upperBound <= from {
        active.removeLeast()
      }
      guard let best = active.least else { continue }
      var piece = found[order[best]]
      piece.range = from..<to
      append(piece, to: &pieces, isWord: isWord)
    }
    return pieces
  }

  private static func append(
    _ piece: ProseSpan, to pieces: inout [ProseSpan], isWord: (Int) -> Bool
  ) {
    guard let last = pieces.last, last.range.upperBound == piece.range.lowerBound else {
      return pieces.append(piece)
    }
    let isRest = !piece.range.contains(where: isWord)
    let follows = !last.range.contains(where: isWord)
    guard last.type == piece.type || isRest || follows else { return pieces.append(piece) }
    var joined = isRest || !follows && precedes(last, piece) ? last : piece
    joined.range = last.range.lowerBound..<piece.range.upperBound
    pieces[pieces.count - 1] = joined
  }
}

/// A binary heap of small numbers with the least on top.
private struct RankHeap {
  private var ranks: [Int] = []

  var least: Int? { ranks.first }

  mutating func insert(_ rank: Int) {
    ranks.append(rank)
    var child = ranks.count - 1
    while child > 0, ranks[child] < ranks[(child - 1) / 2] {
      ranks.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeLeast() {
    guard let last = ranks.popLast(), !ranks.isEmpty else { return }
    ranks[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < ranks.count else { return }
      let child = left + 1 < ranks.count && ranks[left + 1] < ranks[left] ? left + 1 : left
      guard ranks[child] < ranks[parent] else { return }
      ranks.swapAt(parent, child)
      parent = child
    }
  }
}
