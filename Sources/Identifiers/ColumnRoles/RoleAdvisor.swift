import Basics
import Tables

/// Advises on the roles of columns: which name a person or record, which single people out together, which are sensitive, which are prose.
///
/// A column is judged as a whole. The words of its header, the shares of its values that have a form, pass a check or stand in a list, and
/// how its values differ each add to or take from the odds of what the column may mean; then the columns beside it are looked at. No
/// single sign decides but an unmistakable form. The weights are a judgement by rules, not probabilities.
/// The advice looks at the rows, so it is for their owner.
public enum RoleAdvisor {
  /// Advice for each column, in the order of the table. O(cells).
  public static func advise(table: Table) -> [ColumnAdvice] {
    let languages = HeaderReading.languages(of: table.columns.map(\.name))
    let evidence = Concurrently.map(table.columns) { ColumnEvidence($0, header: HeaderReading($0.name, languages: languages)) }
    let sums = Concurrently.map(evidence) { signs($0) }
    return TableContext(table: table, evidence: evidence, sums: sums).judged().enumerated().map { place, sum in
      advice(evidence[place], sum)
    }
  }

  /// The column that best tells whose rows are whose, if any repeats and names a person.
  public static func suggestedPersonColumn(_ advice: [ColumnAdvice]) -> String? {
    advice.filter(\.isPersonCandidate).max { $0.confidence < $1.confidence }?.column
  }

  /// Advice for one column, without the columns beside it.
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
      let reason = evidence.present == 0 ? "every cell is missing" : "nothing in the header or the values points to a person"
      return ColumnAdvice(column: evidence.name, role: .ordinary, confidence: evidence.present == 0 ? 0.9 : 0.6, reason: reason)
    }
    let isPerson =
      best.meaning.isIdentifier && evidence.repeats
      && (best.meaning == .personNumber || !evidence.header.parts.isDisjoint(with: [.person, .kept]) && !best.meaning.isName)
    return ColumnAdvice(
      column: evidence.name, role: best.meaning.role, confidence: confidence(best.total), reason: sum.reason(for: best.meaning),
      isPersonCandidate: isPerson, identifier: best.meaning.identifierType)
  }

  /// The odds as a share, never quite sure.
  private static func confidence(_ total: Double) -> Double { min(0.99, 1 / (1 + ValueTally.exponential(-total))) }

  static func percent(_ share: Double) -> String { HeaderSigns.share(share) }
}
