extension GraphicalModel: Codable {
  /// The newest format of a stored model. A format's meaning never changes; a new one gets a new
  /// number.
  package static let formatVersion = 2
  /// The format of a model without a base, which older programs read too.
  private static let plainVersion = 1

  private enum CodingKeys: String, CodingKey {
    case version, sizes, total, parameters, structuralZeros, base
  }

  private struct StoredZeros: Codable {
    let attributes: [Int]
    let possible: [Int]
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(
      base.isEmpty ? GraphicalModel.plainVersion : GraphicalModel.formatVersion, forKey: .version)
    try container.encode(sizes, forKey: .sizes)
    try container.encode(total, forKey: .total)
    try container.encode(parameters, forKey: .parameters)
    let zeros = structuralZeros.map { zeros in
      StoredZeros(
        attributes: zeros.clique.attributes,
        possible: zeros.isPossible.indices.filter { zeros.isPossible[$0] })
    }
    try container.encode(zeros, forKey: .structuralZeros)
    if !base.isEmpty { try container.encode(base, forKey: .base) }
  }

  /// Reads and checks the parameters and calibrates the model again.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let version = try container.decode(Int.self, forKey: .version)
    guard (GraphicalModel.plainVersion...GraphicalModel.formatVersion).contains(version) else {
      throw GraphicalModelError.unsupportedVersion(
        found: version, supported: GraphicalModel.formatVersion)
    }
    let sizes = try container.decode([Int].self, forKey: .sizes)
    let total = try container.decode(Double.self, forKey: .total)
    let parameters = try container.decode([ParameterTable].self, forKey: .parameters)
    let stored = try container.decode([StoredZeros].self, forKey: .structuralZeros)
    guard sizes.allSatisfy({ $0 >= 1 }), total > 0, total.isFinite else {
      throw GraphicalModelError.damaged("sizes and total")
    }
    let cells = { (clique: Clique) -> Int in
      guard clique.attributes.allSatisfy(sizes.indices.contains) else {
        throw GraphicalModelError.damaged("attributes")
      }
      return clique.saturatingCellCount(sizes: sizes)
    }
    let base = try container.decodeIfPresent([ParameterTable].self, forKey: .base) ?? []
    for table in parameters + base
    where try cells(table.clique) != table.values.count || !table.values.allSatisfy(\.isFinite) {
      throw GraphicalModelError.damaged("parameters")
    }
    let zeros = try stored.map { zeros in
      let clique = Clique(zeros.attributes)
      let count = try cells(clique)
      guard zeros.possible.allSatisfy((0..<count).contains) else {
        throw GraphicalModelError.damaged("structural zeros")
      }
      var flags = [Bool](repeating: false, count: count)
      for cell in zeros.possible { flags[cell] = true }
      return StructuralZeros(clique: clique, isPossible: flags)
    }
    try self.init(
      sizes: sizes, total: total, parameters: parameters, structuralZeros: zeros, base: base)
  }
}
