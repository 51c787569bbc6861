/// A dataset that a ledger knows: the account that releases are charged to.
public struct DatasetIdentity: Sendable, Hashable, Codable {
  /// The keyed digest of its rows and column names, in hexadecimal. Owner-side: it goes into no
  /// release.
  public let identity: String
  /// The name under which it was first seen.
  public let name: String

  package init(identity: String, name: String) {
    self.identity = identity
    self.name = name
  }
}
