import Foundation
import HTTPTypes
import HubRecords
import HubRights
import HubStore
import Hummingbird

/// The Atom feed of a person (RFC 4287): numbers, kinds, stages and links; no purpose and no value.
/// Whoever knows its address can read it, until its owner ends it.
enum Feed {
  private static let mostEntries = 50

  static func reply(_ visit: Visit) throws -> Response {
    guard let name = try visit.hub.store.account(ofFeed: visit.query["key"]),
      let sight = Sight(try visit.hub.store.state(), account: name, now: visit.now)
    else { throw Refusal.notFound }
    return Visit.text(
      text(sight, at: visit.hub.address(visit.request)), type: "application/atom+xml; charset=utf-8"
    )
  }

  private static func text(_ sight: Sight, at address: String) -> String {
    let news = Array((sight.turns.reversed() + sight.outcomes).prefix(mostEntries))
    let entries = news.map { item in
      let link = "\(address)/requests/\(item.request)"
      return """
        <entry><id>\(escaped("\(link)#\(item.stage.rawValue.replacing(" ", with: "-"))-\(item.time)"))</id>\
        <title>\(escaped(item.words))</title><updated>\(date(item.time))</updated>\
        <link href="\(escaped(link))"/></entry>
        """
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom"><id>\(escaped("\(address)/feed#\(sight.name)"))</id>\
      <title>Understudy hub: \(escaped(sight.name))</title>\
      <author><name>Understudy hub</name></author>\
      <updated>\(date(news.map(\.time).max() ?? 0))</updated>
      \(entries.joined(separator: "\n"))
      </feed>

      """
  }

  private static func date(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
