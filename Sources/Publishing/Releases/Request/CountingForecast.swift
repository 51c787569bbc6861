import CountedTables

/// The statements by which a release has its table counted, from public facts, and the one that
/// would read all rows instead (docs/decisions/0059-statements-announced.md).
package struct CountingForecast: Sendable, Codable {
  /// The statements of one stage.
  package struct Stage: Sendable, Codable, Equatable {
    package let stage: CountStage
    /// Statements that are made whatever is learned.
    package let statements: Int
    /// The most statements. It is the same number, unless paid answers decide which questions
    /// follow.
    package let mostStatements: Int

    package init(_ stage: CountStage, statements: Int, most: Int? = nil) {
      (self.stage, self.statements, mostStatements) = (stage, statements, most ?? statements)
    }
  }

  package let stages: [Stage]
  /// Statements that are made whatever is learned, and the most.
  package let statements: Int
  package let mostStatements: Int
  /// Bytes of counts that will come from there, about. Only cells that are not empty come, so there
  /// are fewer in most tables.
  package let bytes: Int
  /// CPU seconds of the engine, about.
  package let engineSeconds: Double
  /// The same for all rows, which one statement reads.
  package let streamBytes: Int
  package let streamEngineSeconds: Double
  /// The statements of a run with evenly spaced bins; a real one has learned bins, and the same
  /// form.
  package let texts: [String]

  private enum CodingKeys: String, CodingKey {
    case stages, statements, mostStatements, bytes, engineSeconds, streamBytes, streamEngineSeconds
  }

  package init(
    stages: [Stage], bytes: Int, engineSeconds: Double, streamBytes: Int,
    streamEngineSeconds: Double, texts: [String]
  ) {
    self.stages = stages
    statements = stages.reduce(0) { $0 + $1.statements }
    mostStatements = stages.reduce(0) { $0 + $1.mostStatements }
    (self.bytes, self.engineSeconds, self.streamBytes) = (bytes, engineSeconds, streamBytes)
    (self.streamEngineSeconds, self.texts) = (streamEngineSeconds, texts)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      stages: try container.decode([Stage].self, forKey: .stages),
      bytes: try container.decode(Int.self, forKey: .bytes),
      engineSeconds: try container.decode(Double.self, forKey: .engineSeconds),
      streamBytes: try container.decode(Int.self, forKey: .streamBytes),
      streamEngineSeconds: try container.decode(Double.self, forKey: .streamEngineSeconds),
      texts: [])
  }
}
