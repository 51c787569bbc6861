import HubRecords
import HubRights

/// The pages of a person who has signed in: pure functions of the sight of that person.
package struct Screens: Sendable {
  let sight: Sight
  /// Whether a code of the second factor was shown lately, as decisions need.
  let isConfirmed: Bool

  package init(_ sight: Sight, isConfirmed: Bool) {
    (self.sight, self.isConfirmed) = (sight, isConfirmed)
  }

  var state: HubState { sight.state }

  /// The forms, or the way to confirm first.
  func confirmed(_ forms: [Form], at path: String) -> Block {
    guard !forms.isEmpty else { return Block() }
    if isConfirmed { return Block().with { $0.forms = forms } }
    return Block(
      "To decide here, confirm that it is you",
      "Decisions need a code of your authenticator app that is at most ten minutes old."
    ).with { $0.links = [Link("Confirm with a code", "/confirm?back=\(path)", isPrimary: true)] }
  }

  func name(_ account: String) -> String { state.accounts[account]?.fullName ?? account }

  func title(ofDataset id: String) -> String { state.datasets[id]?.dataset.title ?? id }

  func stageCell(_ stage: Stage) -> Cell {
    let tag =
      switch stage {
      case .released, .approved, .open: "good"
      case .refused, .failed, .revoked, .closed: "serious"
      case .returned, .expired, .atGate: "caution"
      case .queued, .running, .submitted, .inReview: "busy"
      case .draft, .withdrawn, .always: "plain"
      }
    return Cell(stage.rawValue, tag: tag)
  }

  /// A list of requests; says what to do if there is none.
  func list(_ requests: [RequestRecord], _ caption: String, ifNone: String) -> Block {
    guard !requests.isEmpty else {
      return .notice(.plain, "Nothing here yet", ifNone)
    }
    return Block().with {
      $0.table = Table(
        caption, ["Request", "State", "By", "Data set", "Last change"],
        requests.map { request in
          [
            Cell(request.summary, link: "/requests/\(request.id)"), stageCell(request.stage),
            Cell(name(request.author)), Cell(title(ofDataset: request.dataset)),
            Cell(Wording.time(request.changed)),
          ]
        })
    }
  }

  // MARK: Lists

  package func requests() -> Page {
    Page(
      "Requests", lead: "What you have asked for, and what you may know of.",
      [
        list(
          sight.requests, "Newest first",
          ifNone:
            "Requests begin at a data set (to get access) or in a project (for a stand-in or an analysis)."
        )
      ])
  }

  package func inbox() -> Page {
    let rows = sight.inbox.map { request -> [Cell] in
      let policy = state.datasets[request.dataset]?.policy
      let waited = sight.now - (request.submitted ?? request.changed)
      let isLate = waited > (policy?.responseDays ?? 5) * 86_400
      return [
        Cell(request.summary, link: "/requests/\(request.id)"), stageCell(request.stage),
        Cell(name(request.author)),
        .number(
          sight.may(.seeEpsilon, on: request)
            ? Wording.epsilon(epsilon(of: request)) : Wording.units(request.spec.units)),
        Cell(Wording.age(waited), tag: isLate ? "serious" : nil),
        Cell("\(request.votes.count) of \((policy?.officers ?? 1) + (policy?.checkers ?? 0))"),
      ]
    }
    let block =
      rows.isEmpty
      ? Block.notice(.good, "Nobody waits for you", "New requests appear here, oldest first.")
      : Block().with {
        $0.table = Table(
          "Oldest first; those beyond the promised time are marked",
          ["Request", "State", "By", "#Cost", "Waiting for", "Approvals"], rows)
      }
    return Page(
      "Inbox", lead: "Requests that wait for your decision.", [block] + approvedUnasked())
  }

  func epsilon(of request: RequestRecord) -> Double {
    if case .budget(let epsilon, _) = request.spec { return epsilon }
    if case .access(_, _, let units, _, _) = request.spec {
      return Double(units) * (state.datasets[request.dataset]?.dataset.unitEpsilon ?? 0)
    }
    return state.epsilon(of: request)
  }
}
