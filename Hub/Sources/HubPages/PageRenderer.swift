import Foundation
import HubRecords
import HubRights
import Mustache

/// Turns pages into HTML.
package enum PageRenderer {
  /// - Parameters:
  ///   - sight: The person who looks; nil before sign-in.
  ///   - token: The token of the session's forms, or of the sign-in form.
  ///   - path: The path of the page, for the menu.
  package static func html(_ page: Page, sight: Sight?, token: String, path: String) throws
    -> String
  {
    let person = sight.map { sight in
      Layout.Person(
        fullName: sight.account.fullName,
        menu: menu(of: sight).map { text, link, count in
          Layout.Menu(
            menuText: text, menuLink: link, menuCount: count, isHere: path.hasPrefix(link))
        })
    }
    let layout = Layout(page: page, person: person, token: token)
    return try Templates.library.get().render(layout, withTemplate: "layout") ?? ""
  }

  /// Turns a page of another site into HTML.
  package static func html(_ page: Page, site: Site, token: String) throws -> String {
    let layout = Layout(page: page, person: nil, token: token, site: site)
    return try Templates.library.get().render(layout, withTemplate: "layout") ?? ""
  }

  /// The parts of the hub that a person may open.
  private static func menu(of sight: Sight) -> [(String, String, Int?)] {
    var menu: [(String, String, Int?)] = []
    if sight.may(.seeInbox) {
      let count = sight.inbox.count
      menu.append(("Inbox", "/inbox", count > 0 ? count : nil))
    }
    if sight.may(.seeCatalogue) {
      menu.append(("Data sets", "/datasets", nil))
      menu.append(("Projects", "/projects", nil))
      menu.append(("Requests", "/requests", nil))
    }
    if sight.may(.readLog) { menu.append(("Log", "/log", nil)) }
    if sight.may(.manageAccounts) { menu.append(("Accounts", "/accounts", nil)) }
    if sight.may(.seeHealth) { menu.append(("Health", "/health", nil)) }
    return menu
  }
}

/// Times and numbers as pages write them.
enum Wording {
  /// A time in UTC, such as `2026-11-30 09:15`.
  static func time(_ seconds: Int) -> String {
    let text = Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
    return text.prefix(16).replacing("T", with: " ") + " UTC"
  }

  static func day(_ seconds: Int) -> String {
    String(Date(timeIntervalSince1970: Double(seconds)).ISO8601Format().prefix(10))
  }

  static func units(_ count: Int) -> String {
    count == 1 ? "1 unit of precision" : "\(count) units of precision"
  }

  /// A number to four significant digits.
  static func number(_ value: Double) -> String {
    abs(value) >= 10_000
      ? String(format: "%.0f", value) : String(format: "%.4g", value)
  }

  static func epsilon(_ value: Double) -> String { String(format: "ε %.3g", value) }

  /// The age of something in words, such as `3 days`.
  static func age(_ seconds: Int) -> String {
    switch seconds {
    case ..<3600: "under an hour"
    case ..<86_400: "\(seconds / 3600) h"
    default: seconds < 172_800 ? "1 day" : "\(seconds / 86_400) days"
    }
  }
}
