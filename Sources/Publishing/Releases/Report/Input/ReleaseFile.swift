/// A file of the release and what it is for.
package struct ReleaseFile: Codable, Sendable, Equatable {
  package var name: String
  package var purpose: String

  package init(name: String, purpose: String) {
    self.name = name
    self.purpose = purpose
  }
}
