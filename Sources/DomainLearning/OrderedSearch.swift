import Encoding
import Privacy
import Tables

/// Finds where the values of an ordered variable lie: a histogram over public runs of ticks, of which the full ones are split again.
///
/// Every look is one noisy histogram, whose runs depend on earlier noisy answers only (docs/proofs/dyadic-histogram.md).
package struct OrderedSearch {
  /// A run of ticks and about how many rows it holds.
  package struct Leaf: Equatable {
    package let range: ClosedRange<Int64>
    package let count: Double

    package init(range: ClosedRange<Int64>, count: Double) {
      self.range = range
      self.count = count
    }

    /// The number of ticks, as a Double since it may exceed Int64.
    var width: Double { Double(range.upperBound) - Double(range.lowerBound) + 1 }
    var isSingle: Bool { range.lowerBound == range.upperBound }
  }

  static let maximumLooks = 4
  /// Runs of fewer ticks than this are not searched: each tick is a run.
  static let narrow: Int64 = 64

  let curator: Curator
  let total: Double
  let rhoPerLook: Rho

  /// Leaves that together hold (nearly) all rows, ascending and disjoint; empty where nothing could be told.
  func leaves(of variable: Int, bounds: Knowledge<ClosedRange<Int64>>) throws -> [Leaf] {
    var open = OrderedSearch.start(bounds)
    if let declared = bounds.declaredValue, OrderedSearch.isNarrow(declared) {
      return open.map { Leaf(range: $0, count: total / Double(open.count)) }
    }
    var closed: [Leaf] = []
    var sigma = 0.0
    for look in 0..<OrderedSearch.maximumLooks where !open.isEmpty {
      let answer = try curator.histogram(of: variable, runs: open, rho: rhoPerLook)
      sigma = answer.variance.squareRoot()
      var counted = zip(open, answer.values).map { Leaf(range: $0, count: Double($1)) }
      if look == 0, bounds.declaredValue == nil { counted = OrderedSearch.plausible(counted, sigma: sigma) }
      open = []
      for leaf in counted {
        let parts = look + 1 < OrderedSearch.maximumLooks ? parts(of: leaf, sigma: sigma) : 1
        if parts > 1 { open += OrderedSearch.split(leaf.range, into: parts) } else { closed.append(leaf) }
      }
    }
    return OrderedSearch.trimmed(closed.sorted { $0.range.lowerBound < $1.range.lowerBound }, sigma: sigma)
  }

  /// Of the runs by powers of two, those that hold rows almost surely, and their neighbours, where the tails would be.
  ///
  /// A run that holds none passes with probability 4e-6; where nothing passes, the fullest run does.
  private static func plausible(_ leaves: [Leaf], sigma: Double) -> [Leaf] {
    var kept = Set(leaves.indices.filter { leaves[$0].count > 4.5 * sigma })
    if kept.isEmpty, let fullest = leaves.indices.max(by: { leaves[$0].count < leaves[$1].count }) { kept = [fullest] }
    let neighbours = kept.flatMap { [$0 - 1, $0, $0 + 1] }
    return Set(neighbours).intersection(leaves.indices).sorted().map { leaves[$0] }
  }

  /// Without the leaves at either end that cannot be told from empty ones.
  package static func trimmed(_ leaves: [Leaf], sigma: Double) -> [Leaf] {
    func empty(_ leaves: some Sequence<Leaf>) -> Int {
      var sum = 0.0
      var count = 0
      for leaf in leaves {
        sum += leaf.count
        guard leaf.count < 2.5 * sigma, sum < 2.5 * sigma * Double(count + 1).squareRoot() else { break }
        count += 1
      }
      return count
    }
    let first = empty(leaves)
    let last = leaves.count - 1 - empty(leaves.reversed())
    guard first < leaves.count, last >= 0 else {
      return leaves.max { $0.count < $1.count }.map { [$0] } ?? []
    }
    // Several leaves may hold rows together of which none does alone: the two scans then stop beyond each other.
    return Array(leaves[min(first, last)...max(first, last)])
  }

  /// Into how many runs a leaf is worth splitting: as many as can be told apart from noise, if it is full and has several ticks.
  private func parts(of leaf: Leaf, sigma: Double) -> Int {
    guard !leaf.isSingle, leaf.count > max(total / 64, 3 * sigma) else { return 1 }
    var parts = 2
    while parts < 64, leaf.count > 8 * sigma * Double(parts) { parts *= 2 }
    return Int(min(Double(parts), leaf.width))
  }

  private static func start(_ bounds: Knowledge<ClosedRange<Int64>>) -> [ClosedRange<Int64>] {
    guard case .declared(let range) = bounds else { return dyadic }
    return split(range, into: isNarrow(range) ? Int(range.upperBound - range.lowerBound) + 1 : 32)
  }

  private static func isNarrow(_ range: ClosedRange<Int64>) -> Bool {
    let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    return !overflow && width < narrow
  }

  /// All ticks by sign and powers of two: public for every column there can be.
  package static let dyadic: [ClosedRange<Int64>] = {
    let positive = (0..<63).map { exponent -> ClosedRange<Int64> in
      let low = Int64(1) << exponent
      return low...(exponent == 62 ? Int64.max : low * 2 - 1)
    }
    return positive.reversed().map { -$0.upperBound ... -$0.lowerBound } + [0...0] + positive
  }()

  /// Ascending runs of about equal width; never more than there are ticks.
  package static func split(_ range: ClosedRange<Int64>, into parts: Int) -> [ClosedRange<Int64>] {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    let parts = width < UInt64(parts) ? width + 1 : UInt64(parts)
    // Part i starts at i·(width + 1) / parts, in 128 bits.
    func start(_ part: UInt64) -> Int64 {
      let product = UInt128(part) * (UInt128(width) + 1) / UInt128(parts)
      return range.lowerBound &+ Int64(truncatingIfNeeded: product)
    }
    return (0..<parts).map { part in start(part)...(part + 1 == parts ? range.upperBound : start(part + 1) &- 1) }
  }
}

extension Knowledge {
  var declaredValue: Value? {
    guard case .declared(let value) = self else { return nil }
    return value
  }
}
