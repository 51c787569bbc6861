import Encoding
import Foundation
import NeuralNetworks
import Synthesis

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

  package init(
    sizes: [Int], total: Double, shape: GeneratorShape, shares: [Float], parameters: [Float]
  ) {
    (self.sizes, self.total, self.shape, self.shares, self.parameters) = (
      sizes, total, shape, shares, parameters
    )
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
    let isWhole =
      !sizes.isEmpty && sizes.allSatisfy { (1...65_536).contains($0) } && sizes.count <= 100_000
      && shape.isPlausible
    let width = isWhole ? sizes.reduce(0, +) : 0
    guard isWhole, total.isFinite, total > 0, shares.count == width,
      parameters.allSatisfy(\.isFinite),
      parameters.count
        == Architecture.generator(heads: ColumnHeads(sizes: sizes), shape: shape).parameterCount
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "parts that do not fit"))
    }
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
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    return data
  }

  static func numbers(in data: Data) throws -> [Float] {
    guard data.count.isMultiple(of: 4) else { throw CocoaError(.coderInvalidValue) }
    return data.withUnsafeBytes { bytes in
      (0..<data.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
  }
}

/// Draws rows from a generator. Post-processing: no secure generator is needed.
package final class NetworkSampler: Sendable {
  /// Rows in every block but the last.
  package static let blockRows = 65_536
  /// Rows that go through the network at once.
  private static let chunk = 512
  /// The largest number of rows drawn per row kept, after an initial allowance of as many again.
  private static let mostTries = 10_000

  private let heads: ColumnHeads
  private let network: Chain
  private let input: GeneratorInput
  private let parameters: FloatBuffer
  private let chances: [(column: Int, chance: [Float])]
  private let rules: RuledDraw

  /// - Parameter rules: The combinations of codes that no row may have.
  package init(model: NetworkModel, rules: CodeRules = .none) {
    heads = model.heads
    network = Architecture.generator(heads: heads, shape: model.shape)
    input = GeneratorInput(heads: heads, shape: model.shape, shares: model.shares)
    parameters = FloatBuffer(model.parameters)
    self.rules = RuledDraw(rules, chances: model.chances)
    chances = model.chances.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map { Float($0) }) }
  }

  /// Draws one block of the sample, one array of codes per column; blocks can be drawn in any order
  /// and on any thread.
  /// - Throws: ``RareConditionsError`` if the conditions of the model are hardly ever met.
  package func block(_ index: Int, rows: Int, seed: UInt64) throws -> [[UInt16]] {
    let count = min(NetworkSampler.blockRows, rows - index * NetworkSampler.blockRows)
    precondition(index >= 0 && count > 0, "the block lies within the rows")
    var stream = NoiseStream(key: seed &+ UInt64(index) &* 0xd134_2543_de82_ef95)
    let memory = Memory(self)
    var columns = [[UInt16]](repeating: [], count: heads.count)
    for column in columns.indices { columns[column].reserveCapacity(count) }
    var tries = 0
    while columns[0].count < count {
      let rows =
        chances.isEmpty ? min(NetworkSampler.chunk, count - columns[0].count) : NetworkSampler.chunk
      draw(rows, stream: &stream, memory: memory)
      for row in 0..<rows where columns[0].count < count && keeps(row, of: memory, stream: &stream)
      {
        for column in columns.indices {
          columns[column].append(
            UInt16(truncatingIfNeeded: memory.codes[row * heads.count + column]))
        }
      }
      tries += rows
      if tries > NetworkSampler.mostTries * (columns[0].count + 10) { throw RareConditionsError() }
    }
    return columns
  }

  private func draw(_ rows: Int, stream: inout NoiseStream, memory: Memory) {
    let pass = memory.pass
    input.write(
      rows: rows, stream: &stream, scratch: memory.scratch.base, input: pass.input.base,
      conditions: &memory.conditions)
    pass.forward(rows: rows, parameters: parameters)
    heads.softmax(pass.output.base, rows: rows, into: pass.output.base)
    input.keepConditions(memory.conditions, rows: rows, in: pass.output.base)
    stream.uniform(into: memory.scratch.base, count: rows * heads.count)
    heads.draw(pass.output.base, uniform: memory.scratch.base, rows: rows, into: &memory.codes)
    guard !rules.isEmpty else { return }
    for row in 0..<rows {
      rules.mend(
        &memory.codes, at: row * heads.count, heads: heads,
        chances: pass.output.base + row * heads.width
      ) {
        Float(stream.index(below: 1 << 24)) / 0x1p24
      }
    }
  }

  private func keeps(_ row: Int, of memory: Memory, stream: inout NoiseStream) -> Bool {
    var chance: Float = 1
    for (column, chances) in chances {
      chance *= chances[Int(memory.codes[row * heads.count + column])]
    }
    return chance >= 1 || chance > 0 && Float(stream.index(below: 1 << 24)) < chance * 0x1p24
  }

  private final class Memory {
    let pass: NetworkPass
    let scratch: FloatBuffer
    var conditions: [Int32]
    var codes: [Int32]

    init(_ sampler: NetworkSampler) {
      let chunk = NetworkSampler.chunk
      pass = NetworkPass(sampler.network, capacity: chunk)
      scratch = FloatBuffer(count: chunk * max(sampler.input.drawsPerRow, sampler.heads.count))
      conditions = [Int32](repeating: -1, count: chunk)
      codes = [Int32](repeating: 0, count: chunk * sampler.heads.count)
    }
  }
}
