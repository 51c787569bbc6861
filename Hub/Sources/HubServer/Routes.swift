import HTTPTypes
import HubPages
import HubRecords
import HubRights
import Hummingbird

/// A path that the hub answers, who may come, and the handler.
package struct Route: Sendable {
  package let method: HTTPRequest.Method
  package let path: String
  package let needs: Needs
  /// For programs: the schemas of the body and of the reply, if they are JSON.
  var body: String?
  var reply: String?
  /// The type of a reply that is neither JSON nor any file.
  var type: String?
  let handle: @Sendable (Visit) async throws -> Response

  /// Whether it is for programs, which carry a token and read JSON.
  var isForPrograms: Bool { path.hasPrefix("/api/") }

  package enum Needs: Sendable, Equatable {
    /// Anybody, also without signing in.
    case nobody
    /// Somebody who has signed in and may do this at the hub at large; nil for any account. What a
    /// request or a project needs is checked on it.
    case person(Command?)
  }

  static func get(
    _ path: String, _ needs: Needs, _ handle: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: .get, path: path, needs: needs, handle: handle)
  }

  static func post(
    _ path: String, _ needs: Needs, _ handle: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(method: .post, path: path, needs: needs, handle: handle)
  }
}

/// All paths of the hub. The router is made of this list and of nothing else.
package enum Routes {
  package static let all: [Route] =
    entry + ownAccount + datasets + projects + requests + watching + accounts + api
    + [description]

  private static let entry: [Route] = [
    .get("/", .nobody) { visit in
      guard let sight = visit.entered else { return Visit.redirect("/sign-in") }
      return Visit.redirect(
        sight.may(.seeInbox)
          ? "/inbox"
          : sight.may(.seeCatalogue)
            ? "/datasets" : sight.may(.manageAccounts) ? "/accounts" : "/me")
    },
    .get("/hub.css", .nobody) { _ in Assets.style },
    .get("/hub.js", .nobody) { _ in Assets.script },
    .get("/sign-in", .nobody, Entry.signInPage),
    .post("/sign-in", .nobody, Entry.signIn),
    .post("/sign-out", .person(nil), Entry.signOut),
    .get("/enrol", .nobody, Entry.enrolPage),
    .post("/enrol", .nobody, Entry.enrol),
    .post("/enrol/finish", .nobody, Entry.finishEnrolment),
    .get("/confirm", .person(nil), Entry.confirmPage),
    .post("/confirm", .person(nil), Entry.confirm),
    .get("/me", .person(nil), Entry.me),
    .post("/me/end-sessions", .person(nil), Entry.endSessions),
    .post("/me/token", .person(nil), Entry.makeToken),
    .post("/me/end-tokens", .person(nil), Entry.endTokens),
  ]

  private static let ownAccount: [Route] = [
    .post("/me/end-session", .person(nil), OwnAccount.endSession),
    .post("/me/password", .person(nil), OwnAccount.changePassword),
    .post("/me/address", .person(nil), OwnAccount.setAddress),
    .post("/me/feed", .person(nil), OwnAccount.makeFeed),
    .post("/me/end-feed", .person(nil), OwnAccount.endFeed),
    .get("/feed", .nobody, Feed.reply),
    .get("/oidc/start", .nobody, ProviderSignOn.start),
    .get("/oidc/back", .nobody, ProviderSignOn.finish),
  ]

  private static let datasets: [Route] = [
    .get("/datasets", .person(.seeCatalogue)) { try $0.page($0.screens.catalogue()) },
    .get("/datasets/new", .person(.registerDataset)) { try $0.page($0.screens.newDataset()) },
    .post("/datasets", .person(.registerDataset), Places.register),
    .get("/datasets/:id", .person(.seeCatalogue), Places.dataset),
    .get("/datasets/:id/words", .person(.describeDataset), Places.describeForm),
    .post("/datasets/:id/words", .person(.describeDataset), Places.describe),
    .post("/datasets/:id/policy", .person(.setPolicy), Places.setPolicy),
    .get("/datasets/:id/access", .person(.askAccess), Places.accessForm),
    .post("/datasets/:id/access", .person(.askAccess), Places.askAccess),
    .get("/datasets/:id/budget", .person(.askBudget), Places.budgetForm),
    .post("/datasets/:id/budget", .person(.askBudget), Places.askBudget),
  ]

  private static let projects: [Route] = [
    .get("/projects", .person(.seeCatalogue)) { try $0.page($0.screens.projects()) },
    .get("/projects/:id", .person(nil), Places.project),
    .post("/projects/:id/accept", .person(nil), Places.accept),
    .post("/projects/:id/invite", .person(nil), Places.invite),
    .post("/projects/:id/remove", .person(nil), Places.remove),
    .post("/projects/:id/close", .person(nil), Places.close),
    .get("/projects/:id/release", .person(nil), Asks.releaseForm),
    .post("/projects/:id/release", .person(nil), Asks.askRelease),
    .get("/projects/:id/analysis", .person(nil), Asks.analysisForm),
    .post("/projects/:id/analysis", .person(nil), Asks.askAnalysis),
  ]

  private static let requests: [Route] = [
    .get("/requests", .person(.seeCatalogue)) { try $0.page($0.screens.requests()) },
    .get("/requests/:id", .person(nil), Reviews.page),
    .post("/requests/:id/edit", .person(nil), Asks.edit),
    .post("/requests/:id/submit", .person(nil)) { visit in
      try Reviews.act(visit) { .submit(request: $0) }
    },
    .post("/requests/:id/withdraw", .person(nil)) { visit in
      try Reviews.act(visit) { .withdraw(request: $0) }
    },
    .post("/requests/:id/cancel", .person(nil)) { visit in
      try Reviews.act(visit) { .cancel(request: $0) }
    },
    .post("/requests/:id/comment", .person(nil)) { visit in
      try Reviews.act(visit) { .comment(request: $0, text: visit.form["text"]) }
    },
    .post("/requests/:id/approve", .person(nil)) { visit in
      try Reviews.act(visit) {
        .approve(request: $0, version: visit.version, reason: visit.form["reason"])
      }
    },
    .post("/requests/:id/return", .person(nil)) { visit in
      try Reviews.act(visit) {
        .sendBack(request: $0, version: visit.version, reason: visit.form["reason"])
      }
    },
    .post("/requests/:id/refuse", .person(nil)) { visit in
      try Reviews.act(visit) {
        .refuse(request: $0, version: visit.version, reason: visit.form["reason"])
      }
    },
    .post("/requests/:id/pass", .person(nil)) { visit in
      try Reviews.act(visit) { .pass(request: $0, reason: visit.form["reason"]) }
    },
    .post("/requests/:id/stop", .person(nil)) { visit in
      try Reviews.act(visit) { .stop(request: $0, reason: visit.form["reason"]) }
    },
    .post("/requests/:id/revoke", .person(nil)) { visit in
      try Reviews.act(visit) { .revoke(request: $0, reason: visit.form["reason"]) }
    },
    .get("/requests/:id/progress", .person(nil), Reviews.progress),
    .get("/requests/:id/result", .person(nil), Reviews.result),
    .get("/requests/:id/files/:name", .person(nil), Reviews.file),
    .get("/requests/:id/crate.zip", .person(nil), Crate.archive),
  ]

  private static let watching: [Route] = [
    .get("/inbox", .person(.seeInbox)) { try $0.page($0.screens.inbox()) },
    .get("/log", .person(.readLog), Watching.log),
    .post("/log/export", .person(.exportLog), Watching.export),
    .get("/health", .person(.seeHealth), HealthPage.page),
  ]

  private static let accounts: [Route] = [
    .get("/accounts", .person(.manageAccounts), Watching.accounts),
    .post("/accounts", .person(.manageAccounts), Watching.makeAccount),
    .post("/accounts/roles", .person(.manageAccounts), Watching.setRoles),
    .post("/accounts/code", .person(.manageAccounts), Watching.issueCode),
    .post("/accounts/disable", .person(.manageAccounts), Watching.disable),
  ]

  /// The programming interface, which describes itself.
  static let api: [Route] =
    [
      .api(.get, "me", .person(nil), reply: "Me", Programs.me),
      .api(.get, "datasets", .person(.seeCatalogue), reply: "DataSets", Programs.datasets),
      .api(.get, "datasets/:id", .person(.seeCatalogue), reply: "DataSet", Programs.dataset),
      .api(.get, "projects", .person(.seeCatalogue), reply: "Projects", Programs.projects),
      .api(.get, "projects/:id", .person(nil), reply: "Project", Programs.project),
      .api(.get, "requests", .person(.seeCatalogue), reply: "Requests", Programs.requests),
      .api(
        .post, "requests", .person(.seeCatalogue), body: "Draft", reply: "Request", Programs.draft),
      .api(.get, "requests/:id", .person(nil), reply: "Request", Programs.request),
      .api(.get, "requests/:id/events", .person(nil), reply: "Events", Programs.events),
      .api(.post, "requests/:id/submit", .person(nil), reply: "Request", Programs.submit),
      .api(.post, "requests/:id/withdraw", .person(nil), reply: "Request", Programs.withdraw),
      .api(
        .post, "requests/:id/comment", .person(nil), body: "Comment", reply: "Request",
        Programs.comment),
      .api(.get, "requests/:id/files", .person(nil), reply: "ResultFiles", Programs.files),
      .api(.get, "requests/:id/files/:name", .person(nil), Reviews.file),
    ] + moreForPrograms

  private static let description = Route.get("/api/openapi.json", .nobody) { visit in
    try visit.json(Description.document())
  }
}

extension Route {
  static func api(
    _ method: HTTPRequest.Method, _ path: String, _ needs: Needs, body: String? = nil,
    reply: String? = nil, type: String? = nil,
    _ handle: @escaping @Sendable (Visit) async throws -> Response
  ) -> Route {
    Route(
      method: method, path: "/api/v1/\(path)", needs: needs, body: body, reply: reply,
      type: type, handle: handle)
  }
}
