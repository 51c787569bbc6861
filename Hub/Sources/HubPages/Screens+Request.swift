import HubRecords
import HubRights

/// What a request's page shows besides the request: made from stand-ins and schemas alone.
package struct RequestExtras: Sendable {
  /// The prediction of an analysis.
  package var plan: PlanFile?
  /// The expected mean error of a stand-in's pairs of columns.
  package var pairError: Double?
  /// The reason for having no prediction.
  package var planFault: String?
  package var progress: (phase: String, percent: Int)?

  package init() {}
}

extension Screens {
  package func request(_ request: RequestRecord, _ extras: RequestExtras) -> Page {
    var blocks = [standing(request)]
    if request.stage.isAtWork {
      let phase = request.stage == .queued ? "Waiting for a worker" : "Working"
      blocks.append(
        Block().with {
          $0.progress = Progress(
            phase: extras.progress.flatMap { $0.phase.isEmpty ? nil : $0.phase } ?? phase,
            percent: extras.progress?.percent ?? 0, stream: "/requests/\(request.id)/progress")
        })
    }
    blocks.append(Block().with { $0.facts = facts(of: request) })
    blocks.append(asked(request))
    blocks.append(contentsOf: useMatches(request))
    if !request.stage.isAtWork, let prediction = prediction(request, extras) {
      blocks.append(prediction)
    }
    if sight.may(.approve, on: request) { blocks.append(contentsOf: review(request)) }
    blocks.append(contentsOf: actions(request))
    blocks.append(
      Block("What happened").with {
        $0.timeline = request.timeline.map { item in
          Moment(
            time: Wording.time(item.time), who: item.isConsequence ? "" : name(item.who),
            text: item.isConsequence
              ? item.what.prefix(1).uppercased() + item.what.dropFirst() : item.what,
            quote: item.what == "failed" && !sight.may(.seeEpsilon, on: request)
              ? "The data owner and the privacy officer see the reason." : item.text)
        }
      })
    var page = Page(
      request.summary, overline: overline(request), blocks)
    page.follows = request.stage.isAtWork
    return page
  }

  private func overline(_ request: RequestRecord) -> String {
    let project = sight.project(of: request).map { " · \($0.project.title)" } ?? ""
    return "Request · \(title(ofDataset: request.dataset))\(project)"
  }

  /// A sentence on whose turn it is.
  private func standing(_ request: RequestRecord) -> Block {
    switch request.stage {
    case .draft:
      return .notice(.plain, "A draft", "Nobody else sees it until it is submitted.")
    case .submitted, .inReview:
      let policy = state.datasets[request.dataset]?.policy
      let days = policy?.responseDays ?? 5
      return .notice(
        .plain, "In review: \(approvals(request))",
        "The officers of this data set promise a decision within \(days) days.")
    case .returned:
      return .notice(
        .caution, "Returned with a question", "It is the author's turn: change it and submit again."
      )
    case .approved:
      return request.spec.kind == .access
        ? Block().with {
          $0.notice = Notice(.good, "Approved", "The project is open.")
          $0.links = [Link("Open the project", "/projects/\(request.id)", isPrimary: true)]
        } : .notice(.good, "Approved", "A worker will carry it out.")
    case .released: return released(request)
    case .atGate:
      return .notice(.caution, "At the gate", "An output checker looks at the result first.")
    case .failed: return failed(request)
    case .refused: return .notice(.serious, "Refused", "The reason is below.")
    case .withdrawn: return .notice(.plain, "Withdrawn", "Its author took it back.")
    case .revoked:
      return .notice(
        .serious, "Revoked",
        "New downloads have stopped. What was downloaded cannot be recalled, and what was spent stays spent."
      )
    case .queued, .running, .open, .expired, .closed, .always: return Block()
    }
  }

