import Tables

/// A rule over several tables or several rows of a person, kept by the original and by a release.
///
/// Two columns of a rule stand in one table, or one stands in an ancestor of the other's table: the
/// rule then holds for a row and the row that it belongs to.
package enum LinkRule: Sendable, Hashable {
  /// `earlier` ≤ `later` if both are present: two times, or two numbers. If one of them is a date
  /// and the other a time of that day, the days are compared.
  case ordered(earlier: ColumnPlace, later: ColumnPlace)
  /// Each row of a person ends (`end`) at or before the start of their next row, in the order of
  /// `start`. Both are columns of one table.
  case beforeNext(end: ColumnPlace, start: ColumnPlace)
  /// `present` is missing in every row that does not meet all the conditions; they may be about the
  /// rows that it belongs to.
  case onlyIf(present: ColumnPlace, conditions: [Condition])
  /// Each value of `determinant` has one value of `dependent`, which may be a column of an ancestor
  /// or of a public table that the row refers to.
  case determines(determinant: ColumnPlace, dependent: ColumnPlace)
  /// Each row of `ancestor` has at most one row of `table` that meets all the conditions.
  case atMostOne(table: String, ancestor: String, conditions: [Condition])

  /// Values of one column, written as in ``Rule/Condition``.
  package struct Condition: Sendable, Hashable {
    package var place: ColumnPlace
    package var values: [String]

    package init(_ place: ColumnPlace, _ values: [String]) {
      (self.place, self.values) = (place, values)
    }
  }
}

extension LinkRule {
  /// Every column that the rule names, in the order in which it names them.
  package var places: [ColumnPlace] {
    switch self {
    case .ordered(let earlier, let later): [earlier, later]
    case .beforeNext(let end, let start): [end, start]
    case .onlyIf(let present, let conditions): [present] + conditions.map(\.place)
    case .determines(let determinant, let dependent): [determinant, dependent]
    case .atMostOne(_, _, let conditions): conditions.map(\.place)
    }
  }

  /// The conditions on values, if the rule has any.
  package var conditions: [Condition] {
    switch self {
    case .onlyIf(_, let conditions), .atMostOne(_, _, let conditions): conditions
    case .ordered, .beforeNext, .determines: []
    }
  }

  /// The word by which messages call this kind of rule.
  package var keyword: String {
    switch self {
    case .ordered: "<="
    case .beforeNext: "before next"
    case .onlyIf: "only if"
    case .determines: "->"
    case .atMostOne: "at most one"
    }
  }

  /// The rule in words, for messages and reports.
  package var text: String {
    switch self {
    case .ordered, .beforeNext, .determines: places.map(\.text).joined(separator: " \(keyword) ")
    case .onlyIf(let present, let conditions):
      "\(present.text) only if \(Self.text(conditions))"
    case .atMostOne(let table, let ancestor, let conditions):
      "at most one of \(table) for each of \(ancestor)"
        + (conditions.isEmpty ? "" : " with \(Self.text(conditions))")
    }
  }

  /// The rule without any cell's value.
  package var plainText: String {
    let columns = conditions.map(\.place.text).joined(separator: ", ")
    return switch self {
    case .ordered, .beforeNext, .determines: text
    case .onlyIf(let present, _): "\(present.text) only if some values of \(columns)"
    case .atMostOne(let table, let ancestor, _):
      "at most one of \(table) for each of \(ancestor)"
        + (columns.isEmpty ? "" : ", with one value of \(columns)")
    }
  }

  private static func text(_ conditions: [Condition]) -> String {
    conditions.map { condition in
      let values = condition.values.joined(separator: ", ")
      return "\(condition.place.text): \(condition.values.count == 1 ? values : "[\(values)]")"
    }.joined(separator: " and ")
  }
}
