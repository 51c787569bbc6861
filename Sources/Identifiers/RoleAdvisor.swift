import Tables

/// Advises on the roles of columns: which name a person or record, which are prose, which may be modelled.
///
/// A column is judged as a whole: the words of its header, the share of its values that look like e-mail addresses and the like,
/// how many of its values differ. No single sign decides but an unmistakable pattern.
/// The advice looks at the rows, so it is for their owner.
public enum RoleAdvisor {
  /// Advice for each column, in the order of the table. O(cells).
  public static func advise(table: Table) -> [ColumnAdvice] {
    table.columns.map(advise(column:))
  }

  /// The column that best tells whose rows are whose, if any repeats and names a person.
  public static func suggestedPersonColumn(_ advice: [ColumnAdvice]) -> String? {
    advice.filter(\.isPersonCandidate).max { $0.confidence < $1.confidence }?.column
  }

  /// Below this a sign is not acted on.
  static let threshold = 0.5

  /// Advice for one column.
  package static func advise(column: Column) -> ColumnAdvice {
    let evidence = ColumnEvidence(column)
    guard evidence.present > 0, evidence.couldIdentify else { return ordinary(evidence, best: nil) }
    let rules = [
      patternRule, rowNumberRule, numberRule, officialRule, nameRule, contactRule, codeShapeRule, proseRule, uniqueTextRule,
    ]
    let best = rules.compactMap { $0(evidence) }.max { $0.confidence < $1.confidence }
    guard let best, best.confidence >= threshold else { return ordinary(evidence, best: best) }
    let isPerson: Bool
    if case .identifier = best.role {
      isPerson = evidence.repeats && (evidence.header.isPerson || evidence.header.isPersonRecord)
    } else {
      isPerson = false
    }
    return ColumnAdvice(
      column: column.name, role: best.role, confidence: min(best.confidence, 0.99), reason: best.reason, isPersonCandidate: isPerson)
  }

  private static func ordinary(_ evidence: ColumnEvidence, best: Finding?) -> ColumnAdvice {
    let reason = evidence.present == 0 ? "every cell is missing" : "nothing in the header or the values points to a person"
    return ColumnAdvice(column: evidence.name, role: .ordinary, confidence: 1 - (best?.confidence ?? 0.05), reason: reason)
  }

  /// What one rule sees.
  struct Finding {
    let role: ColumnRole
    let confidence: Double
    let reason: String
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded(.down))) %" }
}
