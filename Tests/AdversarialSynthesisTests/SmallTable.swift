import AdversarialSynthesis
import Encoding
import NeuralNetworks

/// A table with a strong relation, a weaker one and an independent column: the second column
/// repeats the first in nine rows of ten, the third follows from the first two, the fourth is
/// independent and skewed.
enum SmallTable {
  static let sizes = [4, 4, 2, 5]

  static func rows(count: Int = 4_000) -> TrainingRows {
    var stream = NoiseStream(key: 77)
    var columns = [[UInt16]](repeating: [], count: 4)
    for _ in 0..<count {
      let first = stream.index(below: 4)
      let second = stream.index(below: 10) == 0 ? stream.index(below: 4) : first
      columns[0].append(UInt16(first))
      columns[1].append(UInt16(second))
      columns[2].append(UInt16((first + second) % 3 == 0 ? 1 : 0))
      columns[3].append(UInt16(min(stream.index(below: 6), stream.index(below: 5))))
    }
    return TrainingRows(columns: zip(columns, sizes).map { CodeColumn($0, size: $1) }, sizes: sizes)
  }

  static func options(steps: Int) -> AdversarialOptions {
    var options = AdversarialOptions()
    options.shape = GeneratorShape(noiseWidth: 8, width: 32, isConditional: true)
    options.criticWidth = 32
    options.batchRows = 128
    options.steps = steps
    options.averaging = 0.98
    return options
  }

  static func trainer(_ options: AdversarialOptions, seed: UInt64 = 1) -> AdversarialTrainer {
    let targets = MomentTargets(
      of: rows(), heads: ColumnHeads(sizes: sizes), floor: options.shareFloor)
    let state = TrainingState(options: options, targets: targets, seed: seed)
    return AdversarialTrainer(options: options, targets: targets, state: state, real: .rows(rows()))
  }

  /// The total variation distance over all columns jointly between the table and rows drawn from a
  /// model.
  static func distance(of model: NetworkModel, attributes: [Int]) throws -> Double {
    let drawn = try NetworkSampler(model: model).block(0, rows: 20_000, seed: 9)
    func shares(_ columns: [CodeColumn], _ rows: Int) -> [Double] {
      MarginalCounter.count(columns, attributes: attributes, sizes: sizes, rows: rows).map {
        Double($0) / Double(rows)
      }
    }
    let table = rows()
    let found = shares(zip(drawn, sizes).map { CodeColumn($0, size: $1) }, 20_000)
    let wanted = shares(table.columns, table.count)
    return zip(found, wanted).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }
}
