extension Measurement: Codable {
  private enum CodingKeys: String, CodingKey {
    case attributes, values, variance, variances, countsAllRows
  }

  /// Reads a measurement and checks that its numbers fit together.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let values = try container.decode([Double].self, forKey: .values)
    let each = try container.decodeIfPresent([Double].self, forKey: .variances)
    let one = try container.decodeIfPresent(Double.self, forKey: .variance)
    let isSound = each.map { $0.count == values.count } ?? (one != nil)
    guard isSound, (each ?? [one ?? 0]).allSatisfy({ $0 > 0 && $0.isFinite }),
      values.allSatisfy(\.isFinite)
    else {
      throw GraphicalModelError.damaged("measurements")
    }
    self.init(
      clique: Clique(try container.decode([Int].self, forKey: .attributes)), values: values,
      variance: each.map { .perCell($0) } ?? .uniform(one ?? 1),
      countsAllRows: try container.decode(Bool.self, forKey: .countsAllRows))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(clique.attributes, forKey: .attributes)
    try container.encode(values, forKey: .values)
    switch variance {
    case .uniform(let value): try container.encode(value, forKey: .variance)
    case .perCell(let list): try container.encode(list, forKey: .variances)
    }
    try container.encode(countsAllRows, forKey: .countsAllRows)
  }
}
