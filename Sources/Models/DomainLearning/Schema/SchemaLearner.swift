import Accounting
import Curation
import DelimitedText
import Encoding
import Foundation
import Ledger
import Tables

/// Learns types, digits, missing cells and repetition of all columns from three questions, each
/// about all columns at once; later questions depend on earlier answers
/// (`docs/proofs/class-histogram.md`).
package struct SchemaLearner {
  /// The division of rho: the kinds of cells, their exact form, and the number of distinct values.
  private static let shares = (kinds: 0.5, forms: 0.25, values: 0.25)

  private let curator: Curator
  private let missingTokens: [String]
  /// The columns whose repetition matters: their headers say that they name persons.
  private let personColumns: Set<String>
  private let decimalMark: DecimalMark

  /// - Parameter curator: A curator of a schema whose columns are all categories, with cells as
  ///   written.
  package init(
    curator: Curator, missingTokens: [String], personColumns: Set<String>,
    decimalMark: DecimalMark = .point
  ) {
    self.decimalMark = decimalMark
    self.curator = curator
    self.missingTokens = missingTokens
    self.personColumns = personColumns
  }

  /// Learns, spending at most `rho`.
  /// - Throws: The errors of the curator.
  package func learn(rho: Rho) throws -> LearnedSchema {
    let all = Array(curator.blueprint.variables.indices)
    let kinds = try curator.classes(
      of: all, by: all.map { _ in .kinds }, missingTokens: missingTokens, decimalMark: decimalMark,
      rho: rho.share(Self.shares.kinds))
    let looks = kinds.counts.map {
      KindDecision(counts: $0, variance: kinds.variance, columns: all.count)
    }
    var columns = zip(curator.blueprint.variables, looks).map { variable, look in
      look.column(named: variable.name)
    }
    try learnForms(&columns, looks, rho: rho.share(Self.shares.forms))
    let rows = try learnRepetition(&columns, looks, rho: rho.share(Self.shares.values))
    return LearnedSchema(columns: columns, rows: rows, sigma: kinds.variance.squareRoot())
  }

  /// Learns digits, words and patterns of the columns that have some, and the missing token of the
  /// others.
  private func learnForms(_ columns: inout [LearnedColumn], _ looks: [KindDecision], rho: Rho)
    throws
  {
    let asked = columns.indices.filter { looks[$0].forms != nil || columns[$0].isNullable }
    guard !asked.isEmpty else { return }
    let forms = asked.map { looks[$0].forms ?? .tokens }
    let answer = try curator.classes(
      of: asked, by: forms, missingTokens: missingTokens, decimalMark: decimalMark, rho: rho)
    let cells = answer.counts.reduce(0) { $0 + $1.count }
    for (place, column) in asked.enumerated() {
      let tokens = answer.counts[place].prefix(missingTokens.count)
      let decision = FormDecision(
        counts: Array(answer.counts[place].dropFirst(missingTokens.count)), cells: cells,
        support: looks[column].support,
        sigma: answer.variance.squareRoot())
      decision.settle(&columns[column], forms: forms[place])
      if columns[column].isNullable, let most = tokens.indices.max(by: { tokens[$0] < tokens[$1] })
      {
        columns[column].missingToken = missingTokens[most]
      }
    }
  }

  /// Learns the approximate number of rows and the columns that tell them apart.
  private func learnRepetition(_ columns: inout [LearnedColumn], _ looks: [KindDecision], rho: Rho)
    throws -> Int?
  {
    let asked = columns.indices.filter { column in
      personColumns.contains(columns[column].name) || columns[column].identifier != nil
        || looks[column].isLabel
    }
    let answer = try curator.distinctValues(of: asked, missingTokens: missingTokens, rho: rho)
    for (column, distinct) in zip(asked, answer.distinct) {
      let decision = RepetitionDecision(
        rows: Double(answer.rows) - Double(looks[column].missing), distinct: Double(distinct),
        sigma: (2 * answer.variance + looks[column].sigma * looks[column].sigma).squareRoot())
      if looks[column].isLabel, columns[column].type == .category, decision.isUnique {
        (columns[column].type, columns[column].identifier) = (.identifier, .other)
      }
      guard personColumns.contains(columns[column].name) || columns[column].identifier != nil else {
        continue
      }
      columns[column].repeats = decision.repeats
      if decision.repeats == nil {
        columns[column].doubts.append("The noise hides whether several rows share a value.")
      }
    }
    let sigma = answer.variance.squareRoot()
    return Double(answer.rows) > 4 * sigma ? answer.rows : nil
  }
}
