/// What attacks on places find, of people of the original, of strangers, and on an exact release.
/// All of it is measured on people: for the owner alone.
package struct PlaceAttackReport: Sendable, Codable, Equatable {
  /// How often an attack was right.
  package struct Share: Sendable, Codable, Equatable {
    package let hits: Int
    package let attempts: Int

    package init(hits: Int, attempts: Int) { (self.hits, self.attempts) = (hits, attempts) }

    package var value: Double { Double(hits) / Double(max(attempts, 1)) }

    /// With one hit and one miss added, so that a few attempts without a hit prove nothing
    /// (Agresti and Caffo 2000).
    var variance: Double {
      let share = Double(hits + 1) / Double(attempts + 2)
      return share * (1 - share) / Double(attempts + 2)
    }
  }

  package enum Verdict: String, Sendable, Codable {
    /// People of the original are found more often than strangers.
    case leak
    /// They are not, although the attack finds them on an exact release.
    case noLeak = "no-leak"
    /// There are too few people, or the attack finds nobody on an exact release either.
    case noPower = "no-power"
    /// There are no strangers to compare with.
    case notJudged = "not-judged"
  }

  /// One attack.
  package struct Line: Sendable, Codable, Equatable {
    package let name: String
    /// What the attacker knows and does, as the end of a sentence.
    package let method: String
    /// People of the original, on the release.
    package let members: Share
    /// People who are not in it, on the release; nil if there are none.
    package let strangers: Share?
    /// People of the original, on an exact release of them.
    package let exact: Share
    /// The share of hits of somebody who sees no release; nil if there is no such guess.
    package let blind: Double?
    /// The smallest gap between people and strangers that would be shown; nil if nothing is judged.
    package let detectable: Double?
    package let verdict: Verdict

    /// - Parameter exactStrangers: strangers, on an exact release of the people of the original.
    init(
      name: String, method: String, members: Share, strangers: Share?, exact: Share,
      exactStrangers: Share?, blind: Double? = nil
    ) {
      (self.name, self.method, self.members) = (name, method, members)
      (self.strangers, self.exact, self.blind) = (strangers, exact, blind)
      guard let strangers, let exactStrangers, strangers.attempts > 0, members.attempts > 0 else {
        detectable = nil
        verdict = strangers == nil ? .notJudged : .noPower
        return
      }
      let gap = Self.shownGap(
        Share(
          hits: Int(strangers.value * Double(members.attempts)), attempts: members.attempts),
        strangers)
      detectable = gap
      if members.value - strangers.value > Self.shownGap(members, strangers) {
        verdict = .leak
      } else if gap > Self.mostDetectable
        || exact.value - exactStrangers.value <= Self.shownGap(exact, exactStrangers)
      {
        verdict = .noPower
      } else {
        verdict = .noLeak
      }
    }

    /// An attack that could only show a larger gap has no power.
    private static let mostDetectable = 0.25

    /// Three standard errors, since several attacks are made, and two points at least.
    private static func shownGap(_ one: Share, _ other: Share) -> Double {
      max(3 * (one.variance + other.variance).squareRoot(), 0.02)
    }
  }

  /// How many people some of their own cells single out in the original.
  package struct Uniqueness: Sendable, Codable, Equatable {
    package let cells: Int
    package let people: Share
  }

  /// The people of the original, and those who are compared with them.
  package let people: Int
  package let strangers: Int?
  package let cellMetres: Double
  package let lines: [Line]
  /// Of the original alone: no release is looked at.
  package let uniqueness: [Uniqueness]
  /// The people of whom a cell shows if exact maps with and without them are subtracted, both with
  /// cells of fewer than 3 people blanked: what such maps would betray.
  package let tracedOnExactMaps: Share

  /// Whether a leak is shown; nil if nothing is judged.
  package var isLeaky: Bool? {
    if lines.contains(where: { $0.verdict == .leak }) { return true }
    return lines.contains { $0.verdict == .noLeak } ? false : nil
  }
}
