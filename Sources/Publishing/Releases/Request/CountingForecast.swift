/// About what a release asks of the place where its table is counted, from public numbers, and what
/// reading all rows would ask instead.
package struct CountingForecast: Sendable, Codable {
  /// Statements that will be run there, about.
  package let statements: Int
  /// The most statements, if every column is looked at as often as any can be.
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
    case statements, mostStatements, bytes, engineSeconds, streamBytes, streamEngineSeconds
  }

  package init(
    statements: Int, mostStatements: Int, bytes: Int, engineSeconds: Double, streamBytes: Int,
    streamEngineSeconds: Double, texts: [String]
  ) {
    (self.statements, self.mostStatements, self.bytes) = (statements, mostStatements, bytes)
    (self.engineSeconds, self.streamBytes) = (engineSeconds, streamBytes)
    (self.streamEngineSeconds, self.texts) = (streamEngineSeconds, texts)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      statements: try container.decode(Int.self, forKey: .statements),
      mostStatements: try container.decode(Int.self, forKey: .mostStatements),
      bytes: try container.decode(Int.self, forKey: .bytes),
      engineSeconds: try container.decode(Double.self, forKey: .engineSeconds),
      streamBytes: try container.decode(Int.self, forKey: .streamBytes),
      streamEngineSeconds: try container.decode(Double.self, forKey: .streamEngineSeconds),
      texts: [])
  }
}
