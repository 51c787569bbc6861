import Foundation
import Policies
import SchemaFiles
import Tables
import Understudy

/// The rules, the signature, the price and the release.
extension Conversation {
  var rulesQuestion: Question {
    Question(
      "Leave out which?", heading: "Rules that hold in every row",
      lines: draft.schema.rules.enumerated().map {
        "\($0.offset + 1)  \(SchemaFile.ruleText($0.element))"
      }, usual: usualRules,
      help: [
        "A release keeps the rules of the schema in every row. A rule that must hold, such as admission before discharge, makes it "
          + "better. One that only happens to hold says something about these people. Give the numbers of those to leave out, such as "
          + "2 5, or all, or none. Rules with values in them, which were seen in the rows, are left out unless you say otherwise."
      ])
  }

  /// The numbers of the rules that hold values, else `none`.
  private var usualRules: String {
    let numbers = draft.schema.rules.enumerated().filter { !$0.element.conditions.isEmpty }
      .map { "\($0.offset + 1)" }
    return numbers.isEmpty ? "none" : numbers.joined(separator: " ")
  }

  mutating func takeRules(_ text: String) -> String? {
    let given = text.isEmpty ? usualRules : text.lowercased()
    let words = given.split { " ,".contains($0) }.map(String.init)
    let count = draft.schema.rules.count
    if words == ["all"] {
      draft.schema.keepRules { _, _ in false }
    } else if words != ["none"] {
      let numbers = words.compactMap { Int($0) }
      guard numbers.count == words.count, numbers.allSatisfy((1...count).contains) else {
        return "Give numbers from 1 to \(count), all or none."
      }
      draft.schema.keepRules { index, _ in !numbers.contains(index + 1) }
    }
    stage = .name
    return nil
  }

  var nameQuestion: Question {
    Question(
      "Your name?", heading: "Who answers for this schema?",
      lines: [
        "You have read what it says. With your name, what was seen in the rows counts as declared by you. Name and date stand in the "
          + "schema and in every release under it."
      ],
      help: [
        "Your name as you would sign a letter. If you cannot answer for it, end with Ctrl-D; `understudy inspect` writes a schema "
          + "for others to read."
      ])
  }

  mutating func takeName(_ text: String) -> String? {
    guard !text.isEmpty else { return "Somebody has to answer for it. Write your name." }
    draft.schema.provenance.review = SchemaReview(by: text, on: subject.day)
    do {
      _ = try SchemaFile.parse(SchemaFile.text(draft.schema))
    } catch {
      return error.faults.map(\.description).joined(separator: " ") + " back leads to it."
    }
    stage = .epsilon
    return nil
  }

  // MARK: The price

  /// Budgets with what they mean for somebody who guesses whether a person is in the table.
  static let examples: [(epsilon: Double, word: String)] = [
    (0.1, "very strict"), (0.5, "strict"), (1, "usual"), (3, "moderate"), (5, "loose"),
    (10, "hardly any protection"),
  ]

  var epsilonQuestion: Question {
    Question(
      "Epsilon?", heading: "How much may the release reveal about any one person?",
      lines: [
        "Somebody guesses whether one person is in your table. Without the release they are right half of the time; with it, at most:"
      ]
        + Self.examples.map { example in
          let name = Numbers.short(example.epsilon)
            .padding(toLength: 4, withPad: " ", startingAt: 0)
          return "epsilon \(name) \(Self.guess(example.epsilon)) of the time (\(example.word))"
        },
      usual: Numbers.short(draft.epsilon),
      help: [
        "A small number means more noise and stronger protection. It is spent for good: all releases about these people add up. The "
          + "plan shows next what you get for it, and you can choose again."
      ])
  }

  /// Returns the most percent of the time that an even guess becomes right, never rounded down.
  static func guess(_ epsilon: Double) -> String {
    let percent = (1000 / (1 + exp(-epsilon))).rounded(.up) / 10
    return percent < 100 ? "\(Numbers.fixed(percent, 1)) %" : "nearly all"
  }

  private static let mostEpsilon = 20.0

  private mutating func setEpsilon(_ text: String) -> Bool {
    guard let epsilon = Double(text), epsilon.isFinite, epsilon > 0, epsilon <= Self.mostEpsilon
    else { return false }
    draft.epsilon = epsilon
    return true
  }

  private static let refusedEpsilon =
    "Give a number above 0 and at most \(Int(mostEpsilon)), with a point, such as 0.5."

  mutating func takeEpsilon(_ text: String) -> String? {
    guard text.isEmpty || setEpsilon(text) else { return Self.refusedEpsilon }
    stage = .plan
    return nil
  }

  var planQuestion: Question {
    Question(
      "Is epsilon \(Numbers.short(draft.epsilon)) what you want?", usual: "yes",
      help: [
        "yes goes on; another number plans again with that epsilon; back leads to the questions before. Nothing has been spent."
      ])
  }

  mutating func takePlan(_ text: String) -> String? {
    if case .yes? = Answer(text, usual: .yes) {
      stage = .release
      return nil
    }
    guard setEpsilon(text) else { return "Answer yes, another epsilon, or back." }
    return nil
  }

  // MARK: The release

  var releaseQuestion: Question {
    Question(
      "Make the release now?",
      lines: [
        "It spends epsilon \(Numbers.short(draft.epsilon)) of these people's budget, for good. Without it, the schema and the "
          + "commands are written, and you can run them later."
      ], usual: "no",
      help: ["yes asks for the folder of the release and makes it; no only writes the files."])
  }

  mutating func takeRelease(_ text: String) -> String? {
    switch Answer(text, usual: .no) {
    case .yes: stage = .folder
    case .no:
      draft.folder = nil
      stage = .over
    case nil: return "Answer yes or no."
    }
    return nil
  }

  var folderQuestion: Question {
    Question(
      "The folder of the release?", usual: usualFolder,
      help: ["A folder that does not exist yet. All of it may be shared once it is made."])
  }

  private var usualFolder: String { "\(draft.schema.name)-release" }

  mutating func takeFolder(_ text: String) -> String? {
    draft.folder = text.isEmpty ? usualFolder : text
    stage = .over
    return nil
  }
}
