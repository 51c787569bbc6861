import Foundation
import HTTPTypes
import HubAccounts
import HubPages
import HubServer
import Hummingbird
import Logging
import Synchronization

/// The pages of a guided start over HTTP: for one browser of this machine, which has opened the
/// address with the one-time key. It reads no table and writes no file: the program does.
package final class StartSite: Sendable {
  /// The state of the whole start.
  private struct State {
    var answers = Answers()
    /// The key of the address, until it is used.
    var key: String?
    /// The digest of the session's secret, once there is one.
    var session: String?
    var written: Written?
    var ending: Ending?
    var isLeft = false
  }

  /// Not marked as secure: there is no TLS here, and not every browser makes an exception for this
  /// machine.
  private static let cookie = "understudy-start"
  private static let mostBytes = 1 << 19

  package let key: String
  let sheet: Sheet
  let program: FormsProgram
  /// The token that every form carries.
  private let token = RandomToken.secret()
  private let state: Mutex<State>
  private let leave: AsyncStream<Void>.Continuation
  /// Ends when the person is done.
  package let left: AsyncStream<Void>

  package init(_ program: FormsProgram, _ sheet: Sheet) {
    (self.program, self.sheet) = (program, sheet)
    key = RandomToken.secret()
    state = Mutex(State(key: key))
    (left, leave) = AsyncStream.makeStream()
  }

  // MARK: Routes

  package func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: SafetyHeaders())
    router.get("/hub.css") { _, _ in Assets.style }
    router.get("/hub.js") { _, _ in Assets.script }
    router.get("/open/:key") { [self] request, context in
      try open(request, context.parameters.get("key") ?? "")
    }
    for (path, show) in pages {
      router.get(RouterPath(path)) { [self] request, context in
        await answer(request, context) { try await show($0) }
      }
    }
    for (path, take) in forms {
      router.post(RouterPath(path)) { [self] request, context in
        await answer(request, context) { try await take($0) }
      }
    }
    return router
  }

  private typealias Handler = @Sendable (Visit) async throws -> Response

  private var pages: [(String, Handler)] {
    [
      ("/", { _ in Self.redirect("/table") }),
      ("/table", { [self] _ in try await show(.table) }),
      ("/columns/:page", { [self] in try await show(.columns($0.page)) }),
      ("/sign", { [self] _ in try await show(.signature) }),
      ("/price", { [self] _ in try await show(.price) }),
      ("/plan", { [self] _ in try await show(.plan) }),
      ("/end", { [self] _ in try lastPage() }),
      ("/progress", { [self] _ in news() }),
    ]
  }

  private var forms: [(String, Handler)] {
    [
      ("/table", { [self] in try await take($0, .table) }),
      ("/columns/:page", { [self] in try await take($0, .columns($0.page)) }),
      ("/sign", { [self] in try await take($0, .signature) }),
      ("/price", { [self] in try await take($0, .price) }),
      ("/plan", { [self] in try await finish($0) }),
      ("/leave", { [self] _ in try goodbye() }),
    ]
  }

  /// One request of the browser that has the session.
  private struct Visit: Sendable {
    let form: FormText
    /// The page of columns, from 0.
    let page: Int
  }

  /// Answers a request, if it comes from the browser that opened the address.
  private func answer(
    _ request: Request, _ context: BasicRequestContext, _ handle: (Visit) async throws -> Response
  ) async -> Response {
    do {
      guard isKnown(request) else {
        return try page(
          EndScreens.problem(
            "Not for you",
            "Open the address that the program printed. It opens once, in one browser."),
          status: .forbidden)
      }
      let isOver = state.withLock { $0.isLeft }
      guard !isOver else { return try page(EndScreens.left) }
      var form = FormText("")
      if request.method == .post {
        let bytes = try await request.body.collect(upTo: Self.mostBytes)
        form = FormText(String(buffer: bytes), mostFields: 1000)
        guard request.isFromHere, RandomToken.digest(form["token"]) == RandomToken.digest(token)
        else {
          return try page(
            EndScreens.problem(
              "Not taken", "The form does not come from this page. Go back and reload it."),
            status: .forbidden)
        }
      }
      let number = context.parameters.get("page").flatMap { Int($0) } ?? 1
      return try await handle(
        Visit(form: form, page: min(max(number, 1), Answers.pages(sheet)) - 1))
    } catch let fault as FormsProgram.Fault {
      let problem = EndScreens.problem(fault.message, fault.remedy)
      return (try? page(problem, status: .serviceUnavailable))
        ?? Response(status: .serviceUnavailable)
    } catch {
      // No part of an unforeseen error is shown or logged: it may hold values.
      return Response(status: .internalServerError)
    }
  }

  // MARK: The session

  private func open(_ request: Request, _ given: String) throws -> Response {
    let secret = state.withLock { state -> String? in
      guard let key = state.key, RandomToken.digest(given) == RandomToken.digest(key) else {
        return nil
      }
      let secret = RandomToken.secret()
      (state.key, state.session) = (nil, RandomToken.digest(secret))
      return secret
    }
    guard let secret else {
      if isKnown(request) { return Self.redirect("/table") }
      return try page(
        EndScreens.problem(
          "This address was opened already",
          "It opens once. Go back to the window in which it is open, or end the program and start again."
        ), status: .forbidden)
    }
    var response = Self.redirect("/table")
    response.headers[.setCookie] =
      "\(Self.cookie)=\(secret); Path=/; HttpOnly; SameSite=Strict"
    return response
  }

  /// Whether the name in a request is this machine's, and not one that somebody has pointed here.
  package static func isThisMachine(_ authority: String?) -> Bool {
    let host = authority?.split(separator: ":").first.map(String.init) ?? ""
    return ["localhost", "127.0.0.1"].contains(host)
  }

  /// Whether a request carries the secret, and means this machine.
  private func isKnown(_ request: Request) -> Bool {
    guard Self.isThisMachine(request.head.authority),
      let secret = request.cookies[Self.cookie]?.value
    else { return false }
    return state.withLock { $0.session == RandomToken.digest(secret) }
  }

  // MARK: Questions

  /// The answers, and the program's reply to them.
  private func settled() async throws -> (Answers, [String: String], Reply) {
    let answers = state.withLock { $0.answers }
    let described = try await program.reply(to: answers.description(sheet))
    guard described.open == "rules" || described.open == "name" else {
      return (answers, answers.description(sheet), described)
    }
    let all = answers.all(sheet, rules: described.rules)
    let reply = try await program.reply(to: all)
    // The rules of the page are those that the columns leave, before any is left out.
    return (answers, all, reply.with(rules: described.rules))
  }

  private func show(_ page: Answers.Page) async throws -> Response {
    if let place = state.withLock({ $0.written == nil ? nil : "/end" }) {
      return Self.redirect(place)
    }
    let (answers, all, reply) = try await settled()
    let open = Answers.page(of: reply.open)
    // Nothing is shown before what it rests on is answered.
    guard page <= open else { return Self.redirect(open.path) }
    return try await self.page(
      page, StartScreens(sheet: sheet, answers: answers, reply: reply.calm), all)
  }

  private func page(
    _ page: Answers.Page, _ screens: StartScreens, _ all: [String: String],
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let open = Answers.page(of: screens.reply.open)
    let content: Page
    switch page {
    case .table: content = screens.table()
    case .columns(let number): content = screens.columns(number)
    case .signature: content = screens.signature()
    case .price:
      content = screens.price(try await program.reply(to: all, epsilons: StartScreens.prices))
    case .plan:
      let epsilon = screens.answers.fields["epsilon"].flatMap { Double($0) } ?? 1
      content = screens.plan(
        try await program.reply(to: all, epsilons: [epsilon], checks: true))
    }
    return try self.page(content, at: page, open: open, status: status)
  }

  private func take(_ visit: Visit, _ page: Answers.Page) async throws -> Response {
    if let place = state.withLock({ $0.written == nil ? nil : "/end" }) {
      return Self.redirect(place)
    }
    state.withLock { state in
      state.answers.take(visit.form.values, of: page)
      if !visit.form["rest"].isEmpty { state.answers.takeRest(from: visit.page, sheet) }
    }
    let (answers, all, reply) = try await settled()
    let open = Answers.page(of: reply.open)
    let isAsking = reply.fault != nil || reply.open.hasPrefix("limits.")
    guard isAsking, open == page else {
      return Self.redirect(
        min(visit.form["rest"].isEmpty ? page.next(sheet) : .signature, open).path)
    }
    return try await self.page(
      page, StartScreens(sheet: sheet, answers: answers, reply: reply), all,
      status: .unprocessableContent)
  }

  // MARK: The end

  /// Has the files written, and the release made if it is wanted.
  private func finish(_ visit: Visit) async throws -> Response {
    if state.withLock({ $0.written != nil }) { return Self.redirect("/end") }
    state.withLock { $0.answers.take(visit.form.values, of: .plan) }
    let (answers, all, before) = try await settled()
    guard before.open == "plan" else { return Self.redirect(Answers.page(of: before.open).path) }
    let last = answers.last(sheet, rules: before.rules)
    let reply = try await program.reply(to: last)
    guard reply.open == "over" else {
      return try await page(
        .plan, StartScreens(sheet: sheet, answers: answers, reply: reply), all,
        status: .unprocessableContent)
    }
    let written = try await program.write(last)
    state.withLock { $0.written = written }
    Task {
      let ending = await program.ending(of: written)
      state.withLock { $0.ending = ending }
    }
    return Self.redirect("/end")
  }

  private func lastPage() throws -> Response {
    let (written, ending) = state.withLock { ($0.written, $0.ending) }
    guard let written else { return Self.redirect("/table") }
    guard let ending = ending ?? (written.release == nil ? .onlyFiles : nil) else {
      return try page(EndScreens.working(written, program.progress, table: sheet.table))
    }
    return try page(EndScreens.done(written, ending, table: sheet.table))
  }

  /// Server-sent events until the release is made.
  private func news() -> Response {
    let body = ResponseBody { [self] writer in
      while state.withLock({ $0.written != nil && $0.ending == nil && !$0.isLeft }) {
        let step = program.progress
        let news = News(phase: step?.phase ?? "Reading the table", percent: step?.percent ?? 0)
        try await writer.write(ByteBuffer(string: news.line))
        try await Task.sleep(for: .milliseconds(500))
      }
      try await writer.write(ByteBuffer(string: News(phase: "", percent: 100, ended: true).line))
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
  }

  private func goodbye() throws -> Response {
    state.withLock { $0.isLeft = true }
    end()
    return try page(EndScreens.left)
  }

  /// Ends ``left``.
  package func end() { leave.finish() }

  // MARK: Replies

  private func page(
    _ content: Page, at place: Answers.Page? = nil, open: Answers.Page? = nil,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let site = Site(
      "Understudy",
      footer:
        "Only this machine can open these pages. What they show of the rows is for the owner of the data; "
        + "a release is made only if you ask for it.",
      steps: place.map { steps(at: $0, open: open ?? $0) } ?? [],
      leaving: place == nil ? nil : "Leave, write nothing")
    let html = try PageRenderer.html(content, site: site, token: token)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  private func steps(at place: Answers.Page, open: Answers.Page) -> [Site.Step] {
    let steps: [(String, Answers.Page)] = [
      ("Table", .table), ("Columns", .columns(0)), ("Signature", .signature), ("Price", .price),
      ("Plan", .plan),
    ]
    return steps.map { words, page in
      Site.Step(
        words, link: page <= open ? page.path : nil, isHere: page.stepNumber == place.stepNumber)
    }
  }

  private static func redirect(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }
}

extension Answers.Page: Comparable {
  var stepNumber: Int {
    switch self {
    case .table: 0
    case .columns: 1
    case .signature: 2
    case .price: 3
    case .plan: 4
    }
  }

  package static func < (one: Self, other: Self) -> Bool {
    if case (.columns(let first), .columns(let second)) = (one, other) { return first < second }
    return one.stepNumber < other.stepNumber
  }

  package var path: String {
    switch self {
    case .table: "/table"
    case .columns(let page): "/columns/\(page + 1)"
    case .signature: "/sign"
    case .price: "/price"
    case .plan: "/plan"
    }
  }

  func next(_ sheet: Sheet) -> Self {
    switch self {
    case .table: .columns(0)
    case .columns(let page): page + 1 < Answers.pages(sheet) ? .columns(page + 1) : .signature
    case .signature: .price
    case .price, .plan: .plan
    }
  }
}

extension Reply {
  /// The same without its fault, which was shown when the form was sent.
  var calm: Reply {
    Reply(
      open: open, fault: nil, rules: rules, schema: schema, columns: columns, plans: plans,
      planFault: planFault, differences: differences)
  }

  func with(rules: [Rule]) -> Reply {
    Reply(
      open: open, fault: fault, rules: rules, schema: schema, columns: columns, plans: plans,
      planFault: planFault, differences: differences)
  }
}
