import Foundation
import SchemaFiles
import Tables
import Understudy

/// The questions that turn the look at a table into a schema that a person answers for, and a plan
/// for a release.
///
/// A pure value: an answer goes in, the next question comes out, and nothing else happens. Whoever
/// holds it reads the answers, shows the plan when ``awaitsPlan`` and writes what ``draft`` says
/// once ``isOver``.
package struct Conversation: Sendable {
  /// The result of the answers so far.
  package struct Draft: Sendable {
    package var schema: Schema
    package var epsilon = 1.0
    /// Whether the meaning of the column that is asked about came with its role.
    var isMeaningGiven = false
    /// The folder of the release that is to be made; nil for none.
    package var folder: String?
  }

  package enum Stage: Sendable, Equatable {
    case unit, person, rowsOfPerson, rowCount
    case role(Int)
    case limits(Int)
    case meaning(Int)
    case rules, name, epsilon, plan, release, folder, over
  }

  /// How an answer was taken.
  package enum Reply: Sendable, Equatable {
    /// The next question is another one.
    case moved
    /// The same question stands; the sentences say why, or help.
    case again([String])
  }

  package let subject: StartSubject
  package internal(set) var draft: Draft
  package internal(set) var stage = Stage.unit
  private var past: [(stage: Stage, draft: Draft)] = []

  package init(_ subject: StartSubject) {
    self.subject = subject
    var schema = subject.schema
    // A number that only the rows tell is nobody else's business until somebody calls it public.
    schema.approximateRows = nil
    schema.origin = .declared
    schema.provenance = TableProvenance(facts: .observed)
    draft = Draft(schema: schema)
  }

  package var isOver: Bool { stage == .over }
  /// Whether the plan for ``draft`` is to be shown before the question.
  package var awaitsPlan: Bool { stage == .plan }

  /// Takes an answer: a line without its end.
  package mutating func answer(_ line: String) -> Reply {
    let text = line.trimmingCharacters(in: .whitespaces)
    switch text.lowercased() {
    case "?", "help": return .again(question.help + Self.everywhere)
    case "back":
      guard let last = past.popLast() else { return .again(["This is the first question."]) }
      (stage, draft) = last
      return .moved
    case "rest" where columnIndex != nil:
      past.append((stage, draft))
      stage = afterColumns
      return .moved
    default: break
    }
    return takeWhole(text)
  }

  /// Takes a text as an answer, and never as a command such as `back`.
  mutating func takeWhole(_ text: String) -> Reply {
    let before = (stage, draft)
    if let complaint = take(text) {
      (stage, draft) = before
      return .again([complaint])
    }
    past.append(before)
    return .moved
  }

  private static let everywhere = [
    "Everywhere: Enter takes the answer in brackets, back returns to the question before, Ctrl-D ends and writes nothing."
  ]

  /// Takes an answer to the question of ``stage`` and moves on.
  /// - Returns: A sentence if the answer cannot be taken; the draft is then put back.
  private mutating func take(_ text: String) -> String? {
    switch stage {
    case .unit: takeUnit(text)
    case .person: takePerson(text)
    case .rowsOfPerson: takeRowsOfPerson(text)
    case .rowCount: takeRowCount(text)
    case .role(let index): takeRole(text, index)
    case .limits(let index): takeLimits(text, index)
    case .meaning(let index): takeMeaning(text, index)
    case .rules: takeRules(text)
    case .name: takeName(text)
    case .epsilon: takeEpsilon(text)
    case .plan: takePlan(text)
    case .release: takeRelease(text)
    case .folder: takeFolder(text)
    case .over: "Everything is answered."
    }
  }

  /// The question to ask now.
  package var question: Question {
    switch stage {
    case .unit: unitQuestion
    case .person: personQuestion
    case .rowsOfPerson: rowsOfPersonQuestion
    case .rowCount: rowCountQuestion
    case .role(let index): roleQuestion(index)
    case .limits(let index): limitsQuestion(index)
    case .meaning(let index): meaningQuestion(index)
    case .rules: rulesQuestion
    case .name: nameQuestion
    case .epsilon: epsilonQuestion
    case .plan: planQuestion
    case .release: releaseQuestion
    case .folder: folderQuestion
    case .over: Question("Done.")
    }
  }

  /// The column that is being asked about.
  private var columnIndex: Int? {
    switch stage {
    case .role(let index), .limits(let index), .meaning(let index): index
    default: nil
    }
  }

  var afterColumns: Stage { draft.schema.rules.isEmpty ? .name : .rules }
}

/// A question with everything that its reader needs to answer it.
package struct Question: Sendable, Equatable, Encodable {
  /// A heading, if a new subject begins.
  package var heading: String?
  /// Lines before the prompt.
  package var lines: [String]
  /// The question itself.
  package var prompt: String
  /// What Enter means; nil if there has to be an answer.
  package var usual: String?
  /// Sentences that are shown for `?`.
  package var help: [String]

  package init(
    _ prompt: String, heading: String? = nil, lines: [String] = [], usual: String? = nil,
    help: [String] = []
  ) {
    (self.prompt, self.heading, self.lines) = (prompt, heading, lines)
    (self.usual, self.help) = (usual, help)
  }
}
