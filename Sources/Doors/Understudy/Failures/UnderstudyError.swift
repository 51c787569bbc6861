/// A fault, as reported to a person or a program: the problem and its remedy. Never holds a cell's
/// value.
///
/// Every function of ``Workbench`` throws errors of this type and no other. A task that was
/// cancelled gives the error with the ``id`` `cancelled`.
public struct UnderstudyError: Error, Equatable, Sendable, Codable, CustomStringConvertible {
  /// The problem, in a sentence or more.
  public package(set) var message: String
  /// How to fix it; empty if there is no advice beyond the message.
  public package(set) var remedy: String
  package let status: ExitStatus
  /// A stable name for this kind of fault, such as `budget.exhausted`; docs/command-line.md lists
  /// them all.
  public let id: String
  /// The accounts that a table resembles, if its owner must say whether the same people are in
  /// both; otherwise nil.
  public package(set) var candidates: [Candidate]?

  /// The kind of fault as a number, which is also the exit code of the program: 1 for an input, a
  /// file or a setting that cannot be used, 3 for requirements that are not met, 4 for a budget
  /// that does not allow it, 5 for a decision that the owner must make, 130 if it was cancelled.
  public var code: Int { Int(status.rawValue) }

  /// The message and the remedy as one text.
  public var description: String { text }

  private enum CodingKeys: String, CodingKey {
    case message, remedy, id
    case status = "code"
    case candidates = "resembles"
  }

  /// An account of the ledger with a table that resembles the current one.
  public struct Candidate: Equatable, Sendable, Codable {
    /// The name to give, of a dataset or a population.
    public let name: String
    /// The dataset in it with the closest resemblance.
    public let dataset: String
    /// The resemblance, in words.
    public let shared: String
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
  package init(
    text: String, remedyFrom split: RemedySplit, status: ExitStatus = .failed, id: String
  ) {
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
        guard text[index] == ".",
          let next = text.index(index, offsetBy: 2, limitedBy: text.endIndex), next < text.endIndex
        else {
          return false
        }
        return text[text.index(after: index)] == " " && text[next].isUppercase
      }
      guard let end = self == .secondSentence ? ends.first : ends.last else { return (text, "") }
      return (String(text[...end]), String(text[text.index(end, offsetBy: 2)...]))
    }
  }
}
