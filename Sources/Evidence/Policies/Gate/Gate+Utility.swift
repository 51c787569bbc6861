import Basics
import Quality

/// The answer for a distance that a policy limits: noisy, and paid for.
package struct PaidScore: Sendable, Codable, Equatable {
  /// The name for machines: `column-distance` or `pair-distance`.
  package let name: String
  /// The answer: the mean total variation distance, as a share of rows. It can be negative if the
  /// noise is larger than the distance.
  package let distance: Double
  /// The standard deviation of its noise, in the same unit.
  package let noise: Double
  /// The policy's limit.
  package let limit: Double

  package var isMet: Bool { distance <= limit }

  package var sentence: String {
    "\(name == "pair-distance" ? "Pairs" : "Columns"): \(NumberText.decimal(distance, digits: 4)), with noise of about "
      + "\(NumberText.decimal(noise, digits: 4)); the limit is \(NumberText.parameter(limit))."
  }

  package init(name: String, distance: Double, noise: Double, limit: Double) {
    (self.name, self.distance, self.noise, self.limit) = (name, distance, noise, limit)
  }
}

extension Gate {
  /// Returns how close the table is, from answers that were paid for. Anyone may see these lines.
  package func scoreLines(_ scores: [PaidScore]) -> [GateLine] {
    scores.map { score in
      GateLine(
        score.name,
        requires:
          "the mean distance of \(score.name == "pair-distance" ? "pairs" : "columns") is at most "
          + "\(NumberText.parameter(score.limit)), in the intervals and categories of the model",
        found:
          "\(NumberText.decimal(score.distance, digits: 4)), with noise of about \(NumberText.decimal(score.noise, digits: 4)): an answer "
          + "that was paid for", isMet: score.isMet,
        remedy:
          "Spend more epsilon, declare bounds and categories that are public, or leave out columns that nobody needs."
      )
    }
  }

  /// Returns the lines assessed after publication, for the owner: no answer of small sensitivity
  /// can measure a prediction's worth.
  package func laterLines(_ quality: QualityReport?, fault: String?) -> [GateLine] {
    guard let least = policy.utility.lowestPrediction else { return [] }
    guard let quality else {
      return [
        GateLine(
          "prediction",
          requires:
            "at least \(NumberText.percent(least)) of what the original teaches about the target is kept",
          found: fault ?? "the two were not compared", outcome: .saysNothing,
          remedy: "Compare the two with `understudy evaluate`.")
      ]
    }
    guard let usefulness = quality.usefulness else { return [] }
    return [prediction(usefulness, least: least)]
  }

  /// Counts only the gain over guessing: an area under the curve of 0.5 teaches nothing.
  private func prediction(_ result: Usefulness, least: Double) -> GateLine {
    let guessing = result.measure == .areaUnderCurve ? 0.5 : 0
    let kept =
      max(0, result.trainedOnSynthetic - guessing) / max(result.trainedOnOriginal - guessing, 1e-9)
    return GateLine(
      "prediction",
      requires:
        "at least \(NumberText.percent(least)) of what the original teaches about '\(result.target)' is kept",
      found: result.trainedOnOriginal <= guessing
        ? "the original teaches nothing about it" : NumberText.percent(kept),
      isMet: result.trainedOnOriginal <= guessing || kept >= least,
      remedy: "Name the column with --target, so that it weighs more, or spend more epsilon.")
  }
}
