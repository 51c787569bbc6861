import Basics
import Foundation
import Tables

/// An analysis of counts, checked against a release: the axes of its table and the parts they play.
package struct TableDesign: Sendable {
  package let analysis: Analysis
  /// The group axes first, then that of the outcome, or those of time and event. Conditions on
  /// other columns follow, with one group each.
  package let axes: [Axis]
  /// The number of axes that divide people into groups.
  package let groupAxes: Int
  /// The group of the outcome's or the event's axis that is counted.
  package let counted: Int?
  /// The group that others are compared with.
  package let reference: Int

  /// - Throws: ``AnalysisFault``, which follows from the schema and the domain alone.
  package init(_ analysis: Analysis, columns: Columns) throws(AnalysisFault) {
    self.analysis = analysis
    let conditions = Dictionary(analysis.conditions.map { ($0.column, $0) }) { first, _ in first }
    guard conditions.count == analysis.conditions.count else {
      throw .wrongShape(key: "where", allowed: "each column once")
    }
    var axes: [Axis] = []
    for name in analysis.by { axes.append(try columns.axis(name, condition: conditions[name])) }
    groupAxes = axes.count
    let measured = analysis.kind.isSurvival ? [analysis.time, analysis.event] : [analysis.outcome]
    let roles = measured.compactMap { $0 }
    for name in roles { axes.append(try columns.axis(name, condition: conditions[name])) }
    let used = Set(analysis.by + roles)
    for condition in analysis.conditions where !used.contains(condition.column) {
      axes.append(try columns.filter(condition))
    }
    if let twice = Dictionary(grouping: axes, by: \.variable).values.first(where: { $0.count > 1 })
    {
      throw .columnTwice(twice[1].name)
    }
    self.axes = axes
    reference = try Self.reference(analysis, axes)
    counted = try Self.counted(analysis, axes, groupAxes)
    try check()
  }

  private static func reference(_ analysis: Analysis, _ axes: [Axis]) throws(AnalysisFault) -> Int {
    guard let name = analysis.by.first, let label = analysis.references[name] else { return 0 }
    guard let group = axes[0].labels.firstIndex(of: label) else {
      throw .unknownLabel(label, of: name, known: axes[0].labels)
    }
    return group
  }

  /// Finds the label that is counted: the named one, or the second of two.
  private static func counted(_ analysis: Analysis, _ axes: [Axis], _ groupAxes: Int)
    throws(AnalysisFault) -> Int?
  {
    let axis: Axis? =
      analysis.kind.isSurvival
      ? axes[groupAxes + 1] : analysis.outcome == nil ? nil : axes[groupAxes]
    guard let axis else { return nil }
    if let value = analysis.value {
      if let group = axis.labels.firstIndex(of: value) { return group }
      throw .unknownLabel(value, of: axis.name, known: axis.labels)
    }
    if axis.count == 2 { return 1 }
    guard [.proportion, .trend].contains(analysis.kind) || analysis.kind.isSurvival else {
      return nil
    }
    throw .missingKey("value", kind: analysis.kind.rawValue)
  }

  private func check() throws(AnalysisFault) {
    let cells = axes.reduce(1) { $0.multipliedReportingOverflow(by: $1.count + 1).partialValue }
    guard axes.count <= 8, cells > 0, cells <= AnalysisFault.mostCells else {
      throw .tooManyCells(cells, most: AnalysisFault.mostCells)
    }
    let numeric = "a column of numbers"
    switch analysis.kind {
    case .mean, .quantile:
      if !axes[groupAxes].isNumeric { throw .wrongColumn(axes[groupAxes].name, allowed: numeric) }
    case .survival, .logRank:
      if !axes[groupAxes].isNumeric { throw .wrongColumn(axes[groupAxes].name, allowed: numeric) }
      if analysis.kind == .logRank, axes[0].count != 2 {
        throw .wrongColumn(axes[0].name, allowed: "a column of two groups, or name two in `where`")
      }
    case .difference:
      if counted == nil, !axes[groupAxes].isNumeric {
        throw .missingKey("value", kind: analysis.kind.rawValue)
      }
    case .trend:
      if !axes[0].isNumeric { throw .wrongColumn(axes[0].name, allowed: numeric) }
    case .count, .table, .proportion, .histogram, .independence, .linear, .logistic, .poisson, .cox,
      .discrimination, .calibration:
      break
    }
  }

  /// Whether the outcome is averaged rather than counted.
  package var averages: Bool {
    analysis.kind == .mean || (analysis.kind == .difference && counted == nil)
  }

  /// The names of the groups, in the order of the table's first axes.
  package var groupNames: [String] {
    axes[..<groupAxes].reduce([""]) { names, axis in
      names.flatMap { name in
        axis.labels.map { (name.isEmpty ? "" : name + ", ") + "\(axis.name)=\($0)" }
      }
    }
  }
}

extension Axis {
  /// Whether the groups of values are numbers.
  package var isNumeric: Bool { spans.contains { $0 != nil } && spans.allSatisfy { $0 != nil } }
}
