/// About what a release asks of the place where its table is counted, from public numbers.
package struct CountingForecast: Sendable, Codable {
  /// Statements that will be run there, about.
  package let statements: Int
  /// Bytes of counts that will come from there, about. Only cells that are not empty come, so there
  /// are fewer in most tables.
  package let bytes: Int
  /// The statements of a run with evenly spaced bins; a real one has learned bins, and the same
  /// form.
  package let texts: [String]

  private enum CodingKeys: String, CodingKey { case statements, bytes }

  package init(statements: Int, bytes: Int, texts: [String]) {
    (self.statements, self.bytes, self.texts) = (statements, bytes, texts)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      statements: try container.decode(Int.self, forKey: .statements),
      bytes: try container.decode(Int.self, forKey: .bytes), texts: [])
  }
}
