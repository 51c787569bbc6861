import Foundation

/// The ways of a Spark Connect server that differ from those of other databases
/// (docs/decisions/0058-spark.md).
package enum SparkConnect {
  /// The environment's variable for the token that lets a user in, as PySpark names it.
  static let tokenVariable = "SPARK_CONNECT_AUTHENTICATE_TOKEN"

  /// Statements after which conversions fail instead of giving NULL, times are those of UTC, and
  /// `${}` within a name stands for itself and not for a setting.
  static let setUp = [
    "SET spark.sql.ansi.enabled = true", "SET TIME ZONE 'UTC'",
    "SET spark.sql.variable.substitute = false",
  ]

  /// Returns a user's query as a table. Within parentheses it can do nothing but read: a connection
  /// to Spark cannot be set to read only.
  package static func asked(_ query: String) -> String { "(\(query)\n) AS asked" }

  /// Returns the SQLSTATE in a text of the server, which its driver does not pass on; nil if there
  /// is none.
  static func code(in text: String) -> String? {
    guard text.contains("[Spark]") else { return nil }
    return text.firstMatch(of: /SQLSTATE: ([0-9A-Z]{5})/).map { String($0.output.1) }
  }
}

extension DatabaseAddress {
  /// The options of the driver. A token comes from the environment alone, and leads over TLS, as
  /// does every address of another machine that does not say otherwise.
  package func options(_ environment: [String: String] = ProcessInfo.processInfo.environment)
    -> [String: String]
  {
    guard dialect == .spark else { return ["uri": uri] }
    var options = ["uri": uri]
    if let token = environment[SparkConnect.tokenVariable], !token.isEmpty {
      options["adbc.spark.token"] = token
    }
    if !uri.lowercased().contains("use_ssl=") {
      options["adbc.spark.tls.enabled"] = "\(!isHere || options["adbc.spark.token"] != nil)"
    }
    return options
  }
}
