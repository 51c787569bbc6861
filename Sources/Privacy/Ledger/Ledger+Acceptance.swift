import GRDB

/// The standing of the account that a table would draw on, before anything is written.
package struct LedgerStanding: Sendable, Equatable {
  /// The sum of the grants so far; zero if there are none.
  package let epsilon: Double
  package let delta: Double
  /// Whether the owner explicitly accepted, with any grant, that hardly anything is promised.
  package let isAccepted: Bool

  package init(epsilon: Double, delta: Double, isAccepted: Bool) {
    (self.epsilon, self.delta, self.isAccepted) = (epsilon, delta, isAccepted)
  }
}

extension Ledger {
  private static let acceptedOrigin = "grant, accepted"

  /// Returns the origin recorded for a grant made by its owner.
  static func origin(isAccepted: Bool) -> String { isAccepted ? acceptedOrigin : "grant" }

  /// Returns the standing of the account that a table would be admitted to: its own, if the ledger
  /// knows it, together with those of the people named by the claim. A name that the ledger does
  /// not know adds nothing, because admission refuses it. Changes nothing.
  ///
  /// - Parameter fingerprint: nil if a grant is made to a population and there is no table.
  /// - Throws: ``LedgerError``.
  package func standing(of fingerprint: DatasetFingerprint? = nil, claim: PeopleClaim) throws -> LedgerStanding {
    try read { db in
      let accounts = try LedgerAccounts(db)
      let known = accounts.all.filter { $0.datasets.contains { $0.identity.identity == fingerprint?.identity } }.map(\.number)
      let population = accounts.all.filter { $0.populations.contains { $0.name == claim.population } }.map(\.number)
      let named = claim.samePeopleAs.compactMap { try? self.find($0, in: accounts) }
      let numbers = try Set((known + population + named).map { try accounts.account(holding: $0).number })
      let involved = accounts.all.filter { numbers.contains($0.number) }
      guard var joint = involved.first else { return LedgerStanding(epsilon: 0, delta: 0, isAccepted: false) }
      for other in involved.dropFirst() { joint.join(other, by: 0, at: "") }
      let granted = joint.granted ?? (0, 0)
      return LedgerStanding(
        epsilon: granted.epsilon, delta: granted.delta, isAccepted: joint.grants.contains { $0.origin == Self.acceptedOrigin })
    }
  }
}
