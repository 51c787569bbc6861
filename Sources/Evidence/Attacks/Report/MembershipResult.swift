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

  package init(name: String, members: Int, nonMembers: Int, auc: Double, truePositiveRateAtThousandth: RiskEstimate) {
    self.name = name
    self.members = members
    self.nonMembers = nonMembers
    self.auc = auc
    self.truePositiveRateAtThousandth = truePositiveRateAtThousandth
  }
}
