import Foundation
import NeuralNetworks

/// A fitted generator: all a release needs to draw rows. Made only of public and paid-for values if
/// training was private.
package struct NetworkModel: Sendable, Codable {
  package let sizes: [Int]
  /// The approximate number of rows in the original.
  package let total: Double
  package let shape: GeneratorShape
  /// The shares by code, from which conditions are drawn.
  package let shares: [Float]
  package let parameters: [Float]
  /// For some columns, the chance that a row with a code is kept; not part of the file.
  private(set) var chances: [Int: [Double]] = [:]

  package init(sizes: [Int], total: Double, shape: GeneratorShape, shares: [Float], parameters: [Float]) {
    (self.sizes, self.total, self.shape, self.shares, self.parameters) = (sizes, total, shape, shares, parameters)
  }

  package var heads: ColumnHeads { ColumnHeads(sizes: sizes) }

  /// Returns the same model, restricted to the rows that a condition allows.
  /// - Parameter chances: For some columns, a number from 0 to 1 per code.
  package func weighted(by chances: [Int: [Double]]) -> NetworkModel {
    var model = self
    model.chances = chances
    return model
  }

  private enum CodingKeys: String, CodingKey { case sizes, total, shape, shares, parameters }

  /// - Throws: An error if the numbers do not fit each other, so that a damaged file is reported
  ///   instead of crashing.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    sizes = try values.decode([Int].self, forKey: .sizes)
    total = try values.decode(Double.self, forKey: .total)
    shape = try values.decode(GeneratorShape.self, forKey: .shape)
    shares = try FloatBytes.numbers(in: values.decode(Data.self, forKey: .shares))
    parameters = try FloatBytes.numbers(in: values.decode(Data.self, forKey: .parameters))
    let isWhole = !sizes.isEmpty && sizes.allSatisfy { (1...65_536).contains($0) } && sizes.count <= 100_000 && shape.isPlausible
    let width = isWhole ? sizes.reduce(0, +) : 0
    guard isWhole, total.isFinite, total > 0, shares.count == width, parameters.allSatisfy(\.isFinite),
      parameters.count == Architecture.generator(heads: ColumnHeads(sizes: sizes), shape: shape).parameterCount
    else { throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "parts that do not fit")) }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(sizes, forKey: .sizes)
    try values.encode(total, forKey: .total)
    try values.encode(shape, forKey: .shape)
    try values.encode(FloatBytes.data(shares), forKey: .shares)
    try values.encode(FloatBytes.data(parameters), forKey: .parameters)
  }
}

/// The description needed to rebuild a generator.
package struct GeneratorShape: Sendable, Equatable, Codable {
  /// Random values that a row starts from.
  package var noiseWidth: Int
  /// The width of the hidden layers.
  package var width: Int
  /// Whether each row starts from one of its codes, drawn by its share.
  package var isConditional: Bool

  package init(noiseWidth: Int, width: Int, isConditional: Bool) {
    (self.noiseWidth, self.width, self.isConditional) = (noiseWidth, width, isConditional)
  }

  var isPlausible: Bool { (1...65_536).contains(noiseWidth) && (1...65_536).contains(width) }
}

/// Numbers as bytes, lowest first, as in files.
enum FloatBytes {
  static func data(_ numbers: some Sequence<Float>) -> Data {
    var data = Data()
    for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    return data
  }

  static func numbers(in data: Data) throws -> [Float] {
    guard data.count.isMultiple(of: 4) else { throw CocoaError(.coderInvalidValue) }
    return data.withUnsafeBytes { bytes in
      (0..<data.count / 4).map { Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))) }
    }
  }
}
