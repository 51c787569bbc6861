/// How comments read, in three counts per 1,000 words.
///
/// They measure habits that make prose hard to read: conditions that begin with "where", things
/// named by a question, and sentences that avoid "if". A comment that reads well never comes near
/// the limits.
struct CommentStyle: Equatable {
  private(set) var words = 0
  private(set) var wheres = 0
  private(set) var questions = 0
  private(set) var ifs = 0

  /// - Parameter ofSources: if true, counts the files of `Sources`; otherwise all others (tests,
  ///   snippets, benchmarks).
  init(_ files: [SourceText], ofSources: Bool = true) {
    for line in files.filter({ $0.isSource == ofSources }).flatMap(\.lines) {
      let text = line.drop(while: \.isWhitespace)
      guard text.hasPrefix("//") else { continue }
      let said = text.lowercased().matches(of: /[a-z']+/).map { String($0.output) }
      words += said.count
      wheres += said.count { $0 == "where" }
      ifs += said.count { $0 == "if" }
      questions += zip(said, said.dropFirst()).count {
        $0 == "what" && ["is", "was", "it", "the", "a"].contains($1)
      }
    }
  }

  /// "where": at most 2.5.
  var wheresPerThousand: Double { perThousand(wheres) }
  /// "what is", "what was", "what it", "what the", "what a": at most 0.6.
  var questionsPerThousand: Double { perThousand(questions) }
  /// "if": at least 2.
  var ifsPerThousand: Double { perThousand(ifs) }

  private func perThousand(_ count: Int) -> Double { 1000 * Double(count) / Double(max(words, 1)) }
}
