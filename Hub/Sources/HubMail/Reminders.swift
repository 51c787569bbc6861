import Foundation
import HubRecords
import HubRights
import HubStore

/// The letters that tell people what waits for them: number, kind, state and link of each request;
/// no purpose, no name of a person and no value.
package struct Reminders: Sendable {
  /// The way that a letter takes.
  package enum Way: Sendable {
    /// A file for each letter, which a program of the hospital picks up.
    case folder(URL)
    case server(MailServer)
  }

  private let store: HubStore
  private let way: Way
  private let from: MailAddress
  /// The address of the hub in browsers, without a slash at its end.
  private let address: String
  /// The domain of people who have set no address: they are written to by the name of their
  /// account.
  private let domain: String?

  /// Seconds after which somebody is reminded again of what still waits.
  package static let againSeconds = 86_400
  /// The age up to which an outcome is news to somebody who was never written to.
  package static let newsSeconds = 7 * 86_400

  package init(
    _ store: HubStore, by way: Way, from: MailAddress, address: String, domain: String? = nil
  ) {
    (self.store, self.way, self.from) = (store, way, from)
    (self.address, self.domain) = (address, domain)
  }

  /// Writes to everybody for whom something new is there, or something still waits after a day.
  /// - Returns: The number of letters that were sent, and the faults of those that were not.
  @discardableResult
  package func send(at now: Int) async throws -> (sent: Int, faults: [MailFault]) {
    let state = try store.state()
    let (addresses, earlier) = (try store.addresses(), try store.lettersSent())
    var (sent, faults) = (0, [MailFault]())
    for name in state.accounts.keys.sorted() {
      guard let sight = Sight(state, account: name, now: now),
        let to = (addresses[name] ?? domain.map { "\(name)@\($0)" }).flatMap(MailAddress.init),
        let letter = letter(to: to, sight, after: earlier[name] ?? 0)
      else { continue }
      do {
        try await deliver(letter, name)
        try store.noteLetter(to: name, at: now)
        sent += 1
      } catch let fault as MailFault {
        // The next run tries again.
        faults.append(fault)
      }
    }
    return (sent, faults)
  }

  /// The letter of a person; nil if there is nothing to say.
  func letter(to: MailAddress, _ sight: Sight, after last: Int) -> Letter? {
    let turns = sight.turns
    let since = max(last, sight.now - Self.newsSeconds)
    let outcomes = sight.outcomes.filter { $0.time > since }
    let isNew = !outcomes.isEmpty || turns.contains { $0.time > last }
    let isAgain = !turns.isEmpty && sight.now >= last + Self.againSeconds
    guard isNew || isAgain else { return nil }
    func lines(_ title: String, _ news: [RequestNews]) -> [String] {
      guard !news.isEmpty else { return [] }
      return [title, ""]
        + news.flatMap { ["\($0.words)", "  \(address)/requests/\($0.request)"] } + [""]
    }
    return Letter(
      from: from, to: to,
      subject: turns.isEmpty ? "News of your requests" : "\(turns.count) waiting for you",
      lines: lines("Waiting for you:", turns) + lines("What became of requests:", outcomes)
        + ["Your address for letters is set at \(address)/me."],
      identifier: "\(sight.now).\(UUID().uuidString.lowercased())", time: sight.now)
  }

  private func deliver(_ letter: Letter, _ name: String) async throws {
    switch way {
    case .server(let server): try await server.send(letter)
    case .folder(let folder):
      do {
        try FileManager.default.createDirectory(
          at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // It appears whole, so that nobody picks up half a letter.
        try Data(letter.text.utf8).write(
          to: folder.appending(path: "\(name)-\(letter.identifier).eml"), options: .atomic)
      } catch {
        throw MailFault.file("A letter cannot be written into the folder.")
      }
    }
  }
}
