import Foundation
import HubAccounts
import HubPages
import HubRecords
import HubRights
import Hummingbird

/// Data sets and projects.
enum Places {
  static func dataset(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.dataset(visit.sight.dataset(visit.parameter("id"))))
  }

  /// Registers a data set; shows the form again if a field is not as it must be.
  static func register(_ visit: Visit) throws -> Response {
    do { return try registered(visit) } catch Refusal.invalid(let field, let reason) {
      return try visit.page(
        visit.screens.newDataset().filled(visit.form.values, fault: (field, reason)),
        status: .unprocessableContent)
    }
  }

  private static func registered(_ visit: Visit) throws -> Response {
    let form = visit.form
    var dataset = Dataset(
      id: form["id"].trimmingCharacters(in: .whitespaces), title: form["title"],
      summary: form["summary"], source: form["source"].trimmingCharacters(in: .whitespaces),
      schema: form["schema"].replacing("\r\n", with: "\n"),
      conditions: form.all("conditions").compactMap(UseCondition.init(rawValue:)),
      agreement: form["agreement"].replacing("\r\n", with: "\n"),
      unitEpsilon: form.number("unit") ?? 0, owner: try visit.sight.name)
    dataset.conditionNotes = try ConditionNotes.read(form["notes"])
    dataset.words = DatasetWords(form)
    try visit.perform(.registerDataset(dataset))
    return Visit.redirect("/datasets/\(dataset.id)")
  }

  static func describeForm(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.describe(ownRecord(visit)))
  }

  /// Changes the words on a data set; shows the form again if a field is not as it must be.
  static func describe(_ visit: Visit) throws -> Response {
    let record = try ownRecord(visit)
    let id = record.dataset.id
    do {
      return try visit.act(
        .describe(dataset: id, words: DatasetWords(visit.form)), at: "/datasets/\(id)"
      ) { sight, command in try sight.require(command) }
    } catch Refusal.invalid(let field, let reason) {
      return try visit.page(
        visit.screens.describe(record).filled(visit.form.values, fault: (field, reason)),
        status: .unprocessableContent)
    }
  }

  /// The data set, for its owner alone.
  private static func ownRecord(_ visit: Visit) throws -> DatasetRecord {
    let record = try visit.sight.dataset(visit.parameter("id"))
    guard try record.dataset.owner == visit.sight.name else { throw Refusal.forbidden }
    return record
  }

  static func setPolicy(_ visit: Visit) throws -> Response {
    let form = visit.form
    let id = visit.parameter("id")
    try visit.perform(
      .setPolicy(
        dataset: id,
        policy: Policy(
          version: 0, officer: "", officers: form.whole("officers") ?? 0,
          checkers: form.whole("checkers") ?? -1, automaticUnits: form.whole("automatic") ?? -1,
          checksOutput: !form.all("checks").isEmpty, responseDays: form.whole("days") ?? 0)))
    return Visit.redirect("/datasets/\(id)")
  }

  static func accessForm(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.askAccess(visit.sight.dataset(visit.parameter("id"))))
  }

  static func askAccess(_ visit: Visit) throws -> Response {
    let form = visit.form
    let page = try visit.screens.askAccess(visit.sight.dataset(visit.parameter("id")))
    return try Asks.draft(
      visit, .dataset(visit.parameter("id")),
      .access(
        title: form["title"], purpose: form["purpose"], units: form.whole("units") ?? 0,
        days: form.whole("days") ?? 0, use: IntendedUse(form)), form: page)
  }

  static func budgetForm(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.askBudget(visit.sight.dataset(visit.parameter("id"))))
  }

  static func askBudget(_ visit: Visit) throws -> Response {
    let page = try visit.screens.askBudget(visit.sight.dataset(visit.parameter("id")))
    return try Asks.draft(
      visit, .dataset(visit.parameter("id")),
      .budget(epsilon: visit.form.number("epsilon") ?? 0, reason: visit.form["reason"]),
      form: page)
  }

  // MARK: Projects

  static func project(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.project(visit.sight.project(visit.parameter("id"))))
  }

  static func accept(_ visit: Visit) throws -> Response {
    try act(visit) { .accept(project: $0, digest: visit.form["digest"]) }
  }

  static func invite(_ visit: Visit) throws -> Response {
    try act(visit) { .invite(project: $0, account: visit.form.word("account") ?? "") }
  }

  static func remove(_ visit: Visit) throws -> Response {
    try act(visit) { .remove(project: $0, account: visit.form.word("account") ?? "") }
  }

  static func close(_ visit: Visit) throws -> Response {
    try act(visit) { .close(project: $0, reason: visit.form["reason"]) }
  }

  private static func act(_ visit: Visit, _ make: (String) -> Act) throws -> Response {
    let id = visit.parameter("id")
    return try visit.act(make(id), at: "/projects/\(id)") { sight, command in
      _ = try sight.project(id, for: command)
    }
  }
}
