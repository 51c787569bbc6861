import Basics
import Foundation
import Policies
import Tables

/// States the promise of a ``ReportGuarantee`` in plain words, and no more than the mathematics
/// does.
struct GuaranteeWording {
  let guarantee: ReportGuarantee

  init(_ guarantee: ReportGuarantee) { self.guarantee = guarantee }

  var unitNoun: String {
    switch guarantee.unit {
    case .row: "row"
    case .person: "person"
    }
  }

  static func maximumRows(_ unit: ReportGuarantee.Unit) -> Int {
    switch unit {
    case .row: 1
    case .person(_, let maximum): maximum
    }
  }

  var unitTitle: String {
    switch guarantee.unit {
    case .row: "each row"
    case .person: "each person"
    }
  }

  var unitNote: String {
    switch guarantee.unit {
    case .row where guarantee.eachRowIsAPerson == true:
      "the owner declares that each row is a person of its own"
    case .row: "a person with several rows is protected less"
    case .person(let column, let maximum) where guarantee.personBound == .norm:
      "all rows that share ‘\(column)’, whose counts weigh as much as "
        + "\(NumberText.plural(maximum, "row", "rows")) in one cell at most"
    case .person(let column, let maximum):
      "all rows that share ‘\(column)’, of which at most \(NumberText.count(maximum)) \(maximum == 1 ? "is" : "are") used"
    }
  }

  var strength: String {
    switch guarantee.epsilon {
    case ...1: "a strict limit"
    case ...3: "a moderate limit"
    case ...PromiseLimits.strongEpsilon: "a loose limit"
    case ...PromiseLimits.acceptedEpsilon: "a very loose limit"
    default: "hardly any limit"
    }
  }

  var deltaNote: String {
    guard guarantee.delta > 0 else { return "the limit always holds" }
    let chance =
      guarantee.delta < 0.01
      ? "at most 1 in \(Self.oneIn(guarantee.delta))"
      : "up to \(NumberText.percent(guarantee.delta))"
    return guarantee.hasLargeDelta == true ? "\(chance): too large for a strong promise" : chance
  }

  /// The chance that the limit is missed: δ, which the definition adds to the bounded probability.
  var exception: String? {
    guarantee.delta <= 0
      ? nil : "apart from a chance of at most \(NumberText.small(guarantee.delta))"
  }

  /// Returns one sentence.
  /// - Parameters:
  ///   - assessesLater: whether part of the policy was assessed after publication, with a result
  ///     that does not travel.
  ///   - coverage: the columns about which something was learned.
  func verdict(
    rows: Int, policy: String?, assessesLater: Bool = false, coverage: Coverage = Coverage()
  ) -> String {
    guard guarantee.isPrivate else {
      return
        "A trial table of \(NumberText.plural(rows, "row", "rows")) that promises no privacy\(coverage.trialEnd)."
    }
    return
      "This table of \(NumberText.plural(rows, "synthetic row", "synthetic rows")) \(coverage.standing): what it can reveal about "
      + "any one \(unitNoun) is \(limit)"
      + (policy.map {
        ", and it meets every requirement of the policy ‘\($0)’\(assessesLater ? " that is judged before publication" : "")."
      }
        ?? ".")
  }

  /// The limit on the release, as the lead sentence states it: no stronger than ε and δ are.
  private var limit: String {
    let size =
      "ε = \(NumberText.parameter(guarantee.epsilon)), δ = \(NumberText.small(guarantee.delta))"
    if guarantee.isHardlyAny { return "hardly limited (\(size))" }
    let isLoose = guarantee.epsilon > PromiseLimits.strongEpsilon
    return
      (isLoose
      ? "only loosely limited by differential privacy (\(size))"
      : "limited by differential privacy")
      + (guarantee.hasLargeDelta == true
        ? ", apart from a chance that is larger than a strong promise allows" : "")
  }

  /// Exact, not only a likeness: whatever separates two neighbours under (ε, δ) can be computed
  /// from one such answer (Kairouz, Oh and Viswanath 2015, theorem 3.1: randomized response is the
  /// worst case), in which the truth is told outright with the chance δ.
  var analogy: String? {
    guard guarantee.isPrivate else { return nil }
    let truth = NumberText.percent(guarantee.highestBelief(from: 0.5))
    let place = unitNoun == "person" ? "whether they are" : "whether their row is"
    return
      "Imagine asking one person \(place) in the original. Before they answer, they spin a wheel that only they can see: with a chance of "
      + "\(truth) it makes them tell the truth, otherwise they lie. Whatever an attacker could find out about that "
      + "one \(unitNoun) from this release, they could find out from that one answer. The odds of a guess change by a factor of at most "
      + "\(NumberText.factor(guarantee.oddsFactor))\(exception.map { ", \($0)" } ?? "")."
  }

  var promises: [String] {
    guard guarantee.isPrivate else {
      return ["Nothing: the noise can be repeated by whoever knows the seed."]
    }
    let subject =
      switch guarantee.unit {
      case .row: "row"
      case .person(let column, _) where guarantee.personBound == .norm:
        "person, with all rows that share ‘\(column)’ (all of which were used, their counts shortened to a fixed length),"
      case .person(let column, let maximum):
        "person, with all rows that share ‘\(column)’ (of which at most \(NumberText.count(maximum)) "
          + "\(maximum == 1 ? "was" : "were") used),"
      }
    let change =
      switch guarantee.neighbours {
      case .addOrRemove: "Had any one \(subject) not been in the original"
      case .replaceOne: "Had any one \(subject) had other values in the original"
      }
    let others =
      switch guarantee.unit {
      case .row: "every other row"
      case .person: "all rows of everyone else"
      }
    let except = exception.map { ", \($0)" } ?? ""
    return [
      "\(change), this release would have come out almost the same: whatever it led to would have been at most "
        + "\(NumberText.factor(guarantee.oddsFactor)) times (e to the power ε) more or less likely\(except).",
      "This holds against an attacker who knows \(others), has any other data, and cannot break the ciphers that the noise is drawn "
        + "from. Further use of this table does not weaken it; further releases of the same data add to it.",
    ]
  }

  /// Returns `1,000,000,000` for 1e-9, or words if they are shorter.
  private static func oneIn(_ delta: Double) -> String {
    let number = 1 / delta
    if number >= 0.999e12 { return "\(NumberText.parameter((number / 1e12).rounded())) trillion" }
    if number >= 0.999e9 { return "\(NumberText.parameter((number / 1e9).rounded())) billion" }
    if number >= 0.999e6 { return "\(NumberText.parameter((number / 1e6).rounded())) million" }
    return NumberText.count(Int(number.rounded()))
  }
}
