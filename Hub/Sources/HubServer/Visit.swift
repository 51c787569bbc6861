import Crypto
import Foundation
import HubAccounts
import HubLog
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird
import Logging

/// One request of a browser, with all that its handler needs.
struct Visit: Sendable {
  let hub: HubServer
  let request: Request
  let logger: Logger
  /// The path of the route, with the names of its parameters.
  let route: String
  let path: String
  let parameters: [String: String]
  let query: FormText
  let form: FormText
  /// The body as it came.
  let rawBody: String
  let session: SessionRecord?
  /// What the person may see; nil before sign-in.
  let entered: Sight?
  let now: Int

  /// The person who has signed in.
  /// - Throws: ``SignInNeeded``.
  var sight: Sight {
    get throws {
      guard let entered else { throw SignInNeeded() }
      return entered
    }
  }

  /// Writes a line to the program's own log, for whoever watches for attacks: the route and the
  /// account, and no word that a person sent.
  func note(_ text: String) {
    logger.notice("\(text) (\(route), \(entered?.name ?? "nobody"))")
  }

  var isConfirmed: Bool { session?.isConfirmed(at: now) ?? false }

  var screens: Screens {
    get throws { Screens(try sight, isConfirmed: isConfirmed) }
  }

  /// The token of the session's forms.
  var token: String { session.map { hub.token(of: $0) } ?? "" }

  func parameter(_ name: String) -> String { parameters[name] ?? "" }

  /// Rules upon an act of this person and writes what follows.
  /// - Throws: ``Refusal``; ``ConfirmationNeeded``.
  @discardableResult
  func perform(_ act: Act) throws -> [Event] {
    let name = try sight.name
    if act.command.needsConfirmation, !isConfirmed { throw ConfirmationNeeded() }
    return try hub.store.perform(act, by: name, at: now)
  }

  /// Performs an act on a thing whose page is at `place`, and goes there; by way of a fresh code if
  /// the act needs one.
  /// - Parameter check: throws if the person may not do it, which is said before a code is asked
  ///   for.
  func act(_ act: Act, at place: String, _ check: (Sight, Command) throws -> Void) throws
    -> Response
  {
    try check(sight, act.command)
    if act.command.needsConfirmation, !isConfirmed {
      return Visit.redirect("/confirm?back=\(place)")
    }
    try perform(act)
    return Visit.redirect(place)
  }

  // MARK: Replies

  func page(_ page: Page, status: HTTPResponse.Status = .ok) throws -> Response {
    let html = try PageRenderer.html(page, sight: entered, token: token, path: path)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  static func redirect(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  static func text(_ text: String, type: String, isKept: Bool = false) -> Response {
    var headers: HTTPFields = [.contentType: type]
    if isKept { headers[.cacheControl] = "max-age=3600" }
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// The page needs somebody who has signed in.
struct SignInNeeded: Error {}

/// The act needs a fresh code of the second factor.
struct ConfirmationNeeded: Error {}
