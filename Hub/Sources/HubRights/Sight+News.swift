import HubRecords

/// Something that a person should know of: a request, without its purpose and without any value.
package struct RequestNews: Sendable, Equatable {
  package let request: String
  package let kind: Spec.Kind
  package let stage: Stage
  /// When it came to its stage.
  package let time: Int
  /// Whether it waits for this person.
  package let isTurn: Bool

  /// The news in a line of words, such as `Decide: analysis k7mp3xqdw2ta, submitted`.
  package var words: String {
    "\(isTurn ? stage == .returned ? "Answer" : "Decide" : "News"): \(kind.rawValue) \(request), \(stage.rawValue)"
  }
}

extension Sight {
  /// The requests that wait for this person, oldest first.
  package var turns: [RequestNews] {
    let returned = state.requestsInOrder.filter {
      $0.author == name && $0.stage == .returned && may(.edit, on: $0)
    }
    return (inbox + returned).map { news($0, isTurn: true) }.sorted { $0.time < $1.time }
  }

  /// What became of the person's own requests, and results of their projects, newest first.
  package var outcomes: [RequestNews] {
    let ends: Set<Stage> = [.released, .approved, .refused, .failed, .revoked]
    return requests.filter { ends.contains($0.stage) && relation(to: $0) != .other }
      .map { news($0, isTurn: false) }.sorted { $0.time > $1.time }
  }

  private func news(_ request: RequestRecord, isTurn: Bool) -> RequestNews {
    RequestNews(
      request: request.id, kind: request.spec.kind, stage: request.stage, time: request.changed,
      isTurn: isTurn)
  }
}
