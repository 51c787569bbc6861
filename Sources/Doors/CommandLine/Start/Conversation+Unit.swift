import Tables
import Understudy

/// Whom the guarantee protects, and how many rows there are.
extension Conversation {
  var unitQuestion: Question {
    Question(
      "1, 2 or 3?", heading: "Whom do the rows describe?",
      lines: [
        "1  Each row is a different person.",
        "2  A person can have several rows, and a column says whose each row is.",
        "3  Neither, or I do not know.",
      ] + (subject.person.map { ["'\($0)' seems to say whose row it is."] } ?? [])
        + subject.personSights,
      usual: subject.person == nil ? nil : "2",
      help: [
        "The guarantee hides one of these: a person with all their rows, or a single row. With 3, a person who has several rows is "
          + "protected less, and every release says so."
      ])
  }

  mutating func takeUnit(_ text: String) -> String? {
    switch text.isEmpty ? unitQuestion.usual ?? "" : text {
    case "1":
      (draft.schema.unit, draft.schema.eachRowIsAPerson) = (.row, true)
      draft.schema.provenance.unit = .declared
      stage = .rowCount
    case "2": stage = .person
    case "3":
      (draft.schema.unit, draft.schema.eachRowIsAPerson) = (.row, false)
      draft.schema.provenance.unit = nil
      stage = .rowCount
    default: return "Answer 1, 2 or 3. Everything else rests on it, so there is no usual answer."
    }
    return nil
  }

  var personQuestion: Question {
    Question(
      "Which column says whose row it is?",
      lines: [
        draft.schema.columns.enumerated().map { "\($0.offset + 1)\u{A0}\($0.element.name)" }
          .joined(separator: ", ")
      ], usual: subject.person,
      help: [
        "Give the column's name or number: a number of a patient, client or member that is the same in all rows of one person."
      ])
  }

  mutating func takePerson(_ text: String) -> String? {
    let names = draft.schema.columns.map(\.name)
    let given = text.isEmpty ? subject.person ?? "" : text
    guard
      let name = names.first(where: { $0 == given })
        ?? Int(given).flatMap({ names.indices.contains($0 - 1) ? names[$0 - 1] : nil })
    else {
      let nearest = SchemaWords.nearest(to: given, in: names)
      return "There is no such column." + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    }
    draft.schema.unit = .person(column: name, maximumRows: 1)
    draft.schema.provenance.unit = .declared
    if let index = names.firstIndex(of: name), draft.schema.columns[index].isModelled {
      setIdentifier(index)
    }
    stage = .rowsOfPerson
    return nil
  }

  var rowsOfPersonQuestion: Question {
    Question(
      "How many rows of one person count at most?", lines: subject.personSights, usual: "1",
      help: [
        "All rows of a person are protected together. If more of them count, more of each person's story is kept, and the noise "
          + "grows by the same factor. From people who have more, rows are drawn at random."
      ])
  }

  mutating func takeRowsOfPerson(_ text: String) -> String? {
    guard let rows = Int(text.isEmpty ? "1" : text), (1...1_000_000).contains(rows),
      case .person(let column, _) = draft.schema.unit
    else { return "Give a whole number from 1, in digits." }
    draft.schema.unit = .person(column: column, maximumRows: rows)
    stage = .rowCount
    return nil
  }

  var rowCountQuestion: Question {
    Question(
      "Is the number of rows public?", lines: ["\(Numbers.count(subject.rows, "row"))."],
      usual: "no",
      help: [
        "If everybody may know it, plans are better, and nobody has to guess it. yes takes the number seen, no has it learned with "
          + "noise, and a number of your own, such as 5000, stands for about that many."
      ])
  }

  mutating func takeRowCount(_ text: String) -> String? {
    switch Answer(text, usual: .no) {
    case .no: draft.schema.approximateRows = nil
    case .yes: draft.schema.approximateRows = subject.rows
    case nil:
      guard let rows = Int(text.replacing(",", with: "")), rows > 0, rows < 1_000_000_000 else {
        return "Answer yes, no or a number of rows."
      }
      draft.schema.approximateRows = rows
    }
    draft.schema.provenance.rows = draft.schema.approximateRows == nil ? nil : .declared
    stage = .role(0)
    return nil
  }
}

/// Yes or no.
enum Answer {
  case yes, no

  /// - Parameter usual: What Enter means.
  init?(_ text: String, usual: Answer) {
    switch text.lowercased() {
    case "": self = usual
    case "y", "yes": self = .yes
    case "n", "no": self = .no
    default: return nil
    }
  }
}
