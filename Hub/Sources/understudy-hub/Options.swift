import ArgumentParser
import Foundation
import HubStore

/// The folder of the hub, which every command names.
struct FolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of the hub. It is made if it is not there.", valueName: "folder")
  )
  var folder: String

  @Option(
    help: ArgumentHelp("The ledger, if it is not in the folder.", valueName: "file"))
  var ledger: String?

  func hubFolder() throws -> HubFolder {
    try HubFolder(
      URL(filePath: folder), ledger: ledger.map { URL(filePath: $0) })
  }
}

/// The present time, in seconds since 1970.
func now() -> Int { Int(Date().timeIntervalSince1970) }
