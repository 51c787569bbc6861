import ArgumentParser
import HubClient
import HubRecords

/// `understudy-hub request`: asks a hub for something, as its pages do.
struct Ask: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: "Drafts a request at a hub, and submits it with --submit.",
    discussion: """
      A person makes the token at 'Your account'. The program does what that person may do, but for \
      decisions. It prints the name of the request, its state and a line of words.

      Examples:
        understudy-hub request access --hub https://hub.example --dataset hospital \\
          --title "Readmission" --purpose "Who comes back, and why." --units 30 \\
          --days 365 --aim health --promise publication --submit
        understudy-hub request release --hub https://hub.example --project k3v9 \\
          --units 10 --target readmitted_30d --column age \\
          --column readmitted_30d --submit
        understudy-hub request analysis --hub https://hub.example --project k3v9 \\
          --release m2x7 --units 1 --kind proportion --outcome readmitted_30d \\
          --value yes --by sex --submit
        understudy-hub request budget --hub https://hub.example --dataset hospital \\
          --epsilon 2 --reason "A further year." --submit
      """,
    subcommands: [AskAccess.self, AskRelease.self, AskAnalysis.self, AskBudget.self])
}

/// Whether a draft is submitted at once.
struct DraftOptions: ParsableArguments {
  @Flag(help: "Submit it at once; else it stays a draft.")
  var submit = false

  func send(_ options: ClientOptions, dataset: String? = nil, project: String? = nil, _ spec: Spec)
    async throws
  {
    let reply = try await options.ask { client in
      let draft = try await client.draft(dataset: dataset, project: project, spec: spec)
      return submit ? try await client.submit(draft.request.id) : draft
    }
    options.show(reply)
  }
}

/// `understudy-hub request access`.
struct AskAccess: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access", abstract: "Asks for a project on a data set.")

  @OptionGroup var client: ClientOptions
  @OptionGroup var draft: DraftOptions
  @Option(help: "The data set.") var dataset: String
  @Option(help: "The title of the project.") var title: String
  @Option(help: "What you want to find out, for whom, and why this table is needed.")
  var purpose: String
  @Option(help: "Units of precision.") var units: Int
  @Option(help: "Days that the project lasts.") var days: Int
  @Option(help: "The aim: health, disease, ancestry, methods, otherResearch or care.")
  var aim: IntendedUse.Aim?
  @Flag(help: "Your organisation is run for profit.") var forProfit = false
  @Flag(help: "The results are for a product or a service that is sold.") var commercial = false
  @Flag(help: "It is a genetic study.") var genetic = false
  @Flag(help: "An ethics committee has approved the study.") var ethicsApproval = false
  @Option(help: "A promise: publication, collaboration or returnOfResults. Repeatable.")
  var promise: [IntendedUse.Promise] = []
  @Option(help: "The disease, region, institution or dates that conditions of use ask for.")
  var words = ""

  func validate() throws {
    let isStated =
      forProfit || commercial || genetic || ethicsApproval || !promise.isEmpty || !words.isEmpty
    guard aim != nil || !isStated else {
      throw ValidationError("--aim: name it, since other options say more on the use.")
    }
  }

  func run() async throws {
    let use = aim.map {
      IntendedUse(
        aim: $0, isForProfit: forProfit, isCommercial: commercial, isGenetic: genetic,
        hasEthicsApproval: ethicsApproval, promises: promise, words: words)
    }
    try await draft.send(
      client, dataset: dataset,
      .access(title: title, purpose: purpose, units: units, days: days, use: use))
  }
}

extension IntendedUse.Aim: ExpressibleByArgument {}
extension IntendedUse.Promise: ExpressibleByArgument {}

/// `understudy-hub request release`.
struct AskRelease: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Asks for a stand-in, in a project.")

  @OptionGroup var client: ClientOptions
  @OptionGroup var draft: DraftOptions
  @Option(help: "The project.") var project: String
  @Option(help: "Units of precision.") var units: Int
  @Option(help: "A column that you will predict. Repeatable.") var target: [String] = []
  @Option(help: "A column of the stand-in. Repeatable. Default: all.") var column: [String] = []
  @Option(help: "Rows. Default: about as many as the table has.") var rows: Int?

  func run() async throws {
    try await draft.send(
      client, project: project,
      .release(
        units: units, targets: target, rows: rows, columns: column.isEmpty ? nil : column))
  }
}

/// `understudy-hub request analysis`.
struct AskAnalysis: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analysis", abstract: "Asks one question of the real table, in a project.")

  @OptionGroup var client: ClientOptions
  @OptionGroup var draft: DraftOptions
  @Option(help: "The project.") var project: String
  @Option(help: "The stand-in that it starts from, by its request.") var release: String
  @Option(help: "Units of precision.") var units: Int
  @Option(help: "The analysis, such as mean, proportion, logistic or cox.") var kind: String
  @Option(help: "The column that is counted or explained.") var outcome: String?
  @Option(help: "The value that counts.") var value: String?
  @Option(help: "A column of groups. Repeatable.") var by: [String] = []
  @Option(help: "A term of a regression. Repeatable.") var term: [String] = []
  @Option(help: "The time of follow-up.") var time: String?
  @Option(help: "The event.") var event: String?
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only people with a value or range: COLUMN=VALUE. Repeatable.", valueName: "condition"))
  var conditions: [String] = []

  func validate() throws {
    guard conditions.allSatisfy({ $0.wholeMatch(of: /[^=]+=.+/) != nil }) else {
      throw ValidationError("--where: COLUMN=VALUE, such as age=18..65.")
    }
  }

  func run() async throws {
    var question = Question(kind: kind)
    (question.outcome, question.value, question.by) = (outcome, value, by)
    (question.terms, question.time, question.event) = (term, time, event)
    for condition in conditions {
      let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      question.conditions[String(parts[0]), default: []].append(String(parts[1]))
    }
    try await draft.send(
      client, project: project, .analysis(question: question, release: release, units: units))
  }
}

/// `understudy-hub request budget`.
struct AskBudget: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "Asks for more budget for a data set, as its owner.")

  @OptionGroup var client: ClientOptions
  @OptionGroup var draft: DraftOptions
  @Option(help: "The data set.") var dataset: String
  @Option(help: "The epsilon to add.") var epsilon: Double
  @Option(help: "The reason.") var reason: String

  func run() async throws {
    try await draft.send(client, dataset: dataset, .budget(epsilon: epsilon, reason: reason))
  }
}
