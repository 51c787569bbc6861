import ArgumentParser
import Foundation
import Releases

/// The `understudy verify` command.
struct VerifyCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks that a release is what its owner signed, and that its claim adds up.",
    discussion: """
      Checks the signature, every file, the sum of the events and, where there is a ledger, its chain and the release's charges. Whose key \
      signed, only its owner can tell you: ask for the key's name, and give it with --trusted-key.

      Examples:
        understudy verify release
        understudy verify release --trusted-key 0123456789abcdef0123456789abcdef
      """)

  @Argument(help: ArgumentHelp("The release folder.", valueName: "folder"))
  var release: String

  @Option(
    name: [.customLong("trusted-key"), .customLong("public-key")],
    help: ArgumentHelp(
      "The key that must have signed: its name, the key itself, or a file that holds either.",
      valueName: "key"))
  var trustedKey: String?

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var speech: SpeechOptions

  func execute(_ console: Console) throws {
    var verification = ReleaseVerification(release: InputFile.url(release))
    verification.trustedKey = trustedKey.map {
      (try? String(contentsOfFile: $0, encoding: .utf8)) ?? $0
    }
    verification.mustHoldRelease = ledger.ledger != nil
    verification.ledger = try ledgerToRead()
    let report = try verification.run()
    if speech.json {
      try console.show(json: report)
    } else if !speech.quiet || !report.isPassed {
      console.show(VerificationPage.text(report, terminal: console.terminal))
    }
    guard report.isPassed else { throw AdverseVerdict() }
  }

  /// Returns the named ledger, or else the usual one if it exists: a recipient has none.
  private func ledgerToRead() throws -> URL? {
    if ledger.ledger != nil { return try ledger.url() }
    guard let url = try? ledger.url(), FileManager.default.fileExists(atPath: url.path) else {
      return nil
    }
    return url
  }
}
