import HubLog
import HubRecords

/// Accounts, data sets and projects.
extension Ruling {
  func make(_ account: Account) throws(Refusal) -> [Event] {
    try sight.require(.manageAccounts)
    guard Words.isName(account.name) else {
      throw .invalid(field: "name", "Small letters, digits, dots and hyphens, at most 40.")
    }
    guard state.accounts[account.name] == nil else {
      throw .conflict("There is an account of this name.")
    }
    let fullName = try Words.checked(account.fullName, as: "full name")
    try check(account.roles)
    return [
      .accountMade(Account(name: account.name, fullName: fullName, roles: account.roles))
    ]
  }

  func setRoles(_ name: String, _ roles: [Role]) throws(Refusal) -> [Event] {
    try sight.require(.manageAccounts)
    guard let account = state.accounts[name] else { throw .notFound }
    try check(roles)
    if account.roles.contains(.administrator), !roles.contains(.administrator) {
      try keepAnAdministrator(without: name)
    }
    return [.rolesSet(account: name, roles: roles)]
  }

  func disable(_ name: String) throws(Refusal) -> [Event] {
    try sight.require(.manageAccounts)
    guard let account = state.accounts[name], !account.isDisabled else { throw .notFound }
    if account.roles.contains(.administrator) { try keepAnAdministrator(without: name) }
    return [.accountDisabled(account: name)]
  }

  /// Roles that one person may hold. An auditor watches everybody, so holds nothing else.
  private func check(_ roles: [Role]) throws(Refusal) {
    guard !roles.isEmpty, !roles.contains(.lead), Set(roles).count == roles.count else {
      throw .invalid(field: "roles", "Choose at least one role.")
    }
    if roles.contains(.auditor), roles.count > 1 {
      throw .invalid(field: "roles", "An auditor has no other role.")
    }
  }

  private func keepAnAdministrator(without name: String) throws(Refusal) {
    let others = state.accounts.values.filter {
      $0.name != name && !$0.isDisabled && $0.roles.contains(.administrator)
    }
    guard !others.isEmpty else {
      throw .conflict("This is the last administrator. Make another one first.")
    }
  }

  func register(_ dataset: Dataset) throws(Refusal) -> [Event] {
    try sight.require(.registerDataset)
    guard Words.isName(dataset.id) else {
      throw .invalid(field: "id", "Small letters, digits, dots and hyphens, at most 40.")
    }
    guard state.datasets[dataset.id] == nil else {
      throw .conflict("There is a data set of this name.")
    }
    try check(dataset.words)
    _ = try Words.checked(dataset.agreement, as: "agreement")
    guard dataset.source.hasPrefix("/"), dataset.source.count <= 1000 else {
      throw .invalid(field: "source", "The whole path of the table on the machine of the worker.")
    }
    guard !dataset.schema.isEmpty, dataset.schema.utf8.count <= 1 << 18 else {
      throw .invalid(field: "schema", "The reviewed schema, at most 256 KiB.")
    }
    guard dataset.unitEpsilon >= 0.01, dataset.unitEpsilon <= 1 else {
      throw .invalid(field: "unit", "From 0.01 to 1.")
    }
    try check(dataset.conditionNotes ?? [:], of: dataset.conditions)
    return [.datasetRegistered(dataset)]
  }

  /// The most keywords of a data set.
  private static let mostKeywords = 20

  /// Checks the words on a data set in the catalogue.
  private func check(_ words: DatasetWords) throws(Refusal) {
    _ = try Words.checked(words.title, as: "title")
    _ = try Words.checked(words.summary, as: "summary")
    guard words.keywords.count <= Self.mostKeywords else {
      throw .invalid(field: "keywords", "At most \(Self.mostKeywords), with commas between them.")
    }
    for keyword in words.keywords {
      guard try Words.checked(keyword, as: "keywords").count <= 60 else {
        throw .invalid(field: "keywords", "At most 60 characters each.")
      }
    }
    if let fault = words.listing?.fault {
      throw .invalid(
        field: fault,
        "For catalogues: a contact is an e-mail address or begins with https://, days look like 2019-01-31 "
          + "and the last one is not before the first, and nothing else is empty."
      )
    }
  }

  /// Whoever registered a data set says what it is about, and nobody else.
  func describe(_ id: String, _ words: DatasetWords) throws(Refusal) -> [Event] {
    try sight.require(.describeDataset)
    let record = try sight.dataset(id)
    guard record.dataset.owner == name else { throw .forbidden }
    try check(words)
    guard record.dataset.words != words else { throw .conflict("Nothing was changed.") }
    return [.datasetDescribed(dataset: id, words: words)]
  }

  /// Conditions that need words have some, and no others do.
  private func check(_ notes: [String: String], of conditions: [UseCondition]) throws(Refusal) {
    guard Set(conditions).count == conditions.count else {
      throw .invalid(field: "conditions", "Name each condition once.")
    }
    for (code, words) in notes {
      guard let condition = UseCondition(rawValue: code), conditions.contains(condition) else {
        throw .invalid(field: "notes", "There are words on a condition that is not chosen.")
      }
      _ = try Words.checked(words, as: "notes")
    }
  }

  func set(_ policy: Policy, of id: String) throws(Refusal) -> [Event] {
    try sight.require(.setPolicy)
    let record = try sight.dataset(id)
    guard (1...5).contains(policy.officers), (0...5).contains(policy.checkers) else {
      throw .invalid(field: "officers", "From 1 to 5 officers, and at most 5 checkers.")
    }
    guard (0...100).contains(policy.automaticUnits) else {
      throw .invalid(field: "automatic", "From 0 to 100 units.")
    }
    guard (1...365).contains(policy.responseDays) else {
      throw .invalid(field: "days", "From 1 to 365 days.")
    }
    var kept = policy
    kept.version = (record.policy?.version ?? 0) + 1
    kept.officer = name
    return [.policySet(dataset: id, policy: kept)]
  }

  func invite(_ id: String, _ account: String) throws(Refusal) -> [Event] {
    let project = try sight.project(id, for: .invite)
    guard let invited = state.accounts[account], !invited.isDisabled,
      invited.roles.contains(.researcher)
    else { throw .invalid(field: "account", "Name the account of a researcher.") }
    guard !project.hasMember(account) else { throw .conflict("This person is in the project.") }
    return [.memberAdded(project: id, account: account)]
  }

  func remove(_ id: String, _ account: String) throws(Refusal) -> [Event] {
    let project = try sight.project(id, for: .invite)
    guard project.hasMember(account), account != project.project.lead else {
      throw .invalid(field: "account", "Name a member who does not lead the project.")
    }
    return [.memberRemoved(project: id, account: account)]
  }

  func accept(_ id: String, _ digest: String) throws(Refusal) -> [Event] {
    let project = try sight.project(id, for: .acceptAgreement)
    guard digest == project.project.agreement else {
      throw .conflict("The agreement is another one than you have read. Open it again.")
    }
    guard !project.hasAccepted(name) else { throw .conflict("You have accepted it already.") }
    return [.agreementAccepted(project: id, digest: digest)]
  }
}
