import Attacks
import Foundation

/// What a release must meet before it is published: a file that the privacy officer reads, edits and answers for.
///
/// A requirement that the file leaves out is that of ``Preset/partners``: deleting a line never loosens a policy. `any` does.
public struct Policy: Sendable, Codable, Equatable {
  /// The newest format of policy files that this version reads. Version 1 lacks ``AttackRules/judged`` and ``AttackRules/leavesOut``.
  public static let currentVersion = 2

  /// What the policy calls itself.
  public var name: String
  /// The largest ε of one release; nil where any will do.
  public var highestEpsilon: Double?
  /// The largest δ of one release; nil where any will do.
  public var highestDelta: Double?
  /// Whom the guarantee must protect.
  public var unit: UnitRule
  /// Where what a release rests on may come from, such as bounds, categories and types.
  public var provenance: [Provenance]
  /// Whether no release may rest on a declaration that people are others than those of a table that resembles theirs.
  public var forbidsDeclaredPeople: Bool
  /// Whether no column of identifiers or prose may be modelled.
  public var forbidsIdentifiers: Bool
  /// What attacks may show; nil where none need be made.
  public var attacks: AttackRules?
  /// How good the release must be.
  public var utility: UtilityFloors

  /// Whom the guarantee must protect.
  public enum UnitRule: String, Sendable, Codable, CaseIterable {
    /// The schema names the column that says who, and at most how many rows each has.
    case person
    /// The owner's schema says it: a person column, or that each row is a person of its own.
    case declared
    /// Any unit will do.
    case any
  }

  /// Where something that a release rests on comes from.
  public enum Provenance: String, Sendable, Codable, CaseIterable {
    /// The owner's schema says so.
    case declared
    /// Learned through the curator, and paid for.
    case learned
    /// Seen in the rows, which nobody paid for: by a release without a schema, or by whoever wrote a schema that calls itself observed.
    case inferred

    /// What a policy calls the source of bounds or categories; nil where there are none.
    init?(_ provenance: ColumnTreatment.Provenance) {
      switch provenance {
      case .declared: self = .declared
      case .learned: self = .learned
      case .inferred, .observed: self = .inferred
      case .notNeeded: return nil
      }
    }
  }

  /// What attacks may show.
  public struct AttackRules: Sendable, Codable, Equatable {
    /// Each person's chance to be held out as the control, above 0 and at most a half.
    public var holdOut: Double
    /// The highest upper end of the 95 % interval of any attack's risk.
    public var highestRisk: Double
    /// The highest upper end of the 95 % interval of the share of people that a membership attack names at 1 wrong in 1,000.
    public var highestMembershipRate: Double
    /// Whether more copies than the control explains are refused.
    public var forbidsCopies: Bool
    /// Whether attacks decide about publishing.
    public var judged = Moment.beforePublication
    /// Attacks that are not judged, by name, such as `singling-out-univariate`.
    public var leavesOut: [String] = []

    /// The part that the attacks themselves know.
    var thresholds: AttackThresholds {
      var thresholds = AttackThresholds()
      thresholds.highestRisk = highestRisk
      thresholds.highestMembershipRate = highestMembershipRate
      return thresholds
    }
  }

  /// When attacks are judged.
  public enum Moment: String, Sendable, Codable, CaseIterable {
    /// What fails is not published: a decision that rests on the rows and that nobody pays for, the hazard ``Hazard/gateDecision``.
    case beforePublication = "before publication"
    /// The release is published whatever attacks show, and the owner alone is told.
    case afterPublication = "after publication"
  }

  /// How good a release must be; nil where anything will do.
  public struct UtilityFloors: Sendable, Codable, Equatable {
    /// The largest mean total variation distance of single columns, 0 to 1. Judged by an answer that is paid for.
    public var highestColumnDistance: Double?
    /// The same of pairs of columns.
    public var highestPairDistance: Double?
    /// The least share of what the original teaches about the target that the release teaches too. Judged after publication.
    public var lowestPrediction: Double?
  }

  /// What attacks may show, as the attacks themselves know it; nil where none need be made.
  package var attackThresholds: AttackThresholds? { attacks?.thresholds }

  /// Whether publishing depends on a look at the rows that nobody pays for.
  var decidesByRows: Bool { attacks?.judged == .beforePublication }

  /// Whether something is judged when the release is out, for the owner alone.
  var judgesAfterwards: Bool { attacks?.judged == .afterPublication || utility.lowestPrediction != nil }
}
