/// What a manifest says of the policy that its release met.
///
/// The release exists because the policy was met, and whether it was met was judged on the rows: that one bit is outside the guarantee.
public struct GateRecord: Sendable, Codable, Equatable {
  /// The policy's name.
  public let policy: String
  /// SHA-256 of the policy's text in its full form, in hexadecimal.
  public let policySHA256: String
  /// The policy in its full form.
  public let policyText: String
  /// The share of the units of privacy that was held out, for the attacks to be compared with, and not trained on.
  public let heldOutShare: Double
  /// The lines that were met, in words; figures that were measured on the rows are not among them.
  public let met: [String]
  /// What the reader must know about it.
  public let notice: String

  static let notice =
    "That this release met its policy was judged on the original rows. This one bit, that it was published, is not covered by epsilon."
}
