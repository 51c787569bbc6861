import Basics
import Foundation
import Ledger
import Releases

/// Files that a command writes.
enum OutputFile {
  /// Checks everything that a command will write, before it reads or charges anything.
  ///
  /// - Parameters:
  ///   - outputs: the files to write; nil for those that were not requested.
  ///   - replaces: whether existing plain files are replaced.
  ///   - reading: the files that the command reads or keeps, each with a noun. They are never
  ///     replaced; a folder is left alone with all its contents.
  /// - Throws: ``OutputFault``.
  static func check(_ outputs: [URL?], replaces: Bool, reading: [(file: String?, use: String)])
    throws
  {
    var rule = OutputRule()
    for input in reading {
      rule.protect(input.file.map { URL(fileURLWithPath: $0) }, as: input.use)
    }
    rule.protect(try? LedgerLocation.resolve(explicit: nil), as: "the ledger")
    for output in outputs.compactMap(\.self) { try rule.file(output, replaces: replaces) }
  }

  /// Has `write` fill a draft, and moves the draft into place unless that throws.
  static func make(_ url: URL, write: (URL) throws -> Void) throws {
    try WholeFile.make(url, write: write)
  }

  /// Writes a page that only its owner can read, and moves it into place.
  static func makeClosed(_ url: URL, data: Data) throws {
    try make(url) { try ClosedFiles.write(data, to: $0) }
  }

  /// Returns whether the output goes to the same place as the command's results.
  static func isStandardOutput(_ url: URL) -> Bool {
    url.lastPathComponent == "-"
      || ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(url.path)
  }
}
