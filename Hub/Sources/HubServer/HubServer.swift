import Crypto
import Foundation
import HubAccounts
import HubLog
import HubPages
import HubRecords
import HubRights
import HubSignOn
import HubStore
import Hummingbird
import Logging
import Understudy

/// The pages of a hub. It reads no table: what it predicts, it predicts from stand-ins and schemas.
package struct HubServer: Sendable {
  package let store: HubStore
  let workbench: Workbench
  let clock: @Sendable () -> Int
  let passwords = PasswordGate()
  let leaked: LeakedPasswords?
  private let rates = RateGate()
  /// The hospital's identity provider, if people can sign in by one.
  let provider: IdentityProvider?
  let ticketKey: SymmetricKey
  private let publicAddress: String?
  private let tokenKey: SymmetricKey

  /// The most bytes of a form.
  static let mostBytes = 1 << 19
  static let cookie = "__Host-hub"

  /// - Parameter address: The address of the hub in browsers, without a slash at its end; nil for
  ///   the one that a browser names.
  /// - Parameter leaked: Passwords that nobody may choose; nil for the few that are built in.
  package init(
    _ store: HubStore, address: String? = nil, provider: IdentityProvider? = nil,
    leaked: LeakedPasswords? = nil,
    clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
  ) throws {
    self.store = store
    self.clock = clock
    (publicAddress, self.provider, self.leaked) = (address, provider, leaked)
    ticketKey = try store.folder.key("tickets")
    workbench = try Workbench(ledger: store.folder.ledger, keys: store.folder.signingKeys)
    tokenKey = try store.folder.key("forms")
  }

  /// The words for the identity provider on the sign-in page; nil if there is none.
  var providerTitle: String? { provider.map { $0.file.title ?? "your organisation" } }

  /// The address of the hub, as a request names it unless the hub was told.
  func address(_ request: Request) -> String {
    if let publicAddress { return publicAddress }
    let name = request.head.authority ?? "localhost"
    let isHere = ["localhost", "127.0.0.1", "[::1]"].contains { name.hasPrefix($0) }
    return "\(isHere ? "http" : "https")://\(name)"
  }

  /// The fault of a new password, or nil.
  func fault(of password: String, account: String) -> String? {
    if let fault = StoredPassword.fault(of: password, account: account) { return fault }
    return leaked?.contains(password) == true
      ? "This password is on a list of leaked ones. Several words in a row are good." : nil
  }

  package func token(of session: SessionRecord) -> String {
    HMAC<SHA256>.authenticationCode(for: Data(session.digest.utf8), using: tokenKey).hexadecimal
  }

  /// The routes, each from the one list.
  package func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: SafetyHeaders())
    for route in Routes.all {
      router.on(RouterPath(route.path), method: route.method) { request, context in
        await reply(to: request, context, by: route)
      }
    }
    return router
  }

  private func reply(
    to request: Request, _ context: BasicRequestContext, by route: Route
  ) async -> Response {
    do {
      return try await answer(request, context, route)
    } catch is BodyTooLarge {
      return route.isForPrograms
        ? Problems.reply(.contentTooLarge, "Too large", "The body has too many bytes.")
        : Response(status: .contentTooLarge)
    } catch {
      // No part of an unforeseen error is shown or logged: it may hold words of people.
      let id = RandomToken.name()
      context.logger.error("unforeseen error \(id) of \(type(of: error)) at \(route.path)")
      if route.isForPrograms {
        return Problems.reply(
          .internalServerError, "Something went wrong",
          "Tell your administrator this number: \(id).")
      }
      let page = EntryPages.problem(
        "Something went wrong", "Tell your administrator this number: \(id).")
      let html = try? PageRenderer.html(page, sight: nil, token: "", path: "")
      return Response(
        status: .internalServerError, headers: [.contentType: "text/html; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: html ?? "Something went wrong.")))
    }
  }

  private func answer(
    _ request: Request, _ context: BasicRequestContext, _ route: Route
  ) async throws -> Response {
    let visit = try await visit(request, context, route)
    do {
      if route.method == .post, !route.isForPrograms {
        guard request.isFromHere, visit.session == nil || isGenuine(visit.form["token"], visit)
        else {
          visit.note("forged form refused")
          return try problem(.forbidden, visit)
        }
      }
      if route.needs != .nobody, visit.entered == nil { throw SignInNeeded() }
      if let name = visit.entered?.name, !rates.admits(name, at: visit.now) {
        visit.note("too many requests")
        throw TooManyRequests()
      }
      if case .person(let command?) = route.needs { try visit.sight.require(command) }
      return try await route.handle(visit)
    } catch let refusal as Refusal {
      visit.note("refused: \(refusal.name)")
      return route.isForPrograms
        ? try Self.problemBody(refusal, visit) : try problem(refusal, visit)
    } catch is TooManyRequests {
      if route.isForPrograms {
        return try Self.problemBody(
          .tooManyRequests, "Too many requests", "Wait a minute and go on more slowly.", visit)
      }
      return try visit.page(
        EntryPages.problem("Too many requests", "Wait a minute and go on more slowly."),
        status: .tooManyRequests)
    } catch is SignInNeeded {
      if route.isForPrograms {
        return try Self.problemBody(.unauthorized, "Sign in needed", "Send a token.", visit)
      }
      return Visit.redirect("/sign-in")
    } catch is ConfirmationNeeded {
      if route.isForPrograms { return try Self.problemBody(.forbidden, visit) }
      return Visit.redirect("/confirm")
    }
  }

  private func visit(
    _ request: Request, _ context: BasicRequestContext, _ route: Route
  ) async throws -> Visit {
    let now = clock()
    var body = ""
    if route.method == .post {
      guard let bytes = try? await request.body.collect(upTo: Self.mostBytes) else {
        throw BodyTooLarge()
      }
      body = String(buffer: bytes)
    }
    // A cookie says nothing to the routes of programs, and a token nothing to the pages.
    let secret = route.isForPrograms ? nil : request.cookies[Self.cookie]?.value
    let session = try secret.flatMap { try store.session($0, at: now) }
    let name =
      route.isForPrograms
      ? try bearer(request).flatMap { try store.account(ofToken: $0) } : session?.account
    let sight = try name.flatMap { Sight(try store.state(), account: $0, now: now) }
    var parameters: [String: String] = [:]
    for (name, value) in context.parameters { parameters[String(name)] = String(value) }
    return Visit(
      hub: self, request: request, logger: context.logger, route: route.path,
      path: request.uri.path, parameters: parameters,
      query: FormText(request.uri.query ?? ""),
      form: FormText(route.isForPrograms ? "" : body), rawBody: body, session: session,
      entered: sight, now: now)
  }

  private func bearer(_ request: Request) -> String? {
    guard let value = request.headers[.authorization], value.hasPrefix("Bearer ") else {
      return nil
    }
    return String(value.dropFirst(7))
  }

  // MARK: Forgery

  private func isGenuine(_ token: String, _ visit: Visit) -> Bool {
    guard let session = visit.session, let bytes = [UInt8](hexadecimal: token) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      bytes, authenticating: Data(session.digest.utf8), using: tokenKey)
  }

  // MARK: Refusals

  /// A refusal as RFC 9457 has it.
  private static func problemBody(_ refusal: Refusal, _ visit: Visit) throws -> Response {
    switch refusal {
    case .notFound:
      try problemBody(.notFound, "Not here", "There is no such thing, or it is not for you.", visit)
    case .forbidden:
      try problemBody(.forbidden, "Not for you", "Your roles do not allow this.", visit)
    case .conflict(let reason): try problemBody(.conflict, "Not now", reason, visit)
    case .invalid(let field, let reason):
      try problemBody(.unprocessableContent, "Not as described", "\(field): \(reason)", visit)
    }
  }

  private static func problemBody(
    _ status: HTTPResponse.Status, _ title: String, _ detail: String, _ visit: Visit
  ) throws -> Response {
    try visit.json(
      Bodies.Problem(title: title, status: status.code, detail: detail), status: status,
      type: "application/problem+json")
  }

  private func problem(_ refusal: Refusal, _ visit: Visit) throws -> Response {
    switch refusal {
    case .notFound:
      try visit.page(
        EntryPages.problem("Not here", "There is no such page, or it is not for you."),
        status: .notFound)
    case .forbidden:
      try visit.page(
        EntryPages.problem("Not for you", "Your roles do not allow this."), status: .forbidden)
    case .conflict(let reason):
      try visit.page(EntryPages.problem("Not now", reason), status: .conflict)
    case .invalid(let field, let reason):
      try visit.page(
        EntryPages.problem("Please look at this again", "\(field): \(reason)"),
        status: .unprocessableContent)
    }
  }
}

extension Refusal {
  /// The kind of refusal, without its words.
  fileprivate var name: String {
    switch self {
    case .notFound: "not found"
    case .forbidden: "forbidden"
    case .conflict: "not now"
    case .invalid: "not as described"
    }
  }
}

extension Request {
  /// Whether a form comes from a page of this server, as far as the browser says.
  package var isFromHere: Bool {
    if let site = headers[.secFetchSite] { return site == "same-origin" || site == "none" }
    guard let origin = headers[.origin] else { return true }
    return origin.split(separator: "/").last.map(String.init) == head.authority
  }
}

/// The body has more bytes than are read.
struct BodyTooLarge: Error {}
