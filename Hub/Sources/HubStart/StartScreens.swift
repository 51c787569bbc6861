import HubPages

/// The pages of a guided start: the table, a card for each column, the signature, the price, the
/// plan. Pure: what is shown follows from the sheet, the answers and the program's reply.
struct StartScreens {
  let sheet: Sheet
  let answers: Answers
  let reply: Reply

  /// The fault of the open question, if it was answered on this page.
  private func fault(on page: Answers.Page) -> (field: String, text: String)? {
    guard let sentences = reply.fault, Answers.page(of: reply.open) == page else { return nil }
    return (Answers.field(of: reply.open, answers.fields), sentences.joined(separator: " "))
  }

  private func filled(_ form: Form, on page: Answers.Page) -> Form {
    form.filled(answers.fields.mapValues { [$0] }, fault: fault(on: page))
  }

  /// What to mend, above a form that could not be taken.
  private func complaints(on page: Answers.Page) -> [Block] {
    guard let fault = fault(on: page) else { return [] }
    return [
      .notice(.serious, "One answer cannot be taken", fault.text).with {
        $0.links = [Link("Go to it", "#field-\(fault.field)")]
      }
    ]
  }

  // MARK: The table

  func table() -> Page {
    let unit = sheet.question("unit")
    let rows = sheet.question("rows-of-person")
    let count = sheet.question("row-count")
    let person = sheet.question("person")
    let form = Form(
      "Save and go on to the columns", to: "/table",
      [
        .choice(
          "unit", unit.heading ?? unit.prompt,
          [
            ("1", "Each row is a different person."),
            ("2", "A person can have several rows, and a column says whose each row is."),
            ("3", "Neither, or I do not know."),
          ],
          hint:
            "The guarantee hides a person with all their rows, or a single row. "
            + "If you do not know, a person with several rows is protected less, and every release says so.",
          value: unit.usual ?? ""),
        .select(
          "person", person.prompt, sheet.columns.map { ($0.name, $0.name) },
          hint:
            "Only if a person can have several rows: a number of a patient, client or member, the same in all rows of one person.",
          value: sheet.person ?? sheet.columns.first?.name ?? ""),
        .number(
          "rows-of-person", rows.prompt,
          hint: (["Only if a person can have several rows."] + rows.lines + rows.help)
            .joined(separator: " "), value: rows.usual ?? "1"),
        .choice(
          "row-count", count.prompt,
          [
            ("no", "No: have it learned with noise."),
            ("yes", "Yes: everybody may know that there are \(sheet.rows.formatted)."),
            ("about", "Yes, roughly: about as many as I write below."),
          ], hint: "If everybody may know it, plans are better, and nobody has to guess it.",
          value: "no"),
        .number(
          "about", "About how many rows?", hint: "Only for the last choice, in digits: 5000.",
          isRequired: false),
      ])
    return Page(
      "Your table", overline: sheet.table,
      lead:
        "What is shown here comes from the rows. It is for you, the owner of the data, and stays on this machine. "
        + "Nothing is written before the last page.",
      [overview()] + complaints(on: .table)
        + [Block().with { $0.form = filled(form, on: .table) }])
  }

  private func overview() -> Block {
    let left = sheet.columns.filter { $0.role == "drop" }
    let hidden = sheet.columns.filter { ["identifier", "prose"].contains($0.role) }
    var block = Block("What was seen")
    block.facts = [
      Fact("Rows", sheet.rows.formatted), Fact("Columns", sheet.columns.count.formatted),
      Fact("Rules that hold in every row", sheet.rules.count.formatted),
    ]
    block.prose =
      (hidden.isEmpty
        ? [] : ["Proposed to be replaced by invented values: \(Self.names(hidden.map(\.name)))."])
      + (left.isEmpty ? [] : ["Proposed to be left out: \(Self.names(left.map(\.name)))."])
      + sheet.notes
    if !sheet.rules.isEmpty {
      block.more = More(
        "The rules; you decide on them after the columns", sheet.rules.joined(separator: "\n"))
    }
    return block
  }

  private static func names(_ names: [String]) -> String { names.joined(separator: ", ") }

  // MARK: Columns

