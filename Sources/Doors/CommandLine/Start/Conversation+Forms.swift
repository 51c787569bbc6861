import Foundation

/// The same questions for a page of forms, which answers many of them at once and in any order.
extension Conversation {
  /// Answers every question that there is an answer for, in the order of the conversation, and
  /// stops at the first one without an answer, or whose answer cannot be taken.
  ///
  /// Answers have the names of their questions, so that none reaches a question that it was not
  /// written for. Those to questions that are not asked, such as the limits of a column that is
  /// left out, are passed over. No answer is a command: a column may mean `back`.
  /// - Returns: Sentences on the answer that cannot be taken; nil if all could.
  package mutating func fill(_ answers: [String: String]) -> [String]? {
    var asked: Set<String> = []
    // A plan that is answered with another epsilon is asked about again.
    while let text = answers[stage.name], asked.insert(stage.name).inserted {
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      if case .again(let sentences) = takeWhole(line.trimmingCharacters(in: .whitespaces)) {
        return sentences
      }
    }
    return nil
  }
}

extension Conversation.Stage {
  /// The name of the question, for answers that come with one. Columns are counted from 0.
  package var name: String {
    switch self {
    case .unit: "unit"
    case .person: "person"
    case .rowsOfPerson: "rows-of-person"
    case .rowCount: "row-count"
    case .role(let index): "role.\(index)"
    case .limits(let index): "limits.\(index)"
    case .meaning(let index): "meaning.\(index)"
    case .rules: "rules"
    case .name: "name"
    case .epsilon: "epsilon"
    case .plan: "plan"
    case .release: "release"
    case .folder: "folder"
    case .over: "over"
    }
  }
}
