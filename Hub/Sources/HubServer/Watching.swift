import Foundation
import HTTPTypes
import HubLog
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird

/// The log and the accounts.
enum Watching {
  private static let entriesOfPage = 100

  static func log(_ visit: Visit) throws -> Response {
    let before = visit.query.whole("before") ?? .max
    let filter = try LogFilter(
      who: visit.query.word("who"), dataset: visit.query.word("dataset"),
      in: visit.sight.state)
    let entries = try entries(visit, before: before, filter)
    let newest = try visit.hub.store.entries(limit: 1).first?.number ?? 0
    let oldest = entries.last?.number ?? 0
    return try visit.page(
      visit.screens.log(
        entries, count: newest, fault: try visit.hub.store.logFault(),
        older: oldest > 1 ? oldest : nil,
        filter: filter))
  }

  /// A page of the entries that a filter shows, newest first.
  private static func entries(_ visit: Visit, before: Int, _ filter: LogFilter) throws -> [LogEntry]
  {
    if filter.isEmpty {
      return try visit.hub.store.entries(before: before, limit: entriesOfPage)
    }
    let state = try visit.sight.state
    var (found, next) = ([LogEntry](), before)
    while found.count < entriesOfPage {
      let more = try visit.hub.store.entries(before: next, limit: 1000)
      guard let oldest = more.last?.number else { break }
      found += more.filter { filter.shows($0, state) }
      next = oldest
    }
    return Array(found.prefix(entriesOfPage))
  }

  static func export(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/log") }
    let count = try visit.hub.store.entries(limit: 1).first?.number ?? 0
    try visit.perform(.exportLog(entries: count))
    var response = Visit.text(
      try visit.hub.store.log().text(), type: "application/jsonl; charset=utf-8")
    response.headers[.contentDisposition] = "attachment; filename=\"hub-log.jsonl\""
    return response
  }

  // MARK: Accounts

  static func accounts(_ visit: Visit) throws -> Response {
    try visit.page(visit.screens.accounts(issued: nil))
  }

  static func makeAccount(_ visit: Visit) throws -> Response {
    let form = visit.form
    let account = Account(
      name: form["name"].trimmingCharacters(in: .whitespaces), fullName: form["fullName"],
      roles: form.all("roles").compactMap(Role.init(rawValue:)))
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/accounts") }
    try visit.perform(.makeAccount(account))
    return try issue(visit, account.name)
  }

  static func setRoles(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/accounts") }
    try visit.perform(
      .setRoles(
        account: visit.form["account"],
        roles: visit.form.all("newRoles").compactMap(Role.init(rawValue:))))
    return Visit.redirect("/accounts")
  }

  static func issueCode(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/accounts") }
    let name = visit.form["codeAccount"]
    guard let account = try visit.sight.state.accounts[name], !account.isDisabled else {
      throw Refusal.notFound
    }
    return try issue(visit, name)
  }

  private static func issue(_ visit: Visit, _ name: String) throws -> Response {
    let code = try visit.hub.store.issueCode(for: name, by: visit.sight.name, at: visit.now)
    // The page lists the account that was just made, so the state is read again.
    let fresh = Sight(try visit.hub.store.state(), account: try visit.sight.name, now: visit.now)
    guard let fresh else { throw Refusal.forbidden }
    return try visit.page(
      Screens(fresh, isConfirmed: visit.isConfirmed).accounts(issued: (name, code)))
  }

  static func disable(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/accounts") }
    let name = visit.form["leaver"]
    try visit.perform(.disableAccount(name))
    try visit.hub.store.endSessions(of: name, at: visit.now)
    return Visit.redirect("/accounts")
  }
}
