import CommandLine
import SchemaFiles
import Tables
import Testing

/// The guided start, line by line, with no terminal and no table.
@Suite struct ConversationTests {
  private static let subject: StartSubject = {
    var age = ColumnSchema(name: "age", type: .integer, role: .quasiIdentifier)
    age.meaning = "Age in years"
    return StartSubject(
      name: "patients.csv", rows: 1234,
      schema: Schema(
        name: "patients", approximateRows: 1234,
        columns: [
          ColumnSchema(name: "patient", type: .integer), age,
          ColumnSchema(name: "sex", type: .category),
          ColumnSchema(
            name: "seen", type: .timestamp(TimestampFormat(showing: "yyyy-MM-dd HH:mm"))),
          ColumnSchema(name: "note", type: .text, role: .prose),
        ],
        rules: [
          .ordered(earlier: "patient", later: "age"),
          .unique(["age", "seen"]), .together(["sex", "seen"]),
        ], origin: .inferred),
      person: "patient", labels: ["sex": ["F", "M"]], day: "2026-11-30")
  }()

  /// Answers in turn; every one must move to another question.
  private func talk(_ answers: String..., in conversation: Conversation? = nil) throws
    -> Conversation
  {
    var conversation = conversation ?? Conversation(Self.subject)
    for answer in answers {
      let reply = conversation.answer(answer)
      try #require(reply == .moved, "\(answer): \(reply), at \(conversation.stage)")
    }
    return conversation
  }

  private func complaint(_ answer: String, in conversation: Conversation) -> String? {
    var conversation = conversation
    let stage = conversation.stage
    guard case .again(let sentences) = conversation.answer(answer) else { return nil }
    return conversation.stage == stage ? sentences.joined(separator: " ") : nil
  }

  @Test func theUsualAnswersMakeASchemaThatCanBeRead() throws {
    let done = try talk("", "", "", "", "rest", "", "R. Steward", "", "", "")
    #expect(done.isOver && done.draft.folder == nil && done.draft.epsilon == 1)
    let schema = try SchemaFile.parse(SchemaFile.text(done.draft.schema))
    #expect(schema.unit == .person(column: "patient", maximumRows: 1))
    #expect(schema.column(named: "patient")?.role == .identifier(.code))
    #expect(schema.provenance.review == SchemaReview(by: "R. Steward", on: "2026-11-30"))
    #expect(schema.stated(.column("age")) == .observed && schema.observedFacts.isEmpty)
    #expect(schema.approximateRows == nil)
    #expect(!SchemaFile.text(done.draft.schema).contains("1234"))
  }

  @Test func everyAnswerIsKept() throws {
    let done = try talk(
      "2", "patient", "3", "5000", "i", "the number of the patient", "t", "0 to 120", "", "s",
      "F, M", "at birth", "o", "2000-01-01 00:00 2026-12-31 23:59", "-", "p", "what was written",
      "1", "R. Steward", "0.5", "3", "yes", "y", "out")
    let schema = done.draft.schema
    #expect(done.isOver && done.draft.folder == "out" && done.draft.epsilon == 3)
    #expect(schema.unit == .person(column: "patient", maximumRows: 3))
    #expect(schema.approximateRows == 5000 && schema.provenance.rows == .declared)
    #expect(schema.column(named: "age")?.role == .target)
    #expect(schema.column(named: "age")?.bounds == .declared(0...120))
    #expect(schema.column(named: "age")?.meaning == "Age in years")
    #expect(schema.stated(.bounds("age")) == .declared)
    #expect(schema.column(named: "sex")?.categories == .declared(["F", "M"]))
    #expect(schema.column(named: "seen")?.bounds != .learned)
    #expect(schema.column(named: "note")?.meaning == "what was written")
    // Of the three rules, one named the person column, which is no longer modelled.
    #expect(schema.rules == [.together(["sex", "seen"])])
  }

  @Test func labelsThatWereSeenAreObservedUntilTheyAreSignedFor() throws {
    let conversation = try talk("1", "no", "rest", "back", "d", "", "", "", "", "seen")
    let schema = conversation.draft.schema
    #expect(schema.column(named: "sex")?.categories == .declared(["F", "M"]))
    #expect(schema.provenance(of: .categories("sex")) == .observed)
    #expect(schema.eachRowIsAPerson && schema.column(named: "patient")?.role == .drop)
  }

