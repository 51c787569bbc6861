import Basics

/// Trains on one table and tests on real rows, for one target column.
struct PredictionTask: Sendable {
  static let mostClasses = 10

  /// One side of the comparison: features and target of the same rows.
  private struct Side: Sendable {
    var features: [ColumnValues]
    var target: ColumnValues
    var rowCount: Int { target.count }
  }

  private let name: String
  private let labels: [String]
  private let labelCounts: [Int]
  private let synthetic: Side
  private let original: Side
  private let test: Side
  private let testedOnHoldout: Bool

  /// Without a hold-out, a fixed fifth of the original is for testing and the rest for training.
  init(columns: [AlignedColumn], target: Int) {
    let features = columns.indices.filter { $0 != target }.map { columns[$0] }
    let goal = columns[target]
    name = goal.name
    labels = goal.labels
    labelCounts = features.map { $0.labels.count }
    synthetic = PredictionTask.present(
      Side(features: features.map(\.synthetic), target: goal.synthetic))
    let all = Side(features: features.map(\.original), target: goal.original)
    if let held = goal.holdout {
      testedOnHoldout = true
      original = PredictionTask.present(all)
      test = PredictionTask.present(Side(features: features.compactMap(\.holdout), target: held))
    } else {
      testedOnHoldout = false
      let isTest = (0..<all.rowCount).map { RowHash.share($0, salt: 0) < 0.2 }
      original = PredictionTask.present(
        PredictionTask.select(all, (0..<all.rowCount).filter { !isTest[$0] }))
      test = PredictionTask.present(
        PredictionTask.select(all, (0..<all.rowCount).filter { isTest[$0] }))
    }
  }

  /// The reason why ``run()`` returns nil. Names the target's table, never a value.
  var obstacle: String {
    if original.features.isEmpty { return "no other column is compared" }
    for (name, side) in [("synthetic", synthetic), ("original", original)] where side.rowCount == 0
    {
      return "no row of the \(name) table has a value of it"
    }
    if test.rowCount == 0 { return "no row to test on has a value of it" }
    return "it has one value in the original table"
  }

  /// Fits and tests. Returns nil if there is nothing to predict from, a side has no rows or the
  /// target is constant (``obstacle``).
  func run() -> Usefulness? {
    guard !original.features.isEmpty, synthetic.rowCount > 0, original.rowCount > 0,
      test.rowCount > 0
    else { return nil }
    switch original.target {
    case .labels(let codes):
      let classes = rankedClasses(codes.map(Double.init)) { labels[Int($0)] }
      return classes.count > 1 ? classify(classes) : nil
    case .numbers(let values):
      let classes = rankedClasses(values) { Label.number($0) }
      if classes.count < 2 { return nil }
      return Set(values).count <= PredictionTask.mostClasses ? classify(classes) : regress()
    }
  }

  /// Returns the most frequent values of the target, in ascending order.
  private func rankedClasses(_ values: [Double], label: (Double) -> String) -> [(
    value: Double, label: String
  )] {
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let isNumeric = if case .numbers = original.target { true } else { false }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(
      PredictionTask.mostClasses
    )
    .map { (value: $0.key, label: label($0.key)) }
    .sorted {
      isNumeric
        ? $0.value < $1.value
        : $0.label.unicodeScalars.lexicographicallyPrecedes($1.label.unicodeScalars)
    }
  }

  /// Scores a yes-or-no target by its last class, and more classes each against the rest.
  private func classify(_ classes: [(value: Double, label: String)]) -> Usefulness {
    let scored = classes.count == 2 ? Array(classes.suffix(1)) : classes
    let sides = [synthetic, original]
    let areas = Concurrently.map(scored.count * 2) { index in
      areaUnderCurve(training: sides[index % 2], value: scored[index / 2].value)
    }
    let results = scored.indices.map {
      Usefulness.ClassScore(
        label: scored[$0].label, trainedOnSynthetic: areas[2 * $0],
        trainedOnOriginal: areas[2 * $0 + 1])
    }
    return usefulness(
      .areaUnderCurve, results.map(\.trainedOnSynthetic), results.map(\.trainedOnOriginal),
      classes: results)
  }

  private func regress() -> Usefulness {
    let sides = [synthetic, original]
    let goals = PredictionTask.numbers(test.target)
    let shares = Concurrently.map(2) { index in
      let side = sides[index]
      let model = BoostedTrees(
        columns: side.features, labelCounts: labelCounts,
        targets: PredictionTask.numbers(side.target), objective: .squaredError)
      return Scores.explainedVariance(model.predict(test.features, rowCount: test.rowCount), goals)
    }
    return usefulness(.explainedVariance, [shares[0]], [shares[1]], classes: [])
  }

  private func areaUnderCurve(training side: Side, value: Double) -> Double {
    let targets = PredictionTask.numbers(side.target).map { $0 == value ? 1.0 : 0 }
    guard targets.contains(1), targets.contains(0) else { return 0.5 }
    let model = BoostedTrees(
      columns: side.features, labelCounts: labelCounts, targets: targets, objective: .logLoss)
    let scores = model.predict(test.features, rowCount: test.rowCount)
    return Scores.areaUnderCurve(
      scores, isPositive: PredictionTask.numbers(test.target).map { $0 == value })
  }

  private func usefulness(
    _ measure: Usefulness.Measure, _ synthetic: [Double], _ original: [Double],
    classes: [Usefulness.ClassScore]
  ) -> Usefulness {
    Usefulness(
      target: name, measure: measure,
      trainedOnSynthetic: synthetic.reduce(0, +) / Double(synthetic.count),
      trainedOnOriginal: original.reduce(0, +) / Double(original.count), classes: classes,
      testRows: test.rowCount,
      testedOnHoldout: testedOnHoldout)
  }

  private static func numbers(_ values: ColumnValues) -> [Double] {
    switch values {
    case .numbers(let numbers): numbers
    case .labels(let codes): codes.map(Double.init)
    }
  }

  /// Returns the rows whose target is known.
  private static func present(_ side: Side) -> Side {
    let rows =
      switch side.target {
      case .numbers(let values): values.indices.filter { values[$0].isFinite }
      case .labels(let codes): codes.indices.filter { codes[$0] >= 0 }
      }
    return rows.count == side.rowCount ? side : select(side, rows)
  }

  private static func select(_ side: Side, _ rows: [Int]) -> Side {
    Side(features: side.features.map { $0.selecting(rows) }, target: side.target.selecting(rows))
  }
}

/// Figures of merit of predictions.
package enum Scores {
  /// Returns the chance that a positive row is ranked above a negative one, ties counting half; 0.5
  /// if there is only one kind.
  package static func areaUnderCurve(_ scores: [Double], isPositive: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let meanRank = Double(start + end + 1) / 2
      for index in start..<end where isPositive[order[index]] { rankSum += meanRank }
      start = end
    }
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(isPositive.count) - positives
    guard positives > 0, negatives > 0 else { return 0.5 }
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
  }

  /// Returns one minus the ratio of squared error to variance; 0 if all targets are equal.
  package static func explainedVariance(_ predictions: [Double], _ targets: [Double]) -> Double {
    guard !targets.isEmpty else { return 0 }
    let mean = targets.reduce(0, +) / Double(targets.count)
    let variance = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return variance > 0 ? 1 - error / variance : 0
  }
}
