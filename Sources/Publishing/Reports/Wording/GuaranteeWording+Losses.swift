import Accounting
import Basics
import Foundation
import Manifests
import Tables

extension GuaranteeWording {
  /// The promise for several people together and for single columns, in sentences; empty if nothing
  /// is promised, or for releases that did not yet say so.
  var losses: [String] {
    guard guarantee.isPrivate, let loss = guarantee.loss else { return [] }
    return [groups(loss), columns(loss), asked(loss)].compactMap(\.self)
  }

  /// ε for groups: the size, ε and δ of each.
  var groupTable: FigureTable? {
    guard guarantee.isPrivate, let loss = guarantee.loss, !loss.groups.isEmpty else { return nil }
    return FigureTable(
      "Several \(unitsNoun) together", heads: [unitsNoun, "ε", "δ"],
      rows: loss.groups.map {
        [NumberText.count($0.people), Self.above($0.epsilon), NumberText.small($0.delta)]
      }, textColumns: 0)
  }

  /// ε for one entry of each column, largest first.
  var columnTable: FigureTable? {
    guard guarantee.isPrivate, let loss = guarantee.loss, !loss.columns.isEmpty else { return nil }
    return FigureTable(
      "One \(unitNoun)’s entry in one column", heads: ["column", "ε", "δ"],
      rows: loss.columns.sorted { ($1.epsilon, $0.name) < ($0.epsilon, $1.name) }.map {
        [$0.name, Self.above($0.epsilon), $0.delta > 0 ? NumberText.small($0.delta) : "0"]
      })
  }

  /// ε at other δ.
  var curveTable: FigureTable? {
    guard guarantee.isPrivate, let points = guarantee.loss?.curve.points, !points.isEmpty else {
      return nil
    }
    return FigureTable(
      "The same promise at other δ", heads: ["δ", "ε"],
      rows: points.map { [NumberText.small($0.delta), Self.above($0.epsilon)] },
      textColumns: 0)
  }

  private var unitsNoun: String { unitNoun == "person" ? "people" : "rows" }

  private func groups(_ loss: LossRecord) -> String? {
    guard !loss.groups.isEmpty else { return nil }
    let figures = loss.groups.map { group in
      let chance = group.delta == guarantee.delta ? "" : " (at δ \(NumberText.small(group.delta)))"
      return
        "ε = \(Self.above(group.epsilon)) for \(NumberText.count(group.people)) \(unitsNoun)\(chance)"
    }
    let who =
      unitNoun == "person"
      ? "Of several people who belong together, such as a family,"
      : "Of several rows that belong together"
    return "\(who) more can be told than of one: the same promise holds with " + Self.list(figures)
      + "."
  }

  private func columns(_ loss: LossRecord) -> String? {
    guard let worst = loss.worstColumn, let best = loss.columns.min(by: { $0.epsilon < $1.epsilon })
    else { return nil }
    let entry =
      Self.maximumRows(guarantee.unit) > 1 || guarantee.personBound == .norm
      ? "other values in one column of all their rows" : "another value in one column"
    var sentence =
      "Had one \(unitNoun) only had \(entry), and all else been the same, the limit would be ε = \(Self.above(worst.epsilon)) for the "
      + "column "
      + "‘\(worst.name)’, of which most can be told"
    if loss.columns.count > 1, best.epsilon < worst.epsilon {
      sentence += ", and ε = \(Self.above(best.epsilon)) for ‘\(best.name)’, of which least can"
    }
    return sentence
      + ". These figures are reckoned from the questions that were asked in the end: only those count that a column was part of."
  }

  private func asked(_ loss: LossRecord) -> String? {
    guard let point = loss.asked?.points.last(where: { $0.delta >= guarantee.delta * (1 - 1e-9) }),
      point.epsilon < guarantee.epsilon
    else { return nil }
    return
      "Not all of the budget was asked for. What was asked comes to ε = \(Self.above(point.epsilon)) at δ "
      + "\(NumberText.small(point.delta)), "
      + "reckoned after the fact; the rest went back to the owner’s budget."
  }

  /// Rounds up to three digits: a limit is never stated as lower than it is.
  static func above(_ epsilon: Double) -> String {
    guard epsilon > 0 else { return "0" }
    let unit = pow(10, floor(log10(epsilon)) - 2)
    return NumberText.parameter((epsilon / unit - 1e-9).rounded(.up) * unit)
  }

  private static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