  @Test func backLeadsToTheQuestionBeforeAndUndoesItsAnswer() throws {
    var conversation = try talk("1", "yes")
    #expect(conversation.draft.schema.approximateRows == 1234)
    #expect(conversation.answer("back") == .moved && conversation.stage == .rowCount)
    #expect(conversation.draft.schema.approximateRows == nil)
    #expect(conversation.answer("back") == .moved && conversation.stage == .unit)
    #expect(!conversation.draft.schema.eachRowIsAPerson)
    #expect(conversation.answer("back") == .again(["This is the first question."]))
  }

  @Test func whatCannotBeTakenChangesNothing() throws {
    var conversation = Conversation(Self.subject)
    #expect(complaint("4", in: conversation)?.contains("1, 2 or 3") == true)
    conversation = try talk("2")
    #expect(complaint("patent", in: conversation)?.contains("'patient'") == true)
    conversation = try talk("", in: conversation)
    #expect(complaint("0", in: conversation) != nil)
    conversation = try talk("", in: conversation)
    #expect(complaint("perhaps", in: conversation) != nil)
    conversation = try talk("", in: conversation)
    #expect(complaint("x", in: conversation)?.contains("o, q, s") == true)
    #expect(complaint("p", in: conversation)?.contains("not as text") == true)
    conversation = try talk("", "", "", in: conversation)
    #expect(conversation.stage == .limits(1))
    #expect(complaint("young to old", in: conversation) != nil)
    #expect(complaint("9 to 1", in: conversation)?.contains("lower") == true)
    conversation = try talk("", "", "", in: conversation)
    #expect(conversation.stage == .limits(2))
    #expect(complaint("F, F", in: conversation) != nil)
    #expect(complaint("F, NA", in: conversation) != nil)
    conversation = try talk("rest", in: conversation)
    #expect(complaint("4", in: conversation) != nil)
    conversation = try talk("all", in: conversation)
    #expect(conversation.draft.schema.rules.isEmpty)
    #expect(complaint("", in: conversation) != nil)
    #expect(complaint("name", in: conversation)?.contains("names nobody") == true)
    conversation = try talk("R. Steward", in: conversation)
    for wrong in ["0", "-1", "1,5", "inf", "21"] {
      #expect(complaint(wrong, in: conversation) != nil)
    }
    #expect(conversation.stage == .epsilon)
  }

  @Test func helpIsThereAtEveryQuestion() throws {
    var conversation = Conversation(Self.subject)
    var asked = 0
    let answers = [
      "2", "patient", "1", "no", "i", "", "o", "", "", "o", "", "", "o", "", "", "p", "", "none",
      "R. Steward", "1", "yes", "yes", "",
    ]
    for answer in answers {
      guard case .again(let help) = conversation.answer("?") else {
        Issue.record("no help at \(conversation.stage)")
        return
      }
      #expect(help.count > 1 && !conversation.question.prompt.isEmpty, "\(conversation.stage)")
      #expect(conversation.answer(answer) == .moved, "\(conversation.stage)")
      asked += 1
    }
    #expect(conversation.isOver && asked == answers.count)
  }

  @Test func rulesWithValuesAreLeftOutUnlessTheyAreKept() throws {
    var subject = Self.subject
    subject.schema.rules = [
      .together(["sex", "seen"]), .never([.init("sex", ["F"]), .init("age", ["130.."])]),
    ]
    let asked = try talk("1", "no", "rest", in: Conversation(subject))
    #expect(asked.question.usual == "2")
    #expect(try talk("", in: asked).draft.schema.rules == [.together(["sex", "seen"])])
    #expect(try talk("none", in: asked).draft.schema.rules.count == 2)
    #expect(try talk("1 2", in: asked).draft.schema.rules.isEmpty)
  }

  @Test func aMeaningMayComeWithTheRole() throws {
    let done = try talk("1", "no", "i number of the patient", "q Age at admission", "0 to 120", "s")
    #expect(done.stage == .limits(2))
    #expect(done.draft.schema.column(named: "patient")?.meaning == "number of the patient")
    #expect(done.draft.schema.column(named: "age")?.meaning == "Age at admission")
    #expect(try talk("", in: done).stage == .meaning(2))
  }

