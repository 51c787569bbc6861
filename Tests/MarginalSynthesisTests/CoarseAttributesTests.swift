import Accounting
import Basics
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Ledger
import MarginalSynthesis
import Synthesis
import Tables
import Testing

/// Relations measured in groups of codes if noise hides them code by code.
@Suite struct CoarseAttributesTests {
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }

  /// Three numbers: two from 0 to 39, the second close to the first, and a third, 0 or 1, that
  /// depends on both.
  private static func table(rows: Int) -> Table {
    var generator = SamplingGenerator(seed: 4)
    var columns = [[Int64]](repeating: [], count: 3)
    for _ in 0..<rows {
      let first = Int64(generator.next() % 40)
      let second = min(max(first + Int64(generator.next() % 9) - 4, 0), 39)
      columns[0].append(first)
      columns[1].append(second)
      columns[2].append(first + second > 40 ? 1 : 0)
    }
    return Table(
      columns: columns.enumerated().map {
        Column(name: "c\($0)", type: .integer, cells: .ticks($1))
      })
  }

  private func fit(rows: Int, rho: Double, seed: UInt64 = 5) throws -> (
    curator: Curator, learned: LearnedDomain, model: GraphicalModel
  ) {
    let schema = Schema(
      name: "three",
      columns: [39, 39, 1].enumerated().map {
        ColumnSchema(name: "c\($0)", type: .integer, bounds: .declared(0...$1))
      })
    let curator = Curator(
      seeded: SensitiveTable(table: CoarseAttributesTests.table(rows: rows)),
      blueprint: try Blueprint(schema: schema),
      budget: Purse(), seed: seed)
    let (learned, fit) = try AIMSynthesizer().learn(
      from: curator, rho: Rho(checked: rho), labelDelta: Delta(checked: 1e-9),
      options: SynthesisOptions())
    return (curator, learned, fit.model)
  }

  /// The model gives no probability to a code in a group that is not its own.
  @Test(arguments: [0.01, 0.2, 10]) func codesAndGroupsAgree(_ rho: Double) throws {
    let (_, learned, model) = try fit(rows: 3_000, rho: rho)
    let extra = model.sizes.count - learned.domain.count
    #expect(extra >= 1)
    for attribute in learned.domain.count..<model.sizes.count {
      let tie = try #require(model.structuralZeros.first { $0.clique.attributes.last == attribute })
      let variable = tie.clique.attributes[0]
      let joint = try model.marginal(of: tie.clique)
      let alone = try model.marginal(of: Clique([variable]))
      for code in 0..<model.sizes[variable] {
        let row = joint[(code * model.sizes[attribute])..<((code + 1) * model.sizes[attribute])]
        #expect(row.count { $0 > 0 } <= 1)
        #expect(abs(row.reduce(0, +) - alone[code]) < 1e-6 * max(model.total, 1))
      }
    }
  }

  /// With a few thousand rows, the relation of the three is bought in groups; code by code it would
  /// have 3,200 cells.
  @Test func relationsAreBoughtInGroups() throws {
    let (curator, learned, model) = try fit(rows: 3_000, rho: 0.3)
    let grouped = curator.events.compactMap { event -> [Int]? in
      guard case .groupedMarginal(let variables, let sizes) = event.question else { return nil }
      #expect(variables.count == sizes.count)
      return sizes
    }
    #expect(!grouped.isEmpty)
    #expect(grouped.allSatisfy { sizes in sizes.contains { $0 < 40 && $0 > 2 } })
    // Whether the third is 1 if the first is high, according to the model.
    let pair = try model.marginal(of: Clique([0, 2]))
    let size = learned.domain.sizes[2]
    let upper = (learned.domain.sizes[0] / 2 + 2)..<learned.domain.sizes[0]
    let (ones, zeros) = (
      upper.reduce(0) { $0 + pair[$1 * size + 1] }, upper.reduce(0) { $0 + pair[$1 * size] }
    )
    #expect(ones > 5 * zeros, "\(ones) and \(zeros)")
  }
}
