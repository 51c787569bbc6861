import Attacks

/// How the program runs on the two files of a pair.
package struct FuzzedRun: Sendable, Equatable {
  /// The source of the schema.
  package enum Origin: String, Sendable {
    /// The owner wrote it.
    case declared
    /// `inspect` wrote it from the rows, and nobody edited it.
    case observed
    /// There is no schema: types come from the rows.
    case inferred
    /// `inspect --private` learned it, and paid as much for it as the release pays.
    case paid
  }

  package var origin = Origin.declared
  package var engine = "independent"
  package var epsilon = 0.1
  /// The number of rows to write; nil for the learned number of rows in the table.
  package var rows: Int?
  /// The number of training steps; nil if the engine has none.
  package var steps: Int?
  /// The requirements for the release; nil if there are none.
  package var policy: FuzzedPolicy?
  /// Whether a row that does not fit ends the run, which the release must name as a hazard.
  package var isStrict = false
  /// The model to train; nil if a table is released.
  package var training: FuzzedTraining?
  package static let delta = 1e-9

  package init() {}

  /// The number of answers of (``epsilon``, ``delta``) that the run gives.
  package var answers: Double { origin == .paid ? 2 : 1 }
}

/// A model to be trained.
package struct FuzzedTraining: Sendable, Equatable {
  package let target: String
  /// The label that counts as yes; nil if the target has no labels.
  package let event: String?
  /// The form, as the command line names it.
  package let form: String
}

/// A gate that can fail.
package struct FuzzedPolicy: Sendable, Equatable {
  /// The largest distance of columns that passes; nil for any.
  package var columnDistance: Double?
  package var pairDistance: Double?
  /// Whether attacks decide, which is one bit that the release names as a hazard.
  package var attacks = false
  /// Whether attacks are judged after publication, for the owner alone.
  package var judgesLater = false

  package init(
    columnDistance: Double? = nil, pairDistance: Double? = nil, attacks: Bool = false,
    judgesLater: Bool = false
  ) {
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
