import Basics
import Foundation
import Synchronization

/// Finds the sets of one to four columns that single out the most people in the whole table.
///
/// Every set is first counted on a sample of rows. A row singled out in the table is singled out in
/// any sample that contains it. Up to sampling error, the share in the sample is therefore at least
/// that in the table. A set is ruled out if its sample share lies below a set already counted in
/// full. The remaining sets are counted on larger samples, and finally in full. Hoeffding's
/// inequality (1963, theorem 1, and section 6 for drawing without replacement) bounds the error for
/// all sets together.
package struct UniquenessSearch {
  /// The largest number of columns in a set.
  static let largestSet = 4
  /// The largest number of columns searched. More would make too many sets of three and four, so
  /// those with the most values are kept.
  static let mostColumns = 50
  /// The probability that a worse set was ruled out.
  static let errorChance = 1e-6
  /// A set that is worse by less than this share is not searched for.
  package static let tolerance = 0.0005
  /// The sample sizes in rows.
  static let samples = [8_192, 65_536, 262_144]

  package let matrix: CodeMatrix
  /// The largest number of rows to read in all, so that the search ends even if nothing can be
  /// ruled out.
  let mostWork: Int
  /// Columns from most values to fewest, so that partitions become fine early and less is left to
  /// refine.
  private let order: [Int]

  package init(_ matrix: CodeMatrix, mostWork: Int = 6_000_000_000) {
    self.matrix = matrix
    self.mostWork = mostWork
    order = matrix.sizes.indices.sorted { (matrix.sizes[$1], $0) < (matrix.sizes[$0], $1) }
  }

  /// A set of columns and the number of rows that it singles out.
  package struct Counted: Sendable {
    package var columns: [Int]
    package var rows: Int
  }

  package struct Worst: Sendable {
    package let set: Counted
    /// The upper limit of rows for any set.
    package let mostRows: Int
  }

  /// Returns the worst set of each size, starting at one column.
  package func worst() -> [Worst] {
    let count = min(Self.largestSet, matrix.columns.count)
    guard count > 0, matrix.rowCount > 0 else { return [] }
    let first = sampleCounts(rows: min(matrix.rowCount, Self.samples[0]))
    var work = first.work
    var found: [Worst] = []
    var best: Counted?
    for size in 1...count {
      best = extended(best, work: &work)
      let worst = settled(
        size: size, candidates: first.bySize[size - 1], from: best ?? Counted(columns: [], rows: 0),
        work: &work)
      best = worst.set
      found.append(worst)
    }
    return found
  }

  // MARK: - One step after another

  /// Returns the best set with the best column added, which other sets have to beat.
  private func extended(_ set: Counted?, work: inout Int) -> Counted {
    let start = set?.columns ?? []
    let rest = matrix.columns.indices.filter { !start.contains($0) }
    var refiner = PartitionRefiner(matrix)
    let partition = start.reduce(Partition(first: matrix.rowCount)) { refiner.refined($0, by: $1) }
    work += refiner.work
    let counted = parallel(rest, work: &work) { column, refiner in
      Counted(columns: start + [column], rows: refiner.singles(partition, adding: column))
    }
    return counted.max { $0.rows < $1.rows } ?? Counted(columns: start, rows: 0)
  }

  /// Rules out sets on ever larger samples, then counts the rest in full, the likeliest first.
  private func settled(size: Int, candidates: [SampleCount], from start: Counted, work: inout Int)
    -> Worst
  {
    var best = start
    var left = candidates
    var sample = min(matrix.rowCount, Self.samples[0])
    func threshold() -> Double { Double(best.rows) / Double(matrix.rowCount) + Self.tolerance }
    func ruleOut(_ rows: Int, _ error: Double) {
      let beaten = threshold()
      left.removeAll { Double($0.rows) / Double(rows) + error <= beaten }
    }
    left.removeAll { mostShare($0.columns) <= threshold() }
    ruleOut(sample, error(rows: sample))
    for larger in Self.samples.dropFirst()
    where larger < matrix.rowCount && work < mostWork && !left.isEmpty {
      left.sort { $0.rows > $1.rows }
      // Count the likeliest in full, so that more can be ruled out.
      let likely = parallel(Array(left.prefix(8)), work: &work) {
        count($0.columns, rows: matrix.rowCount, &$1)
      }
      best = likely.reduce(best) { $1.rows > $0.rows ? $1 : $0 }
      ruleOut(sample, error(rows: sample))
      guard Double(left.count) * Double(larger) * 3 < Double(mostWork - work) else { break }
      left = parallel(left, work: &work) { SampleCount(count($0.columns, rows: larger, &$1)) }
      sample = larger
      ruleOut(sample, error(rows: sample))
    }
    left.sort { $0.rows > $1.rows }
    while !left.isEmpty, work < mostWork {
      let wave = parallel(Array(left.prefix(16)), work: &work) {
        count($0.columns, rows: matrix.rowCount, &$1)
      }
      left.removeFirst(min(16, left.count))
      best = wave.reduce(best) { $1.rows > $0.rows ? $1 : $0 }
      ruleOut(sample, error(rows: sample))
    }
    let unsettled =
      left.map {
        min(mostShare($0.columns), Double($0.rows) / Double(sample) + error(rows: sample))
      }.max() ?? 0
    // A set that the tolerance let pass is worse by at most the tolerance.
    let isSure = candidates.isEmpty || matrix.rowCount <= Self.samples[0]
    let tolerated =
      isSure ? 0 : min(Self.tolerance, 1 - Double(best.rows) / Double(matrix.rowCount))
    let most = max(Double(best.rows) / Double(matrix.rowCount) + tolerated, min(1, unsettled))
    return Worst(
      set: Counted(columns: best.columns.sorted(), rows: best.rows),
      mostRows: Int((most * Double(matrix.rowCount)).rounded(.down)))
  }

  /// Returns the share of rows that there are combinations of values for. Each row that is singled
  /// out needs its own, unless a person has several rows.
  private func mostShare(_ columns: [Int]) -> Double {
    if matrix.persons != nil { return 1 }
    return min(1, columns.reduce(1 / Double(matrix.rowCount)) { $0 * Double(matrix.sizes[$1]) })
  }

  /// Returns the error of a share in a sample, for all sets and samples at once. A sample of all
  /// rows has no error, and needs no tolerance.
  private func error(rows: Int) -> Double {
    if rows >= matrix.rowCount { return Self.tolerance }
    let sets = 300_000.0 * Double(Self.samples.count)
    return (log(sets / Self.errorChance) / (2 * Double(rows))).squareRoot()
  }

  private func count(_ columns: [Int], rows: Int, _ refiner: inout PartitionRefiner) -> Counted {
    let partition = columns.dropLast().reduce(Partition(first: rows)) {
      refiner.refined($0, by: $1)
    }
    return Counted(
      columns: columns, rows: refiner.singles(partition, adding: columns[columns.count - 1]))
  }

  // MARK: - All sets on the first sample

  /// Up to four columns, with the number of rows that they single out in a sample.
  struct SampleCount: Sendable {
    private let packed: SIMD4<Int16>
    package let rows: Int32

    init(_ columns: [Int], rows: Int) {
      var packed = SIMD4<Int16>(repeating: -1)
      for (place, column) in columns.enumerated() { packed[place] = Int16(column) }
      self.packed = packed
      self.rows = Int32(rows)
    }

    init(_ counted: Counted) { self.init(counted.columns, rows: counted.rows) }

    package var columns: [Int] { (0..<4).compactMap { packed[$0] < 0 ? nil : Int(packed[$0]) } }
  }

  /// Counts every set of each size down the tree of sets: a partition is refined once for all sets
  /// that begin with it.
  private func sampleCounts(rows: Int) -> (bySize: [[SampleCount]], work: Int) {
    let searched = order.prefix(Self.mostColumns)
    let starts = searched.indices.flatMap { i in
      [[i]] + searched.indices.dropFirst(i + 1).map { [i, $0] }
    }
    var work = 0
    let parts = parallel(starts, work: &work) { places, refiner in
      var bySize = [[SampleCount]](repeating: [], count: Self.largestSet)
      let columns = places.map { order[$0] }
      let before = columns.dropLast().reduce(Partition(first: rows)) { refiner.refined($0, by: $1) }
      bySize[places.count - 1].append(
        SampleCount(columns, rows: refiner.singles(before, adding: columns[columns.count - 1])))
      guard places.count == 2 else { return bySize }
      let pair = refiner.refined(before, by: columns[1])
      for third in searched.indices.dropFirst(places[1] + 1) {
        let set = columns + [order[third]]
        let triple = refiner.refined(pair, by: order[third])
        bySize[2].append(SampleCount(set, rows: triple.singles))
        for fourth in searched.indices.dropFirst(third + 1) {
          bySize[3].append(
            SampleCount(set + [order[fourth]], rows: refiner.singles(triple, adding: order[fourth]))
          )
        }
      }
      return bySize
    }
    return ((0..<Self.largestSet).map { size in parts.flatMap { $0[size] } }, work)
  }

  /// Runs the work on all cores, each with its own refiner.
  private func parallel<Element: Sendable, Result: Sendable>(
    _ elements: [Element], work: inout Int,
    _ body: @Sendable (Element, inout PartitionRefiner) -> Result
  ) -> [Result] {
    let workers = max(1, min(elements.count, ProcessInfo.processInfo.activeProcessorCount))
    let next = SharedCounter()
    let results = Concurrently.map(Array(0..<workers)) {
      _ -> (results: [(Int, Result)], work: Int) in
      var refiner = PartitionRefiner(matrix)
      var results: [(Int, Result)] = []
      while let place = next.next(below: elements.count) {
        results.append((place, body(elements[place], &refiner)))
      }
      return (results, refiner.work)
    }
    work += results.reduce(0) { $0 + $1.work }
    return results.flatMap(\.results).sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// Hands out numbers to threads.
private final class SharedCounter: Sendable {
  private let value = Mutex(0)

  func next(below limit: Int) -> Int? {
    value.withLock { value in
      guard value < limit else { return nil }
      value += 1
      return value - 1
    }
  }
}