  @Test func thePlanIsShownBeforeItsQuestion() throws {
    var conversation = try talk("1", "no", "rest", "none", "R. Steward", "0.5")
    #expect(conversation.awaitsPlan && conversation.draft.epsilon == 0.5)
    #expect(conversation.answer("2") == .moved && conversation.awaitsPlan)
    #expect(conversation.draft.epsilon == 2)
    #expect(conversation.answer("yes") == .moved && !conversation.awaitsPlan)
  }

  @Test func theExamplesOfEpsilonAreUpperBounds() throws {
    let lines = try talk("1", "no", "rest", "none", "R. Steward").question.lines
    #expect(lines.contains { $0.hasPrefix("epsilon 1 ") && $0.contains("73.2 %") })
    #expect(lines.contains { $0.hasPrefix("epsilon 0.1 ") && $0.contains("52.5 %") })
  }

  // MARK: Forms

  @Test func answersByNameGiveTheSameSchemaInAnyOrder() throws {
    let asked = try talk(
      "2", "patient", "3", "5000", "i", "the number of the patient", "t", "0 to 120", "", "s",
      "F, M", "at birth", "o", "2000-01-01 00:00 2026-12-31 23:59", "-", "p", "what was written",
      "1", "R. Steward", "0.5", "yes", "no")
    var filled = Conversation(Self.subject)
    let fault = filled.fill([
      "release": "no", "plan": "yes", "epsilon": "0.5", "name": "R. Steward", "rules": "1",
      "role.4": "p", "meaning.4": "what was\nwritten", "role.3": "o",
      "limits.3": "2000-01-01 00:00 2026-12-31 23:59", "meaning.3": "-", "role.2": "s",
      "limits.2": "F, M", "meaning.2": "at birth", "role.1": "t", "limits.1": "0 to 120",
      "meaning.1": "", "role.0": "i", "limits.0": "1 to 9",
      "meaning.0": "the number of the patient",
      "row-count": "5000", "rows-of-person": "3", "person": "patient", "unit": "2",
    ])
    #expect(fault == nil && filled.isOver)
    #expect(SchemaFile.text(filled.draft.schema) == SchemaFile.text(asked.draft.schema))
  }

  @Test func fillingStopsAtTheFirstQuestionThatIsOpenOrAnsweredWrongly() {
    var conversation = Conversation(Self.subject)
    #expect(conversation.fill(["row-count": "no"]) == nil && conversation.stage == .unit)
    #expect(conversation.fill(["unit": "1", "role.0": "o"]) == nil)
    #expect(conversation.stage == .rowCount)
    #expect(conversation.fill(["row-count": "perhaps"])?.isEmpty == false)
    #expect(conversation.stage == .rowCount)
    // A plan for another epsilon is asked about again, by whoever shows it.
    conversation = Conversation(Self.subject)
    let answers = ["unit": "1", "row-count": "no", "rules": "all", "name": "R", "plan": "2"]
    let roles = (0..<5).map { ("role.\($0)", "d") }
    #expect(conversation.fill(answers.merging(roles) { $1 }.merging(["epsilon": ""]) { $1 }) == nil)
    #expect(conversation.stage == .plan && conversation.draft.epsilon == 2)
  }

  @Test func noAnswerOfAFormIsACommand() {
    for word in ["back", "rest", "?", "help"] {
      var conversation = Conversation(Self.subject)
      let answers = ["unit": "1", "row-count": "no", "role.0": "i", "meaning.0": word]
      #expect(conversation.fill(answers) == nil)
      #expect(conversation.draft.schema.columns[0].meaning == word)
    }
  }

  @Test func theSheetHasEachColumnAsItWouldBeAskedAbout() throws {
    let sheet = StartSheet(Self.subject, schemaFile: "p.schema.yaml", scriptFile: "p.start.sh")
    #expect(sheet.columns.map(\.name) == ["patient", "age", "sex", "seen", "note"])
    #expect(sheet.columns.map(\.limits) == [.bounds, .bounds, .categories, .bounds, .categories])
    #expect(sheet.columns[2].seenValues == ["F", "M"] && sheet.columns[4].role == "prose")
    for name in ["unit", "person", "rows-of-person", "row-count", "rules", "name", "epsilon"] {
      #expect(sheet.questions[name]?.help.isEmpty == false, "\(name)")
    }
  }
}
