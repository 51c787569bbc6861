import Accounting
import Curation
import Encoding
import Tables

/// Trains a model by questions to the curator: about the columns, about the points, and about the
/// scores of the trained model.
package struct PredictionTraining {
  private let task: PredictionTask
  private let view: PredictionView
  private let curator: Curator
  private let rho: Rho
  private let labelDelta: Delta
  private let trainingDelta: Delta

  /// The share of the budget that learning the columns may spend; it takes about half of it.
  static let columnShare = 0.2
  /// The share that assesses the trained model.
  static let assessmentShare = 0.05
  /// Rows times epsilon below which an additive model is made of pairs: the noise of as many
  /// parameters would drown the gradients.
  package static let leastSignal = 5_000.0

  /// - Parameters:
  ///   - view: of the schema that the curator's blueprint was made from.
  ///   - trainingDelta: the delta that sums of gradients may leave out of their cost.
  package init(
    _ task: PredictionTask, view: PredictionView, curator: Curator, rho: Rho, labelDelta: Delta,
    trainingDelta: Delta
  ) {
    (self.task, self.view, self.curator, self.rho) = (task, view, curator, rho)
    (self.labelDelta, self.trainingDelta) = (labelDelta, trainingDelta)
  }

  /// Whether points come from pairs: a public rule. Straight lines have few parameters.
  package static func usesPairs(_ form: PredictionTask.Form, rows: Double, epsilon: Double) -> Bool
  {
    form == .additive && rows * epsilon < leastSignal
  }

  /// A stage of the questions.
  package enum Stage: Sendable, Equatable {
    case column(String)
    case points
    case assessment
  }

  /// Asks all questions.
  /// - Parameters:
  ///   - epsilon: of the whole release.
  ///   - progress: called with a stage and the share of it, or of all columns, that is done.
  /// - Throws: ``PredictionFault``, and the errors of the budget and of mechanisms.
  package func run(epsilon: Double, progress: (_ stage: Stage, _ fraction: Double) throws -> Void)
    throws -> PredictiveModel
  {
    let columns = try KnownColumns(
      curator, isStraight: task.form != .additive, rho: rho.share(Self.columnShare),
      delta: labelDelta
    ) { try progress(.column($0), $1) }
    let (design, leftOut) = try design(columns)
    let rows = view.schema.publicRows.map(Double.init) ?? columns.total
    let method: PredictiveModel.Method =
      Self.usesPairs(task.form, rows: rows, epsilon: epsilon) ? .pairs : .gradients
    let left = max(rho.value * (1 - Self.assessmentShare) - curator.spent.rho.value, 0)
    let rhoOfPoints = Rho(checked: left * (1 - 1e-6))
    let fitted =
      switch method {
      case .pairs:
        try PairFit(design).fit(curator, rho: rhoOfPoints) { try progress(.points, $0) }
      case .gradients:
        try GradientFit(
          design, unitRows: curator.unitRows, rho: rhoOfPoints, delta: trainingDelta.share(0.5)
        ).fit(curator) { try progress(.points, $0) }
      }
    try progress(.assessment, 0)
    let rest = max(rho.value - curator.spent.rho.value, 0) * (1 - 1e-6)
    let table = try ScoreTable(
      design, fitted: fitted, curator: curator, rho: Rho(checked: rest),
      delta: trainingDelta.share(0.5))
    return model(design, fitted, table, method: method, leftOut: leftOut)
  }

  // MARK: Columns

  private func design(_ known: KnownColumns) throws -> (Design, [LeftOutColumn]) {
    let schema = curator.blueprint.schema
    guard
      let target = known.domain.variables.firstIndex(where: { $0.name == task.target }),
      !known.unlearned.contains(target), let column = schema.column(named: task.target)
    else { throw PredictionFault.targetNotLearned(task.target) }
    let scale = try TargetScale(
      view.family, values: task.values(of: column, known.domain.codecs[target]),
      counts: known.counts[target], target: task.target)
    var (terms, leftOut) = ([DesignTerm](), view.leftOut)
    for (index, variable) in known.domain.variables.enumerated() where index != target {
      guard let column = schema.column(named: variable.name) else { continue }
      let (codec, counts) = (known.domain.codecs[index], known.counts[index])
      guard !known.unlearned.contains(index), counts.count == codec.size,
        var term = DesignTerm(
          column, variable: index, codec: codec, counts: counts,
          isStraight: task.form != .additive)
      else {
        leftOut.append(LeftOutColumn(name: variable.name, reason: .notLearned))
        continue
      }
      term.missingTexts = schema.missingTexts(of: column)
      terms.append(term)
    }
    guard !terms.isEmpty else { throw PredictionFault.nothingLearned }
    return (
      Design(
        terms: terms, variables: known.domain.count, target: target, scale: scale,
        total: known.total), leftOut
    )
  }

  // MARK: The model

  private func model(
    _ design: Design, _ fitted: FittedPoints, _ table: ScoreTable, method: PredictiveModel.Method,
    leftOut: [LeftOutColumn]
  ) -> PredictiveModel {
    // Clipping moves the probabilities of events, and pairs count some columns twice.
    let isScaled = method == .pairs || view.family == .logistic
    let calibration = isScaled ? table.calibration : (intercept: 0, factor: 1)
    let factor = calibration.factor * design.scale.unit
    let (points, shift) = design.centred(fitted.parameters)
    let columns = zip(design.terms, design.starts).map { term, start in
      let slots = start..<start + term.slotCount
      return ColumnPoints(
        term, points: points[slots].map { $0 * factor },
        errors: fitted.errors[slots].map { $0 * factor })
    }
    let sum =
      calibration.intercept + calibration.factor * (design.scale.base + fitted.intercept + shift)
    let intercept = zip(design.terms, columns).reduce(
      design.scale.centre + design.scale.unit * sum
    ) { sum, pair in
      guard case .number(let centre, _) = pair.0.kind else { return sum }
      return sum - pair.1.lines[0].points * centre
    }
    return PredictiveModel(
      target: task.target, event: view.family == .logistic ? task.eventText(in: view.schema) : nil,
      form: task.form, family: view.family, link: view.family.link(takesRoot: task.takesRoot),
      method: method, intercept: intercept, columns: columns, leftOut: leftOut,
      rows: Int(design.total.rounded()), assessment: table.assessment(after: calibration))
  }
}

