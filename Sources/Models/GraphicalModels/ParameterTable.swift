/// One table of log-linear parameters: a term of the model's log-density for each cell of a clique.
package struct ParameterTable: Sendable, Codable, Equatable {
  package let clique: Clique
  /// Row-major over the clique's ascending attributes; minus infinity marks an impossible cell.
  package let values: [Double]

  package init(clique: Clique, values: [Double]) {
    self.clique = clique
    self.values = values
  }

  private enum CodingKeys: String, CodingKey { case attributes, values }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    clique = Clique(try container.decode([Int].self, forKey: .attributes))
    values = try container.decode([Double].self, forKey: .values)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(clique.attributes, forKey: .attributes)
    try container.encode(values, forKey: .values)
  }
}
