import Accounting
import Curation
import Foundation

/// Parameters, and the standard deviation of each one's error: of the sample and of the noise.
package struct FittedPoints: Sendable {
  /// The sum of points of the average row, above the base.
  package var intercept: Double
  package var parameters: [Double]
  package var errors: [Double]

  package init(intercept: Double = 0, parameters: [Double], errors: [Double]) {
    (self.intercept, self.parameters, self.errors) = (intercept, parameters, errors)
  }
}

/// Fits a model by noisy sums of gradients (Bassily, Smith and Thakurta 2014, in the form of
/// docs/proofs/noisy-gradient.md): steps of a fixed number, scaled by the counts of each bin, with
/// a ridge. The parameters are the mean over the later steps.
///
/// Rows are standardised by noisy counts before their gradients are added up, so that a cell which
/// most people have hardly lengthens a gradient, and one which few have is heard above the noise.
package struct GradientFit {
  /// Public: the noise of all steps together does not depend on their number.
  static let steps = 200
  private static let firstAveraged = 50
  /// The expected number of rows of a step, from which only a sample is taken.
  private static let mostRows = 50_000.0

  let design: Design
  package let plan: NoisyGradientPlan
  private let clip: Double
  private let unitRows: Int

  /// - Throws: `MechanismError` if the budget does not suffice for the steps.
  package init(_ design: Design, unitRows: Int, rho: Rho, delta: Delta) throws {
    self.design = design
    self.unitRows = unitRows
    let rate = Self.samplingRate(rows: design.total)
    plan = try NoisyGradientPlan.calibrated(
      samplingRate: rate, steps: Self.steps, coordinates: design.count + 1, rho: rho, delta: delta)
    // The rows of a person are clipped together.
    clip = design.scale.bound * design.rowLength * Double(unitRows).squareRoot()
  }

  /// Returns a power of two, so that nearby numbers of rows share a plan.
  package static func samplingRate(rows: Double) -> Double {
    guard rows > mostRows else { return 1 }
    return pow(2, log2(mostRows / rows).rounded(.up))
  }

  /// The standard deviation of the noise on a standardised coordinate of a step's sum over all
  /// rows.
  var noise: Double { plan.noiseMultiplier * clip / plan.samplingRate }

  /// Charges and takes all steps.
  package func fit(_ curator: Curator, progress: (Double) throws -> Void = { _ in }) throws
    -> FittedPoints
  {
    let gradients = ResidualGradients(design, rowCapacity: Self.capacity(unitRows))
    let run = try curator.noisyGradients(plan, clip: clip, of: gradients)
    let ridge = design.ridge(noise: noise * noise / Double(plan.steps))
    var descent = Descent(design, ridge: ridge)
    var mean = FittedPoints(
      parameters: [Double](repeating: 0, count: design.count), errors: errors(ridge))
    var sum = [Float](repeating: 0, count: plan.coordinates)
    let share = 1 / Double(plan.steps - Self.firstAveraged)
    for step in 0..<plan.steps {
      if step % 10 == 0 { try progress(Double(step) / Double(plan.steps)) }
      gradients.move(to: descent.parameters, intercept: descent.intercept)
      run.step(into: &sum)
      descent.step(along: sum.map { Double($0) / plan.samplingRate })
      guard step >= Self.firstAveraged else { continue }
      mean.intercept += share * descent.intercept
      for index in mean.parameters.indices {
        mean.parameters[index] += share * descent.parameters[index]
      }
    }
    return mean
  }

  /// Returns the standard error of each coordinate, by the curvature that its own rows give it:
  /// that of the sample, of the mean of the later steps' noise, and of the ridge, which draws a
  /// coordinate that noise hides to 0. Columns count as unrelated.
  private func errors(_ ridge: [Double]) -> [Double] {
    let averaged = Double(plan.steps - Self.firstAveraged)
    let units = design.standards.map(\.unit)
    return zip(zip(zip(design.weights, design.priors), units), ridge).map { coordinate, ridge in
      let (weight, drawn) = (max(coordinate.0.0, 1), ridge * coordinate.0.1)
      let noise = noise * coordinate.1
      let own = weight * design.scale.residualVariance
      let resampled = own * (1 / plan.samplingRate - 1) / averaged
      let curvature = weight * design.scale.slope + ridge
      let variance = own + resampled + noise * noise / averaged + drawn * drawn
      return variance.squareRoot() / curvature
    }
  }

  /// Returns the number of rows of one call.
  static func capacity(_ unitRows: Int) -> Int { max(1_024, unitRows) }
}

/// Descent along noisy gradients, with a step for each coordinate by the rows that have it.
/// Post-processing of what was paid for.
///
/// The points of a column's bins are kept at 0 on average over the rows, and an intercept takes
/// their level. Otherwise noise would move the levels of columns against each other, which no
/// gradient resists, and rows with rare cells would be far off. Steps are small and have no
/// momentum: noise that moved the parameters far would have every gradient clipped.
private struct Descent {
  private(set) var parameters: [Double]
  private(set) var intercept = 0.0
  private let design: Design
  private let ridge: [Double]
  private let units: [Double]
  private let rates: [Double]
  private let interceptRate: Double

  init(_ design: Design, ridge: [Double]) {
    self.design = design
    self.ridge = ridge
    units = design.standards.map(\.unit)
    // No eigenvalue of the curvature scaled by this passes 4/3: the standardised numbers of a
    // column's cells have none above 2.
    let scale = 1.5 * Double(design.terms.count) * design.scale.steepest * max(design.total, 1)
    rates = zip(units, ridge).map { 1 / (scale * $0 * $0 + 5 * $1) }
    interceptRate = 1 / scale
    parameters = [Double](repeating: 0, count: design.count)
  }

  /// - Parameter gradient: of each standardised coordinate, and of the intercept.
  mutating func step(along gradient: [Double]) {
    for index in parameters.indices {
      let own = gradient[index] * units[index] + ridge[index] * parameters[index]
      parameters[index] -= rates[index] * own
    }
    for (term, start) in zip(design.terms, design.starts) where !term.isNumber {
      let slots = start..<start + term.slotCount
      let mean = zip(slots, term.means).reduce(0) { $0 + parameters[$1.0] * $1.1 }
      for slot in slots { parameters[slot] -= mean }
    }
    intercept -= interceptRate * gradient[parameters.count]
  }
}