extension PredictionTask {
  /// Returns the target's value for each code; nil for rows that say nothing.
  fileprivate func values(of column: ColumnSchema, _ codec: Codec) -> [Double?] {
    switch codec {
    case .labels(let codec):
      return (0..<codec.size).map { code in
        code < codec.labels.count ? (codec.labels[code] == event ? 1 : 0) : nil
      }
    case .ordered(let codec):
      if case .boolean = column.type {
        let codes = codec.encode([0, 1]).map(Int.init)
        return (0..<codec.size).map { $0 == codes[0] ? 0 : $0 == codes[1] ? 1 : nil }
      }
      return (0..<codec.size).map { code in
        guard code < codec.bins.count else { return nil }
        return codec.bins[code].mean { tick in
          let number = column.number(ofTick: tick)
          let isCount = form == .poisson || takesRoot
          let allowed = isCount ? max(number, 0) : number
          return takesRoot ? allowed.squareRoot() : allowed
        }
      }
    }
  }

  /// Returns the label that counts as yes.
  fileprivate func eventText(in schema: Schema) -> String? {
    if let event { return event }
    guard case .boolean(let words)? = schema.column(named: target)?.type else { return nil }
    return words.whenTrue
  }
}

extension Schema {
  /// Returns the texts of missing cells in a column.
  fileprivate func missingTexts(of column: ColumnSchema) -> [String] {
    var texts: [String] = []
    for text in [column.missingToken, ""] + format.missingTokens where !texts.contains(text) {
      texts.append(text)
    }
    return texts
  }
}