  func columns(_ page: Int) -> Page {
    let range = Answers.columns(of: page, sheet)
    let pages = Answers.pages(sheet)
    var form = Form(
      page + 1 < pages ? "Save and go on" : "Save and read it over", to: "/columns/\(page + 1)")
    form.groups = range.map { index in
      var fields: [String: [String]] = [:]
      for (name, value) in Answers.proposed(index, sheet) { fields[name] = [value] }
      for (name, value) in answers.fields { fields[name] = [value] }
      let fault = fault(on: .columns(page))
      return Form.Group(
        sheet.columns[index].name, id: "column-\(index)", lines: sheet.columns[index].sights,
        self.fields(index).map { $0.filled(fields[$0.name], fault: fault) })
    }
    if range.upperBound < sheet.columns.count {
      form.second = .init("Save, and take the rest as proposed", name: "rest")
    }
    let first = range.lowerBound + 1
    return Page(
      pages == 1
        ? "Your columns" : "Columns \(first) to \(range.upperBound) of \(sheet.columns.count)",
      overline: sheet.table,
      lead:
        "What was seen is somebody's. Public is what everybody may know without this table. "
        + "The meaning is for those who will use the release: name no person in it.",
      complaints(on: .columns(page)) + further(on: page)
        + [
          Block().with {
            $0.more = More(
              "What a column can be",
              sheet.roles.map { "\($0.word): \($0.does)" }.joined(separator: "\n"))
          },
          Block().with { $0.form = form },
          Block().with { $0.links = [Link("Back", page == 0 ? "/table" : "/columns/\(page)")] },
        ])
  }

  private func fields(_ index: Int) -> [Field] {
    let column = sheet.columns[index]
    let roles = sheet.roles.map { role in
      (role.letter, role.word + (role.word == column.role ? " (proposed)" : ""))
    }
    var fields: [Field] = [
      .select("role.\(index)", "What is it, and is it kept?", roles),
      .text(
        "meaning.\(index)", "What does it mean, in a few words?", isRequired: false),
    ]
    guard asksLimits(index) else { return fields }
    switch column.limits {
    case .none: break
    case .bounds:
      fields += [
        .text(
          "low.\(index)", "Lowest value that is public",
          hint: "As the cells are written. Both empty: learned with noise.",
          isRequired: false),
        .text(
          "high.\(index)", "Highest value that is public",
          hint: "Do not copy what was seen: it is somebody's value.",
          isRequired: false),
      ]
    case .categories:
      var choices = [("learn", "Not public: learn the frequent ones with noise")]
      if let count = column.declaredValues {
        choices.append(("declared", "Public: the \(count) of the dictionary"))
      }
      if let seen = column.seenValues {
        choices.append(("seen", "Public: the \(seen.count) that were seen"))
      }
      choices.append(("write", "Public: those that I write below"))
      fields += [
        .select(
          "limits.\(index)", "Is the list of its values public?", choices,
          hint:
            "Such as the choices of a form. A value that only this table has may be one person's."),
        .text(
          "values.\(index)", "Its values", hint: "With commas between, or | if they have commas.",
          isRequired: false),
      ]
    }
    return fields
  }

  /// Whether a column is modelled, as far as is known, so that its public values matter.
  private func asksLimits(_ index: Int) -> Bool {
    let proposed = Answers.proposed(index, sheet)["role.\(index)"] ?? ""
    return Answers.isModelled(answers.fields["role.\(index)"] ?? proposed)
  }

  /// A column that was not proposed to be modelled, and is now: it has a further question.
  private func further(on page: Int) -> [Block] {
    let parts = reply.open.split(separator: ".")
    guard reply.fault == nil, parts.first == "limits", let index = Int(parts[1]),
      Answers.page(of: reply.open) == .columns(page)
    else { return [] }
    return [
      .notice(
        .caution, "One more question",
        "\(sheet.columns[index].name) is modelled now. Say which of its values are public."
      ).with { $0.links = [Link("Go to it", "#column-\(index)")] }
    ]
  }

  // MARK: The signature

