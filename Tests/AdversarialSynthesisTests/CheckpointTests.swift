import AdversarialSynthesis
import Foundation
import NeuralNetworks
import Testing

@Suite struct CheckpointTests {
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "understudy-\(UUID().uuidString).checkpoint")
  private let options = SmallTable.options(steps: 200)
  private var targets: MomentTargets {
    MomentTargets(
      of: SmallTable.rows(), heads: ColumnHeads(sizes: SmallTable.sizes), floor: options.shareFloor)
  }

  private struct Stop: Error {}

  /// Leaves the checkpoint of step 50, and loses the steps after it.
  private func interrupted() {
    let trainer = SmallTable.trainer(options)
    #expect(throws: Stop.self) {
      try TrainingRun(trainer, checkpoint: Checkpoint(at: url)).run {
        if $0.step == 100 { throw Stop() }
      }
    }
  }

  @Test func resumedRunIsTheUninterruptedOne() throws {
    let whole = SmallTable.trainer(options)
    try TrainingRun(whole).run { _ in }
    interrupted()
    defer { Checkpoint(at: url).remove() }
    let state = try #require(try Checkpoint(at: url).read(options: options, targets: targets))
    #expect(state.step == 50)
    let resumed = AdversarialTrainer(
      options: options, targets: targets, state: state, real: .rows(SmallTable.rows()))
    try TrainingRun(resumed).run { _ in }
    #expect(resumed.model(total: 1).parameters == whole.model(total: 1).parameters)
    #expect(resumed.samplingSeed == whole.samplingSeed)
  }

  @Test func otherRunsAndDamageAreTold() throws {
    interrupted()
    defer { Checkpoint(at: url).remove() }
    var other = options
    other.steps += 1
    #expect(throws: Checkpoint.Problem.otherRun(url.path)) {
      try Checkpoint(at: url).read(options: other, targets: targets)
    }
    let rows = SmallTable.rows(count: 100)
    let elsewhere = MomentTargets(
      of: rows, heads: ColumnHeads(sizes: SmallTable.sizes), floor: options.shareFloor)
    #expect(throws: Checkpoint.Problem.otherRun(url.path)) {
      try Checkpoint(at: url).read(options: options, targets: elsewhere)
    }
    let data = try Data(contentsOf: url)
    for cut in [data.count - 1, data.count / 2, 10, 0] {
      try data.prefix(cut).write(to: url)
      #expect(throws: Checkpoint.Problem.unreadable(url.path)) {
        try Checkpoint(at: url).read(options: options, targets: targets)
      }
    }
  }

  @Test func absenceIsABeginning() throws {
    #expect(try Checkpoint(at: url).read(options: options, targets: targets) == nil)
  }
}
