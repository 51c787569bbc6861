/// For what a release is good, as far as its expected error tells.
package struct Fitness: Codable, Sendable, Equatable {
  /// The most demanding use that the release serves.
  package enum Level: String, Codable, Sendable {
    /// Nothing that was learned can be told from noise.
    case nothing
    /// Single columns.
    case columns
    /// Pairs of columns that were counted together.
    case pairs
    /// Models of the target, or of most pairs if there is no target.
    case models
  }

  /// One use, and whether the release serves it.
  package struct Use: Codable, Sendable, Equatable {
    package enum Answer: String, Codable, Sendable { case yes, partly, no }

    package var title: String
    package var answer: Answer
    /// The advice, in a sentence or two.
    package var detail: String

    package init(title: String, answer: Answer, detail: String) {
      (self.title, self.answer, self.detail) = (title, answer, detail)
    }
  }

  package var level: Level
  package var uses: [Use]

  package init(level: Level, uses: [Use]) { (self.level, self.uses) = (level, uses) }
}
