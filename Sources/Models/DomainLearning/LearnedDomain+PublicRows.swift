import Accounting
import Curation
import Encoding

extension LearnedDomain {
  /// Returns the same codes with the number and the distribution of other rows.
  /// - Parameters:
  ///   - curator: Of rows that are public; it has not adopted a domain yet.
  ///   - rho: The budget of each count.
  package func counted(by curator: Curator, rho: Rho) throws -> LearnedDomain {
    let rows = try curator.rowCount(rho: rho)
    curator.adopt(domain)
    let oneWay = try domain.variables.indices.map {
      try OneWayMeasurement(of: $0, by: curator, rho: rho, purpose: .oneWay)
    }
    return LearnedDomain(
      domain: domain, oneWay: oneWay,
      rowCount: NoisyCount(value: Double(rows.values[0]), variance: rows.variance), notes: notes)
  }
}
