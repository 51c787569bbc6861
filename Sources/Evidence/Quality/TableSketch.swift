import Basics
import Foundation
import Tables

/// The figures of a synthetic table alone, without its original: safe to publish wherever the table
/// is.
package struct TableSketch: Codable, Sendable, Equatable {
  package var rows: Int
  package var distributions: [ColumnDistribution]
  package var associations: AssociationMatrix

  /// Sketches the columns of `table`, except those in `ignoring` and those of identifiers and
  /// prose.
  package init(of table: Table, ignoring: Set<String> = []) {
    let columns = table.columns.filter {
      !ignoring.contains($0.name) && $0.type != .identifier && $0.type != .text
    }
    .map { AlignedColumn(original: $0, synthetic: $0, holdout: nil) }
    let maps = columns.map { CellMap(original: $0.original, labelCount: $0.labels.count) }
    let codes = zip(maps, columns).map { $0.codes($1.original) }
    let cells = CellTable(sizes: maps.map(\.size), original: codes, synthetic: codes)
    let pairs = MarginalDraw.subsets(columns: columns.count, order: 2)
    rows = table.rowCount
    distributions = Concurrently.map(columns.count) {
      DistributionSketch(column: columns[$0], showsOriginal: false).distribution()
    }
    associations = AssociationMatrix(
      columns: columns.map(\.name),
      cramersV: Concurrently.map(pairs.count) { index in
        let pair = pairs[index]
        let counts = cells.counts(codes, clique: pair)
        return Association(
          counts: counts, rows: cells.sizes[pair[0]], columns: cells.sizes[pair[1]]
        ).cramersV
      })
  }
}

/// Builds a ``ColumnDistribution``: categories by how common they are, numbers in at most 40 bars
/// of one round width.
///
/// The reference decides the bars: the original if there is one, and the synthetic table otherwise.
struct DistributionSketch {
  static let mostCategories = 8
  static let mostBars = 40
  static let spikeShare = 0.25

  let column: AlignedColumn
  let showsOriginal: Bool

  private var reference: ColumnValues { showsOriginal ? column.original : column.synthetic }

  func distribution() -> ColumnDistribution {
    switch (reference, column.synthetic) {
    case (.labels(let reference), .labels(let synthetic)):
      return categories(
        reference: reference.map(Double.init), synthetic: synthetic.map(Double.init), missing: -1
      ) {
        column.labels[Int($0)]
      }
    case (.numbers(let reference), .numbers(let synthetic)):
      let distinct = Set(reference.filter(\.isFinite))
      return distinct.count <= 2 && column.scale == .plain
        ? categories(reference: reference, synthetic: synthetic, missing: .nan) { Label.number($0) }
        : numbers(reference: reference, synthetic: synthetic, distinct: distinct)
    default: preconditionFailure("one side holds numbers and the other labels")
    }
  }

  private func bar(
    _ label: String, _ lower: Double? = nil, _ upper: Double? = nil, synthetic: Int,
    of syntheticRows: Int, original: Int,
    of originalRows: Int
  ) -> ColumnDistribution.Bar {
    ColumnDistribution.Bar(
      label: label, lower: lower, upper: upper,
      synthetic: Double(synthetic) / Double(max(syntheticRows, 1)),
      original: showsOriginal ? Double(original) / Double(max(originalRows, 1)) : nil)
  }

  private func categories(
    reference: [Double], synthetic: [Double], missing: Double, label: (Double) -> String
  ) -> ColumnDistribution {
    func isMissing(_ value: Double) -> Bool { missing.isNaN ? value.isNaN : value == missing }
    let first = Dictionary(reference.filter { !isMissing($0) }.map { ($0, 1) }, uniquingKeysWith: +)
    let second = Dictionary(
      synthetic.filter { !isMissing($0) }.map { ($0, 1) }, uniquingKeysWith: +)
    let values = Set(first.keys).union(second.keys).filter(\.isFinite).sorted {
      (first[$1] ?? 0, second[$1] ?? 0, $0) < (first[$0] ?? 0, second[$0] ?? 0, $1)
    }
    let shown =
      values.count <= DistributionSketch.mostCategories
      ? values.count : DistributionSketch.mostCategories - 1
    var bars = values.prefix(shown).map {
      bar(
        label($0), synthetic: second[$0] ?? 0, of: synthetic.count, original: first[$0] ?? 0,
        of: reference.count)
    }
    let firstMissing = reference.count(where: isMissing)
    let secondMissing = synthetic.count(where: isMissing)
    let gathered = values.count - shown
    if gathered > 0 {
      let shownFirst = values.prefix(shown).reduce(0) { $0 + (first[$1] ?? 0) }
      let shownSecond = values.prefix(shown).reduce(0) { $0 + (second[$1] ?? 0) }
      bars.append(
        bar(
          "\(gathered) others", synthetic: synthetic.count - secondMissing - shownSecond,
          of: synthetic.count,
          original: reference.count - firstMissing - shownFirst, of: reference.count))
    }
    let missingBar = bar(
      "missing", synthetic: secondMissing, of: synthetic.count, original: firstMissing,
      of: reference.count)
    return ColumnDistribution(
      column: column.name, kind: .categories, bars: bars, missing: missingBar,
      gatheredCategories: gathered)
  }

