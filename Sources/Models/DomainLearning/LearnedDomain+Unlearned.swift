import Encoding
import Foundation

extension LearnedDomain {
  /// The indices of the variables about which the answers tell nothing: no value was found, or no
  /// count stands out from its noise. Post-processing of answers that were paid for.
  package var unlearned: Set<Int> {
    let named = Set(notes.filter { $0.kind == .notLearned }.map(\.variable))
    return Set(
      domain.variables.indices.filter { index in
        let looks = oneWay.filter { $0.attribute == index }
        let missing = domain.codecs[index].missingCode
        return named.contains(domain.variables[index].name)
          || !looks.isEmpty && !looks.contains { $0.standsOut(ignoring: missing) }
      })
  }
}

extension OneWayMeasurement {
  /// Returns whether at least one count of a value is too large to be noise. The highest of k
  /// counts of noise alone lies near √(2 ln k) standard deviations; two more are reached about once
  /// in 100 columns.
  /// - Parameter missing: the code of missing cells, whose count tells nothing about values.
  func standsOut(ignoring missing: Int?) -> Bool {
    let least = 2 + (2 * log(Double(max(values.count, 1)))).squareRoot()
    return values.indices.contains {
      $0 != missing && values[$0] > least * variances[$0].squareRoot()
    }
  }
}
