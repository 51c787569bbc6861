import Attacks

/// How the program is run on the two files of a pair.
package struct FuzzedRun: Sendable, Equatable {
  /// Where the schema comes from.
  package enum Origin: String, Sendable {
    /// The owner wrote it.
    case declared
    /// `inspect` wrote it from the rows, and nobody touched it.
    case observed
    /// `inspect --private` wrote it, at as much as the release costs.
    case learned
    /// There is none: types come from the rows.
    case inferred
  }

  package var origin = Origin.declared
  package var engine = "independent"
  package var epsilon = 0.1
  /// Rows to write; nil for as many as there are, as far as was learned.
  package var rows: Int?
  /// Steps of training; nil where the engine has none.
  package var steps: Int?
  /// What the release must meet; nil where nothing is asked.
  package var policy: FuzzedPolicy?
  package static let delta = 1e-9

  package init() {}

  /// What everything that leaves the house may cost together: the release, and the look that its schema rests on.
  package var claim: PrivacyClaim.Pair {
    let parts = origin == .learned ? 2.0 : 1
    return PrivacyClaim.Pair(epsilon: parts * epsilon, delta: parts * Self.delta)
  }
}

/// A gate that can fail.
package struct FuzzedPolicy: Sendable, Equatable {
  /// The largest distance of columns that passes; nil for any.
  package var columnDistance: Double?
  package var pairDistance: Double?
  /// Whether attacks decide, which is one bit that the release names as a hazard.
  package var attacks = false

  package var text: String {
    func limit(_ value: Double?) -> String { value.map { "{at most: \($0)}" } ?? "any" }
    return """
      version: 1
      policy: fuzzed
      epsilon: any
      delta: any
      unit: any
      provenance: any
      identifiers: any
      attacks: \(attacks ? "{hold out: 0.2, risk: {at most: 0.3}, membership: any, copies: any}" : "any")
      utility:
        column distance: \(limit(columnDistance))
        pair distance: \(limit(pairDistance))
        prediction: any

      """
  }
}