  private func numbers(reference: [Double], synthetic: [Double], distinct: Set<Double>)
    -> ColumnDistribution
  {
    let spikes = spikeValues(reference, distinct: distinct)
    let isSpike = Set(spikes)
    let rest = reference.filter { $0.isFinite && !isSpike.contains($0) }.sorted()
    let edges = barEdges(rest, distinct: distinct)
    let first = counts(reference, edges: edges, spikes: isSpike)
    let second = counts(synthetic, edges: edges, spikes: isSpike)
    let bars = edges.dropLast().indices.map { index in
      bar(
        Label.text(edges[index], column.scale), edges[index], edges[index + 1],
        synthetic: second[index], of: synthetic.count,
        original: first[index], of: reference.count)
    }
    let spikeBars = spikes.map { spike in
      bar(
        Label.text(spike, column.scale), synthetic: synthetic.count { $0 == spike },
        of: synthetic.count,
        original: reference.count { $0 == spike }, of: reference.count)
    }
    let missing = bar(
      "missing", synthetic: synthetic.count(where: \.isNaN), of: synthetic.count,
      original: reference.count(where: \.isNaN),
      of: reference.count)
    return ColumnDistribution(
      column: column.name, kind: column.isDate ? .dates : .numbers, bars: bars, spikes: spikeBars,
      missing: missing,
      upperLabel: edges.last.map { Label.text($0, column.scale) })
  }

  /// Returns values that hold at least a quarter of the rows, if more than a handful of others
  /// remain to be drawn.
  private func spikeValues(_ reference: [Double], distinct: Set<Double>) -> [Double] {
    guard distinct.count > 10 else { return [] }
    var counts: [Double: Int] = [:]
    for value in reference where value.isFinite { counts[value, default: 0] += 1 }
    let present = Double(counts.values.reduce(0, +))
    return counts.filter { Double($0.value) >= DistributionSketch.spikeShare * present }.keys
      .sorted()
  }

  /// Returns edges of one round width around the middle 99 % of the rest; values outside are
  /// counted in the end bars.
  private func barEdges(_ rest: [Double], distinct: Set<Double>) -> [Double] {
    guard let first = rest.first, let last = rest.last else { return [] }
    let isWhole = distinct.allSatisfy { $0 == $0.rounded() }
    let low = rest.count < 200 ? first : rest[rest.count / 200]
    let high = rest.count < 200 ? last : rest[rest.count - 1 - rest.count / 200]
    var width = DistributionSketch.roundWidth(
      (high - low) / Double(DistributionSketch.mostBars - 2))
    if isWhole { width = max(1, width.rounded()) }
    if width <= 0 { width = max(abs(low) * 1e-6, 1e-9) }
    let start = (low / width).rounded(.down)
    let count = max(1, Int((high / width).rounded(.down) - start) + 1)
    return (0...count).map { (start + Double($0)) * width }
  }

  /// Returns the least 1, 2 or 5 times a power of ten that is not below `width`.
  static func roundWidth(_ width: Double) -> Double {
    guard width > 0, width.isFinite else { return 0 }
    let power = pow(10, log10(width).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= width * (1 - 1e-9) } ?? 10 * power
  }

  private func counts(_ values: [Double], edges: [Double], spikes: Set<Double>) -> [Int] {
    guard edges.count > 1 else { return [] }
    var counts = [Int](repeating: 0, count: edges.count - 1)
    for value in values where value.isFinite && !spikes.contains(value) {
      let above = CellMap.lowerBound(edges, value)
      let index = above < edges.count && edges[above] == value ? above : above - 1
      counts[min(max(index, 0), counts.count - 1)] += 1
    }
    return counts
  }
}
