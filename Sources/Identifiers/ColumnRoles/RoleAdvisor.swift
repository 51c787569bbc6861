import Basics
import Tables

/// Advises on the roles of columns: which name a person or record, which single people out
/// together, which are sensitive, and which are prose.
///
/// Each column is judged as a whole. The words of its header, the shares of values that match a
/// form, pass a check or appear in a list, and the variety of values each raise or lower the odds
/// of a meaning. Neighbouring columns are considered next. No single sign decides except an
/// unmistakable form. The weights are a judgement by rules, not probabilities. The advice depends
/// on the rows, so it is for their owner only.
package enum RoleAdvisor {
  /// Returns advice for each column, in table order. O(cells).
  package static func advise(table: Table) -> [ColumnAdvice] {
    let languages = HeaderReading.languages(of: table.columns.map(\.name))
    let evidence = Concurrently.map(table.columns) {
      ColumnEvidence($0, header: HeaderReading($0.name, languages: languages))
    }
    let sums = Concurrently.map(evidence) { signs($0) }
    return TableContext(table: table, evidence: evidence, sums: sums).judged().enumerated().map {
      place, sum in
      advice(evidence[place], sum)
    }
  }

  /// Returns the column that best identifies the person behind each row, if any column repeats and
  /// names a person.
  package static func suggestedPersonColumn(_ advice: [ColumnAdvice]) -> String? {
    advice.filter(\.isPersonCandidate).max { $0.confidence < $1.confidence }?.column
  }

  /// Returns advice for one column, without its neighbours.
  package static func advise(column: Column) -> ColumnAdvice {
    let evidence = ColumnEvidence(column, header: HeaderReading(column.name))
    return advice(evidence, signs(evidence))
  }

  private static func signs(_ evidence: ColumnEvidence) -> SignSum {
    guard evidence.present > 0 else { return SignSum([]) }
    return SignSum(HeaderSigns.find(evidence) + ValueSigns.find(evidence))
  }

  private static func advice(_ evidence: ColumnEvidence, _ sum: SignSum) -> ColumnAdvice {
    guard let best = sum.best else {
      let reason =
        evidence.present == 0
        ? "every cell is missing" : "nothing in the header or the values points to a person"
      return ColumnAdvice(
        column: evidence.name, role: .ordinary, confidence: evidence.present == 0 ? 0.9 : 0.6,
        reason: reason)
    }
    let isPerson =
      best.meaning.isIdentifier && evidence.repeats
      && (best.meaning == .personNumber
        || !evidence.header.parts.isDisjoint(with: [.person, .kept]) && !best.meaning.isName)
    return ColumnAdvice(
      column: evidence.name, role: best.meaning.role, confidence: confidence(best.total),
      reason: sum.reason(for: best.meaning),
      isPersonCandidate: isPerson, identifier: best.meaning.identifierType)
  }

  /// Converts the odds to a share that never reaches certainty.
  private static func confidence(_ total: Double) -> Double {
    min(0.99, 1 / (1 + ValueTally.exponential(-total)))
  }

  static func percent(_ share: Double) -> String { HeaderSigns.share(share) }
}
