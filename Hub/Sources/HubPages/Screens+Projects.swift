import HubRecords
import HubRights

extension Screens {
  package func projects() -> Page {
    let projects = sight.projects
    guard !projects.isEmpty else {
      return Page(
        "Projects",
        [
          .notice(
            .plain, "You are in no project yet",
            "Ask for access at a data set, or have the lead of a project add you.")
        ])
    }
    return Page(
      "Projects",
      [
        Block().with {
          $0.table = Table(
            "Newest first", ["Project", "State", "Data set", "Lead", "Until"],
            projects.map { record in
              [
                Cell(record.project.title, link: "/projects/\(record.project.id)"),
                stageCell(record.stage(at: sight.now)),
                Cell(title(ofDataset: record.project.dataset)),
                Cell(name(record.project.lead)), Cell(Wording.day(record.project.until)),
              ]
            })
        }
      ])
  }

  package func project(_ record: ProjectRecord) -> Page {
    let project = record.project
    let stage = record.stage(at: sight.now)
    var blocks = [standing(record, stage), Block().with { $0.facts = facts(of: record) }]
    if sight.may(.acceptAgreement, on: record), !record.hasAccepted(sight.name) {
      blocks.append(agreement(record))
    }
    if sight.may(.askInProject, on: record), record.hasAccepted(sight.name) {
      let hasStandIn = !standIns(of: project.id).isEmpty
      blocks.append(
        Block().with {
          $0.links =
            [Link("Ask for a stand-in", "/projects/\(project.id)/release", isPrimary: !hasStandIn)]
            + (hasStandIn
              ? [Link("New analysis", "/projects/\(project.id)/analysis", isPrimary: true)] : [])
        })
    }
    blocks.append(
      Block("Requests of this project").with { block in
        let requests = state.requests(of: project.id).reversed().filter {
          sight.may(.seeRequest, on: $0)
        }
        block.table =
          list(requests, "Newest first", ifNone: "").table
        if requests.isEmpty {
          block.intro = "None yet. Begin with a stand-in: it is what everybody works on."
        }
      })
    blocks.append(people(record))
    blocks.append(contentsOf: ending(record))
    return Page(project.title, overline: "Project", lead: project.purpose, blocks)
  }

  /// The stand-ins that a project has received.
  func standIns(of project: String) -> [RequestRecord] {
    state.requests(of: project).filter { $0.spec.kind == .release && $0.stage == .released }
  }

  private func standing(_ record: ProjectRecord, _ stage: Stage) -> Block {
    switch stage {
    case .closed:
      return .notice(
        .serious, "This project was closed",
        "\(record.closing?.reason ?? "") Downloads and questions have stopped. A release cannot be recalled; what was spent stays spent."
      )
    case .expired:
      return .notice(
        .caution, "This project has ended",
        "Its time is over. Downloads and questions have stopped; what was spent stays spent.")
    default: return Block()
    }
  }

  private func facts(of record: ProjectRecord) -> [Fact] {
    let project = record.project
    let used = state.units(usedBy: project.id)
    var facts = [
      Fact("Data set", title(ofDataset: project.dataset)),
      Fact("State", record.stage(at: sight.now).rawValue, "until \(Wording.day(project.until))"),
      Fact(
        "Precision left", "\(max(0, project.units - used)) of \(project.units)",
        "units of precision"),
      Fact("People", "\(record.members.count)"),
    ]
    if sight.may(.seeEpsilon) {
      let unit = state.datasets[project.dataset]?.dataset.unitEpsilon ?? 0
      facts.append(
        Fact(
          "Share of the budget", Wording.epsilon(Double(project.units) * unit),
          "\(Wording.epsilon(Double(used) * unit)) used or promised"))
    }
    return facts
  }

  private func agreement(_ record: ProjectRecord) -> Block {
    Block("Accept the agreement first").with {
      $0.prose = [state.datasets[record.project.dataset]?.dataset.agreement ?? ""]
      $0.form = Form(
        "I accept this agreement", to: "/projects/\(record.project.id)/accept",
        [.hidden("digest", record.project.agreement)])
    }
  }

  private func people(_ record: ProjectRecord) -> Block {
    Block("People").with { block in
      block.table = Table(
        "With the time at which each accepted the agreement", ["Name", "Part", "Agreement"],
        record.members.sorted { $0.key < $1.key }.map { account, accepted in
          [
            Cell(name(account)),
            Cell(account == record.project.lead ? "leads the project" : "researcher"),
            accepted.map { Cell("accepted \(Wording.time($0))", tag: "good") }
              ?? Cell("not accepted yet", tag: "caution"),
          ]
        })
      guard sight.may(.invite, on: record) else { return }
      block.forms = [
        Form(
          "Add", to: "/projects/\(record.project.id)/invite",
          title: "Add a researcher",
          [.text("account", "Name of the account", hint: "The name they sign in with.")])
      ]
      let others = record.members.keys.filter { $0 != record.project.lead }.sorted()
      if !others.isEmpty {
        block.forms?.append(
          Form(
            "Remove", to: "/projects/\(record.project.id)/remove", title: "Remove a researcher",
            isDanger: true, [.select("account", "Name", others.map { ($0, name($0)) })]))
      }
    }
  }

  private func ending(_ record: ProjectRecord) -> [Block] {
    guard sight.may(.closeProject, on: record) else { return [] }
    var block = confirmed(
      [
        Form(
          "Close the project", to: "/projects/\(record.project.id)/close", isDanger: true,
          [.area("reason", "Reason")])
      ], at: "/projects/\(record.project.id)")
    block.heading = "Close this project"
    block.intro =
      "Downloads and questions stop at once. A release cannot be recalled, and what was spent stays spent."
    return [block]
  }

