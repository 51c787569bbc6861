import AdversarialSynthesis
import Encoding
import NeuralNetworks
import Testing

@Suite struct TrainerTests {
  private func trained(_ options: AdversarialOptions, seed: UInt64 = 1) throws -> NetworkModel {
    let trainer = SmallTable.trainer(options, seed: seed)
    try TrainingRun(trainer).run { _ in }
    return trainer.model(total: 4_000)
  }

  /// If columns are drawn independently, the distance from this table is .46.
  @Test func learnsTheTable() throws {
    let model = try trained(SmallTable.options(steps: 1_500))
    #expect(try SmallTable.distance(of: model, attributes: [0, 1, 2, 3]) < 0.1)
    for column in 0..<4 { #expect(try SmallTable.distance(of: model, attributes: [column]) < 0.03) }
  }

  /// Each teacher alone teaches the relation of the first two columns.
  @Test(arguments: [(Float(0), Float(1)), (1, 0)]) func eachTeacherTeaches(
    momentWeight: Float, criticWeight: Float
  ) throws {
    var options = SmallTable.options(steps: 1_500)
    options.momentWeight = momentWeight
    options.criticWeight = criticWeight
    let model = try trained(options)
    #expect(try SmallTable.distance(of: model, attributes: [0, 1]) < 0.15)
    let untrained = SmallTable.trainer(SmallTable.options(steps: 1))
    #expect(try SmallTable.distance(of: untrained.model(total: 1), attributes: [0, 1]) > 0.4)
  }

  @Test func equalSeedsGiveEqualModels() throws {
    let options = SmallTable.options(steps: 40)
    let first = try trained(options)
    #expect(try trained(options).parameters == first.parameters)
    #expect(try trained(options, seed: 2).parameters != first.parameters)
  }

  @Test func divergenceIsNoticed() {
    var options = SmallTable.options(steps: 2_000)
    options.generatorRate = 50
    options.momentWeight = 0
    #expect(throws: TrainingError.self) { try trained(options) }
  }

  @Test func cancellationEndsTheRun() {
    struct Stop: Error {}
    let trainer = SmallTable.trainer(SmallTable.options(steps: 10_000))
    #expect(throws: Stop.self) { try TrainingRun(trainer).run { _ in throw Stop() } }
    #expect(trainer.step < 100)
  }

  /// A table of one column, of one row, and of columns with one code each.
  @Test(arguments: [[[0]], [[0], [0]], [[1, 0, 1]]] as [[[UInt16]]]) func tinyTablesAreLearned(
    columns: [[UInt16]]
  ) throws {
    let sizes = columns.map { Int($0.max() ?? 0) + 1 }
    let rows = TrainingRows(columns: zip(columns, sizes).map { .init($0, size: $1) }, sizes: sizes)
    let options = SmallTable.options(steps: 50)
    let targets = MomentTargets(
      of: rows, heads: ColumnHeads(sizes: sizes), floor: options.shareFloor)
    let state = TrainingState(options: options, targets: targets, seed: 3)
    let trainer = AdversarialTrainer(
      options: options, targets: targets, state: state, real: .rows(rows))
    try TrainingRun(trainer).run { _ in }
    let drawn = try NetworkSampler(model: trainer.model(total: 1)).block(0, rows: 100, seed: 1)
    #expect(drawn.count == sizes.count && drawn.allSatisfy { $0.count == 100 })
  }
}
