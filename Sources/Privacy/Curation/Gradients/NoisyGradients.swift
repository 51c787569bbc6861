import Encoding
import Ledger
import Mechanisms

/// A run of noisy gradient sums, charged as a whole: at most as many steps as its plan says, each
/// over a fresh Poisson sample of the units.
///
/// The run is open until its last step, until ``end()``, or until nobody holds it. Meanwhile its
/// curator refuses every other question: the steps are proved private as one mechanism, with
/// nothing in between that depends on the rows.
///
/// Like its ``Curator``, it belongs to one thread at a time.
package final class NoisyGradients {
  /// The plan the run was charged for.
  package let plan: NoisyGradientPlan
  /// The number of steps left.
  package private(set) var stepsLeft: Int

  private let computation: any GradientComputation
  private let curator: Curator
  private let columns: [CodeColumn]
  private let units: UnitRows
  private let sampling: PoissonSampling
  private let factors: GradientFactors
  private let gradientUnit: Double
  private var clipped: ClippedSum
  private var members: [Int] = []
  private var rows: [Int] = []
  private var runs: [Range<Int>] = []
  private var codes: [UInt16]
  private var sums: [Double]

  init(
    plan: NoisyGradientPlan, clip: Double, computation: any GradientComputation, curator: Curator,
    columns: [CodeColumn]
  ) {
    let capacity = computation.rowCapacity
    precondition(capacity >= curator.unitRows, "a call must take all rows of a unit")
    precondition(clip > 0 && clip.isFinite, "gradients are clipped to a length above zero")
    self.plan = plan
    stepsLeft = plan.steps
    self.computation = computation
    self.curator = curator
    self.columns = columns
    units = curator.units
    sampling = PoissonSampling(rate: plan.samplingRate, count: units.count)
    factors = GradientFactors(blocks: computation.blocks, rowCapacity: capacity)
    clipped = ClippedSum(
      blocks: computation.blocks, rowCapacity: capacity, sensitivity: plan.sensitivity, clip: clip,
      unitRows: curator.unitRows)
    gradientUnit = clip / Double(plan.sensitivity)
    codes = [UInt16](repeating: 0, count: capacity * columns.count)
    sums = [Double](repeating: 0, count: plan.coordinates)
  }

  /// Takes one step: writes the noisy sum of the clipped gradients of a fresh sample of units, in
  /// the network's own unit. The parameters are in the order of the computation's blocks, row-major
  /// `[inputs (and the bias), outputs]`.
  ///
  /// Divide the sum by the expected number of units in a sample, a public number, never by the
  /// number drawn.
  /// - Parameter sum: as long as the plan's coordinates; overwritten.
  package func step(into sum: inout [Float]) {
    precondition(stepsLeft > 0, "all steps that were charged for are taken")
    precondition(sum.count == plan.coordinates, "a sum has a place for each parameter")
    stepsLeft -= 1
    members.removeAll(keepingCapacity: true)
    sampling.draw(into: &members, using: curator.random)
    sums.withUnsafeMutableBufferPointer { sums in
      sums.update(repeating: 0)
      addGradients(to: sums)
      let exact = curator.isWatched ? sums.map { Int($0) } : []
      FlooredGaussian.add(to: sums, using: curator.random)
      if curator.isWatched {
        curator.watch(
          .gradients(steps: plan.steps, coordinates: plan.coordinates), exact: exact, noisy: sums)
      }
      for index in sums.indices { sum[index] = Float(sums[index] * gradientUnit) }
    }
  }

  /// Gives up the remaining steps. They stay charged.
  package func end() { stepsLeft = 0 }

  /// Puts the units of the sample through the network, as many at a time as it takes.
  private func addGradients(to sums: UnsafeMutableBufferPointer<Double>) {
    rows.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    for member in members {
      let own = units.rows(of: member)
      if rows.count + own.count > factors.rowCapacity { flush(to: sums) }
      runs.append(rows.count..<rows.count + own.count)
      for row in own { rows.append(units.row(at: row)) }
    }
    flush(to: sums)
  }

  private func flush(to sums: UnsafeMutableBufferPointer<Double>) {
    guard !rows.isEmpty else { return }
    for (variable, column) in columns.enumerated() {
      column.gather(rows, into: &codes, from: variable, stride: columns.count)
    }
    computation.differentiate(
      codes.span.extracting(first: rows.count * columns.count), rows: rows.count, into: factors)
    clipped.add(factors, rows: rows.count, units: runs, to: sums)
    rows.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
  }
}

extension CodeColumn {
  /// Writes the codes of some rows to every `stride`-th place.
  fileprivate func gather(_ rows: [Int], into codes: inout [UInt16], from start: Int, stride: Int) {
    var place = start
    switch self {
    case .bytes(let column):
      for row in rows {
        codes[place] = UInt16(column[row])
        place += stride
      }
    case .words(let column):
      for row in rows {
        codes[place] = column[row]
        place += stride
      }
    }
  }
}
