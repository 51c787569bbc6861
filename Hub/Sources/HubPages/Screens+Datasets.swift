import HubRecords
import HubRights

extension Screens {
  // MARK: Catalogue

  package func catalogue() -> Page {
    let records = state.datasets.values.sorted { $0.dataset.title < $1.dataset.title }
    var blocks: [Block] = []
    if records.isEmpty {
      let isOwner = sight.may(.registerDataset)
      blocks.append(
        .notice(
          .plain, "There is no data set yet",
          isOwner
            ? "Register the first one: a table that stays where it lives, with its reviewed schema."
            : "A data owner registers tables. Ask yours to."))
    } else {
      blocks.append(
        Block().with { block in
          block.cards = records.map { record in
            Card(
              record.dataset.title, link: "/datasets/\(record.dataset.id)",
              text: record.dataset.summary,
              tags: cardTags(record))
          }
        })
    }
    if sight.may(.registerDataset) {
      blocks.append(
        Block().with {
          $0.links = [Link("Register a data set", "/datasets/new", isPrimary: true)]
        })
    }
    return Page(
      "Data sets", lead: "Tables of people that you can ask for. None of them is here itself.",
      blocks)
  }

  package func dataset(_ record: DatasetRecord) -> Page {
    let dataset = record.dataset
    var blocks = [Block().with { $0.facts = facts(of: record) }]
    blocks.append(contentsOf: nextSteps(record))
    blocks.append(conditions(of: dataset))
    blocks.append(columns(of: dataset))
    blocks.append(contentsOf: results(of: dataset.id))
    if sight.may(.seeEpsilon), let balance = record.balance {
      blocks.append(
        Block("Budget", "Everything that leaves this data set is paid for from one ledger.").with {
          $0.facts = [
            Fact("Granted", Wording.epsilon(balance.grantedEpsilon)),
            Fact(
              "Further", Wording.epsilon(balance.furtherEpsilon),
              "the most that one more release or answer could have"),
            Fact("Waiting", Wording.epsilon(state.epsilonAtWork(on: dataset.id)), "approved work"),
          ]
          $0.sketches = budgetBar(balance, waiting: state.epsilonAtWork(on: dataset.id)).map {
            [$0]
          }
          $0.sketchesAreWide = true
        })
    }
    if sight.may(.setPolicy) { blocks.append(policyBlock(record)) }
    blocks.append(
      Block("The agreement", "Everybody who joins a project accepts it.").with {
        $0.prose = [dataset.agreement]
      })
    if sight.may(.seeSource) {
      blocks.append(
        Block("For owner and officers").with {
          $0.facts = [Fact("Source", dataset.source, "only workers open it")]
          $0.more = More("The reviewed schema", dataset.schema)
        })
    }
    return Page(dataset.title, overline: "Data set", lead: dataset.summary, blocks)
  }

  private func facts(of record: DatasetRecord) -> [Fact] {
    let schema = SchemaColumns(record.dataset.schema)
    let policy = record.policy
    return [
      Fact("Columns", "\(schema.columns.count)", "\(schema.modelled.count) in a stand-in"),
      Fact("Owner", name(record.dataset.owner)),
      Fact(
        "Decision", policy.map { "within \($0.responseDays) days" } ?? "not open yet",
        policy.map { "policy version \($0.version), set by \(name($0.officer))" }
          ?? "a privacy officer must set a policy first"),
      Fact(
        "Goes through unasked",
        policy.map {
          $0.automaticUnits > 0 ? "analyses up to \(Wording.units($0.automaticUnits))" : "nothing"
        } ?? "nothing"),
    ]
  }

  private func nextSteps(_ record: DatasetRecord) -> [Block] {
    var links: [Link] = []
    let id = record.dataset.id
    if sight.may(.askAccess), record.policy != nil {
      links.append(Link("Ask for access", "/datasets/\(id)/access", isPrimary: true))
    }
    if sight.may(.askBudget), record.policy != nil {
      links.append(Link("Ask for budget", "/datasets/\(id)/budget", isPrimary: true))
    }
    if sight.may(.describeDataset), record.dataset.owner == sight.name {
      links.append(Link("Change the words", "/datasets/\(id)/words"))
    }
    return links.isEmpty ? [] : [Block().with { $0.links = links }]
  }

  private func columns(of dataset: Dataset) -> Block {
    let schema = SchemaColumns(dataset.schema)
    guard !schema.columns.isEmpty else {
      return Block("Columns").with { $0.more = More("The reviewed schema", dataset.schema) }
    }
    return Block("Columns", "What the owner declares about each column is public knowledge.").with {
      $0.table = Table(
        "In the order of the table", ["Column", "Type", "In a stand-in", "Declared"],
        schema.columns.map { column in
          [
            Cell(column.name), Cell(column.type),
            Cell(column.isModelled ? "modelled" : "replaced"), Cell(column.declared),
          ]
        })
    }
  }

  private func policyBlock(_ record: DatasetRecord) -> Block {
    let policy = record.policy
    let form = Form(
      "Set this policy", to: "/datasets/\(record.dataset.id)/policy",
      [
        .number(
          "officers", "Approvals of privacy officers", value: "\(policy?.officers ?? 1)"),
        .number("checkers", "Approvals of output checkers", value: "\(policy?.checkers ?? 0)"),
        .number(
          "automatic", "Analyses that go through unasked, up to units",
          hint: "0 for none. They are approved in your name.",
          value: "\(policy?.automaticUnits ?? 0)"),
        .number(
          "days", "Days within which you promise a decision",
          value: "\(policy?.responseDays ?? 5)"),
        .check(
          "checks", "A checker looks at every result before its researchers do",
          isChecked: policy?.checksOutput ?? false),
      ])
    var block = confirmed([form], at: "/datasets/\(record.dataset.id)")
    block.heading = policy.map { "Policy, version \($0.version)" } ?? "Policy: not set yet"
    return block
  }

  // MARK: Forms

  package func newDataset() -> Page {
    Page(
      "Register a data set",
      lead: "The table stays where it is. Only workers of this hub open it, for approved work.",
      [confirmed([registration()], at: "/datasets/new")])
  }

  package func askAccess(_ record: DatasetRecord) -> Page {
    Page(
      "Ask for access", overline: record.dataset.title,
      lead:
        "Approved, this becomes a project that you lead. Its people see stand-ins, and put questions to the real table.",
      [
        conditions(of: record.dataset),
        Block().with {
          $0.form = Form(
            "Save as draft", to: "/datasets/\(record.dataset.id)/access",
            [
              .text("title", "Title of the project"),
              .area(
                "purpose", "Purpose",
                hint: "What you want to find out, for whom, and why this table is needed."),
              .number(
                "units", "Units of precision that you need",
                hint: "A stand-in takes about 10, a question 1 to 5.", value: "20"),
              .number("days", "Days that the project lasts", value: "365"),
            ] + useFields())
        },
      ])
  }

  package func askBudget(_ record: DatasetRecord) -> Page {
    Page(
      "Ask for budget", overline: record.dataset.title,
      lead: "A grant counts for everything that leaves this data set, and cannot be taken back.",
      [
        Block().with {
          $0.form = Form(
            "Save as draft", to: "/datasets/\(record.dataset.id)/budget",
            [
              .number(
                "epsilon", "ε to add", hint: "1 to 3 in total is usual.", value: "2", step: "0.1"),
              .area("reason", "Reason"),
            ])
        }
      ])
  }
}
