import Foundation
import MarginalSynthesis
import Privacy

/// What a release is asked to be.
public struct SynthesisRequest {
  /// The table of people.
  public var input: URL
  /// The folder to be made. It must not exist, unless ``replacesOutput``.
  public var output: URL
  public var replacesOutput = false
  /// The owner's schema file; without it the schema is inferred from the rows, which is recorded as an accepted hazard.
  public var schemaFile: URL?
  public var epsilon: Epsilon
  public var delta = Delta(checked: 1e-9)
  /// Columns that researchers will predict, besides those that the schema marks.
  public var targets: [String] = []
  /// Rows to write; by default about as many as there are, as far as was learned.
  public var rows: Int?
  public var engine = Engine.aim
  /// The ledger's file.
  public var ledger: URL
  public var options = SynthesisOptions()
  /// Whether the owner's report, which compares with the original, is made too.
  public var comparesWithOriginal = true
  /// Makes the run repeatable and **not private**; it is marked so in every artefact.
  public var seed: UInt64?
  /// Watches or replaces answers, for tests; the run is then not private.
  package var probe: (any CuratorProbe)?
  /// The clock of the manifest.
  package var now: @Sendable () -> Date = { Date() }

  public init(input: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    self.input = input
    self.output = output
    self.epsilon = epsilon
    self.ledger = ledger
  }
}

/// What a release came to.
public struct SynthesisSummary: Sendable, Codable {
  public let release: URL
  /// The owner's report, where one was made. It is not part of the release.
  public let ownerReport: URL?
  public let rows: Int
  public let epsilon: Double
  public let delta: Double
  public let isPrivate: Bool
  public let hazards: [String]
  /// Sentences for the owner, such as a first grant or a dataset that resembles another. They never travel.
  public let ownerMessages: [String]
}

/// What a release would cost and bring, before any budget is spent. Made of the schema alone, so that it reveals nothing.
public struct SynthesisPlan: Sendable, Codable {
  public struct Pair: Sendable, Codable {
    public let first: String
    public let second: String
    /// Expected total variation distance of the pair from measurement noise alone if it is measured once.
    public let expectedError: Double
  }

  public struct Estimate: Sendable, Codable {
    /// The number of rows that the estimate supposes.
    public let rows: Int
    public let cpuSeconds: Double
    public let memoryMegabytes: Double
    public let meanOneWayError: Double
    public let meanPairError: Double
    public let pairs: [Pair]
  }

  public let epsilon: Double
  public let delta: Double
  public let rho: Double
  public let unit: String
  public let engine: Engine
  public let modelledColumns: Int
  /// One estimate where the schema says about how many rows there are, else three for tables of different size.
  public let estimates: [Estimate]
  /// How the budget will be split, in percent.
  public let shares: [String: Double]
  public let hazards: [String]
}
