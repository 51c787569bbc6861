import Quality

/// The attacks tried on a release, and their results: for the owner's eyes, and as evidence for the
/// gate.
///
/// It holds counts, rates and column names, never a cell's value.
package struct AttackReport: Codable, Sendable, Equatable {
  package var originalRows: Int
  package var syntheticRows: Int
  /// People outside the original on whom the same attacks were run; nil if there is no control.
  package var controlRows: Int?
  package var attacks: [AttackResult]
  package var copies: CopyCounts
  package var membership: [MembershipResult]
  /// Anything that the attacks could not do or assess, in sentences.
  package var notes: [String]
  /// The people of the original who were hit most often.
  package var worstRecords: [WorstRecord]
  /// People of the control who occur in the release or the original; nil if there is no control.
  package var strangers: StrangerRows?
  /// The reasons why the tables tell too little to be judged, in sentences: degenerate tables pass
  /// no attack.
  package var notAssessed: [String]?

  package init(
    originalRows: Int, syntheticRows: Int, controlRows: Int?, attacks: [AttackResult],
    copies: CopyCounts,
    membership: [MembershipResult], notes: [String] = [], worstRecords: [WorstRecord] = [],
    strangers: StrangerRows? = nil,
    notAssessed: [String]? = nil
  ) {
    self.originalRows = originalRows
    self.syntheticRows = syntheticRows
    self.controlRows = controlRows
    self.attacks = attacks
    self.copies = copies
    self.membership = membership
    self.notes = notes
    self.worstRecords = worstRecords
    self.strangers = strangers
    self.notAssessed = notAssessed
  }
}

/// The result of one attack: how often it succeeded against the original's people, against people
/// who were not in it, and by guessing alone.
package struct AttackResult: Codable, Sendable, Equatable {
  /// The attack's name for machines, such as `singling-out-univariate`.
  package var name: String
  package var attempts: Int
  package var successes: Int
  package var controlAttempts: Int?
  package var controlSuccesses: Int?
  package var baselineAttempts: Int
  package var baselineSuccesses: Int
  /// How much more often the attack succeeded against the original's people than against others, 0
  /// to 1.
  package var risk: RiskEstimate
  /// The smallest risk that this many attempts would have distinguished from zero.
  package var smallestDetectable: Double
  /// The rates behind the risk, with their intervals.
  package var rates: AttackRates?
  /// The known and the sought columns, or why there were fewer attempts than asked for. It may name
  /// columns, never values.
  package var detail: String?

  package init(
    name: String, attempts: Int, successes: Int, controlAttempts: Int?, controlSuccesses: Int?,
    baselineAttempts: Int,
    baselineSuccesses: Int, risk: RiskEstimate, smallestDetectable: Double,
    rates: AttackRates? = nil, detail: String? = nil
  ) {
    self.name = name
    self.attempts = attempts
    self.successes = successes
    self.controlAttempts = controlAttempts
    self.controlSuccesses = controlSuccesses
    self.baselineAttempts = baselineAttempts
    self.baselineSuccesses = baselineSuccesses
    self.risk = risk
    self.smallestDetectable = smallestDetectable
    self.rates = rates
    self.detail = detail
  }
}

/// Synthetic rows that equal, or nearly equal, a row of the original, and how many of them chance
/// explains.
package struct CopyCounts: Codable, Sendable, Equatable {
  package var exact: Int
  package var near: Int
  /// Exact copies expected among rows that copy nothing, by the control; nil without one.
  package var expectedFromControl: Double?
  /// The same for near copies.
  package var nearExpectedFromControl: Double?
  /// Whether there are more exact copies than chance explains.
  package var exactIsBeyondChance: Bool
  package var nearIsBeyondChance: Bool
  /// Synthetic rows that equal a row of the original as a person reads it: without regard to case
  /// and blanks in words or to how numbers are written. Nil if this makes no two cells equal.
  package var asRead: Int?
  package var asReadExpectedFromControl: Double?
  package var asReadIsBeyondChance = false
  /// People of the original whose row is nobody else's and occurs in the release, exactly or
  /// nearly.
  package var peopleCopied: Int
  package var peopleNearlyCopied: Int

  /// The counts if nobody looked for copies.
  static let none = CopyCounts(
    exact: 0, near: 0, expectedFromControl: nil, nearExpectedFromControl: nil)

  package init(
    exact: Int, near: Int, expectedFromControl: Double?, nearExpectedFromControl: Double?,
    exactIsBeyondChance: Bool = false,
    nearIsBeyondChance: Bool = false, peopleCopied: Int = 0, peopleNearlyCopied: Int = 0
  ) {
    self.exact = exact
    self.near = near
    self.expectedFromControl = expectedFromControl
    self.nearExpectedFromControl = nearExpectedFromControl
    self.exactIsBeyondChance = exactIsBeyondChance
    self.nearIsBeyondChance = nearIsBeyondChance
    self.peopleCopied = peopleCopied
    self.peopleNearlyCopied = peopleNearlyCopied
  }
}

/// How well an adversary tells the original's people from others by the release.
package struct MembershipResult: Codable, Sendable, Equatable {
  /// The attack's name for machines, such as `membership-distance`.
  package var name: String
  package var members: Int
  package var nonMembers: Int
  /// The area under the ROC curve; 0.5 is guessing.
  package var auc: Double
  /// The share of members named while one in a thousand non-members is wrongly named: value and
  /// 95 % interval, which allows for a threshold set only roughly by this many non-members.
  package var truePositiveRateAtThousandth: RiskEstimate

  package init(
    name: String, members: Int, nonMembers: Int, auc: Double,
    truePositiveRateAtThousandth: RiskEstimate
  ) {
    self.name = name
    self.members = members
    self.nonMembers = nonMembers
    self.auc = auc
    self.truePositiveRateAtThousandth = truePositiveRateAtThousandth
  }
}

/// A person of the original whom attacks hit most often: averages hide people.
package struct WorstRecord: Codable, Sendable, Equatable {
  /// The row's number in the original; the first after the header is 1.
  package var row: Int
  /// Queries, copies and links that hit the person.
  package var hits: Int

  package init(row: Int, hits: Int) { (self.row, self.hits) = (row, hits) }

  static let most = 20

  /// Returns the rows that occur most often among `rows`, which are counted from 0.
  static func ranked(_ rows: [Int]) -> [WorstRecord] {
    var hits: [Int: Int] = [:]
    for row in rows { hits[row, default: 0] += 1 }
    return hits.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map {
      WorstRecord(row: $0.key + 1, hits: $0.value)
    }
  }
}