  // MARK: Forms

  package func newRelease(
    _ record: ProjectRecord, plan: Block?, values: [String: [String]] = [:], canKeep: Bool = true
  ) -> Page {
    let schema = SchemaColumns(state.datasets[record.project.dataset]?.dataset.schema ?? "")
    let left = max(0, record.project.units - state.units(usedBy: record.project.id))
    let chosen = values["some"] == nil ? nil : values["columns"] ?? []
    let boxes = columnFields(of: record.project.dataset, chosen: chosen)
    let fields: [Field] = [
      .number(
        "units", "Units of precision", hint: "Your project has \(left) left. 10 is usual.",
        value: "\(min(10, max(1, left)))"),
      .text(
        "targets", "Columns that you will predict, separated by commas",
        hint: "They are learned best.", isRequired: false, suggestions: schema.modelled),
      .number(
        "rows", "Rows", hint: "Leave it empty for about as many as the table has.",
        isRequired: false),
    ]
    var blocks = [
      Block().with {
        var form = Form(
          "Show what to expect", to: "/projects/\(record.project.id)/release", isSent: false,
          boxes.isEmpty ? fields.map { $0.filled(values[$0.name], fault: nil) } : [])
        if !boxes.isEmpty {
          form.groups = [
            .init(
              "What you need", id: "need", fields.map { $0.filled(values[$0.name], fault: nil) }),
            .init(
              "Columns", id: "columns",
              text:
                "Fewer columns are learned better at the same price. Take those that you need.",
              boxes),
          ]
        }
        $0.form = form
      }
    ]
    if let plan {
      let leftOut = leftOutRules(of: record.project.dataset, columns: chosen)
      if !leftOut.isEmpty {
        blocks.append(
          .notice(
            .plain, "Some rules of the table will not apply",
            "They name columns that are not chosen: \(leftOut.joined(separator: "; "))."))
      }
      blocks.append(plan)
    }
    if plan != nil, canKeep {
      blocks.append(
        Block().with {
          $0.form = Form(
            "Save as draft", to: "/projects/\(record.project.id)/release",
            ["units", "targets", "rows", "some"].map { .hidden($0, values[$0]?.first ?? "") }
              + (values["columns"] ?? []).map { .hidden("columns", $0) })
        })
    }
    return Page(
      "Ask for a stand-in", overline: record.project.title,
      lead:
        "A table of invented people who resemble the real ones. Everybody in the project can work on it.",
      blocks)
  }

  package func newAnalysis(
    _ record: ProjectRecord, preview: Block?, values: [String: [String]] = [:]
  ) -> Page {
    let schema = SchemaColumns(state.datasets[record.project.dataset]?.dataset.schema ?? "")
    let left = max(0, record.project.units - state.units(usedBy: record.project.id))
    let columns = schema.modelled
    let fields: [Field] = [
      .select(
        "kind", "Analysis", AnalysisKinds.all.map { ($0.name, $0.title) }, value: "proportion"),
      .text(
        "outcome", "Outcome", hint: "The column that is counted or explained.", isRequired: false,
        suggestions: columns),
      .text(
        "value", "Value that counts", hint: "For a proportion of a column with several labels.",
        isRequired: false, suggestions: schema.columns.flatMap(\.labels)),
      .text("by", "By groups of", isRequired: false, suggestions: schema.labelled),
      .text(
        "terms", "Terms of a regression, separated by commas", isRequired: false,
        suggestions: columns),
      .text("time", "Time of follow-up", hint: "For survival.", isRequired: false),
      .text("event", "Event", hint: "For survival.", isRequired: false),
      .text("column", "Only people whose column", isRequired: false, suggestions: columns),
      .text(
        "among", "has one of these values or a range",
        hint: "Separated by commas; a range is written 18..65.", isRequired: false),
      .select(
        "release", "Stand-in that it starts from",
        standIns(of: record.project.id).map { ($0.id, "\($0.summary), \(Wording.day($0.changed))") }
      ),
      .number("units", "Units of precision", hint: "Your project has \(left) left.", value: "3"),
    ]
    var blocks = [
      Block().with {
        $0.form = Form(
          "Run it on the stand-in", to: "/projects/\(record.project.id)/analysis", isSent: false,
          fields
        ).filled(values)
      }
    ]
    if let preview {
      blocks.insert(preview, at: 0)
    }
    return Page(
      "New analysis", overline: record.project.title,
      lead:
        "Free on the stand-in, with the interval to expect from the real table beside it. Then, if it is worth it, once on the real table.",
      blocks)
  }

  /// The form that keeps a previewed question as a draft.
  package func keepAnalysis(_ record: ProjectRecord, values: [String: [String]]) -> Form {
    Form(
      "Keep as a request to the real table", to: "/projects/\(record.project.id)/analysis",
      AnalysisKinds.fields.map { .hidden($0, values[$0]?.first ?? "") })
  }
}

/// The kinds of analysis that the form offers.
package enum AnalysisKinds {
  package static let fields = [
    "kind", "outcome", "value", "by", "terms", "time", "event", "column", "among", "release",
    "units",
  ]

  package static let all: [(name: String, title: String)] = [
    ("count", "Count"), ("proportion", "Proportion"), ("mean", "Mean"),
    ("difference", "Difference between groups"), ("quantile", "Median and quartiles"),
    ("table", "Table of counts"), ("histogram", "Distribution"),
    ("chi-squared", "Chi-squared test"), ("trend", "Test for trend"),
    ("linear", "Linear regression"), ("logistic", "Logistic regression"),
    ("poisson", "Poisson regression"), ("kaplan-meier", "Kaplan–Meier curve"),
    ("log-rank", "Log-rank test"), ("cox", "Cox regression"),
  ]
}
