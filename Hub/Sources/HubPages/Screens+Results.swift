import HubLog
import HubRecords
import HubRights

extension Screens {
  /// The page of a stand-in.
  /// - Parameter files: Names and sizes in bytes.
  package func release(_ request: RequestRecord, files: [(name: String, bytes: Int)]) -> Page {
    let path = "/requests/\(request.id)/files"
    let words = [
      "synthetic.csv": "the stand-in itself", "report.html": "the report that travels with it",
      "model-card.md": "what it is, and what it is not for",
      "manifest.json": "what was done, signed",
      "manifest.signature.json": "the signature", "model.json": "the model, for further rows",
      "report.json": "the figures of the report",
    ]
    return Page(
      request.summary, overline: "Stand-in · \(title(ofDataset: request.dataset))",
      lead:
        "Invented people who resemble the real ones. Read the report first: it says what the stand-in is good for.",
      [
        Block().with {
          $0.links = [
            Link("Read the report", "\(path)/report.html", isPrimary: true),
            Link("All as one package", "/requests/\(request.id)/crate.zip"),
            Link("The request", "/requests/\(request.id)"),
          ]
        },
        Block("Files", "Each download is written in the log.").with {
          $0.table = Table(
            "The whole release", ["File", "What it is", "#Size"],
            files.map { file in
              [
                Cell(file.name, link: "\(path)/\(file.name)"), Cell(words[file.name] ?? ""),
                .number(Self.size(file.bytes)),
              ]
            })
        },
        Block("Check it", "Anybody can check the signature, without this hub:").with {
          $0.code = "understudy verify FOLDER"
        },
        Block(
          "For programs",
          "The package is an RO-Crate: beside the release it says who asked, who approved and with what it was made. "
            + "Its file croissant.json tells loaders of data sets about the columns."
        ).with { $0.code = "understudy-hub fetch \(request.id) --hub ADDRESS -o FOLDER" },
      ])
  }

  static func size(_ bytes: Int) -> String {
    bytes < 10_000
      ? "\(bytes) B" : bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
  }

  /// The page of an answer.
  package func answer(_ request: RequestRecord, _ answer: AnswerFile) -> Page {
    let path = "/requests/\(request.id)/files"
    var blocks: [Block] = []
    if !answer.guarantee.isPrivate {
      blocks.append(
        .notice(.serious, "NOT PRIVATE", "This answer came from a run that can be repeated."))
    }
    blocks.append(
      Block().with {
        $0.table = FiguresTable.answer(answer)
      })
    if let tests = FiguresTable.tests(answer.findings) {
      blocks.append(Block().with { $0.table = tests })
    }
    blocks.append(
      Block(
        "For your paper", "Intervals include the sampling error and the noise added for privacy."
      ).with { $0.code = answer.methods })
    blocks.append(
      Block("Check it", "The answer is signed. Download its three files into a folder:").with {
        $0.links = ["answer.json", "answer.html", "answer.signature.json"].map {
          Link($0, "\(path)/\($0)")
        }
        $0.code = "understudy verify FOLDER"
      })
    if sight.may(.seeEpsilon, on: request) {
      blocks.append(
        Block("Price").with {
          $0.facts = [Fact("Paid", Wording.epsilon(answer.guarantee.epsilon))]
        })
    }
    blocks.append(
      Block().with { $0.links = [Link("The request", "/requests/\(request.id)")] })
    return Page(
      request.summary, overline: "Answer · \(title(ofDataset: request.dataset))",
      lead: "The real table beside its stand-in.", blocks)
  }

  // MARK: Log

  /// The page of the log.
  /// - Parameters:
  ///   - entries: Newest first.
  ///   - count: The number of all entries.
  ///   - fault: The first fault of the chain.
  package func log(
    _ entries: [LogEntry], count: Int, fault: LogCheck.Fault?, older: Int?,
    filter: LogFilter = LogFilter()
  ) -> Page {
    var blocks = [
      fault.map { Block.notice(.serious, "The log is broken", $0.description) }
        ?? .notice(
          .good, "The chain is intact to entry \(count)",
          "Every entry names the one before it, and the last one is sealed."
        )
    ]
    blocks.append(logChoice(filter))
    if entries.isEmpty {
      blocks.append(.notice(.plain, "No entry is like this", "Choose others."))
    }
    blocks.append(
      Block().with {
        if entries.isEmpty { return }
        $0.table = Table(
          "Who did what, when, about what, and at what cost; newest first",
          ["#Entry", "Time", "Who", "What", "About", "#Cost"],
          entries.map { entry in
            let request = entry.event.event.request.flatMap { state.requests[$0] }
            return [
              Cell("\(entry.number)"), Cell(Wording.time(entry.event.time)),
              Cell(who(inLog: entry.event)), Cell(entry.event.event.words),
              Cell(
                request?.summary ?? subject(entry.event.event),
                link: request.flatMap {
                  sight.may(.seeRequest, on: $0) ? "/requests/\($0.id)" : nil
                }),
              .number(cost(entry.event.event, request)),
            ]
          })
        $0.links = older.map { [Link("Older entries", "/log?before=\($0)\(filter.query)")] }
      })
    if sight.may(.exportLog) {
      var block = confirmed([Form("Export the log", to: "/log/export")], at: "/log")
      block.heading = "Export"
      block.intro =
        "One JSON document a line, the seal last. The program understudy-hub checks it on any machine (its command is verify)."
      blocks.append(block)
    }
    return Page("Log", lead: "Nothing is ever taken out of it.", blocks)
  }

  private func who(inLog dated: DatedEvent) -> String {
    switch dated.who {
    case HubName.worker: "the worker"
    case HubName.console: "the console"
    default: dated.event.isConsequence ? "the hub, after \(name(dated.who))" : name(dated.who)
    }
  }

  private func subject(_ event: Event) -> String {
    switch event {
    case .accountMade(let account): account.name
    case .rolesSet(let account, let roles):
      "\(account): \(roles.map(\.title).joined(separator: ", "))"
    case .accountDisabled(let account), .accountNoted(let account, _): account
    case .datasetRegistered(let dataset): dataset.title
    case .datasetDescribed(let id, _), .policySet(let id, _), .balanceSeen(let id, _):
      title(ofDataset: id)
    case .projectOpened(let project): project.title
    case .memberAdded(let id, _), .memberRemoved(let id, _), .agreementAccepted(let id, _),
      .projectClosed(let id, _):
      state.projects[id]?.project.title ?? id
    case .logExported(let entries): "\(entries) entries"
    case .drafted, .edited, .submitted, .commented, .voted, .returned, .refused, .withdrawn,
      .approved, .queued, .started, .cancelAsked, .finished, .passed, .failed, .answeredBefore,
      .revoked, .fetched:
      ""
    }
  }

  private func cost(_ event: Event, _ request: RequestRecord?) -> String {
    guard case .finished = event, let request else { return "" }
    return Wording.epsilon(epsilon(of: request))
  }
}
