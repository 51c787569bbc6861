import AdversarialSynthesis
import Encoding
import Foundation
import Synthesis
import Tables
import Testing

@Suite struct NetworkModelTests {
  private let model = SmallTable.trainer(SmallTable.options(steps: 1)).model(total: 4_000)

  @Test func survivesItsFile() throws {
    let data = try JSONEncoder().encode(model)
    let read = try JSONDecoder().decode(NetworkModel.self, from: data)
    #expect(
      read.parameters == model.parameters && read.shares == model.shares
        && read.sizes == model.sizes && read.shape == model.shape)
    #expect(
      try NetworkSampler(model: read).block(0, rows: 50, seed: 1)
        == NetworkSampler(model: model).block(0, rows: 50, seed: 1))
  }

  @Test(arguments: [
    ("\"width\":32", "\"width\":31"), ("\"sizes\":[4", "\"sizes\":[5"),
    ("\"total\":4000", "\"total\":-1"),
  ])
  func damageIsRefused(part: String, damage: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(model), as: UTF8.self)
    #expect(text.contains(part))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        NetworkModel.self, from: Data(text.replacingOccurrences(of: part, with: damage).utf8))
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
    let sampler = NetworkSampler(
      model: model.weighted(by: [1: [0, 0, 1, 0], 3: [1, 1, 0, 0, 0]]))
    let drawn = try sampler.block(0, rows: 700, seed: 4)
    #expect(
      drawn[0].count == 700 && drawn[1].allSatisfy { $0 == 2 } && drawn[3].allSatisfy { $0 < 2 })
    let impossible = NetworkSampler(model: model.weighted(by: [1: [0, 0, 0, 0]]))
    #expect(throws: RareConditionsError.self) { try impossible.block(0, rows: 5, seed: 4) }
  }

  /// Forbidden combinations are not drawn, even beside a condition, and the other codes keep their
  /// probabilities.
  @Test func rulesAreKept() throws {
    let labels = model.sizes.map { size in (0..<size).map { "l\($0)" } }
    let columns = labels.indices.map {
      ColumnSchema(name: "c\($0)", type: .category, categories: .declared(labels[$0]))
    }
    let schema = Schema(
      name: "t", columns: columns,
      rules: [
        .never([.init("c0", ["l0", "l1"]), .init("c1", ["l2"])]),
        .never([.init("c1", ["l0", "l3"]), .init("c3", ["l0", "l1"])]),
        .never([.init("c0", ["l0"]), .init("c1", ["l1"]), .init("c3", ["l4"])]),
        .never([.init("c3", ["l2"])]),
      ])
    let blueprint = try Blueprint(schema: schema)
    let codecs = labels.map {
      Codec.labels(LabelCodec(labels: $0, otherLabel: nil, hasMissing: false))
    }
    let rules = CodeRules(blueprint, domain: Domain(variables: blueprint.variables, codecs: codecs))
    #expect(rules.boxes.count == 4)
    let free = try NetworkSampler(model: model).block(0, rows: 2_000, seed: 4)
    #expect(
      (0..<2_000).contains { row in !rules.allow { Int(free[$0][row]) } },
      "without rules the network draws such rows")
    for chances in [[:], [1: [1, 0, 1, 1]], [3: [1, 0, 1, 1, 1]]] as [[Int: [Double]]] {
      let drawn = try NetworkSampler(model: model.weighted(by: chances), rules: rules).block(
        0, rows: 2_000, seed: 4)
      #expect((0..<2_000).allSatisfy { row in rules.allow { Int(drawn[$0][row]) } })
      #expect(
        chances.allSatisfy { column, allowed in drawn[column].allSatisfy { allowed[Int($0)] > 0 } })
      #expect(Set(drawn[1]).count >= 3)
    }
  }
}
