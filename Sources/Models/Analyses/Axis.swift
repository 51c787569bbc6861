import Encoding
import Foundation
import Tables

/// One column of an analysis as a dimension of a table of counts: its codes, in groups.
package struct Axis: Sendable, Equatable {
  /// The column's name.
  package let name: String
  /// The variable's index in the domain.
  package let variable: Int
  /// The codes of the variable, those of the release or finer ones.
  package let codec: Codec
  /// The group of each code; nil if its rows are left out.
  package let groups: [Int?]
  /// The share of a code's rows that belongs to the group: below 1 if a condition cuts through a
  /// bin.
  package let shares: [Double]
  package let labels: [String]
  /// The lowest and highest value of each group; nil for labels.
  package let spans: [Span?]

  /// The values that a group covers.
  package struct Span: Sendable, Equatable {
    package let low: Double
    package let high: Double
    /// The mean that the release expects in it.
    package let mean: Double
    /// Whether all its rows have one value.
    package var isPoint: Bool { low == high }
  }

  /// The number of groups.
  package var count: Int { labels.count }
  /// Whether some rows fall in no group.
  package var leavesOut: Bool { groups.contains(nil) }

  /// The groups for the curator, with one more for the rows that are left out.
  package var codeGroups: CodeGroups {
    CodeGroups(
      variable: variable, groups: groups.map { $0 ?? count }, count: count + (leavesOut ? 1 : 0))
  }
}

