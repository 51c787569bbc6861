import HubLog
import HubRecords

/// Decides which events follow from an act, or why none do. It is pure: the same state, person,
/// time and act give the same ruling.
package struct Ruling: Sendable {
  package let sight: Sight
  var state: HubState { sight.state }
  var name: String { sight.name }

  package init(_ sight: Sight) { self.sight = sight }

  /// Returns the events of an act.
  package func events(of act: Act) throws(Refusal) -> [Event] {
    switch act {
    case .makeAccount(let account): return try make(account)
    case .setRoles(let account, let roles): return try setRoles(account, roles)
    case .disableAccount(let account): return try disable(account)
    case .registerDataset(let dataset): return try register(dataset)
    case .describe(let dataset, let words): return try describe(dataset, words)
    case .setPolicy(let dataset, let policy): return try set(policy, of: dataset)
    case .draft(let id, let place, let spec): return try draft(id, place, spec)
    case .edit(let id, let spec): return try edit(id, spec)
    case .submit(let id): return try submit(id)
    case .withdraw(let id):
      return [.withdrawn(request: try sight.request(id, for: .withdraw).id)]
    case .cancel(let id):
      let request = try sight.request(id, for: .cancel)
      guard !request.isCancelling else {
        throw .conflict("Its end has been asked for already; a worker sees it within seconds.")
      }
      return [.cancelAsked(request: request.id)]
    case .comment(let id, let text):
      let request = try sight.request(id, for: .comment)
      return [.commented(request: request.id, text: try Words.checked(text, as: "comment"))]
    case .approve(let id, let version, let reason): return try approve(id, version, reason)
    case .sendBack(let id, let version, let reason):
      let request = try reviewed(id, version, for: .sendBack)
      return [.returned(request: request.id, reason: try Words.checked(reason, as: "reason"))]
    case .refuse(let id, let version, let reason):
      let request = try reviewed(id, version, for: .refuse)
      return [.refused(request: request.id, reason: try Words.checked(reason, as: "reason"))]
    case .pass(let id, let reason):
      let request = try sight.request(id, for: .passGate)
      return [.passed(request: request.id, reason: try Words.optional(reason, as: "reason"))]
    case .stop(let id, let reason):
      let request = try sight.request(id, for: .stopAtGate)
      return [.refused(request: request.id, reason: try Words.checked(reason, as: "reason"))]
    case .revoke(let id, let reason):
      let request = try sight.request(id, for: .revoke)
      return [.revoked(request: request.id, reason: try Words.checked(reason, as: "reason"))]
    case .fetch(let id, let file):
      return [.fetched(request: try sight.request(id, for: .readResult).id, file: file)]
    case .invite(let id, let account): return try invite(id, account)
    case .remove(let id, let account): return try remove(id, account)
    case .accept(let id, let digest): return try accept(id, digest)
    case .close(let id, let reason):
      let project = try sight.project(id, for: .closeProject)
      return [
        .projectClosed(
          project: project.project.id, reason: try Words.checked(reason, as: "reason"))
      ]
    case .exportLog(let entries):
      try sight.require(.exportLog)
      return [.logExported(entries: entries)]
    }
  }

  /// A request under review, in the version that the person saw.
  func reviewed(_ id: String, _ version: Int, for command: Command) throws(Refusal)
    -> RequestRecord
  {
    let request = try sight.request(id, for: command)
    guard request.version == version else {
      throw .conflict(
        "The request was changed since you opened it. Read version \(request.version) first.")
    }
    return request
  }
}

/// Checks the words of people.
enum Words {
  static let mostCharacters = 4000

  /// - Throws: ``Refusal/invalid(field:_:)`` for nothing but spaces, for too much,
  ///   and for control characters.
  static func checked(_ text: String, as field: String) throws(Refusal) -> String {
    let text = try optional(text, as: field)
    guard !text.isEmpty else { throw .invalid(field: field, "Write a sentence or two here.") }
    return text
  }

  static func optional(_ text: String, as field: String) throws(Refusal) -> String {
    let kept = text.replacing("\r\n", with: "\n")
    let isPlain = kept.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.properties.generalCategory != .control
    }
    guard kept.count <= mostCharacters, isPlain else {
      throw .invalid(
        field: field, "At most \(mostCharacters) characters, without control characters.")
    }
    return kept.allSatisfy(\.isWhitespace) ? "" : kept
  }

  /// A short name for addresses: small letters, digits and hyphens.
  static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9][a-z0-9.\-]{0,39}/) != nil
  }
}
