import Foundation
import HTTPTypes
import HubPages
import HubSignOn
import HubStore
import Hummingbird

/// Sign-in by the hospital's identity provider: out with a ticket, back with a code.
enum ProviderSignOn {
  private static let cookie = "__Host-hub-sign-on"

  static func start(_ visit: Visit) async throws -> Response {
    guard let provider = visit.hub.provider else { return try missing(visit) }
    // A session begins by the link on the sign-in page, not because another site leads here.
    guard visit.request.isFromHere else { return Visit.redirect("/sign-in") }
    let ticket = SignOnTicket(at: visit.now)
    do {
      let address = try await provider.address(
        for: ticket, back: back(visit), at: visit.now)
      var response = Visit.redirect(address)
      response.headers[.setCookie] =
        "\(cookie)=\(try ticket.sealed(by: visit.hub.ticketKey)); Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=\(SignOnTicket.seconds)"
      return response
    } catch let fault as SignOnFault {
      return try refused(fault, visit)
    }
  }

  static func finish(_ visit: Visit) async throws -> Response {
    guard let provider = visit.hub.provider else { return try missing(visit) }
    guard let sealed = visit.request.cookies[cookie]?.value,
      let ticket = SignOnTicket(sealed, key: visit.hub.ticketKey, at: visit.now),
      ticket.matches(visit.query["state"]), let code = visit.query.word("code")
    else {
      return try refused(
        .token("The sign-in was not begun here, took too long, or was refused."), visit)
    }
    do {
      let token = try await provider.identity(
        ofCode: code, ticket, back: back(visit), at: visit.now)
      let device = visit.request.headers[.userAgent] ?? "unknown"
      let outcome = try visit.hub.store.signOn(
        issuer: token.issuer, subject: token.subject, claimed: token.account(provider.file),
        device: device, at: visit.now)
      guard case .session(let secret) = outcome else {
        visit.note("sign-in by the provider refused: no account, or another person's")
        return try visit.page(
          EntryPages.signIn(
            fault:
              "The provider knows you, but no account here is yours. Ask an administrator of the hub.",
            provider: provider.file.title ?? "Your organisation"), status: .forbidden)
      }
      return Entry.entered(secret, clearing: cookie)
    } catch let fault as SignOnFault {
      return try refused(fault, visit)
    }
  }

  /// The address to come back to, which the provider compares with the one it was told.
  private static func back(_ visit: Visit) -> String {
    "\(visit.hub.address(visit.request))/oidc/back"
  }

  private static func missing(_ visit: Visit) throws -> Response {
    try visit.page(
      EntryPages.problem("Not here", "There is no such page, or it is not for you."),
      status: .notFound)
  }

  private static func refused(_ fault: SignOnFault, _ visit: Visit) throws -> Response {
    visit.note("sign-in by the provider failed: \(fault)")
    return try visit.page(
      EntryPages.signIn(
        fault: "The sign-in by your organisation did not work. Try again, or use your password.",
        provider: visit.hub.provider?.file.title ?? "Your organisation"), status: .unauthorized)
  }
}
