/// The kinds of attack that a release is tested against.
package enum AttackKind: String, Sendable, Codable, CaseIterable {
  /// Singling one person out of all.
  case singlingOut = "singling-out"
  /// Joining two halves of the facts known about one person.
  case linkability
  /// Guessing something about a person that was not known.
  case inference
  /// Finding out who was in the table.
  case membership

  /// Returns the kinds that apply to a table with this many modelled columns, in the order in which
  /// the attacks are made.
  package static func expected(modelledColumns: Int) -> [AttackKind] {
    AttackSuite.attacks.filter { modelledColumns > 1 || !$0.needs.contains(.twoColumns) }
      .compactMap(\.kind)
  }

  /// Creates the kind of a single attack from its name.
  package init?(attack name: String) {
    guard let kind = Self.allCases.first(where: { name.contains($0.rawValue) }) else { return nil }
    self = kind
  }

  /// The attempt, as the subject of a sentence.
  package var sentence: String {
    switch self {
    case .singlingOut: "Picking one person out of all"
    case .linkability: "Putting two halves of a person's row together"
    case .inference: "Guessing what was not known of a person"
    case .membership: "Telling who was in the table"
    }
  }
}

/// The name of a single attack's results: a line of a gate, which a policy can leave out.
package struct AttackName: RawRepresentable, Sendable, Hashable, CaseIterable {
  package let rawValue: String

  /// Names an attack, which lists the name as its own.
  init(_ name: String) { rawValue = name }

  /// Returns nil unless an attack of the suite has this name.
  package init?(rawValue: String) {
    guard Self.allCases.contains(where: { $0.rawValue == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  /// The names of all attacks, in the order in which they are made.
  package static var allCases: [AttackName] { AttackSuite.attacks.flatMap(\.names) }

  package var kind: AttackKind? { AttackKind(attack: rawValue) }
}

/// How sentences refer to single attacks.
package enum AttackWording {
  package static func subject(_ name: String) -> String { "the attack ‘\(title(name))’" }

  /// Returns `singling-out-univariate` as `singling out, univariate`.
  package static func title(_ name: String) -> String {
    for prefix in [
      "singling-out", "attribute-inference", "inference", "linkability", "linkage", "membership",
    ] where name.hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count).trimmingPrefix("-").replacing("-", with: " ")
      return prefix.replacing("-", with: " ") + (rest.isEmpty ? "" : ", \(rest)")
    }
    return name.replacing("-", with: " ")
  }
}
