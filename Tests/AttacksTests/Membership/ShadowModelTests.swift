import Attacks
import Tables
import Testing

/// The membership game against a generator that leaks, and one that has seen nobody.
@Suite struct ShadowModelTests {
  private func options() -> ShadowModels.Options {
    var options = ShadowModels.Options()
    (options.targets, options.shadows, options.trials, options.subsets) = (3, 12, 12, 40)
    return options
  }

  @Test func `a bootstrap gives its members away`() throws {
    var people = Population(seed: 8)
    let original = people.people(300).table
    let outcome = try ShadowModels(options: options()).run(original: original) { table, seed in
      var draw = Draw(seed: seed)
      let rows = (0..<300).map { _ in draw.below(table.rowCount) }
      return Table(
        columns: table.columns.map { column in
          let cells: Cells =
            switch column.cells {
            case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
            case .labels(let codes, let dictionary):
              .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
            }
          return Column(name: column.name, type: column.type, cells: cells)
        })
    }
    #expect(outcome.result.auc > 0.75, "\(outcome.result)")
    #expect(outcome.targets.count == 3)
  }

  @Test func `a generator that knows nobody gives nothing away`() throws {
    var people = Population(seed: 8)
    let original = people.people(300).table
    let outcome = try ShadowModels(options: options()).run(original: original) { _, seed in
      var others = Population(seed: seed &+ 1000)
      return others.people(300).table
    }
    // 36 against 36 scores: the AUC's standard deviation is 0.068.
    #expect(abs(outcome.result.auc - 0.5) < 0.3, "\(outcome.result)")
  }
}
