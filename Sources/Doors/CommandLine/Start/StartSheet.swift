import Foundation
import Tables

/// The table as it was seen, with all questions about it, for a program that shows them as forms.
/// It holds values: it is for the owner of the data only.
package struct StartSheet: Encodable, Sendable {
  /// A column, and its questions as they are if it is modelled.
  package struct Column: Encodable, Sendable {
    package let name: String
    /// The word of the role that is proposed.
    package let role: String
    package let meaning: String?
    package let sights: [String]
    /// Whether it has numbers or times with bounds, a list of values, or neither.
    package let limits: Limits
    /// The bounds that a dictionary declares, as cells are written.
    package let low, high: String?
    /// The number of values that a dictionary declares.
    package let declaredValues: Int?
    /// The values that were seen, if they are few.
    package let seenValues: [String]?
  }

  package enum Limits: String, Encodable, Sendable { case bounds, categories, none }

  /// A role, and its effect.
  package struct Role: Encodable, Sendable {
    let letter, word, does: String
  }

  /// A budget, the share of guesses that are right at most, and a word for it.
  struct Example: Encodable, Sendable {
    let epsilon: Double
    let guess, word: String
  }

  let table: String
  let rows: Int
  let notes: [String]
  /// The column that seems to say whom a row is about.
  let person: String?
  let roles: [Role]
  package let columns: [Column]
  /// The questions that are the same whatever is answered, by name.
  package let questions: [String: Question]
  /// Budgets with what they mean for somebody who guesses.
  let examples: [Example]
  /// The rules that were found, as the schema writes them.
  let rules: [String]
  /// The files that will be written.
  let schemaFile, scriptFile: String

  package init(_ subject: StartSubject, schemaFile: String, scriptFile: String) {
    let begun = Conversation(subject)
    (table, rows, notes) = (subject.name, subject.rows, subject.notes)
    person = subject.person
    roles = Conversation.roles.map { Role(letter: $0.letter, word: $0.role, does: $0.does) }
    columns = begun.draft.schema.columns.indices.map { Self.column($0, begun) }
    questions = [
      "unit": begun.unitQuestion, "person": begun.personQuestion,
      "rows-of-person": begun.rowsOfPersonQuestion, "row-count": begun.rowCountQuestion,
      "rules": begun.rulesQuestion, "name": begun.nameQuestion, "epsilon": begun.epsilonQuestion,
      "release": begun.releaseQuestion, "folder": begun.folderQuestion,
      "bounds": begun.boundsQuestion(0), "categories": begun.categoriesQuestion(0),
      "meaning": begun.meaningQuestion(0),
    ]
    examples = Conversation.examples.map {
      Example(epsilon: $0.epsilon, guess: Conversation.guess($0.epsilon), word: $0.word)
    }
    rules = begun.rulesQuestion.lines
    (self.schemaFile, self.scriptFile) = (schemaFile, scriptFile)
  }

  private static func column(_ index: Int, _ begun: Conversation) -> Column {
    var conversation = begun
    let proposed = begun.draft.schema.columns[index]
    conversation.model(index, as: .ordinary)
    let column = conversation.draft.schema.columns[index]
    var limits = Limits.none
    if column.takesLimits { limits = column.type == .category ? .categories : .bounds }
    var (low, high): (String?, String?)
    if case .declared(let range) = column.bounds, limits == .bounds {
      low = column.type.format(tick: range.lowerBound)
      high = column.type.format(tick: range.upperBound)
    }
    var declared: Int?
    if case .declared(let labels) = column.categories, limits == .categories {
      declared = labels.count
    }
    return Column(
      name: column.name, role: proposed.role.startWord, meaning: column.meaning,
      sights: begun.subject.sights[column.name] ?? [], limits: limits, low: low, high: high,
      declaredValues: declared, seenValues: begun.subject.labels[column.name])
  }
}
