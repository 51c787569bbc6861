import Tables
import Words

/// The findings in a table for machines, as printed by `understudy scan table.csv --json`. They
/// contain no cell's value.
package struct TableScan: Sendable, Encodable {
  package struct ColumnFinding: Sendable, Encodable {
    package let name: String
    /// `direct-identifier`, `quasi-identifier`, `sensitive`, `ordinary` or `prose`.
    package let role: String
    /// The type of identifier, as in prose (`EMAIL`); absent if there is none.
    package let identifier: String?
    /// 0 to 1: a judgement by rules.
    package let confidence: Double
    package let why: String

    package init(_ advice: ColumnAdvice) {
      (name, confidence, why) = (advice.column, advice.confidence, advice.reason)
      role = advice.role.disclosure
      identifier = advice.identifier?.rawValue
    }
  }

  /// A set of columns that singles people out.
  package struct SetFinding: Sendable, Codable {
    package let columns: [String]
    /// The columns that were searched: `all` but identifiers and prose, or the `quasi-identifiers`.
    package let among: String
    /// The number of rows that the set singles out.
    package let rows: Int
    /// The share of all rows, 0 to 1.
    package let share: Double
    /// The upper limit of the share for any set of the same size; equal to `share` if that is
    /// certain.
    package let largestShare: Double

    /// Returns the same finding with other column names.
    package func naming(_ name: (String) -> String) -> SetFinding {
      SetFinding(
        columns: columns.map(name), among: among, rows: rows, share: share,
        largestShare: largestShare)
    }
  }

  package let columns: [ColumnFinding]
  package let quasiIdentifierSets: [SetFinding]

  package init(table: Table) { self.init(table: table, advice: RoleAdvisor.advise(table: table)) }

  package init(table: Table, advice: [ColumnAdvice]) {
    columns = advice.map(ColumnFinding.init)
    let person = RoleAdvisor.suggestedPersonColumn(advice)
    let modelled = advice.filter(\.role.isModelled).map(\.column)
    let known = advice.filter { $0.role == .quasiIdentifier }.map(\.column)
    let find = { (names: [String], among: String) in
      UniquenessProfile.find(in: table, among: names, person: person).worst.map { set in
        SetFinding(
          columns: set.columns, among: among, rows: set.rows, share: set.share,
          largestShare: set.largestShare)
      }
    }
    quasiIdentifierSets =
      find(modelled, "all")
      + (known.isEmpty || known == modelled ? [] : find(known, "quasi-identifiers"))
  }
}

extension ColumnRole {
  /// The role as a term of disclosure control, regardless of its treatment in a release.
  package var disclosure: String {
    switch self {
    case .identifier: "direct-identifier"
    case .quasiIdentifier: "quasi-identifier"
    case .sensitive: "sensitive"
    case .prose: "prose"
    case .ordinary, .target, .drop: "ordinary"
    }
  }
}
