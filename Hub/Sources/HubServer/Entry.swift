import Foundation
import HTTPTypes
import HubAccounts
import HubPages
import HubRights
import HubStore
import Hummingbird

/// Style and script.
package enum Assets {
  package static var style: Response {
    Visit.text(Style.sheet, type: "text/css; charset=utf-8", isKept: true)
  }

  package static var script: Response {
    Visit.text(Style.script, type: "text/javascript; charset=utf-8", isKept: true)
  }
}

/// Signing in and out, one-time codes, one's own account.
enum Entry {
  static func signInPage(_ visit: Visit) throws -> Response {
    try visit.page(EntryPages.signIn(provider: visit.hub.providerTitle))
  }

  static func signIn(_ visit: Visit) async throws -> Response {
    let form = visit.form
    let device = visit.request.headers[.userAgent] ?? "unknown"
    let outcome = try await visit.hub.passwords.pass {
      try visit.hub.store.signIn(
        form["account"].trimmingCharacters(in: .whitespaces), password: form["password"],
        code: form["code"], device: device, at: visit.now)
    }
    switch outcome {
    case .wrong:
      visit.note("sign-in refused: account, password or code is wrong")
      return try visit.page(
        EntryPages.signIn(
          fault:
            "The account, the password or the code is wrong. A code counts once; wait for the next one."
        ), status: .unauthorized)
    case .wait(let seconds):
      visit.note("sign-in refused: too many tries")
      return try visit.page(
        EntryPages.signIn(
          fault: "There were too many tries. Wait \(seconds) seconds and try again."),
        status: .tooManyRequests)
    case .session(let secret):
      // The session that this browser had ends.
      if let earlier = visit.session {
        try visit.hub.store.endSessions(
          of: earlier.account, digest: earlier.digest, at: visit.now)
      }
      return entered(secret)
    }
  }

  /// The way in with a new session.
  /// - Parameter other: A further cookie that has served.
  static func entered(_ secret: String, at path: String = "/", clearing other: String? = nil)
    -> Response
  {
    var response = Visit.redirect(path)
    response.headers[.setCookie] =
      "\(HubServer.cookie)=\(secret); Path=/; Secure; HttpOnly; SameSite=Lax"
    if let other {
      response.headers.append(
        HTTPField(
          name: .setCookie,
          value: "\(other)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"))
    }
    return response
  }

  static func signOut(_ visit: Visit) throws -> Response {
    if let session = visit.session {
      try visit.hub.store.endSessions(
        of: session.account, digest: session.digest, at: visit.now)
    }
    return leaving()
  }

  static func endSessions(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/me") }
    try visit.hub.store.endSessions(of: visit.sight.name, at: visit.now)
    return leaving()
  }

  private static func leaving() -> Response {
    var response = Visit.redirect("/sign-in")
    response.headers[.setCookie] =
      "\(HubServer.cookie)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    return response
  }

  // MARK: One-time codes

  static func enrolPage(_ visit: Visit) throws -> Response {
    try visit.page(EntryPages.enrol())
  }

  static func enrol(_ visit: Visit) throws -> Response {
    let once = visit.form["once"]
    guard let account = try visit.hub.store.account(ofCode: once, at: visit.now) else {
      return try visit.page(
        EntryPages.enrol(fault: "This code is wrong, was used, or is too old."),
        status: .unauthorized)
    }
    let factor = CodeGenerator()
    return try visit.page(
      EntryPages.enrol(
        account: account, once: once, secret: factor.base32,
        address: factor.address(account: account)))
  }

  static func finishEnrolment(_ visit: Visit) async throws -> Response {
    let form = visit.form
    guard let account = try visit.hub.store.account(ofCode: form["once"], at: visit.now),
      let factor = CodeGenerator(base32: form["secret"]), factor.secret.count == 20
    else {
      return try visit.page(
        EntryPages.enrol(fault: "This code is wrong, was used, or is too old."),
        status: .unauthorized)
    }
    func again(_ fault: String) throws -> Response {
      try visit.page(
        EntryPages.enrol(
          account: account, once: form["once"], secret: factor.base32,
          address: factor.address(account: account), fault: fault),
        status: .unprocessableContent)
    }
    if let fault = visit.hub.fault(of: form["password"], account: account) {
      return try again(fault)
    }
    let isDone = try await visit.hub.passwords.pass {
      try visit.hub.store.enrol(
        code: form["once"], password: form["password"], factor: factor, factorCode: form["code"],
        at: visit.now)
    }
    guard isDone else {
      return try again("The code of the app is wrong. Is the clock of your phone right?")
    }
    return Visit.redirect("/sign-in")
  }

  // MARK: One's own account

  static func confirmPage(_ visit: Visit) throws -> Response {
    try visit.page(
      visit.screens.confirm(back: back(visit.query["back"]), isWrong: false))
  }

  static func confirm(_ visit: Visit) throws -> Response {
    let back = back(visit.form["back"])
    guard let session = visit.session,
      let secret = try visit.hub.store.confirm(session, code: visit.form["code"], at: visit.now)
    else {
      visit.note("confirmation refused")
      return try visit.page(
        visit.screens.confirm(back: back, isWrong: true), status: .unauthorized)
    }
    return entered(secret, at: back)
  }

  /// A path of this hub, or its beginning: nobody is led elsewhere.
  private static func back(_ path: String) -> String {
    path.wholeMatch(of: /(\/[a-z0-9.\-]+)+/) != nil ? path : "/"
  }

  static func me(_ visit: Visit) throws -> Response { try me(visit, made: nil) }

  static func makeToken(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return Visit.redirect("/confirm?back=/me") }
    let name = visit.form.word("name") ?? "token"
    let secret = try visit.hub.store.makeToken(
      for: visit.sight.name, name: name, at: visit.now)
    return try me(visit, made: secret)
  }

  static func endTokens(_ visit: Visit) throws -> Response {
    try visit.hub.store.endTokens(of: visit.sight.name, at: visit.now)
    return Visit.redirect("/me")
  }

  /// - Parameter made: The secret of a token that was just made.
  /// - Parameter feed: The address of a feed that was just made.
  static func me(_ visit: Visit, made: String?, feed: String? = nil) throws -> Response {
    let lines = try visit.hub.store.sessions(of: visit.sight.name, at: visit.now).map {
      SessionLine(
        device: $0.device, created: $0.created, seen: $0.seen,
        isThis: $0.digest == visit.session?.digest,
        id: String($0.digest.prefix(SessionLine.idLength)))
    }
    let tokens = try visit.hub.store.tokens(of: visit.sight.name)
    let name = try visit.sight.name
    return try visit.page(
      visit.screens.me(
        sessions: lines, tokens: tokens, made: made,
        news: NewsSettings(
          address: try visit.hub.store.addresses()[name],
          hasFeed: visit.hub.store.feed(of: name) != nil,
          feed: feed)))
  }
}
