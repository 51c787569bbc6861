import Foundation
import HTTPTypes
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird

/// The rest of what pages do and programs may: all but decisions, which need a fresh code.
extension Programs {
  // MARK: Requests

  static func edit(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .edit)
    let change: Bodies.Change = try visit.body()
    try visit.perform(.edit(request: request.id, spec: change.spec))
    return try fresh(visit, request.id)
  }

  static func sendBack(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .sendBack)
    let words: Bodies.Return = try visit.body()
    try visit.perform(
      .sendBack(request: request.id, version: words.version, reason: words.reason))
    return try fresh(visit, request.id)
  }

  static func estimate(_ visit: Visit) async throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"))
    let extras = try await Reviews.predictions(visit, request)
    return try visit.json(Bodies.Estimate(request, extras, visit.sight))
  }

  static func progress(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"))
    let progress =
      request.stage.isAtWork ? try visit.hub.store.progress(of: request.id) : nil
    return try visit.json(
      Bodies.Progress(
        stage: request.stage, phase: progress?.phase ?? "", percent: progress?.percent ?? 0))
  }

  static func inbox(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(
      Bodies.List(items: sight.inbox.map { Bodies.RequestBody($0, sight) }))
  }

  // MARK: Projects

  static func invite(_ visit: Visit) throws -> Response {
    let id = try visit.sight.project(visit.parameter("id"), for: .invite).project.id
    let member: Bodies.Member = try visit.body()
    return try perform(visit, .invite(project: id, account: member.account), on: id)
  }

  static func remove(_ visit: Visit) throws -> Response {
    let id = try visit.sight.project(visit.parameter("id"), for: .invite).project.id
    let member: Bodies.Member = try visit.body()
    return try perform(visit, .remove(project: id, account: member.account), on: id)
  }

  static func accept(_ visit: Visit) throws -> Response {
    let id = try visit.sight.project(visit.parameter("id"), for: .acceptAgreement).project.id
    let acceptance: Bodies.Acceptance = try visit.body()
    return try perform(visit, .accept(project: id, digest: acceptance.digest), on: id)
  }

  private static func perform(_ visit: Visit, _ act: Act, on project: String) throws -> Response {
    try visit.perform(act)
    let name = try visit.sight.name
    guard let sight = Sight(try visit.hub.store.state(), account: name, now: visit.now) else {
      throw Refusal.forbidden
    }
    return try visit.json(Bodies.ProjectBody(sight.project(project), sight))
  }

  // MARK: Log

  /// A hundred entries before the one that the query names, newest first.
  static func log(_ visit: Visit) throws -> Response {
    let before = visit.query.all("before").map { Int($0) }
    guard before.count <= 1, before.allSatisfy({ $0 != nil }) else {
      throw Refusal.invalid(field: "before", "The number of an entry.")
    }
    let entries = try visit.hub.store.entries(
      before: before.first?.flatMap(\.self) ?? .max, limit: 100)
    return try visit.json(Bodies.List(items: entries.map { try Bodies.LogBody($0) }))
  }
}

extension Routes {
  /// The catalogue, which has an address of its own, and what pages do and programs may.
  static let moreForPrograms: [Route] = [
    Route(
      method: .get, path: "/api/catalogue", needs: .person(.seeCatalogue), reply: "Linked",
      type: "application/ld+json", handle: Catalogue.document),
    .api(.get, "inbox", .person(.seeInbox), reply: "Requests", Programs.inbox),
    .api(.get, "log", .person(.readLog), reply: "Log", Programs.log),
    .api(
      .post, "projects/:id/invite", .person(nil), body: "Member", reply: "Project",
      Programs.invite),
    .api(
      .post, "projects/:id/remove", .person(nil), body: "Member", reply: "Project",
      Programs.remove),
    .api(
      .post, "projects/:id/accept", .person(nil), body: "Acceptance", reply: "Project",
      Programs.accept),
    .api(
      .post, "requests/:id/edit", .person(nil), body: "Change", reply: "Request", Programs.edit),
    .api(
      .post, "requests/:id/return", .person(nil), body: "Return", reply: "Request",
      Programs.sendBack),
    .api(.get, "requests/:id/estimate", .person(nil), reply: "Estimate", Programs.estimate),
    .api(.get, "requests/:id/progress", .person(nil), reply: "Progress", Programs.progress),
    .api(
      .get, "requests/:id/croissant", .person(nil), reply: "Linked", type: "application/ld+json",
      Crate.croissant),
    .api(.get, "requests/:id/crate", .person(nil), type: "application/zip", Crate.archive),
  ]
}
