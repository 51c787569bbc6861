import Foundation
import TableSources

/// The address of a database, without anything secret.
package struct DatabaseAddress: Sendable, Codable, Equatable {
  /// The address as it goes to the driver.
  package let uri: String
  package let scheme: String
  /// Whether it leads to this machine.
  let isHere: Bool

  /// Whether an argument is an address rather than a path.
  package static func isOne(_ argument: String) -> Bool {
    argument.firstMatch(of: /^[A-Za-z][A-Za-z0-9+.-]*:\/\//) != nil
  }

  /// Reads an address. A password in it is refused: the list of processes and the shell's history
  /// show it.
  package init(_ text: String) throws(AddressFault) {
    guard let match = text.firstMatch(of: /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^\/?#]*)/),
      !text.contains("\0")
    else { throw .unreadable }
    scheme = match.output.1.lowercased()
    let user = match.output.2.lastIndex(of: "@").map { match.output.2[..<$0] }
    if user?.contains(":") == true { throw .password }
    let secrets = [
      "password", "passwd", "pwd", "token", "secret", "sslpassword", "api_key", "apikey",
    ]
    let settings = text.drop { $0 != "?" && $0 != ";" }.lowercased().split { "?&;".contains($0) }
    for setting in settings {
      let key = setting.prefix { $0 != "=" }.removingPercentEncoding ?? ""
      if secrets.contains(where: key.contains) { throw .password }
    }
    isHere = Self.isHere(String(match.output.2))
    let isPostgreSQL = scheme == "postgresql" || scheme == "postgres"
    uri = isPostgreSQL && !isHere ? Self.verified(text) : text
  }

  /// The driver that speaks to databases of this kind; nil if none is known.
  package var usualDriver: String? {
    switch scheme {
    case "postgresql", "postgres": "postgresql"
    case "sc": "spark"
    default: nil
    }
  }

  package var dialect: SQLDialect { scheme == "sc" ? .spark : .standard }

  /// Statements by which the connection may read and nothing else, and texts of times are in UTC.
  /// The server's own limit of time is a little longer than ours: it is for a connection that is
  /// lost.
  package func setUp(timeLimitSeconds: Int?) -> [String] {
    if dialect == .spark { return SparkConnect.setUp }
    guard usualDriver == "postgresql" else { return [] }
    let limit =
      timeLimitSeconds.map { ["SET statement_timeout = \((min($0, 1_000_000) + 10) * 1000)"] } ?? []
    return ["SET default_transaction_read_only = on", "SET TimeZone = 'UTC'"] + limit
  }

  /// Has the server prove who it is, unless the address says otherwise.
  private static func verified(_ text: String) -> String {
    text.contains("sslmode=")
      ? text : text + (text.contains("?") ? "&" : "?") + "sslmode=verify-full"
  }

  private static func isHere(_ host: String) -> Bool {
    let place = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host[...]
    let name =
      place.hasPrefix("[") ? place.prefix { $0 != "]" }.dropFirst() : place.prefix { $0 != ":" }
    return ["", "localhost", "127.0.0.1", "::1"].contains(String(name)) || name.hasPrefix("%2F")
      || name.hasPrefix("%2f")
  }
}
