/// A dataset that a ledger knows: the account that releases are charged to.
package struct DatasetIdentity: Sendable, Hashable, Codable {
  /// The keyed digest of its rows and column names, in hexadecimal. Owner-side: it goes into no
  /// release.
  package let identity: String
  /// The name under which it was first seen.
  package let name: String

  package init(identity: String, name: String) {
    self.identity = identity
    self.name = name
  }
}
