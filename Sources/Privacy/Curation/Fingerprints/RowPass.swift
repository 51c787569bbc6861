import Basics
import Foundation
import Ledger

/// One part of the rows, sketched block by block. The parts of a table add up in any order.
struct RowPass: Sendable {
  private(set) var traits: CountedSketch
  private(set) var rows: CountedSketch
  private(set) var rowsWithoutOne: [CountedSketch]
  private(set) var difference = RowDifference()
  /// For each column, the sum of the spread hashes of its cells.
  private var contents: [UInt64]

  private let columns: [NormalColumn]
  private let rowCount: Int
  private let spread: KeyedMix
  /// The bits, in eighths, at which a combination of cells identifies a row.
  private let traitBits: UInt16

  /// Small enough for a block's hashes to stay in the cache of a core.
  static let blockRows = 1024
  /// A combination must be so rare that, if its cells were independent, 1 in 2⁸ tables of this size
  /// would have it once by chance.
  private static let spareBits = 8.0
  /// The number of rarest cells of a row used for combinations.
  private static let rarest = 6
  private static let triples: [(Int, Int, Int)] = (0..<rarest).flatMap { first in
    (first + 1..<rarest).flatMap { second in (second + 1..<rarest).map { (first, second, $0) } }
  }

  init(columns: [NormalColumn], rowCount: Int, key: FingerprintKey) {
    self.columns = columns
    self.rowCount = rowCount
    spread = KeyedMix(key: key, purpose: "understudy sketch 2 rows")
    traitBits = UInt16((8 * (log2(Double(max(1, rowCount))) + Self.spareBits)).rounded(.up))
    traits = CountedSketch(capacity: 512)
    rows = CountedSketch(capacity: 256)
    let leavesOut = (2...PeopleSketch.mostColumnsLeftOut).contains(columns.count)
    rowsWithoutOne = Array(
      repeating: CountedSketch(capacity: 128), count: leavesOut ? columns.count : 0)
    contents = Array(repeating: 0, count: columns.count)
  }

  mutating func merge(_ other: RowPass) {
    traits.merge(other.traits)
    rows.merge(other.rows)
    for index in rowsWithoutOne.indices { rowsWithoutOne[index].merge(other.rowsWithoutOne[index]) }
    difference.merge(other.difference)
    for index in contents.indices { contents[index] &+= other.contents[index] }
  }

  /// Returns a digest of the cells of each informative column.
  func contentDigests(key: FingerprintKey) -> [String] {
    zip(columns, contents).filter(\.0.isInformative).map { _, sum in
      ContentDigest.hexadecimal(
        key.derived(for: "understudy sketch 2 contents \(rowCount) \(sum)").prefix(16))
    }.sorted()
  }

