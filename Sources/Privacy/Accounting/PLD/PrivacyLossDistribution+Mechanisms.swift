import Foundation

extension PrivacyLossDistribution {
  /// Returns the losses of the Laplace mechanism of sensitivity 1 and this scale.
  package static func laplace(scale: Double, spacing: Double) -> PrivacyLossDistribution {
    let most = 1 / scale
    var losses = grid(spacing: spacing, over: -most...most)
    // P is centred at 1 and Q at 0: the loss is -most below 0, most above 1, and (2x - 1) / scale
    // between.
    losses.add(mass: exp(-most) / 2, loss: -most)
    losses.add(mass: 0.5, loss: most)
    var start = 0.0
    for place in 0..<losses.masses.count - 1 where start < 1 {
      let end = min(max(start, (losses.loss(place + 1) * scale + 1) / 2), 1)
      guard end > start else { continue }
      let lower = losses.loss(place)
      var (mass, excess) = (0.0, 0.0)
      for (node, weight) in GaussLegendre.nodes {
        let x = (start + end) / 2 + (end - start) / 2 * node
        let loss = min(max((2 * x - 1) / scale, lower), lower + spacing)
        let density = exp((x - 1) / scale) / (2 * scale) * weight * (end - start) / 2
        mass += density
        excess += density * -expm1(lower - loss)
      }
      losses.add(mass: mass, excess: excess, place: place)
      start = end
    }
    return losses
  }

  /// Returns the losses of any (epsilon, delta)-differentially private mechanism: randomised
  /// response, with the truth told at delta (Kairouz, Oh and Viswanath 2015, Theorem 3.4).
  package static func approximate(epsilon: Double, delta: Double, spacing: Double)
    -> PrivacyLossDistribution
  {
    var losses = grid(spacing: spacing, over: -epsilon...epsilon)
    let likely = (1 - delta) / (1 + exp(-epsilon))
    losses.add(mass: likely, loss: epsilon)
    losses.add(mass: (1 - delta) / (1 + exp(epsilon)), loss: -epsilon)
    losses.leaveOut(mass: delta, reversed: delta)
    return losses
  }

  /// Returns the losses of any rho-zCDP mechanism, such as a vector with discrete Gaussian noise or
  /// the exponential mechanism.
  ///
  /// Its delta at every epsilon is at most that of ``Accountant/delta(rho:epsilon:)``, in both
  /// directions. The greatest convex function (of exp(epsilon)) below that bound belongs to two
  /// distributions, which dominate the mechanism. Outcomes beyond `reach` standard deviations are
  /// left out.
  package static func zeroConcentrated(rho: Double, spacing: Double, reach: Double = 12)
    -> PrivacyLossDistribution
  {
    let width = (2 * rho).squareRoot()
    let top = rho + reach * width
    let highest = Int((top / spacing).rounded(.up))
    var losses = PrivacyLossDistribution(spacing: spacing, lowest: -highest, count: 2 * highest + 1)
    let points = (-highest...highest).map { step -> (ratio: Double, delta: Double) in
      let epsilon = Double(step) * spacing
      func delta(_ epsilon: Double) -> Double {
        Accountant.delta(rho: Rho(checked: rho), epsilon: Epsilon(checked: epsilon)).value
      }
      let bound = epsilon >= 0 ? delta(epsilon) : -expm1(epsilon) + exp(epsilon) * delta(-epsilon)
      return (exp(epsilon), min(1, bound))
    }
    // The curve runs from 1 at ratio 0 through the hull of the points and stays level beyond the
    // last.
    let hull = lowerHull([(0, 1)] + points)
    let last = points[points.count - 1].delta
    // Between hull points the curve is straight. A kink at ratio r with slope change c is an
    // outcome of Q-probability c and P-probability r c.
    var slope = (hull[1].1 - hull[0].1) / (hull[1].0 - hull[0].0)
    var kept = 0.0
    for index in 1..<hull.count {
      let next =
        index + 1 < hull.count
        ? (hull[index + 1].1 - hull[index].1) / (hull[index + 1].0 - hull[index].0) : 0
      let mass = max(0, next - slope) * hull[index].0
      losses.add(mass: mass, loss: log(hull[index].0))
      kept += mass
      slope = next
    }
    losses.leaveOut(
      mass: max(last, 1 - kept),
      reversed: max(0, 1 + (hull[1].1 - hull[0].1) / (hull[1].0 - hull[0].0)))
    return losses
  }

  /// Returns the points of the greatest convex function on or below the given points, which ascend.
  private static func lowerHull(_ points: [(Double, Double)]) -> [(Double, Double)] {
    var hull: [(Double, Double)] = []
    for point in points {
      while hull.count >= 2 {
        let (first, second) = (hull[hull.count - 2], hull[hull.count - 1])
        let cross =
          (second.0 - first.0) * (point.1 - first.1) - (second.1 - first.1) * (point.0 - first.0)
        guard cross <= 0 else { break }
        hull.removeLast()
      }
      hull.append(point)
    }
    return hull
  }
}

extension PrivacyLossDistribution {
  /// Returns the losses of `count` mechanisms in sequence, each with losses in an interval of
  /// length `range`, such as the exponential mechanism. The position of the interval may depend on
  /// everything seen before (Dong, Durfee and Rogers 2020, in numbers instead of sums).
  ///
  /// Losses are multiples of the range divided by `cells`. Let V be the hockey-stick divergence by
  /// the ratio P/Q so far, divided by gamma. At the end it is (ratio - 1)⁺, before a choice the
  /// most that two outcomes can make of it. See `docs/proofs/pld.md`. Complexity: count² cells².
  package static func choices(range: Double, count: Int, cells: Int = 400)
    -> PrivacyLossDistribution
  {
    let spacing = range / Double(cells)
    let middle = (count + 1) * (cells + 1)
    func ratio(_ place: Int) -> Double { exp(Double(place - middle) * spacing) }
    var values = (0...2 * middle).map { max(0, expm1(Double($0 - middle) * spacing)) }
    // An interval between two points of the grid is widened to them.
    let steps = (1...cells).map { up -> (up: Int, down: Int, share: Double) in
      let down = cells + 1 - up
      let (rise, fall) = (expm1(Double(up) * spacing), -expm1(-Double(down) * spacing))
      return (up, down, fall / (rise + fall))
    }
    for _ in 0..<count {
      let later = values
      for place in cells + 1...2 * middle - cells - 1 {
        for (up, down, share) in steps {
          values[place] = max(
            values[place], share * later[place + up] + (1 - share) * later[place - down])
        }
      }
    }
    // V is convex in the ratio and below its chords. Each change of its slope is an outcome with
    // that probability under P.
    var losses = PrivacyLossDistribution(spacing: spacing, lowest: -middle, count: 2 * middle + 1)
    var slope = 0.0
    for place in 0...2 * middle {
      let next =
        place < 2 * middle
        ? (values[place + 1] - values[place]) / (ratio(place + 1) - ratio(place)) : 1
      losses.add(mass: max(0, next - slope), loss: -Double(place - middle) * spacing)
      slope = max(slope, next)
    }
    return losses
  }
}
