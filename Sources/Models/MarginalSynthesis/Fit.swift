import Accounting
import Curation
import DomainLearning
import Encoding
import GraphicalModels
import Synthesis

/// The inputs of an engine of marginals, with what the schema's rules say about its model.
package struct FitContext {
  let curator: Curator
  /// The curator of rows that the owner declares public; nil if there are none.
  private(set) var publicRows: Curator?
  let learned: LearnedDomain
  /// The number of codes of each variable, then of each coarse attribute.
  private(set) var sizes: [Int]
  /// The coarse attributes of the model.
  private(set) var coarse: CoarseAttributes
  let rho: Rho
  let options: SynthesisOptions
  /// The most cells of the model, beside those that rules demand.
  private(set) var modelCells: Int
  let progress: (SynthesisProgress) throws -> Void
  /// The combinations of codes that the schema's rules forbid, and those in which a variable and
  /// its groups contradict each other.
  private(set) var zeros: [StructuralZeros]
  /// The terms of the distribution that public rows have; empty if there are none.
  private(set) var prior: [ParameterTable] = []
  /// The most cells of a table on the way to a candidate's expectation: 64 MB. Candidates that need
  /// more are not looked at.
  package var mostCellsOnTheWay = 1 << 23

  package init(
    curator: Curator, learned: LearnedDomain, rho: Rho, options: SynthesisOptions,
    publicRows: Curator? = nil, progress: @escaping (SynthesisProgress) throws -> Void = { _ in }
  ) {
    self.curator = curator
    self.learned = learned
    self.rho = rho
    self.options = options
    self.publicRows = publicRows
    self.progress = progress
    sizes = learned.domain.sizes
    modelCells = options.mostModelCells(
      signal: DomainBudget.signal(
        rho, rows: learned.total, variables: learned.domain.count,
        unitRows: curator.answerRows))
    let unlearned = learned.unlearned.flatMap { learned.domain.variables[$0].source.names }
    zeros = CodeRules(curator.blueprint, domain: learned.domain, unlearned: Set(unlearned))
      .structuralZeros(sizes: sizes, mostCells: modelCells)
    coarse = CoarseAttributes(variables: learned.domain.count)
  }

  /// Returns the same inputs, with a coarse attribute beside each variable of many codes.
  func withCoarseAttributes() -> FitContext {
    var context = self
    context.coarse = CoarseAttributes(of: learned, blueprint: curator.blueprint)
    context.sizes += context.coarse.sizes
    context.zeros += context.coarse.ties
    curator.group(context.coarse.groups)
    return context
  }

  /// Returns the same inputs, starting from the distribution of public rows in place of the uniform
  /// one.
  ///
  /// The mechanism itself learns the model of the public rows, in the codes and groups that were
  /// paid for. Relations of theirs that nothing measured speaks against stay (the distribution that
  /// fits the measurements and differs least from theirs: minimum discrimination information,
  /// Kullback 1959; for tables of counts, Deming and Stephan 1940), and the rounds look for those
  /// in which the table of people differs. It reads no row of it, and costs nothing. Deviation from
  /// JAM-PGM (Fuentes, Mullins, McKenna, Miklau, Sheldon 2024, arXiv 2403.07797): a public marginal
  /// is not chosen in a round, so that no choice is paid for it and a choice keeps its sensitivity.
  ///
  /// - Parameter rows: The curator of rows that are public.
  func starting(from rows: Curator) throws -> FitContext {
    var other = FitContext(
      curator: rows,
      learned: try learned.counted(by: rows, rho: FitContext.publicRho),
      rho: Rho(
        checked: FitContext.publicRho.value * FitContext.publicMarginals * Double(sizes.count)),
      options: options
    ) { _ in
      try progress(SynthesisProgress(phase: .fitting, fraction: 0, detail: "the public table"))
    }
    rows.group(coarse.groups)
    (other.sizes, other.coarse, other.zeros) = (sizes, coarse, zeros)
    other.modelCells = Int(Double(modelCells) * FitContext.publicShare)
    var context = self
    context.prior = try AdaptiveIterativeMechanism(context: other).fit().model.parameters
    return context
  }

  /// The cliques of tables that no fit changes.
  var fixed: [Clique] { zeros.map(\.clique) + prior.map(\.clique) }

  /// Noise of about one row, which is less than chance gives any count of public rows.
  private static let publicRho = Rho(checked: 0.5)
  /// The number of marginals of public rows for each attribute.
  private static let publicMarginals = 4.0
  /// The share of the model's cells that public relations may take.
  private static let publicShare = 0.25

  var targets: Set<Int> {
    Set(learned.domain.variables.indices.filter { learned.domain.variables[$0].isTarget })
  }

  /// The measurements made during the search for the domain.
  var oneWay: [Measurement] {
    learned.oneWay.map {
      Measurement(
        clique: Clique([$0.attribute]), values: $0.values, variance: .perCell($0.variances),
        countsAllRows: $0.countsAllRows)
    }
  }

  /// Measures a marginal and returns it in the estimator's form.
  func measure(_ clique: Clique, rho: Rho) throws -> Measurement {
    let counts = try curator.marginal(of: clique.attributes, rho: rho)
    return Measurement(
      clique: clique, values: counts.values.map(Double.init), variance: counts.variance)
  }

  /// Fits the model that explains the measurements best; the last fit of a run converges further.
  ///
  /// - Parameter step: Called after every step of the optimiser; its errors end the fit.
  func fit(
    _ measurements: [Measurement], from previous: GraphicalModel? = nil, isLast: Bool = false,
    step: () throws -> Void
  ) throws -> GraphicalModel {
    var fitting = FitContext.lastOptions
    fitting.shrinkage = shrinkage
    if !isLast {
      fitting.isToleranceOfNoise = false
      fitting.maximumPasses = FitContext.passesPerRound
      fitting.relativeTolerance = FitContext.toleranceInRounds
    }
    let rows = learned.rowCount
    let total = measurements.estimatedTotal(beside: (rows.value, rows.variance))
    func estimate(from start: GraphicalModel?) throws -> GraphicalModel {
      var failure: (any Error)?
      return try withoutActuallyEscaping(step) { step in
        do {
          return try Estimator.fit(
            measurements: measurements, sizes: sizes, total: total, warmStart: start,
            structuralZeros: zeros, base: prior, options: fitting
          ) { _ in
            do { try step() } catch { failure = error }
            return failure == nil
          }
        } catch GraphicalModelError.cancelled {
          throw failure ?? GraphicalModelError.cancelled
        }
      }
    }
    return try FitContext.fallingBack(from: previous, estimate)
  }

  /// The shrinkage of a table of people. What a person with many rows says is one person's word, so
  /// relations are drawn towards none as if a share of the people had been seen without them, and
  /// not a share of the rows.
  private var shrinkage: Double { FitContext.shrinkage / Double(curator.answerRows) }

  /// The settings of the last fit of a run.
  static var lastOptions: Estimator.Options {
    var options = Estimator.Options()
    options.shrinkage = shrinkage
    options.relativeTolerance = toleranceAtTheEnd
    options.isToleranceOfNoise = true
    return options
  }

  /// Fits the model of a finished run, and keeps the measurements behind it.
  func lastFit(
    _ measurements: [Measurement], from previous: GraphicalModel? = nil, step: () throws -> Void
  ) throws -> MarginalFit {
    MarginalFit(
      model: try fit(measurements, from: previous, isLast: true, step: step),
      measurements: measurements)
  }

  /// Returns the estimate from the previous model; if there is none, the estimate from the start,
  /// and else the previous model. The measurements are paid for, so a numerical failure must not
  /// end the run with nothing.
  package static func fallingBack(
    from previous: GraphicalModel?, _ estimate: (GraphicalModel?) throws -> GraphicalModel
  ) throws -> GraphicalModel {
    do { return try estimate(previous) } catch GraphicalModelError.impossible {
      guard let previous else { throw GraphicalModelError.impossible }
      do { return try estimate(nil) } catch GraphicalModelError.impossible { return previous }
    }
  }

  private static let passesPerRound = 100
  /// The model of a round only decides the next measurement, which is clear long before it has
  /// converged.
  private static let toleranceInRounds = 1e-3
  /// Ten times less takes half as long again and changes no distance.
  private static let toleranceAtTheEnd = 1e-5
  /// Fixed on public tables (docs/decisions/0003-aim.md).
  private static let shrinkage = 0.03
}