  private func failed(_ request: RequestRecord) -> Block {
    guard let failure = request.failure else { return Block() }
    let isCancelled = failure.id == "cancelled"
    var text = "Nothing was charged."
    if failure.isCharged {
      text =
        "Budget was charged before it \(isCancelled ? "ended" : "failed"); that stays spent. Nothing was released."
      if let rho = failure.chargedRho, sight.may(.seeEpsilon, on: request) {
        text += " The ledger counts ρ = \(Wording.number(rho))."
      }
    }
    return .notice(
      isCancelled ? .caution : .serious, isCancelled ? "Cancelled" : "The work failed", text)
  }

  private func released(_ request: RequestRecord) -> Block {
    guard request.spec.kind != .budget else {
      return .notice(.good, "Granted", "The ledger has it.")
    }
    let isAnswer = request.spec.kind == .analysis
    return Block().with {
      $0.notice = Notice(
        .good, isAnswer ? "Answered" : "Released",
        request.answeredBy == nil
          ? "It is signed, and can be checked without this hub."
          : "The same question had been answered before: this is the same answer, at no cost.")
      if sight.may(.readResult, on: request) {
        $0.links = [
          Link(
            isAnswer ? "Open the answer" : "Open the stand-in",
            "/requests/\(request.id)/result", isPrimary: true)
        ]
      }
    }
  }

  private func approvals(_ request: RequestRecord) -> String {
    let policy = state.datasets[request.dataset]?.policy
    let needed = (policy?.officers ?? 1) + (policy?.checkers ?? 0)
    return "\(request.votes.count) of \(needed) approvals"
  }

  private func facts(of request: RequestRecord) -> [Fact] {
    var facts = [
      Fact("State", request.stage.rawValue, "version \(request.version)"),
      Fact("Asked by", name(request.author), Wording.time(request.submitted ?? request.changed)),
    ]
    if request.spec.units > 0 {
      facts.append(
        Fact(
          "Cost", request.answeredBy == nil ? Wording.units(request.spec.units) : "nothing",
          sight.may(.seeEpsilon, on: request) ? Wording.epsilon(epsilon(of: request)) : nil))
    }
    switch request.approval {
    case .people(let names):
      facts.append(Fact("Approved by", names.map(name).joined(separator: ", ")))
    case .policy(let version, let officer):
      facts.append(
        Fact("Approved by", "policy version \(version)", "set by \(name(officer))"))
    case nil: break
    }
    return facts
  }

  private func asked(_ request: RequestRecord) -> Block {
    switch request.spec {
    case .access(_, let purpose, let units, let days, _):
      return Block("What is asked for").with {
        $0.facts = [
          Fact("Share of the budget", Wording.units(units)), Fact("Lasts", "\(days) days"),
          Fact("Data set", title(ofDataset: request.dataset)),
        ]
        $0.prose = [purpose]
      }
    case .release(_, let targets, let rows, let columns):
      let leftOut = leftOutRules(of: request.dataset, columns: columns)
      return Block("What is asked for").with {
        if !leftOut.isEmpty {
          $0.intro =
            "Rules of the schema that name other columns do not apply: \(leftOut.joined(separator: "; "))."
        }
        $0.facts = [
          Fact(
            "Columns",
            columns.map { "\($0.count): \($0.joined(separator: ", "))" }
              ?? "all that a stand-in models"),
          Fact(
            "To predict",
            targets.isEmpty ? "nothing in particular" : targets.joined(separator: ", ")),
          Fact("Rows", rows.map { "\($0)" } ?? "about as many as the table has"),
        ]
      }
    case .analysis(let question, let release, _):
      return Block("What is asked for").with {
        $0.facts = [
          Fact("Question", question.summary),
          Fact("Columns", question.columns.joined(separator: ", ")),
        ]
        if let pilot = state.requests[release], sight.may(.seeRequest, on: pilot) {
          $0.links = [Link("The stand-in that it starts from", "/requests/\(release)")]
        }
      }
    case .budget(_, let reason):
      return Block("What is asked for").with {
        $0.facts = [Fact("To add", Wording.epsilon(epsilon(of: request)))]
        $0.prose = [reason]
      }
    }
  }