  func signature() -> Page {
    let question = sheet.question("name")
    var form = Form("Sign", to: "/sign")
    if !reply.rules.isEmpty {
      form.groups = [
        Form.Group(
          "Which rules must hold?", id: "rules",
          text:
            "They hold in every row of your table, and a release keeps those that are ticked. "
            + "A rule that must hold, such as admission before discharge, makes it better. "
            + "One that only happens to hold says something about these people.",
          reply.rules.enumerated().map { place, rule in
            .check(
              "keep", rule.text, value: rule.text,
              hint: rule.holdsValues ? "It has values in it that were seen in the rows." : "",
              isChecked: answers.kept?.contains(rule.text) ?? !rule.holdsValues, id: "\(place)")
          })
      ]
    }
    form.groups.append(
      Form.Group(
        question.heading ?? question.prompt, id: "signature",
        [
          .text(
            "name", question.prompt,
            hint:
              "As you would sign a letter. If you cannot answer for it, leave: nothing is written.",
            value: answers.fields["name"] ?? "", completion: "name"
          ).faulty(fault(on: .signature)?.text)
        ]))
    return Page(
      "Read it over and sign", overline: sheet.table, lead: question.lines.joined(separator: " "),
      [keptBlock()] + complaints(on: .signature)
        + [
          Block().with { $0.form = form },
          Block().with { $0.links = [Link("Back to the columns", "/columns/1")] },
        ])
  }

  /// Columns by what becomes of them, and the schema as it will be written.
  private func keptBlock() -> Block {
    func names(_ roles: [String]) -> [String] {
      reply.columns.filter { roles.contains($0.role) }.map(\.name)
    }
    let lists = [
      ("Modelled", names(["ordinary", "quasi-identifier", "sensitive", "target"])),
      ("Replaced by invented values", names(["identifier"])),
      ("Replaced by a placeholder", names(["prose"])), ("Left out", names(["drop"])),
    ].filter { !$0.1.isEmpty }
    return Block().with {
      $0.table = Table(
        "What becomes of the columns", ["In the release", "Columns"],
        lists.map { [Cell($0.0), Cell(Self.names($0.1))] })
      $0.more = More("The schema as it stands", reply.schema)
    }
  }

  // MARK: Price and plan

  static let prices = [0.3, 1.0, 3.0, 10.0]

  func price(_ plans: Reply) -> Page {
    let question = sheet.question("epsilon")
    let form = Form(
      "Show the plan", to: "/price",
      [
        .number(
          "epsilon", "ε", hint: question.help.joined(separator: " "),
          value: question.usual ?? "1", step: "any")
      ])
    var sketches = Block(
      "What you get for it",
      "Invented numbers, with the noise that the plan expects for your columns on average. "
        + "No row is behind these pictures, and nothing was spent. The outline is the bar before noise. "
        + "A pair with more noise than signal is not measured: its two columns do not go together in the release."
    )
    if let fault = plans.planFault {
      sketches = .notice(.caution, "There are no pictures", fault)
    } else {
      sketches.sketches = Rehearsal.sketches(plans.plans ?? [], chosen: chosen)
    }
    return Page(
      question.heading ?? question.prompt, overline: sheet.table,
      lead: question.lines.first,
      [
        Block().with {
          $0.table = Table(
            "The most that a guess can be right", ["ε", "Right at most", "Protection"],
            sheet.examples.map {
              [
                Cell(Rehearsal.number($0.epsilon)), Cell("\($0.guess) of the time"),
                Cell($0.word),
              ]
            })
        }, sketches,
      ] + complaints(on: .price)
        + [
          Block().with { $0.form = filled(form, on: .price) },
          Block().with { $0.links = [Link("Back", "/sign")] },
        ])
  }

  private var chosen: Double? { answers.fields["epsilon"].flatMap(Double.init) }

  func plan(_ planned: Reply) -> Page {
    let epsilon = Rehearsal.number(chosen ?? 1)
    let (release, folder) = (sheet.question("release"), sheet.question("folder"))
    let form = Form(
      "Write the files", to: "/plan",
      [
        .choice(
          "release", release.prompt,
          [
            ("no", "No: only write \(sheet.schemaFile) and \(sheet.scriptFile)."),
            ("yes", "Yes: write them, and spend ε \(epsilon) of these people's budget, for good."),
          ], value: "no"),
        .text(
          "folder", folder.prompt,
          hint: (["Only if it is made now."] + folder.help).joined(separator: " "),
          value: folder.usual ?? "", isRequired: false),
      ])
    return Page(
      "The plan for ε \(epsilon)", overline: sheet.table,
      lead: "Nothing has been spent, and nothing has been written.",
      expectation(planned) + fit(planned) + complaints(on: .plan)
        + [
          Block().with { $0.form = filled(form, on: .plan) },
          Block().with { $0.links = [Link("Choose another ε", "/price")] },
        ])
  }

