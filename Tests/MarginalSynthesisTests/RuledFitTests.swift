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

/// Rules are zeros of the model: none of its rows has to be mended, however much of it is noise.
@Suite struct RuledFitTests {
  private final class Purse: BudgetSession {
    func charge(_ event: PrivacyEvent) {}
  }

  private static let schema: Schema = {
    var columns = ["a", "b", "c", "d"].map {
      ColumnSchema(name: $0, type: .integer, isNullable: true, bounds: .declared(0...39))
    }
    columns.append(ColumnSchema(name: "kind", type: .category))
    return Schema(
      name: "ruled", columns: columns,
      rules: [
        .never([.init("a", ["17.."]), .init("b", ["..8", "30"])]),
        .never([.init("kind", ["rare", "y"]), .init("c", ["20.."])]),
        .onlyIf(present: "d", conditions: [.init("kind", ["x", "rare"]), .init("a", ["5.."])]),
        .together(["b", "c"]),
      ])
  }()

  /// Rows that follow no rules; one label is too rare to be named.
  private static let table: Table = {
    var random = SplitMix64(seed: 6)
    var columns = (0..<4).map { place in
      Column(
        name: ["a", "b", "c", "d"][place], type: .integer,
        cells: .ticks(
          (0..<4_000).map { _ in random.below(5) == 0 ? Cells.missingTick : Int64(random.below(40))
          }))
    }
    let kinds = (0..<4_000).map { row in row < 3 ? Int32(3) : Int32(random.below(3)) }
    columns.append(
      Column(
        name: "kind", type: .category,
        cells: .labels(codes: kinds, dictionary: LabelDictionary(["x", "y", "z", "rare"]))))
    return Table(columns: columns)
  }()

  @Test(arguments: [Engine.independent, .mst, .aim], [0.004, 0.05])
  func everyRowOfTheModelIsAllowed(_ engine: Engine, _ rho: Double) throws {
    let blueprint = try Blueprint(schema: Self.schema)
    let curator = Curator(
      seeded: SensitiveTable(table: Self.table), blueprint: blueprint, budget: Purse(), seed: 8)
    let learned = try DomainLearner(
      curator: curator, rho: Rho(checked: rho), delta: Delta(checked: 1e-6), binCount: { _, _ in 9 }
    ).learn()
    for (variable, codec) in zip(blueprint.variables, learned.domain.codecs) {
      guard case .ordered(let ordered) = codec else { continue }
      for edge in blueprint.edges(of: variable) {
        let isCut = ordered.bins.allSatisfy {
          $0.range.upperBound < edge || $0.range.lowerBound >= edge
        }
        #expect(
          isCut || learned.unlearned.contains { blueprint.variables[$0] == variable },
          "\(variable.name) at \(edge)")
      }
    }
    if rho > 0.01, case .labels(let codec) = learned.domain.codecs[4] {
      #expect(codec.labels.contains("rare"), "a label that a rule names is public")
    }
    let context = FitContext(
      curator: curator, learned: learned, rho: Rho(checked: rho), options: SynthesisOptions(),
      progress: { _ in })
    let model = try #require(engine.synthesizer as? any MarginalSynthesizer).fit(context).model
    let rows = try ModelSampler.sample(model, rows: 5_000, seed: 1)
    let unlearned = Set(learned.unlearned.flatMap { blueprint.variables[$0].source.names })
    let rules = CodeRules(blueprint, domain: learned.domain, unlearned: unlearned)
    #expect(rho < 0.01 || rules.boxes.count >= 5)
    #expect((0..<5_000).allSatisfy { row in rules.allow { Int(rows[$0][row]) } })
  }
}
