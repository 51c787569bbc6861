import Basics
import Foundation
import Testing

/// A file is known by the place that its path leads to.
@Suite struct FileIdentityTests {
  /// Links that lead to each other lead nowhere, which once took for ever to find out.
  @Test(arguments: [["a", "a"], ["a", "b", "a"]])
  func linksInACircleLeadNowhere(_ links: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, target) in zip(links, links.dropFirst()) {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path,
        withDestinationPath: target)
    }
    let file = FileIdentity(folder.appending(path: "a"))
    #expect(file == FileIdentity(folder.appending(path: "a")))
    #expect(file != FileIdentity(folder.appending(path: "other")))
  }
}