  private func expectation(_ planned: Reply) -> [Block] {
    if let fault = planned.planFault { return [.notice(.serious, "There is no plan", fault)] }
    guard let plan = planned.plans?.first else { return [] }
    var blocks = [
      Block("What to expect").with {
        $0.facts = [
          Fact("Protects", plan.protects),
          Fact("A guess is right", plan.guess, "of the time at most"),
          Fact("Rows", "about \(plan.rows.formatted)"),
          Fact(
            "Error of a column", Self.percent(plan.columnError), "of the rows, from noise alone"),
          Fact("Error of a pair", Self.percent(plan.pairError), "of the rows, from noise alone"),
          Fact("Time", Self.duration(plan.cpuSeconds), "on one core"),
          Fact("Memory", "\(Int(plan.memoryMegabytes.rounded())) MB"),
        ]
      }
    ]
    if !plan.pairs.isEmpty {
      blocks.append(
        Block("Pairs of columns").with {
          $0.table = Table(
            plan.pairCount > 5
              ? "Of \(plan.pairCount.formatted): the five with the least error, and the one with the most"
              : "By error",
            ["First", "Second", "#Expected error"],
            plan.pairs.map {
              [Cell($0.first), Cell($0.second), .number(Self.percent($0.expectedError))]
            })
        })
    }
    if !plan.limits.isEmpty {
      blocks.append(Block("What is left out").with { $0.prose = plan.limits })
    }
    blocks += plan.hazards.map { .notice(.caution, "A weakness", $0) }
    return blocks
  }

  private func fit(_ planned: Reply) -> [Block] {
    guard let differences = planned.differences else { return [] }
    return differences.isEmpty
      ? [.notice(.good, "The table fits", "Every cell would be used as it stands.")]
      : differences.map { .notice(.caution, "The table does not fit its schema", $0) }
  }

  static func percent(_ share: Double) -> String {
    share < 0.01 ? "under 1 %" : "\(Int((100 * min(1, share)).rounded())) %"
  }

  private static func duration(_ seconds: Double) -> String {
    seconds < 90
      ? "about \(max(1, Int(seconds.rounded()))) s" : "about \(Int((seconds / 60).rounded())) min"
  }
}

/// The pages after the last answer.
enum EndScreens {
  static func working(_ written: Written, _ step: FormsProgram.Step?, table: String) -> Page {
    var page = Page(
      "The release is being made", overline: table,
      lead: "\(written.schema) and \(written.script) are written.",
      [
        Block().with {
          $0.progress = Progress(
            phase: step?.phase ?? "Reading the table", percent: step?.percent ?? 0,
            stream: "/progress")
        }
      ])
    page.follows = true
    return page
  }

  static func done(_ written: Written, _ ending: Ending, table: String) -> Page {
    var blocks: [Block] = []
    var facts = [Fact("Schema, signed", written.schema), Fact("Commands", written.script)]
    switch ending {
    case .onlyFiles:
      blocks.append(
        Block().with {
          $0.intro =
            "The script has the command for a release, not run yet: run it when you want one."
        })
    case .released(let rows, let epsilon):
      facts.append(
        Fact(
          "Release", written.release ?? "",
          "\(rows.formatted) rows, ε \(Rehearsal.number(epsilon)) spent"))
      blocks.append(
        .notice(
          .good, "The release is made",
          "All of its folder may be shared. Read report.html in it first: it says how good the stand-in is and what is guaranteed."
        ))
    case .failed(let message, let remedy):
      blocks.append(.notice(.serious, "The release was not made", "\(message) \(remedy)"))
    }
    let list = Block("What was written").with { $0.facts = facts }
    var done = Form("Done", to: "/leave")
    done.isBare = true
    let leave = Block().with { $0.form = done }
    return Page("Written", overline: table, blocks + [list, leave])
  }

  static let left = Page(
    "Ended", lead: "You can close this window. The program in the terminal has ended.")

  static func problem(_ title: String, _ text: String) -> Page { Page(title, lead: text) }
}

extension Int {
  /// With commas between thousands.
  fileprivate var formatted: String {
    var digits = Array(String(magnitude))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (self < 0 ? "-" : "") + String(digits)
  }
}
