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

  /// Returns the kinds that apply to a table with this many modelled columns. A single column
  /// cannot be linked with another or guessed from one.
  static func expected(modelledColumns: Int) -> [AttackKind] {
    modelledColumns > 1 ? allCases : [.singlingOut, .membership]
  }

  /// Returns the kinds for which a policy leaves at least one attack to be judged.
  static func judged(_ rules: Policy.AttackRules, modelledColumns: Int) -> [AttackKind] {
    let judged = AttackName.allCases.map(\.rawValue).filter { !rules.leavesOut.contains($0) }.compactMap { AttackKind(attack: $0) }
    return expected(modelledColumns: modelledColumns).filter(judged.contains)
  }

  /// Creates the kind of a single attack from its name.
  init?(attack name: String) {
    guard let kind = Self.allCases.first(where: { name.contains($0.rawValue) }) else { return nil }
    self = kind
  }

  /// The attempt, as the subject of a sentence.
  var sentence: String {
    switch self {
    case .singlingOut: "Picking one person out of all"
    case .linkability: "Putting two halves of a person's row together"
    case .inference: "Guessing what was not known of a person"
    case .membership: "Telling who was in the table"
    }
  }
}

/// The single attacks that a policy can leave out, by the names of their lines.
enum AttackName: String, CaseIterable {
  case singlingOutUnivariate = "singling-out-univariate"
  case singlingOutMultivariate = "singling-out-multivariate"
  case linkability
  case inference = "attribute-inference"
  case worstInference = "attribute-inference-worst"
  case membershipByDistance = "membership-distance"
  case membershipByDensity = "membership-density-ratio"
}

/// How sentences refer to single attacks.
enum AttackWording {
  static func subject(_ name: String) -> String { "the attack ‘\(title(name))’" }

  /// Returns `singling-out-univariate` as `singling out, univariate`.
  static func title(_ name: String) -> String {
    for prefix in ["singling-out", "attribute-inference", "inference", "linkability", "linkage", "membership"] where name.hasPrefix(prefix)
    {
      let rest = name.dropFirst(prefix.count).trimmingPrefix("-").replacing("-", with: " ")
      return prefix.replacing("-", with: " ") + (rest.isEmpty ? "" : ", \(rest)")
    }
    return name.replacing("-", with: " ")
  }
}
