/// A rule that every row keeps, in the original and in a release.
package enum Rule: Sendable, Hashable {
  /// `earlier` ≤ `later` in every row that has both: two times of one type, or two numbers.
  case ordered(earlier: String, later: String)
  /// Each value of `determinant` has one value of `dependent`, such as a code and its description.
  case determines(determinant: String, dependent: String)
  /// `total` is the sum of the terms, and missing if one of them is. A date may be a date and days.
  case sum(terms: [String], total: String)
  /// `result` is the product of the factors, and missing if one of them is.
  case product(factors: [String], result: String)
  /// No row meets all the conditions; a missing cell meets none.
  case never([Condition])
  /// `present` is missing in every row that does not meet all the conditions.
  case onlyIf(present: String, conditions: [Condition])
  /// In every row all the columns are present or all are missing.
  case together([String])
  /// No two rows have the same cells in these columns.
  case unique([String])
  /// Values go round, such as hours or months: the lowest follows the highest. The period is the
  /// number of values; nil if the column's bounds or its type tell it.
  case circular(String, period: Int64?)

  /// Values of one column: labels, single values, or ranges `low..`, `..high` and `low..high`.
  package struct Condition: Sendable, Hashable {
    package var column: String
    /// The values as the cells of the column are written.
    package var values: [String]

    package init(_ column: String, _ values: [String]) {
      (self.column, self.values) = (column, values)
    }
  }
}

extension Rule {
  /// Every column that the rule names, in the order in which it names them.
  package var columns: [String] {
    switch self {
    case .ordered(let earlier, let later): [earlier, later]
    case .determines(let determinant, let dependent): [determinant, dependent]
    case .sum(let terms, let total): terms + [total]
    case .product(let factors, let result): factors + [result]
    case .never(let conditions): conditions.map(\.column)
    case .onlyIf(let present, let conditions): [present] + conditions.map(\.column)
    case .together(let names), .unique(let names): names
    case .circular(let name, _): [name]
    }
  }

  /// The column whose value follows from the others', if there is one.
  package var decided: String? {
    switch self {
    case .ordered(_, let later): later
    case .determines(_, let dependent): dependent
    case .sum(_, let total): total
    case .product(_, let result): result
    case .never, .onlyIf, .together, .unique, .circular: nil
    }
  }

  /// The conditions on values, if the rule has any.
  package var conditions: [Condition] {
    switch self {
    case .never(let conditions), .onlyIf(_, let conditions): conditions
    default: []
    }
  }

  /// The columns of which the rule tells when they are missing.
  package var nullable: [String] {
    switch self {
    case .onlyIf(let present, _): [present]
    case .together(let names): names
    default: []
    }
  }

  /// Whether the column is computed from others, so that no model learns it.
  package var isComputation: Bool {
    switch self {
    case .sum, .product: true
    default: false
    }
  }

  /// The word by which messages call this kind of rule.
  package var keyword: String {
    switch self {
    case .ordered: "ordered"
    case .determines: "determines"
    case .sum: "+"
    case .product: "*"
    case .never: "never"
    case .onlyIf: "only if"
    case .together: "together"
    case .unique: "unique"
    case .circular: "circular"
    }
  }
}
