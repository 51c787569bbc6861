import Foundation
import HTTPTypes
import HubMail
import HubPages
import HubRights
import HubStore
import Hummingbird

/// The settings of one's own account: password, sessions, address for letters, feed. Each needs a
/// fresh code.
enum OwnAccount {
  private static var confirm: Response { Visit.redirect("/confirm?back=/me") }

  static func endSession(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return confirm }
    let name = try visit.sight.name
    let beginning = visit.form["session"]
    let session = try visit.hub.store.sessions(of: name, at: visit.now).first {
      beginning.count == SessionLine.idLength && $0.digest.hasPrefix(beginning)
    }
    guard let session else { throw Refusal.notFound }
    try visit.hub.store.endSessions(of: name, digest: session.digest, at: visit.now)
    return Visit.redirect("/me")
  }

  static func changePassword(_ visit: Visit) async throws -> Response {
    if !visit.isConfirmed { return confirm }
    let (name, form) = (try visit.sight.name, visit.form)
    if let fault = visit.hub.fault(of: form["new"], account: name) {
      throw Refusal.invalid(field: "new password", fault)
    }
    let isDone = try await visit.hub.passwords.pass {
      try visit.hub.store.changePassword(
        of: name, from: form["present"], to: form["new"], keeping: visit.session?.digest ?? "",
        at: visit.now)
    }
    guard isDone else {
      throw Refusal.invalid(field: "present password", "It is wrong, or there were too many tries.")
    }
    return Visit.redirect("/me")
  }

  static func setAddress(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return confirm }
    let address = visit.form.word("address")
    guard address.map({ MailAddress($0) != nil }) ?? true else {
      throw Refusal.invalid(field: "address", "An address such as name@hospital.example.")
    }
    try visit.hub.store.setAddress(address, of: visit.sight.name, at: visit.now)
    return Visit.redirect("/me")
  }

  static func makeFeed(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return confirm }
    let secret = try visit.hub.store.makeFeed(for: visit.sight.name, at: visit.now)
    return try Entry.me(
      visit, made: nil, feed: "\(visit.hub.address(visit.request))/feed?key=\(secret)")
  }

  static func endFeed(_ visit: Visit) throws -> Response {
    if !visit.isConfirmed { return confirm }
    try visit.hub.store.endFeed(of: visit.sight.name, at: visit.now)
    return Visit.redirect("/me")
  }
}
