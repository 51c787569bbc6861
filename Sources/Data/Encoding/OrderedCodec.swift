import Basics
import Tables

/// The map between ticks and codes: bins of ticks, each with a shape for decoding, and a code for
/// missing.
package struct OrderedCodec: Sendable, Equatable, Codable {
  /// A run of ticks that share a code. Atoms (values that many rows share) are bins of one tick.
  package struct Bin: Sendable, Equatable, Codable {
    /// The pieces, ascending and disjoint.
    package let shape: [Piece]

    /// - Precondition: `shape` is not empty.
    package init(shape: [Piece]) {
      precondition(!shape.isEmpty, "a bin without ticks")
      self.shape = shape
    }

    /// The range from the lowest tick of the bin to the highest, both included.
    package var range: ClosedRange<Int64> { shape[0].low...shape[shape.count - 1].high }
  }

  /// Ticks that are equally likely within their bin.
  package struct Piece: Sendable, Equatable, Codable {
    /// The first tick of the run.
    package let low: Int64
    /// The last tick of the run, at least ``low``.
    package let high: Int64
    /// The weight relative to the other pieces of the bin; not negative.
    package let weight: Double

    /// Creates a run of ticks from `low` to `high`, both included.
    package init(low: Int64, high: Int64, weight: Double) {
      self.low = low
      self.high = high
      self.weight = weight
    }
  }

  /// The bins, ascending and disjoint; code `i` stands for bin `i`.
  package let bins: [Bin]
  /// Whether the last code stands for a missing cell.
  package let hasMissing: Bool
  /// The number of the column's code words, whose codes follow those of the bins.
  package let words: Int
  /// The lattices on which decoded values lie; nil if they lie anywhere.
  package let grain: Grain?

  /// - Precondition: At least one code.
  package init(bins: [Bin], hasMissing: Bool, grain: Grain? = nil) {
    self.init(bins: bins, words: 0, hasMissing: hasMissing, grain: grain)
  }

  /// - Precondition: At least one code.
  package init(bins: [Bin], words: Int, hasMissing: Bool, grain: Grain? = nil) {
    precondition(!bins.isEmpty || words > 0 || hasMissing, "a codec without codes")
    self.bins = bins
    self.words = words
    self.hasMissing = hasMissing
    self.grain = grain
  }

  private enum CodingKeys: String, CodingKey { case bins, hasMissing, words, grain }

  /// Decodes a codec. Models that were stored before there were code words or grains have none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      bins: try container.decode([Bin].self, forKey: .bins),
      words: try container.decodeIfPresent(Int.self, forKey: .words) ?? 0,
      hasMissing: try container.decode(Bool.self, forKey: .hasMissing),
      grain: try container.decodeIfPresent(Grain.self, forKey: .grain))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bins, forKey: .bins)
    try container.encode(hasMissing, forKey: .hasMissing)
    if words > 0 { try container.encode(words, forKey: .words) }
    try container.encodeIfPresent(grain, forKey: .grain)
  }

  /// Creates a codec with one bin, in which every tick of `range` is equally likely.
  package init(uniformOver range: ClosedRange<Int64>, words: Int = 0, hasMissing: Bool) {
    let piece = Piece(low: range.lowerBound, high: range.upperBound, weight: 1)
    self.init(bins: [Bin(shape: [piece])], words: words, hasMissing: hasMissing)
  }

  /// The number of codes.
  package var size: Int { bins.count + words + (hasMissing ? 1 : 0) }

  /// The code of a missing cell. If none may be missing, it is that of the middle bin, the lower of
  /// two: a public rule, so that such a cell neither ends a run nor is moved by other rows.
  package var codeOfMissing: Int { hasMissing ? bins.count + words : max(bins.count - 1, 0) / 2 }

  /// Returns the code of a tick that is missing or a code word.
  @inline(__always)
  private func code(ofWord tick: Int64) -> Int {
    guard let word = Cells.code(tick), word < words else { return codeOfMissing }
    return bins.count + word
  }

  /// Returns the code of each tick: its bin's, or the nearest bin's if it lies outside all of them
  /// (see ``cut(between:and:)`` for single ticks).
  package func encode(_ ticks: [Int64]) -> [UInt16] {
    guard !bins.isEmpty else { return ticks.map { UInt16(code(ofWord: $0)) } }
    let cuts = OrderedCodec.cuts(between: bins)
    return ticks.map { tick in
      UInt16(
        truncatingIfNeeded: Cells.isValue(tick)
          ? OrderedCodec.count(in: cuts, below: tick) : code(ofWord: tick))
    }
  }

  /// Returns the same codes as ``encode(_:)``, in the narrowest width that holds them.
  func column(of ticks: [Int64]) -> CodeColumn {
    guard !bins.isEmpty else { return CodeColumn(ticks, size: size) { code(ofWord: $0) } }
    return OrderedCodec.cuts(between: bins).withUnsafeBufferPointer { cuts in
      CodeColumn(ticks, size: size) { tick in
        Cells.isValue(tick)
          ? OrderedCodec.branchlessCount(in: cuts, below: tick) : code(ofWord: tick)
      }
    }
  }

  /// Returns the number of ascending `cuts` below `tick`, in a number of steps that depends only on
  /// the number of cuts.
  @inline(__always)
  private static func branchlessCount(in cuts: UnsafeBufferPointer<Int64>, below tick: Int64) -> Int
  {
    var base = 0
    var length = cuts.count
    while length > 1 {
      let half = length / 2
      base &+= cuts[base &+ half &- 1] < tick ? half : 0
      length &-= half
    }
    return length == 1 && cuts[base] < tick ? base &+ 1 : base
  }

  /// Returns a tick for each code, drawn from its bin's shape. The rows of a bin are spread evenly
  /// over it, in random order, so that they follow the shape's distribution; independent draws
  /// would add noise of their own.
  package func decode(_ codes: [UInt16], using generator: inout SamplingGenerator) -> [Int64] {
    var ticks = [Int64](repeating: Cells.missingTick, count: codes.count)
    var (rows, starts) = OrderedCodec.grouped(codes, size: size)
    for word in 0..<words {
      for index in starts[bins.count + word]..<starts[bins.count + word + 1] {
        ticks[Int(rows[index])] = Cells.codeTick(word)
      }
    }
    for (code, bin) in bins.enumerated() {
      let group = starts[code]..<starts[code + 1]
      if bin.range.lowerBound == bin.range.upperBound {
        for index in group { ticks[Int(rows[index])] = bin.range.lowerBound }
      } else {
        for index in group.dropFirst() {
          rows.swapAt(
            index,
            group.lowerBound + Int(generator.next(below: UInt64(index - group.lowerBound + 1))))
        }
        bin.spread(rows[group], over: &ticks, grain: grain, using: &generator)
      }
    }
    return ticks
  }

  /// Returns the row numbers grouped by code, and the start of each code's rows; one more start
  /// marks the end.
  private static func grouped(_ codes: [UInt16], size: Int) -> (rows: [Int32], starts: [Int]) {
    var starts = [Int](repeating: 0, count: size + 1)
    for code in codes { starts[Int(code) + 1] += 1 }
    for code in 0..<size { starts[code + 1] += starts[code] }
    var next = starts
    var rows = [Int32](repeating: 0, count: codes.count)
    for (row, code) in codes.enumerated() {
      rows[next[Int(code)]] = Int32(row)
      next[Int(code)] += 1
    }
    return (rows, starts)
  }

  /// The last tick of the part of the line that each bin but the last stands for.
  package var cuts: [Int64] { OrderedCodec.cuts(between: bins) }

  /// Returns the last tick of each bin but the last.
  private static func cuts(between bins: [Bin]) -> [Int64] {
    zip(bins, bins.dropFirst()).map { cut(between: $0.range, and: $1.range) }
  }

  /// Returns the last tick that goes to the lower of two runs: the middle of the gap between them.
  /// A single tick beside a wider run stands for itself alone, and the gap belongs to the run: few
  /// values that lie between 95 and 999 do not become 999.
  package static func cut(between left: ClosedRange<Int64>, and right: ClosedRange<Int64>) -> Int64
  {
    let gap = UInt64(bitPattern: right.lowerBound &- left.upperBound)
    switch (left.lowerBound == left.upperBound, right.lowerBound == right.upperBound) {
    case (true, false): return left.upperBound
    case (false, true): return right.lowerBound &- 1
    default: return left.upperBound &+ Int64(bitPattern: gap == 0 ? 0 : (gap - 1) / 2)
    }
  }

  /// Returns the number of ascending `cuts` below `tick`.
  private static func count(in cuts: [Int64], below tick: Int64) -> Int {
    var low = 0
    var high = cuts.count
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] < tick { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension OrderedCodec {
  /// Returns the codec that decodes only to ticks of `range`, and the share of each bin's weight
  /// that lies in it (code words and missing: 0).
  package func restricted(to range: ClosedRange<Int64>) -> (codec: OrderedCodec, shares: [Double]) {
    var shares: [Double] = []
    let clipped = bins.map { bin -> Bin in
      let total = bin.shape.reduce(0) { $0 + $1.weight }
      let pieces = bin.shape.compactMap { piece -> Piece? in
        let (low, high) = (max(piece.low, range.lowerBound), min(piece.high, range.upperBound))
        guard low <= high else { return nil }
        let share = (Double(high) - Double(low) + 1) / (Double(piece.high) - Double(piece.low) + 1)
        return Piece(low: low, high: high, weight: (total > 0 ? piece.weight : 1) * share)
      }
      let whole = total > 0 ? total : Double(bin.shape.count)
      shares.append(pieces.reduce(0) { $0 + $1.weight } / whole)
      return pieces.isEmpty ? bin : Bin(shape: pieces)
    }
    shares += [Double](repeating: 0, count: size - bins.count)
    return (OrderedCodec(bins: clipped, words: words, hasMissing: hasMissing, grain: grain), shares)
  }
}

extension OrderedCodec.Bin {
  /// Gives the i-th of n rows a random tick in the i-th of n equal parts of the bin's weight, on a
  /// lattice of the grain.
  fileprivate func spread(
    _ rows: ArraySlice<Int32>, over ticks: inout [Int64], grain: Grain?,
    using generator: inout SamplingGenerator
  ) {
    let total = shape.reduce(0) { $0 + $1.weight }
    let weights = shape.map { total > 0 ? $0.weight / total : 1 / Double(shape.count) }
    var piece = 0
    var below = 0.0
    var place = GrainPlace(grain, piece: shape[0], bin: range)
    for (index, row) in rows.enumerated() {
      let part = (Double(index) + generator.unit()) / Double(rows.count)
      while piece + 1 < shape.count, part >= below + weights[piece] {
        below += weights[piece]
        piece += 1
      }
      let tick = shape[piece].tick(at: weights[piece] > 0 ? (part - below) / weights[piece] : 0)
      place.move(to: shape[piece], of: range)
      ticks[Int(row)] = place.tick(near: tick, using: &generator)
    }
  }
}

extension OrderedCodec.Piece {
  /// Returns the tick at a place from 0 to 1.
  fileprivate func tick(at place: Double) -> Int64 {
    let width = Double(high) - Double(low) + 1
    let offset = (max(0, min(place, 1)) * width).rounded(.down)
    return offset < width - 0.5 ? min(low &+ Int64(bitPattern: UInt64(offset)), high) : high
  }
}
