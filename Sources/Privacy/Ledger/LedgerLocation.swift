import Foundation

/// The place where this user's ledger is kept.
package enum LedgerLocation {
  /// The environment variable that names a ledger file.
  package static let environmentVariable = "UNDERSTUDY_LEDGER"

  /// Returns the ledger file to use: the one named on the command line, else the one named by
  /// `UNDERSTUDY_LEDGER`, else `ledger.sqlite` in the user's data folder
  /// (`Library/Application Support/understudy` on macOS, elsewhere `XDG_DATA_HOME/understudy` or
  /// `.local/share/understudy` in the home folder). A relative `XDG_DATA_HOME` is ignored, as its
  /// specification requires.
  ///
  /// - Throws: ``LedgerError/noHomeFolder`` if no file is named and there is no home folder.
  package static func resolve(
    explicit: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> URL {
    if let explicit, !explicit.isEmpty { return file(explicit, home: environment["HOME"]) }
    if let named = environment[environmentVariable], !named.isEmpty { return file(named, home: environment["HOME"]) }
    return try dataFolder(environment).appendingPathComponent("understudy", isDirectory: true)
      .appendingPathComponent("ledger.sqlite", isDirectory: false)
  }

  private static func file(_ path: String, home: String?) -> URL {
    if path.hasPrefix("~/"), let home { return URL(fileURLWithPath: home + path.dropFirst(1)) }
    return URL(fileURLWithPath: path)
  }

  private static func dataFolder(_ environment: [String: String]) throws -> URL {
    #if !os(macOS)
      if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return URL(fileURLWithPath: data, isDirectory: true) }
    #endif
    guard let home = environment["HOME"], !home.isEmpty else { throw LedgerError.noHomeFolder }
    let folder = URL(fileURLWithPath: home, isDirectory: true)
    #if os(macOS)
      return folder.appendingPathComponent("Library/Application Support", isDirectory: true)
    #else
      return folder.appendingPathComponent(".local/share", isDirectory: true)
    #endif
  }
}
