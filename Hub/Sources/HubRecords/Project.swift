/// People who use one data set for one purpose, until a day, with a share of its budget.
package struct Project: Sendable, Codable, Equatable {
  /// The access request that opened it has the same name.
  package let id: String
  package let title: String
  package let purpose: String
  package let dataset: String
  package let lead: String
  /// The share of the budget, in units of precision.
  package let units: Int
  /// The end, in seconds since 1970.
  package let until: Int
  /// SHA-256 of the agreement that its people accept, in hexadecimal.
  package let agreement: String

  package init(
    id: String, title: String, purpose: String, dataset: String, lead: String, units: Int,
    until: Int, agreement: String
  ) {
    (self.id, self.title, self.purpose, self.dataset) = (id, title, purpose, dataset)
    (self.lead, self.units, self.until, self.agreement) = (lead, units, until, agreement)
  }
}

/// A project with its people.
package struct ProjectRecord: Sendable, Equatable {
  package let project: Project
  package let opened: Int
  /// For each member, when the agreement was accepted; nil if it was not.
  package var members: [String: Int?]
  /// Who closed it, and why.
  package var closing: Closing?

  package struct Closing: Sendable, Equatable {
    package let time: Int
    package let by: String
    package let reason: String
  }

  package func stage(at now: Int) -> Stage {
    closing != nil ? .closed : now >= project.until ? .expired : .open
  }

  package func hasMember(_ account: String) -> Bool { members[account] != nil }

  package func hasAccepted(_ account: String) -> Bool {
    guard let accepted = members[account] else { return false }
    return accepted != nil
  }
}
