/// The part that a person plays. All but `lead` are given to an account; whoever leads a project
/// has that part in it.
package enum Role: String, Sendable, Codable, CaseIterable {
  /// Answers for a table: registers it and asks for its budget.
  case owner
  /// The privacy officer, who decides and sets policies.
  case officer
  /// The output checker, who looks at results before they leave.
  case checker
  case lead
  case researcher
  /// Reads all and changes nothing.
  case auditor
  /// Keeps accounts, and sees no data.
  case administrator

  /// The words for it on a page.
  package var title: String {
    switch self {
    case .owner: "data owner"
    case .officer: "privacy officer"
    case .checker: "output checker"
    case .lead: "project lead"
    case .researcher: "researcher"
    case .auditor: "auditor"
    case .administrator: "administrator"
    }
  }
}

/// A person who can sign in. Passwords and other secrets are kept elsewhere, never in the log.
package struct Account: Sendable, Codable, Equatable {
  /// The name to sign in with.
  package let name: String
  /// The name on pages.
  package let fullName: String
  package var roles: [Role]
  package var isDisabled = false

  package init(name: String, fullName: String, roles: [Role]) {
    (self.name, self.fullName, self.roles) = (name, fullName, roles)
  }
}

/// The name that the hub's own steps have in the log. No account can have it.
package enum HubName {
  package static let worker = "(worker)"
  package static let console = "(console)"
}
