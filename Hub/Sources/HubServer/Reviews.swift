import Foundation
import HTTPTypes
import HubPages
import HubRecords
import HubRights
import HubStore
import Hummingbird
import Understudy

/// Requests as they are decided, worked on and received.
enum Reviews {
  static func act(_ visit: Visit, _ make: (String) -> Act) throws -> Response {
    let id = visit.parameter("id")
    return try visit.act(make(id), at: "/requests/\(id)") { sight, command in
      _ = try sight.request(id, for: command)
    }
  }

  static func page(_ visit: Visit) async throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"))
    var extras = try await predictions(visit, request)
    if request.stage.isAtWork { extras.progress = try visit.hub.store.progress(of: request.id) }
    return try visit.page(visit.screens.request(request, extras))
  }

  /// The result to expect from a request that is still to be decided.
  static func predictions(_ visit: Visit, _ request: RequestRecord) async throws -> RequestExtras {
    var extras = RequestExtras()
    do {
      switch request.spec {
      case .release(let units, let targets, _, let columns) where !isDone(request):
        extras.pairError = try await visit.pairError(
          of: request.dataset, units: units, targets: targets, columns: columns)
      case .analysis(let question, let release, _) where !isDone(request):
        extras.plan = try await visit.plan(
          question, from: release, epsilon: visit.sight.state.epsilon(of: request))
      case .access, .release, .analysis, .budget: break
      }
    } catch let error as UnderstudyError {
      extras.planFault = "\(error.message) \(error.remedy)"
    }
    return extras
  }

  /// Whether a prediction comes too late.
  private static func isDone(_ request: RequestRecord) -> Bool {
    ![.draft, .submitted, .inReview, .returned].contains(request.stage)
  }

  // MARK: Progress

  /// Server-sent events until the job ends. Rights are read again before each.
  static func progress(_ visit: Visit) throws -> Response {
    let id = try visit.sight.request(visit.parameter("id")).id
    let (hub, account) = (visit.hub, try visit.sight.name)
    let body = ResponseBody { writer in
      for _ in 0..<3600 {
        guard
          let sight = Sight(try hub.store.state(), account: account, now: hub.clock()),
          let request = try? sight.request(id), request.stage.isAtWork
        else { break }
        let progress = try hub.store.progress(of: id)
        let news = News(
          phase: progress?.phase ?? "Waiting for a worker", percent: progress?.percent ?? 0)
        try await writer.write(ByteBuffer(string: news.line))
        try await Task.sleep(for: .seconds(1))
      }
      try await writer.write(ByteBuffer(string: News(phase: "", percent: 100, ended: true).line))
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
  }

  // MARK: Results

  static func result(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .readResult)
    let folder = visit.folder(of: request)
    switch request.spec.kind {
    case .release:
      return try visit.page(visit.screens.release(request, files: try files(in: folder)))
    case .analysis:
      let data = try Data(contentsOf: folder.appending(path: "answer.json"))
      return try visit.page(visit.screens.answer(request, try AnswerFile(data)))
    case .access, .budget: throw Refusal.notFound
    }
  }

  static func files(in folder: URL) throws -> [(name: String, bytes: Int)] {
    try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey]
    ).compactMap { file in
      let values = try file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
      guard values.isRegularFile == true else { return nil }
      return (file.lastPathComponent, values.fileSize ?? 0)
    }.sorted { $0.name < $1.name }
  }

  static func file(_ visit: Visit) throws -> Response {
    let request = try visit.sight.request(visit.parameter("id"), for: .readResult)
    let folder = visit.folder(of: request)
    let name = visit.parameter("name")
    // Only the name of a file that is there: nothing that a person writes becomes a path.
    guard request.spec.kind.needsProject,
      let found = try files(in: folder).first(where: { $0.name == name })
    else { throw Refusal.notFound }
    try visit.perform(.fetch(request: request.id, file: found.name))
    let data = try Data(contentsOf: folder.appending(path: found.name), options: .mappedIfSafe)
    return Response(
      status: .ok, headers: headers(of: found.name, isShown: !visit.path.hasPrefix("/api/")),
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }

  /// - Parameter isShown: Whether a browser shows the pages among them; a program saves all.
  private static func headers(of name: String, isShown: Bool) -> HTTPFields {
    if isShown, name.hasSuffix(".html") {
      // The report's own page: its style is inside it, and nothing else may run or load.
      return [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy:
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'",
      ]
    }
    return [
      .contentType: "application/octet-stream",
      .contentDisposition: "attachment; filename=\"\(name)\"",
    ]
  }
}

extension Visit {
  /// The version of a request that the person saw.
  var version: Int { form.whole("version") ?? 0 }

  /// The folder of a result: that of the earlier request if the answer was stored.
  func folder(of request: RequestRecord) -> URL {
    hub.store.folder.result(of: request.answeredBy ?? request.id)
  }
}

/// A line of progress, which the script of a page reads.
package struct News: Encodable {
  let phase: String
  let percent: Int
  let ended: Bool

  package init(phase: String, percent: Int, ended: Bool = false) {
    (self.phase, self.percent, self.ended) = (phase, percent, ended)
  }

  package var line: String {
    let json = (try? JSONEncoder().encode(self)) ?? Data("{}".utf8)
    return "data: \(String(decoding: json, as: UTF8.self))\n\n"
  }
}
