import HubRecords

/// An event of each kind.
enum TestEvents {
  static let dataset = Dataset(
    id: "clinic", title: "A clinic", summary: "People.", source: "/data/clinic.csv",
    schema: "version: 5\n", conditions: [.publication], agreement: "I agree.", unitEpsilon: 0.1,
    owner: "owen")
  static let policy = Policy(
    version: 1, officer: "petra", officers: 2, checkers: 1, automaticUnits: 0, checksOutput: true,
    responseDays: 5)

  static let all: [Event] = ofHub + ofRequests("r")

  static let ofHub: [Event] = [
    .accountMade(Account(name: "rosa", fullName: "Rosa", roles: [.researcher])),
    .rolesSet(account: "rosa", roles: [.researcher, .owner]),
    .accountDisabled(account: "rosa"), .accountNoted(account: "rosa", note: .signedIn),
    .datasetRegistered(dataset),
    .datasetDescribed(
      dataset: "clinic",
      words: DatasetWords(title: "A ward", summary: "Stays.", keywords: ["ward"], listing: nil)),
    .policySet(dataset: "clinic", policy: policy),
    .balanceSeen(
      dataset: "clinic",
      balance: Balance(
        grantedEpsilon: 3, furtherEpsilon: 1.25, answerEpsilon: 1.5, ledgerEntry: 7)),
    .projectOpened(
      Project(
        id: "study", title: "A study", purpose: "To know.", dataset: "clinic", lead: "rosa",
        units: 20, until: 9000, agreement: "aa")),
    .memberAdded(project: "study", account: "rudi"),
    .memberRemoved(project: "study", account: "rudi"),
    .agreementAccepted(project: "study", digest: "aa"),
    .projectClosed(project: "study", reason: "Done."), .logExported(entries: 4),
    .drafted(
      request: "r", dataset: "clinic", project: "study",
      spec: .release(units: 3, targets: ["ill"], rows: nil)),
    .drafted(
      request: "a", dataset: "clinic", project: nil,
      spec: .access(title: "T", purpose: "P", units: 2, days: 3)),
  ]

  /// Everything that can happen to a request after it was drafted.
  static func ofRequests(_ id: String) -> [Event] {
    [
      .edited(request: id, spec: .release(units: 5, targets: [], rows: 10)),
      .submitted(request: id), .commented(request: id, text: "Why?"),
      .voted(request: id, role: .officer, version: 1, reason: ""),
      .returned(request: id, reason: "More."), .refused(request: id, reason: "No."),
      .withdrawn(request: id), .approved(request: id, by: .people(["petra"])),
      .approved(request: id, by: .policy(version: 1, officer: "petra")), .queued(request: id),
      .started(request: id), .cancelAsked(request: id), .finished(request: id, atGate: false),
      .finished(request: id, atGate: true), .passed(request: id, reason: ""),
      .failed(
        request: id, failure: Failure(id: "budget.exhausted", message: "No.", isCharged: false)),
      .answeredBefore(request: id, by: "other"), .revoked(request: id, reason: "Stop."),
      .fetched(request: id, file: "synthetic.csv"),
    ]
  }
}
