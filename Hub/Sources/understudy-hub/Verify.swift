import ArgumentParser
import Crypto
import Foundation
import HubLog
import HubStore

/// `understudy-hub verify`: checks the log, of the folder or of an exported file.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks that no entry of the log was changed, dropped, moved or cut off.",
    discussion: """
      Exit codes: 0 if the log is whole, 1 if it is not. An exported log is checked without the \
      hub; its seal is checked too if --key names the hub's file keys/seal.key.
      """)

  @Option(help: ArgumentHelp("The folder of the hub.", valueName: "folder"))
  var folder: String?

  @Option(help: ArgumentHelp("An exported log.", valueName: "file"))
  var log: String?

  @Option(help: ArgumentHelp("The key of the seal, for --log.", valueName: "file"))
  var key: String?

  func validate() throws {
    guard (folder == nil) != (log == nil) else {
      throw ValidationError("Name --folder or --log, and not both.")
    }
  }

  func run() throws {
    let (log, key) = try read()
    if let fault = LogCheck.fault(in: log.lines, seal: log.seal, key: key) {
      print("The log is broken. \(fault)")
      throw ExitCode.failure
    }
    let seal = key == nil ? "its seal was not checked: that needs the hub's key" : "sealed"
    print("The log is whole: \(log.lines.count) entries, \(seal).")
  }

  private func read() throws -> (ExportedLog, SealKey?) {
    if let folder {
      let store = try HubStore(HubFolder(URL(filePath: folder)))
      return (try store.log(), try store.folder.key("seal"))
    }
    let text = try String(contentsOf: URL(filePath: log ?? ""), encoding: .utf8)
    let bytes = try key.map { try Data(contentsOf: URL(filePath: $0)) }
    return (ExportedLog(text: text), bytes.map { SealKey(data: $0) })
  }
}