  /// The predicted precision of the result, before anything is spent.
  package func prediction(_ request: RequestRecord, _ extras: RequestExtras) -> Block? {
    guard request.stage != .released, request.stage != .atGate else { return nil }
    if let fault = extras.planFault {
      return .notice(.caution, "No prediction", fault)
    }
    if let error = extras.pairError { return Self.expectation(pairError: error) }
    guard let plan = extras.plan,
      let predicted = plan.prediction(at: epsilon(of: request))
    else { return nil }
    return Self.expectation(plan, predicted)
  }

  /// The expected error of a stand-in, in words and a figure.
  package static func expectation(pairError: Double) -> Block {
    Block("What to expect", "Predicted from the schema and the price alone; nothing is spent.").with
    {
      $0.facts = [
        Fact(
          "Wrong in two columns together", "about \(Int((pairError * 100).rounded())) of 100 rows",
          "by noise alone, if each pair is measured once")
      ]
    }
  }

  /// An analysis on the stand-in beside the predicted interval.
  package static func expectation(_ plan: PlanFile, _ predicted: PlanFile.Prediction) -> Block {
    Block(
      "What to expect",
      "Predicted from the stand-in alone; no row is read and nothing is spent."
    ).with {
      $0.table = FiguresTable.plan(plan.standIn, predicted.findings)
      let noise = Int((predicted.noiseShare * 100).rounded())
      $0.notice =
        plan.advice.hasPrefix("Do not ask: the release")
        ? Notice(.caution, "Better not ask", "The stand-in alone knows this about as well.")
        : predicted.unknown > 0
          ? Notice(
            .caution, "Too little precision",
            "\(predicted.unknown) numbers would stay unknown at this price. Ask with more units, for fewer numbers, or of larger groups."
          )
          : Notice(
            noise > 50 ? .caution : .good, noise > 50 ? "Mostly noise" : "Worth asking",
            "At this price at most \(noise) % of a number's doubt would be due to privacy.")
    }
  }

  // MARK: Review

  private func review(_ request: RequestRecord) -> [Block] {
    var blocks: [Block] = []
    if let project = request.project.flatMap({ state.projects[$0] }) {
      blocks.append(contentsOf: reasons(of: project))
      let used = state.units(usedBy: project.project.id)
      let unit = state.datasets[request.dataset]?.dataset.unitEpsilon ?? 0
      let balance = state.datasets[request.dataset]?.balance
      blocks.append(
        Block("What remains").with {
          $0.facts = [
            Fact(
              "For this project", Wording.units(max(0, project.project.units - used)),
              "of \(project.project.units); this takes \(request.spec.units)"),
            Fact("For everyone", remains(balance, unit, request)),
            Fact("People in the project", "\(project.members.count)"),
          ]
        })
    }
    let earlier = asksOfTheSame(request)
    if !earlier.isEmpty {
      var block = list(earlier, "Newest first", ifNone: "")
      block.heading = "Asked before of the same columns"
      blocks.append(block)
    }
    return blocks
  }

  /// The rest of the data set's budget: ε for those who may see it, and units for others.
  private func remains(_ balance: Balance?, _ unit: Double, _ request: RequestRecord) -> String {
    guard let further = balance?.furtherEpsilon else { return "nothing granted yet" }
    return sight.may(.seeEpsilon, on: request)
      ? Wording.epsilon(further) : Wording.units(unit > 0 ? Int(further / unit) : 0)
  }

  /// Earlier questions that share a column with this one.
  private func asksOfTheSame(_ request: RequestRecord) -> [RequestRecord] {
    guard case .analysis(let question, _, _) = request.spec else { return [] }
    let columns = Set(question.columns)
    return sight.requests.filter { other in
      guard case .analysis(let earlier, _, _) = other.spec, other.id != request.id else {
        return false
      }
      return other.dataset == request.dataset && !columns.isDisjoint(with: earlier.columns)
    }
  }

