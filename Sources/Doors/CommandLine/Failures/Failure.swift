/// A fault as reported to the user: the problem and its remedy. Never holds a cell's value.
package struct Failure: Error, Equatable, Sendable {
  package internal(set) var message: String
  /// Empty if there is no advice beyond the message.
  package internal(set) var remedy: String
  package let status: ExitStatus
  /// A stable name for this kind of fault, for programs: `budget.exhausted` (docs/command-line.md).
  package let id: String
  /// The accounts that a table resembles, if its owner must say whether the same people are in
  /// both; otherwise nil.
  package var candidates: [Candidate]?

  /// An account of the ledger with a table that resembles the current one.
  package struct Candidate: Equatable, Sendable, Encodable {
    /// The name to give, of a dataset or a population.
    package let name: String
    /// The dataset in it with the closest resemblance.
    package let dataset: String
    /// The resemblance, in words.
    package let shared: String
  }

  /// - Parameter id: by default, the one for all faults with this status.
  package init(_ message: String, remedy: String, status: ExitStatus = .failed, id: String? = nil) {
    self.message = message
    self.remedy = remedy
    self.status = status
    self.id = id ?? status.id
  }

  /// Splits a text in which a sentence or two of remedy follow the sentence that states the
  /// problem.
  init(text: String, remedyFrom split: RemedySplit, status: ExitStatus = .failed, id: String) {
    let (message, remedy) = split.divide(text)
    self.init(message, remedy: remedy, status: status, id: id)
  }

  /// The message and the remedy as one text.
  package var text: String { remedy.isEmpty ? message : message + " " + remedy }

  /// The start of the remedy in a text that holds both.
  package enum RemedySplit {
    /// After the first sentence.
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
