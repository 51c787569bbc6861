import Foundation

/// The weighted sum of all numbers of a run that tells two kinds of run apart as far as each number
/// does by itself: Fisher's discriminant with a diagonal covariance, which a few runs suffice to
/// learn.
struct JointScore {
  private struct Sums {
    var count = 0.0
    var sum = 0.0
    var squares = 0.0

    mutating func add(_ value: Double) {
      count += 1
      sum += value
      squares += value * value
    }
  }

  private var with: [Feature: Sums] = [:]
  private var without: [Feature: Sums] = [:]

  /// Returns the score learned so far; 0 while nothing is learned. A higher score is likelier with
  /// the unit.
  func score(_ sighting: Sighting) -> Double {
    var score = 0.0
    for (feature, value) in sighting {
      guard case .number(let number) = value, let one = with[feature], let two = without[feature],
        one.count > 1, two.count > 1
      else {
        continue
      }
      let (meanOne, meanTwo) = (one.sum / one.count, two.sum / two.count)
      let spread =
        max(0, one.squares - one.count * meanOne * meanOne)
        + max(0, two.squares - two.count * meanTwo * meanTwo)
      let variance = spread / (one.count + two.count - 2)
      // A number without any spread must not outweigh all others for ever: its difference counts as
      // four standard deviations.
      let difference = meanOne - meanTwo
      let scale = max(variance, difference * difference / 16)
      guard scale > 0 else { continue }
      score += difference / scale * (Self.compressed(number) - (meanOne + meanTwo) / 2)
    }
    return score.isFinite ? score : 0
  }

  mutating func learn(with sightingWith: Sighting, without sightingWithout: Sighting) {
    for (feature, value) in sightingWith {
      if case .number(let number) = value {
        with[feature, default: Sums()].add(Self.compressed(number))
      }
    }
    for (feature, value) in sightingWithout {
      if case .number(let number) = value {
        without[feature, default: Sums()].add(Self.compressed(number))
      }
    }
  }

  /// Puts numbers of all sizes on one scale.
  private static func compressed(_ number: Double) -> Double {
    number < 0 ? -log1p(-number) : log1p(number)
  }
}
