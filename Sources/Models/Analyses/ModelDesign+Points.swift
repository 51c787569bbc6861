import Curation
import Encoding
import EncryptedScoring
import Foundation
import Tables

/// The points of a scorecard's columns as factors of a row. A cell gets the points that `predict`
/// gives it, but values beyond the release's bounds count as the bound.
extension Columns {
  /// Returns a column's axis, and the products that sum to its points.
  func points(of column: ScoredColumn, condition: Analysis.Condition?) throws(AnalysisFault) -> (
    axis: Axis, terms: [[RowFormula.Factor]]
  ) {
    let name = column.layout.name
    let place = try place(of: name)
    switch column.layout.shape {
    case .categories(let texts):
      return try categories(texts, column, place.column, condition)
    case .bins(let edges):
      let scale = try scale(of: place.column)
      let runs = edges.map { tick(from: $0, scale)...Int64.max }
      let axis = try self.axis(name, condition: condition, telling: runs)
      return (
        axis,
        points(axis, column) { bin in
          let value = scale.value(bin.range.lowerBound)
          return edges.reduce(0) { $0 + ($1 <= value ? 1 : 0) }
        }
      )
    case .number(let minimum, let maximum):
      guard let factor = try scale(of: place.column).factor else {
        throw .wrongColumn(name, allowed: "a column of whole or decimal numbers")
      }
      return try number(column, factor, minimum...maximum, condition)
    }
  }

  private func scale(of column: ColumnSchema) throws(AnalysisFault) -> NumericScale {
    switch column.type {
    case .integer, .decimal, .scientific:
      if let scale = NumericScale(column.type) { return scale }
    case .boolean, .date, .timestamp, .category, .identifier, .text: break
    }
    throw .wrongColumn(column.name, allowed: "a column of numbers")
  }

  /// Returns the lowest tick whose value is at least a number, by bisection.
  private func tick(from edge: Double, _ scale: NumericScale) -> Int64 {
    var (low, high) = (-Int64(1) << 53, Int64(1) << 53)
    while low < high {
      let middle = low + (high - low) / 2
      if scale.value(middle) >= edge { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Returns the points of each code: those of its entry, or those of other cells.
  private func points(
    _ axis: Axis, _ column: ScoredColumn, entry: (OrderedCodec.Bin) -> Int?
  ) -> [[RowFormula.Factor]] {
    guard case .ordered(let codec) = axis.codec else { return [] }
    let weights = axis.groups.indices.map { code in
      (code < codec.bins.count ? entry(codec.bins[code]) : nil).map { column.points[$0] }
        ?? column.otherwise ?? 0
    }
    return [[.code(attribute: axis.variable, weights: weights)]]
  }

  private func categories(
    _ texts: [String], _ column: ScoredColumn, _ schema: ColumnSchema,
    _ condition: Analysis.Condition?
  ) throws(AnalysisFault) -> (axis: Axis, terms: [[RowFormula.Factor]]) {
    let ticks = texts.map { schema.type.parse($0) }
    let axis = try self.axis(
      schema.name, condition: condition, telling: ticks.compactMap { $0.map { $0...$0 } },
      texts: texts)
    if case .ordered(let codec) = axis.codec {
      var terms = points(axis, column) { bin in
        bin.range.lowerBound == bin.range.upperBound
          ? ticks.firstIndex(of: bin.range.lowerBound) : nil
      }
      // Code words are texts too.
      if case .code(let attribute, var weights)? = terms.first?.first {
        for word in 0..<min(codec.words, schema.codes.count) {
          if let entry = texts.firstIndex(of: schema.codes[word]) {
            weights[codec.bins.count + word] = column.points[entry]
          }
        }
        terms = [[.code(attribute: attribute, weights: weights)]]
      }
      return (axis, terms)
    }
    let weights = axis.texts.map { text in
      text.flatMap(texts.firstIndex(of:)).map { column.points[$0] } ?? column.otherwise ?? 0
    }
    return (axis, [[.code(attribute: axis.variable, weights: weights)]])
  }

  private func number(
    _ column: ScoredColumn, _ factor: Double, _ range: ClosedRange<Double>,
    _ condition: Analysis.Condition?
  ) throws(AnalysisFault) -> (axis: Axis, terms: [[RowFormula.Factor]]) {
    let axis = try self.axis(column.layout.name, condition: condition)
    guard case .ordered(let codec) = axis.codec else {
      throw .wrongColumn(axis.name, allowed: "a column of whole or decimal numbers")
    }
    // A cell without a number counts as the minimum unless the card says otherwise.
    let absent = column.otherwise ?? column.points[0] * range.lowerBound
    let weights = axis.groups.indices.map { $0 < codec.bins.count ? 0 : absent }
    var terms = [[RowFormula.Factor.code(attribute: axis.variable, weights: weights)]]
    let slope = column.points[0] * factor
    if slope != 0 {
      func tick(_ value: Double) -> Int64 {
        Int64(min(max((value / factor).rounded(), -0x1p60), 0x1p60))
      }
      let ticks = tick(range.lowerBound)...max(tick(range.lowerBound), tick(range.upperBound))
      terms.append([.tick(variable: axis.variable, range: ticks, centre: 0, scale: 1 / slope)])
    }
    return (axis, terms)
  }
}

extension Axis {
  /// The text of each code of labels; nil for missing cells and those that a condition leaves out.
  var texts: [String?] {
    groups.enumerated().map { code, group in
      code == codec.missingCode ? nil : group.map { labels[$0] }
    }
  }
}
