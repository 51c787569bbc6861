import Foundation
import HTTPTypes
import HubAccounts
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird
import Understudy

/// The programming interface: what programs read, draft and submit for a person.
enum Programs {
  static func me(_ visit: Visit) throws -> Response {
    let account = try visit.sight.account
    return try visit.json(
      Bodies.Me(account: account.name, fullName: account.fullName, roles: account.roles))
  }

  static func datasets(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    let records = sight.state.datasets.values.sorted { $0.dataset.id < $1.dataset.id }
    return try visit.json(Bodies.List(items: records.map { Bodies.DatasetBody($0, sight) }))
  }

  static func dataset(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(Bodies.DatasetBody(sight.dataset(visit.parameter("id")), sight))
  }

  static func projects(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(
      Bodies.List(items: sight.projects.map { Bodies.ProjectBody($0, sight) }))
  }

  static func project(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(Bodies.ProjectBody(sight.project(visit.parameter("id")), sight))
  }

  static func requests(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(
      Bodies.List(items: sight.requests.map { Bodies.RequestBody($0, sight) }))
  }

  static func request(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    return try visit.json(Bodies.RequestBody(sight.request(visit.parameter("id")), sight))
  }

  static func events(_ visit: Visit) throws -> Response {
    let sight = try visit.sight
    let request = try sight.request(visit.parameter("id"))
    return try visit.json(
      Bodies.List(items: request.timeline.map { Bodies.EventBody($0, request, sight) }))
  }

  static func files(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .readResult)
    guard request.spec.kind.needsProject else { throw Refusal.notFound }
    let files = try Reviews.files(in: visit.folder(of: request))
    return try visit.json(
      Bodies.List(items: files.map { Bodies.FileBody(name: $0.name, bytes: $0.bytes) }))
  }

  // MARK: Acts

  static func draft(_ visit: Visit) throws -> Response {
    let draft: Bodies.Draft = try visit.body()
    let place: Act.Place
    switch (draft.dataset, draft.project) {
    case (let dataset?, nil): place = .dataset(dataset)
    case (nil, let project?): place = .project(project)
    default: throw Refusal.invalid(field: "dataset", "Name a data set or a project, not both.")
    }
    let id = RandomToken.name()
    try visit.perform(.draft(request: id, place: place, spec: draft.spec))
    return try fresh(visit, id, status: .created)
  }

  static func submit(_ visit: Visit) throws -> Response {
    let id = visit.parameter("id")
    try visit.perform(.submit(request: id))
    return try fresh(visit, id)
  }

  static func withdraw(_ visit: Visit) throws -> Response {
    let id = visit.parameter("id")
    try visit.perform(.withdraw(request: id))
    return try fresh(visit, id)
  }

  static func comment(_ visit: Visit) throws -> Response {
    let id = visit.parameter("id")
    _ = try visit.sight.request(id, for: .comment)
    let comment: Bodies.Comment = try visit.body()
    try visit.perform(.comment(request: id, text: comment.text))
    return try fresh(visit, id)
  }

  /// The request after an act.
  static func fresh(_ visit: Visit, _ id: String, status: HTTPResponse.Status = .ok) throws
    -> Response
  {
    let name = try visit.sight.name
    guard let sight = Sight(try visit.hub.store.state(), account: name, now: visit.now) else {
      throw Refusal.forbidden
    }
    return try visit.json(Bodies.RequestBody(sight.request(id), sight), status: status)
  }
}

extension Visit {
  func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, type: String = "application/json"
  ) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }

  /// Reads the JSON of the request.
  /// - Throws: ``Refusal/invalid(field:_:)``, which says nothing of the contents.
  func body<Body: Codable>() throws -> Body {
    do { return try StrictJSON.decode(Body.self, from: Data(rawBody.utf8)) } catch {
      throw Refusal.invalid(field: "body", "It is not the JSON that the interface describes.")
    }
  }
}
