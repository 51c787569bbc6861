import Encoding
import MarginalSynthesis
import Privacy

/// What travels with a release so that others can check it: how it was made, what was asked of the rows, and what that cost.
///
/// All of it is public, declared or paid for.
public struct Manifest: Sendable, Codable {
  public static let currentFormat = 1

  public var format = Manifest.currentFormat
  public let software: Software
  /// ISO 8601.
  public let created: String
  /// From the schema.
  public let table: String
  public let guarantee: Guarantee
  public let schema: SchemaRecord
  public let engine: Engine
  public let modelCells: Int
  package let columns: [ColumnTreatment]
  public let hazards: [Hazard]
  public let rows: Int
  public let spending: Spending
  public let events: [EventRecord]
  /// SHA-256 of every other file of the release, in hexadecimal.
  public var files: [String: String] = [:]

  public struct Software: Sendable, Codable {
    public let name: String
    public let version: String
  }

  public struct Guarantee: Sendable, Codable {
    public let isPrivate: Bool
    public let epsilon: Double
    public let delta: Double
    /// What the events add up to under zero-concentrated differential privacy, and the delta that they spend themselves.
    public let rho: Double
    public let eventsDelta: Double
    /// `row` or the name of the column that says who.
    public let unit: String
    public let maximumRowsPerUnit: Int
    public let neighbouringRelation: String
  }

  public struct SchemaRecord: Sendable, Codable {
    public let sha256: String
    /// `declared` or `inferred`.
    public let origin: String
  }

  public struct Spending: Sendable, Codable {
    /// Rho by purpose.
    public let byPurpose: [String: Double]
  }

  public struct EventRecord: Sendable, Codable {
    public let purpose: Purpose
    public let question: Question
    public let event: PrivacyEvent
    public let rho: Double
    public let delta: Double
  }
}
