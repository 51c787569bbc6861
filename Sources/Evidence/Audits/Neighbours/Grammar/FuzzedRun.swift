import Attacks

/// How the program is run on the two files of a pair.
package struct FuzzedRun: Sendable, Equatable {
  /// Where the schema comes from.
  package enum Origin: String, Sendable {
    /// The owner wrote it.
    case declared
    /// `inspect` wrote it from the rows, and nobody touched it.
    case observed
    /// There is none: types come from the rows.
    case inferred
    /// `inspect --private` learned it, and paid for that as much as the release pays.
    case paid
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
  /// A row that does not fit ends the run, which the release must name as a hazard.
  package var isStrict = false
  package static let delta = 1e-9

  package init() {}

  /// How many answers of (``epsilon``, ``delta``) the run gives.
  package var answers: Double { origin == .paid ? 2 : 1 }
}

/// A gate that can fail.
package struct FuzzedPolicy: Sendable, Equatable {
  /// The largest distance of columns that passes; nil for any.
  package var columnDistance: Double?
  package var pairDistance: Double?
  /// Whether attacks decide, which is one bit that the release names as a hazard.
  package var attacks = false
  /// Attacks are judged when the release is out, for the owner alone.
  package var judgesLater = false

  package init(columnDistance: Double? = nil, pairDistance: Double? = nil, attacks: Bool = false, judgesLater: Bool = false) {
    (self.columnDistance, self.pairDistance) = (columnDistance, pairDistance)
    (self.attacks, self.judgesLater) = (attacks, judgesLater)
  }

  private var moment: String { judgesLater ? "after publication" : "before publication" }

  package var text: String {
    func limit(_ value: Double?) -> String { value.map { "{at most: \($0)}" } ?? "any" }
    return """
      version: 2
      policy: fuzzed
      epsilon: any
      delta: any
      unit: any
      provenance: any
      identifiers: any
      attacks: \(attacks || judgesLater ? "{hold out: 0.2, risk: {at most: 0.3}, membership: any, copies: any, judged: \(moment)}" : "any")
      utility:
        column distance: \(limit(columnDistance))
        pair distance: \(limit(pairDistance))
        prediction: any

      """
  }
}
