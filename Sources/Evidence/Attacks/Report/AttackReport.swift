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
    originalRows: Int, syntheticRows: Int, controlRows: Int?, attacks: [AttackResult], copies: CopyCounts,
    membership: [MembershipResult], notes: [String] = [], worstRecords: [WorstRecord] = [], strangers: StrangerRows? = nil,
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
