/// A file of the release, and its purpose.
package struct ReleaseFile: Codable, Sendable, Equatable {
  package var name: String
  package var purpose: String

  package init(name: String, purpose: String) {
    self.name = name
    self.purpose = purpose
  }
}