  mutating func run(_ range: Range<Int>) {
    let block = Self.blockRows
    let hashes = UnsafeMutablePointer<UInt64>.allocate(capacity: block)
    let rarities = UnsafeMutablePointer<UInt8>.allocate(capacity: block)
    let spreads = UnsafeMutablePointer<UInt64>.allocate(capacity: block * max(1, columns.count))
    let cells = RarestCells(rows: block, count: Self.rarest)
    defer {
      hashes.deallocate()
      rarities.deallocate()
      spreads.deallocate()
      cells.deallocate()
    }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      let rows = start..<min(start + block, range.upperBound)
      cells.reset()
      for (index, column) in columns.enumerated() {
        column.write(rows, hashes: hashes, rarities: rarities)
        cells.offer(rows.count, hashes, rarities)
        contents[index] &+= spread(hashes, rows.count, into: spreads + index * block)
      }
      addTraits(cells, rows.count)
      addRows(spreads, rows.count)
    }
  }

  /// Spreads the hashes of one column's cells, so that sums over columns do not cancel, and returns
  /// their sum.
  private func spread(
    _ hashes: UnsafePointer<UInt64>, _ count: Int, into spreads: UnsafeMutablePointer<UInt64>
  ) -> UInt64 {
    var sum = UInt64(0)
    for row in 0..<count {
      let value = spread(hashes[row])
      spreads[row] = value
      sum &+= value
    }
    return sum
  }

  private mutating func addTraits(_ cells: RarestCells, _ count: Int) {
    let mask = UInt64.max >> 8
    var bound = traits.bound
    for row in 0..<count {
      let (hashes, bits) = cells.row(row)
      for (first, second, third) in Self.triples where bits[third] != 0 {
        guard UInt16(bits[first]) + UInt16(bits[second]) + UInt16(bits[third]) >= traitBits else {
          continue
        }
        let value = KeyedMix.finish(
          hashes[first] & mask &+ hashes[second] & mask &+ hashes[third] & mask)
        guard value <= bound else { continue }
        traits.insert(value)
        bound = traits.bound
      }
    }
  }

  private mutating func addRows(_ spreads: UnsafePointer<UInt64>, _ count: Int) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { words in
      let (sums, signs) = (
        UnsafeMutableBufferPointer(rebasing: words[..<count]),
        UnsafeMutableBufferPointer(rebasing: words[count...])
      )
      sums.initialize(repeating: 0)
      for column in columns.indices {
        let cells = spreads + column * Self.blockRows
        for row in 0..<count { sums[row] &+= cells[row] }
      }
      for row in 0..<count {
        let whole = KeyedMix.finish(sums[row])
        rows.insert(whole)
        signs[row] = KeyedMix.finish(whole &+ 0x9e37_79b9_7f4a_7c15)
      }
      difference.add(UnsafeBufferPointer(signs))
      for column in rowsWithoutOne.indices {
        addRows(sums, without: spreads + column * Self.blockRows, column)
      }
    }
  }

  private mutating func addRows(
    _ sums: UnsafeMutableBufferPointer<UInt64>, without cells: UnsafePointer<UInt64>, _ column: Int
  ) {
    var bound = rowsWithoutOne[column].bound
    for row in 0..<sums.count {
      let value = KeyedMix.finish(sums[row] &- cells[row])
      guard value <= bound else { continue }
      rowsWithoutOne[column].insert(value)
      bound = rowsWithoutOne[column].bound
    }
  }
}

/// The rarest cells of each row of a block, each hash once.
///
/// Cells are ordered by rarity, in whole bits and capped at 2⁻⁸, then by hash. A part of the rows,
/// whose shares differ a little, therefore has the same rarest cells.
private struct RarestCells {
  private let count: Int
  private let rows: Int
  /// The rarity class in the highest byte, then the hash; ascending in each row.
  private let keys: UnsafeMutablePointer<UInt64>
  private let bits: UnsafeMutablePointer<UInt8>

  init(rows: Int, count: Int) {
    (self.rows, self.count) = (rows, count)
    keys = .allocate(capacity: rows * count)
    bits = .allocate(capacity: rows * count)
  }

  func deallocate() {
    keys.deallocate()
    bits.deallocate()
  }

  func reset() {
    keys.update(repeating: .max, count: rows * count)
    bits.update(repeating: 0, count: rows * count)
  }

  func row(_ row: Int) -> (UnsafePointer<UInt64>, UnsafePointer<UInt8>) {
    (.init(keys + row * count), .init(bits + row * count))
  }

  func offer(_ rowCount: Int, _ hashes: UnsafePointer<UInt64>, _ rarities: UnsafePointer<UInt8>) {
    for row in 0..<rowCount {
      let rarity = rarities[row]
      guard rarity != NormalColumn.noInformation else { continue }
      let key = UInt64(rarity >= 64 ? 0 : 8 - rarity >> 3) << 56 | hashes[row] >> 8
      let last = row * count + count - 1
      if key < keys[last] { insert(key, rarity, from: row * count, last) }
    }
  }

  private func insert(_ key: UInt64, _ rarity: UInt8, from first: Int, _ last: Int) {
    var place = first
    while keys[place] < key { place += 1 }
    if keys[place] == key {
      bits[place] = max(bits[place], rarity)
      return
    }
    var later = last
    while later > place {
      keys[later] = keys[later - 1]
      bits[later] = bits[later - 1]
      later -= 1
    }
    keys[place] = key
    bits[place] = max(1, rarity)
  }
}
