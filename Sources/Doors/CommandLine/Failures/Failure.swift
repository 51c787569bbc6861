/// A fault as the user is told of it: what is wrong, and how to mend it. Never holds a cell's value.
package struct Failure: Error, Equatable, Sendable {
  package internal(set) var message: String
  /// Empty where nothing can be advised beyond the message.
  package internal(set) var remedy: String
  package let status: ExitStatus
  /// A name of this kind of fault that never changes, for programs: `budget.exhausted` (docs/command-line.md).
  package let id: String
  /// What a table resembles, where its owner must say whether the same people are in both; nil elsewhere.
  package var candidates: [Candidate]?

  /// An account of the ledger with a table that resembles the one at hand.
  package struct Candidate: Equatable, Sendable, Encodable {
    /// The name to give, of a dataset or a population.
    package let name: String
    /// The dataset in it that resembles most.
    package let dataset: String
    /// In words.
    package let shared: String
  }

  /// - Parameter id: by default one for all faults that end in this way.
  package init(_ message: String, remedy: String, status: ExitStatus = .failed, id: String? = nil) {
    self.message = message
    self.remedy = remedy
    self.status = status
    self.id = id ?? status.id
  }

  /// Takes a text in which a sentence or two of remedy follow the sentence that says what is wrong.
  init(text: String, remedyFrom split: RemedySplit, status: ExitStatus = .failed, id: String) {
    let (message, remedy) = split.divide(text)
    self.init(message, remedy: remedy, status: status, id: id)
  }

  /// The two as one text.
  package var text: String { remedy.isEmpty ? message : message + " " + remedy }

  /// Where the remedy begins in a text that holds both.
  package enum RemedySplit {
    /// Behind the first sentence.
    case secondSentence
    /// The last sentence.
    case lastSentence

    package func divide(_ text: String) -> (message: String, remedy: String) {
      let ends = text.indices.filter { index in
        guard text[index] == ".", let next = text.index(index, offsetBy: 2, limitedBy: text.endIndex), next < text.endIndex else {
          return false
        }
        return text[text.index(after: index)] == " " && text[next].isUppercase
      }
      guard let end = self == .secondSentence ? ends.first : ends.last else { return (text, "") }
      return (String(text[...end]), String(text[text.index(end, offsetBy: 2)...]))
    }
  }
}
