import Basics
import Foundation
import Ledger
import Releases

/// Files that a command writes.
enum OutputFile {
  /// Checks everything that a command will write, before it reads or charges anything.
  ///
  /// - Parameters:
  ///   - outputs: files to be written; nil for those that were not asked for.
  ///   - replaces: whether plain files that are there already are replaced.
  ///   - reading: what the command reads or keeps, which is never replaced, each with a noun; a folder is left alone with all in it.
  /// - Throws: ``OutputFault``.
  static func check(_ outputs: [URL?], replaces: Bool, reading: [(file: String?, use: String)]) throws {
    var rule = OutputRule()
    for input in reading { rule.protect(input.file.map { URL(fileURLWithPath: $0) }, as: input.use) }
    rule.protect(try? LedgerLocation.resolve(explicit: nil), as: "the ledger")
    for output in outputs.compactMap(\.self) { try rule.file(output, replaces: replaces) }
  }

  /// Has `write` fill a draft, and puts it in its place unless that throws.
  static func make(_ url: URL, write: (URL) throws -> Void) throws { try WholeFile.make(url, write: write) }

  /// Writes a page that only its owner can read, and puts it in its place.
  static func makeClosed(_ url: URL, data: Data) throws { try make(url) { try ClosedFiles.write(data, to: $0) } }

  /// Whether what is written goes where the results of the command go.
  static func isStandardOutput(_ url: URL) -> Bool {
    url.lastPathComponent == "-" || ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(url.path)
  }
}