  // MARK: Actions

  private func actions(_ request: RequestRecord) -> [Block] {
    let path = "/requests/\(request.id)"
    var blocks: [Block] = []
    var own: [Form] = []
    if sight.may(.submit, on: request) { own.append(Form("Submit", to: "\(path)/submit")) }
    if sight.may(.edit, on: request) { own.append(edit(request)) }
    if sight.may(.withdraw, on: request) {
      own.append(Form("Withdraw", to: "\(path)/withdraw", isDanger: true))
    }
    if !own.isEmpty { blocks.append(Block("Your turn").with { $0.forms = own }) }
    if sight.may(.cancel, on: request), !request.isCancelling {
      blocks.append(
        Block(
          "Cancel the work",
          "It ends between two steps. What was charged before stays charged; a finished result stands."
        ).with { $0.forms = [Form("Cancel", to: "\(path)/cancel", isDanger: true)] })
    }
    var decisions = decisions(request, path)
    if !decisions.isEmpty {
      var block = confirmed(decisions, at: path)
      if isConfirmed { block.heading = "Decide" }
      blocks.append(block)
    }
    decisions = []
    if sight.may(.sendBack, on: request) {
      decisions.append(
        Form(
          "Return with a question", to: "\(path)/return",
          [
            .area("reason", "Question to the author"),
            .hidden("version", "\(request.version)"),
          ]))
    }
    if sight.may(.comment, on: request) {
      decisions.append(Form("Write", to: "\(path)/comment", [.area("text", "Comment")]))
    }
    if !decisions.isEmpty { blocks.append(Block("Talk").with { $0.forms = decisions }) }
    return blocks
  }

  private func decisions(_ request: RequestRecord, _ path: String) -> [Form] {
    var forms: [Form] = []
    let version = Field.hidden("version", "\(request.version)")
    if sight.may(.approve, on: request), !request.votes.contains(where: { $0.by == sight.name }) {
      forms.append(
        Form(
          "Approve", to: "\(path)/approve",
          [.area("reason", "Remark", isRequired: false), version]))
    }
    if sight.may(.refuse, on: request) {
      forms.append(
        Form("Refuse", to: "\(path)/refuse", isDanger: true, [.area("reason", "Reason"), version]))
    }
    if sight.may(.passGate, on: request) {
      forms.append(
        Form(
          "Let the result pass", to: "\(path)/pass",
          [.area("reason", "Remark", isRequired: false)]))
    }
    if sight.may(.stopAtGate, on: request) {
      forms.append(
        Form("Stop the result", to: "\(path)/stop", isDanger: true, [.area("reason", "Reason")]))
    }
    if sight.may(.revoke, on: request), request.spec.kind != .budget {
      forms.append(
        Form("Revoke", to: "\(path)/revoke", isDanger: true, [.area("reason", "Reason")]))
    }
    return forms
  }

  /// The form for changing the request.
  private func edit(_ request: RequestRecord) -> Form {
    let path = "/requests/\(request.id)/edit"
    switch request.spec {
    case .access(let title, let purpose, let units, let days, let use):
      return Form(
        "Save the change", to: path, title: "Change it",
        [
          .text("title", "Title of the project", value: title),
          .area("purpose", "Purpose", value: purpose),
          .number("units", "Units of precision", value: "\(units)"),
          .number("days", "Days that the project lasts", value: "\(days)"),
        ] + useFields(use))
    case .release: return editRelease(request, to: path)
    case .analysis(_, _, let units):
      return Form(
        "Save the change", to: path, title: "Change its price",
        [.number("units", "Units of precision", value: "\(units)")])
    case .budget(let epsilon, let reason):
      return Form(
        "Save the change", to: path, title: "Change it",
        [
          .number("epsilon", "ε to add", value: "\(epsilon)", step: "0.1"),
          .area("reason", "Reason", value: reason),
        ])
    }
  }
}
