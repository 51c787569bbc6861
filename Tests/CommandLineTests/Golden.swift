import Foundation
import Testing

/// Texts kept word for word in the folder `Golden`. With `UNDERSTUDY_RECORD_GOLDEN=1` they are
/// rewritten, for a person to read.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "recorded \(name); read it, and run again without UNDERSTUDY_RECORD_GOLDEN",
        sourceLocation: sourceLocation)
      return
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(
      text == kept, "the text is not that of Golden/\(name).txt", sourceLocation: sourceLocation)
  }
}
