import Attacks
import Foundation

/// The requirements that a release must meet before it is published: a file that the privacy
/// officer reads, edits and answers for.
///
/// A requirement that the file leaves out is taken from ``Preset/partners``: deleting a line never
/// loosens a policy. `any` does.
package struct Policy: Sendable, Codable, Equatable {
  /// The newest policy file format that this version reads. Version 1 lacks ``AttackRules/judged``
  /// and ``AttackRules/leavesOut``.
  package static let currentVersion = 2

  /// The policy's own name.
  package var name: String
  /// The largest ε of one release; nil if any will do.
  package var highestEpsilon: Double?
  /// The largest δ of one release; nil if any will do.
  package var highestDelta: Double?
  /// The unit that the guarantee must protect.
  package var unit: UnitRule
  /// The allowed sources of facts that a release rests on, such as bounds, categories and types.
  package var provenance: [Provenance]
  /// Whether a release must not rest on a declaration that its people differ from those of a
  /// similar table.
  package var forbidsDeclaredPeople: Bool
  /// Whether columns of identifiers or prose must not be modelled.
  package var forbidsIdentifiers: Bool
  /// The limits on attacks; nil if no attack is required.
  package var attacks: AttackRules?
  /// The quality that the release must reach.
  package var utility: UtilityFloors

  /// The unit that the guarantee must protect.
  package enum UnitRule: String, Sendable, Codable, CaseIterable {
    /// The schema names the person column and the largest number of rows per person.
    case person
    /// The owner's schema declares it: a person column, or that each row is a separate person.
    case declared
    /// Any unit.
    case any
  }

  /// The source of a fact that a release rests on.
  package enum Provenance: String, Sendable, Codable, CaseIterable {
    /// Declared in the owner's schema.
    case declared
    /// Learned through the curator, and paid for.
    case learned
    /// Seen in the rows, which nobody paid for: by a release without a schema, or by the author of
    /// a schema that calls itself observed.
    case inferred
  }

  /// The limits on attacks.
  package struct AttackRules: Sendable, Codable, Equatable {
    /// Each person's chance to be held out as the control, above 0 and at most a half.
    package var holdOut: Double
    /// The highest allowed upper end of the 95 % interval of any attack's risk.
    package var highestRisk: Double
    /// The highest allowed upper end of the 95 % interval of the share of people that a membership
    /// attack names at 1 wrong in 1,000.
    package var highestMembershipRate: Double
    /// Whether a release with more copies than the control explains is refused.
    package var forbidsCopies: Bool
    /// Whether attacks decide about publication.
    package var judged = Moment.beforePublication
    /// Names of attacks that are not judged, such as `singling-out-univariate`.
    package var leavesOut: [String] = []

    /// The limits that the attacks themselves know.
    package var thresholds: AttackThresholds {
      var thresholds = AttackThresholds()
      thresholds.highestRisk = highestRisk
      thresholds.highestMembershipRate = highestMembershipRate
      return thresholds
    }
  }

  /// The time when attacks are judged.
  package enum Moment: String, Sendable, Codable, CaseIterable {
    /// A release that fails is not published. This decision rests on the rows and nobody pays for
    /// it: a named hazard.
    case beforePublication = "before publication"
    /// The release is published whatever attacks show, and only the owner is told.
    case afterPublication = "after publication"
  }

  /// The quality that a release must reach. A value is nil if anything will do.
  package struct UtilityFloors: Sendable, Codable, Equatable {
    /// The largest allowed mean total variation distance of single columns, 0 to 1. Judged by an
    /// answer that is paid for.
    package var highestColumnDistance: Double?
    /// The same limit for pairs of columns.
    package var highestPairDistance: Double?
    /// The smallest share of the original's information about the target that the release must
    /// keep. Judged after publication.
    package var lowestPrediction: Double?
  }

  /// The limits on attacks, as the attacks themselves know them; nil if no attack is required.
  package var attackThresholds: AttackThresholds? { attacks?.thresholds }

  /// Whether publication depends on a look at the rows that nobody pays for.
  package var decidesByRows: Bool { attacks?.judged == .beforePublication }

  /// Whether anything is judged after publication, for the owner alone.
  package var judgesAfterwards: Bool {
    attacks?.judged == .afterPublication || utility.lowestPrediction != nil
  }
}