/// The columns of a release as an analysis may use them.
package struct Columns: Sendable {
  package let schema: Schema
  package let domain: Domain
  package let unlearned: Set<String>
  package let missing: Analysis.Missing
  /// Bins that an ordered column is divided into at least, as far as it has values; 0 for the
  /// release's own bins.
  package let fineness: Int

  package init(
    schema: Schema, domain: Domain, unlearned: [String], missing: Analysis.Missing, fineness: Int
  ) {
    (self.schema, self.domain, self.unlearned) = (schema, domain, Set(unlearned))
    (self.missing, self.fineness) = (missing, fineness)
  }

  /// A column's place in the model.
  package struct Place: Sendable {
    package let column: ColumnSchema
    package let variable: Int
    /// The place among the labels of a bundle.
    package let part: Int
  }

  /// Finds a column.
  package func place(of name: String) throws(AnalysisFault) -> Place {
    let index = domain.variables.firstIndex { $0.source.names.contains(name) }
    guard let index, let column = schema.column(named: name) else {
      if schema.column(named: name)?.isModelled == true { throw .notDirect(name) }
      throw .unknownColumn(
        name, nearest: SchemaWords.nearest(to: name, in: domain.variables.flatMap(\.source.names)))
    }
    if case .gap = domain.variables[index].source { throw .notDirect(name) }
    guard !unlearned.contains(name) else { throw .unlearned(name) }
    return Place(
      column: column, variable: index,
      part: domain.variables[index].source.names.firstIndex(of: name) ?? 0)
  }

  /// Returns a column's axis, without the groups that a condition leaves out.
  /// - Parameters:
  ///   - values: runs of ticks that get groups of their own.
  ///   - texts: labels that get groups of their own, also if the release knows no such label.
  package func axis(
    _ name: String, condition: Analysis.Condition? = nil, telling values: [ClosedRange<Int64>] = [],
    texts: [String] = []
  ) throws(AnalysisFault) -> Axis {
    let place = try place(of: name)
    switch domain.codecs[place.variable] {
    case .labels(let codec):
      let isBundle = domain.variables[place.variable].source.names.count > 1
      return try labels(place, isBundle ? codec : codec.telling(texts), condition)
    case .ordered(let codec): return try ordered(place, codec, condition, values)
    }
  }

  /// Returns the axis of one group that holds the rows that meet a condition.
  package func filter(_ condition: Analysis.Condition) throws(AnalysisFault) -> Axis {
    let axis = try self.axis(condition.column, condition: condition)
    return Axis(
      name: axis.name, variable: axis.variable, codec: axis.codec,
      groups: axis.groups.map { $0 == nil ? nil : 0 }, shares: axis.shares,
      labels: [condition.values.joined(separator: ", ")], spans: [nil])
  }

  // MARK: Labels

  private func labels(
    _ place: Place, _ codec: LabelCodec, _ condition: Analysis.Condition?
  ) throws(AnalysisFault) -> Axis {
    let texts = codec.texts.map { text -> String? in
      let parts = LabelCodec.parts(text)
      return place.part < parts.count ? parts[place.part] : parts.count == 1 ? parts[0] : nil
    }
    let all = texts + (codec.hasMissing ? [nil] : [])
    for value in condition?.values ?? [] where !all.contains(value) {
      let known = Array(Set(all.compactMap { $0 })).sorted()
      throw .unknownLabel(value, of: place.column.name, known: known)
    }
    let kept = all.map { text in
      condition.map { condition in text.map(condition.values.contains) ?? false }
        ?? (text != nil || missing == .category)
    }
    return axis(
      place, .labels(codec), texts: all, spans: all.map { _ in nil },
      shares: [Double](repeating: 1, count: all.count), isKept: kept)
  }

  /// Gives the codes that are kept the group of their text.
  private func axis(
    _ place: Place, _ codec: Codec, texts: [String?], spans: [Axis.Span?], shares: [Double],
    isKept: [Bool]
  ) -> Axis {
    var (labels, groupSpans, groupOf): ([String], [Axis.Span?], [String: Int]) = ([], [], [:])
    let groups = texts.indices.map { code -> Int? in
      guard isKept[code] else { return nil }
      let label = texts[code] ?? "missing"
      if let known = groupOf[label] { return known }
      groupOf[label] = labels.count
      labels.append(label)
      groupSpans.append(spans[code])
      return labels.count - 1
    }
    return Axis(
      name: place.column.name, variable: place.variable, codec: codec, groups: groups,
      shares: shares, labels: labels, spans: groupSpans)
  }

  // MARK: Numbers and times

  private func ordered(
    _ place: Place, _ codec: OrderedCodec, _ condition: Analysis.Condition?,
    _ values: [ClosedRange<Int64>]
  ) throws(AnalysisFault) -> Axis {
    let ranges = try condition.map { condition throws(AnalysisFault) in
      try self.ranges(of: condition, place.column)
    }
    if let ranges, let first = codec.bins.first?.range, let last = codec.bins.last?.range,
      !ranges.allSatisfy({ $0.overlaps(first.lowerBound...last.upperBound) })
    {
      throw .beyondRange(
        column: place.column.name, low: place.column.type.format(tick: first.lowerBound),
        high: place.column.type.format(tick: last.upperBound))
    }
    let codec = fineness > 0 ? fine(codec, place.column, cuts: (ranges ?? []) + values) : codec
    let words = (0..<codec.words).map {
      $0 < place.column.codes.count ? place.column.codes[$0] : ""
    }
    let texts: [String?] =
      codec.bins.map { label($0.range, place.column.type) } + words
      + (codec.hasMissing ? [nil] : [])
    let spans =
      codec.bins.map { span($0, place.column.type) }
      + [Axis.Span?](repeating: nil, count: codec.size - codec.bins.count)
    var shares = [Double](repeating: 1, count: codec.size)
    if let ranges {
      shares = [Double](repeating: 0, count: codec.size)
      for range in ranges {
        shares = zip(shares, codec.restricted(to: range).shares).map { min($0 + $1, 1) }
      }
    }
    let isKept = shares.enumerated().map {
      $1 > 0 && ($0 < codec.bins.count || missing == .category)
    }
    return axis(place, .ordered(codec), texts: texts, spans: spans, shares: shares, isKept: isKept)
  }

  private func ranges(of condition: Analysis.Condition, _ column: ColumnSchema)
    throws(AnalysisFault) -> [ClosedRange<Int64>]
  {
    var ranges: [ClosedRange<Int64>] = []
    for text in condition.values {
      if let tick = column.type.parse(text) {
        ranges.append(tick...tick)
        continue
      }
      let ends = text.components(separatedBy: "..")
      guard ends.count == 2,
        let low = ends[0].isEmpty ? Cells.lowestValue : column.type.parse(ends[0]),
        let high = ends[1].isEmpty ? Int64.max : column.type.parse(ends[1]), low <= high
      else { throw .unreadableRange(column: column.name, type: column.type.schemaWord) }
      ranges.append(low...high)
    }
    return ranges
  }

  private func label(_ range: ClosedRange<Int64>, _ type: ColumnType) -> String {
    range.lowerBound == range.upperBound
      ? type.format(tick: range.lowerBound)
      : "\(type.format(tick: range.lowerBound))–\(type.format(tick: range.upperBound))"
  }

  private func span(_ bin: OrderedCodec.Bin, _ type: ColumnType) -> Axis.Span? {
    guard let scale = NumericScale(type) else { return nil }
    let total = bin.shape.reduce(0) { $0 + $1.weight }
    let mean = bin.shape.reduce(0) { sum, piece in
      let share = total > 0 ? piece.weight / total : 1 / Double(bin.shape.count)
      return sum + share * (scale.value(piece.low) + scale.value(piece.high)) / 2
    }
    return Axis.Span(
      low: scale.value(bin.range.lowerBound), high: scale.value(bin.range.upperBound), mean: mean)
  }

  /// Returns the codec with each bin divided into equal runs of ticks, and at the ends of
  /// conditions, so that an answer is counted and not interpolated.
  private func fine(
    _ codec: OrderedCodec, _ column: ColumnSchema, cuts ranges: [ClosedRange<Int64>]
  ) -> OrderedCodec {
    guard let first = codec.bins.first, let last = codec.bins.last else { return codec }
    let parts = Int64(max(1, (fineness + codec.bins.count - 1) / codec.bins.count))
    var starts: Set<Int64> = [first.range.lowerBound]
    for bin in codec.bins {
      let (low, high) = (bin.range.lowerBound, bin.range.upperBound)
      starts.insert(low)
      let width = high.subtractingReportingOverflow(low).partialValue
      guard width > 0 else { continue }
      for part in 1..<max(parts, 2) where parts > 1 {
        starts.insert(low + Int64(Double(width) * Double(part) / Double(parts)))
      }
      starts.insert(high)
    }
    if case .boolean = column.type { starts.formUnion([0, 1]) }
    let whole = first.range.lowerBound...last.range.upperBound
    for range in ranges {
      if whole.contains(range.lowerBound) { starts.insert(range.lowerBound) }
      if range.upperBound < Int64.max, whole.contains(range.upperBound + 1) {
        starts.insert(range.upperBound + 1)
      }
    }
    let sorted = starts.sorted()
    let ends =
      sorted.dropFirst().map { $0 - 1 } + [max(last.range.upperBound, sorted[sorted.count - 1])]
    let bins = zip(sorted, ends).map { low, high in
      OrderedCodec.Bin(shape: [OrderedCodec.Piece(low: low, high: high, weight: 1)])
    }
    return OrderedCodec(bins: bins, words: codec.words, hasMissing: codec.hasMissing)
  }
}

extension LabelCodec {
  /// Returns the codec with further labels behind the known ones.
  func telling(_ texts: [String]) -> LabelCodec {
    let further = texts.filter { !labels.contains($0) }
    guard !further.isEmpty else { return self }
    return LabelCodec(
      labels: labels + further, groups: groups, otherLabel: otherLabel, hasMissing: hasMissing,
      fallback: fallback)
  }
}
