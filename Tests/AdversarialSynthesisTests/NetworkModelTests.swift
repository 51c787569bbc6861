import AdversarialSynthesis
import Foundation
import Testing

@Suite struct NetworkModelTests {
  private let model = SmallTable.trainer(SmallTable.options(steps: 1)).model(total: 4_000)

  @Test func survivesItsFile() throws {
    let data = try JSONEncoder().encode(model)
    let read = try JSONDecoder().decode(NetworkModel.self, from: data)
    #expect(read.parameters == model.parameters && read.shares == model.shares && read.sizes == model.sizes && read.shape == model.shape)
    #expect(try NetworkSampler(model: read).block(0, rows: 50, seed: 1) == NetworkSampler(model: model).block(0, rows: 50, seed: 1))
  }

  @Test(arguments: [("\"width\":32", "\"width\":31"), ("\"sizes\":[4", "\"sizes\":[5"), ("\"total\":4000", "\"total\":-1")])
  func damageIsRefused(part: String, damage: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(model), as: UTF8.self)
    #expect(text.contains(part))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NetworkModel.self, from: Data(text.replacingOccurrences(of: part, with: damage).utf8))
    }
  }

  @Test func blocksRepeatAndDiffer() throws {
    let sampler = NetworkSampler(model: model)
    let rows = NetworkSampler.blockRows + 10
    #expect(try sampler.block(1, rows: rows, seed: 4) == sampler.block(1, rows: rows, seed: 4))
    #expect(try sampler.block(1, rows: rows, seed: 4)[0].count == 10)
    #expect(try sampler.block(0, rows: 10, seed: 4) != sampler.block(0, rows: 10, seed: 5))
  }

  @Test func conditionsAreKept() throws {
    let sampler = NetworkSampler(model: model.weighted(by: [1: [0, 0, 1, 0], 3: [1, 1, 0, 0, 0]]))
    let drawn = try sampler.block(0, rows: 700, seed: 4)
    #expect(drawn[0].count == 700 && drawn[1].allSatisfy { $0 == 2 } && drawn[3].allSatisfy { $0 < 2 })
    let impossible = NetworkSampler(model: model.weighted(by: [1: [0, 0, 0, 0]]))
    #expect(throws: NetworkSamplingError.self) { try impossible.block(0, rows: 5, seed: 4) }
  }
}
