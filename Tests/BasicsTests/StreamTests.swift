import Basics
import Foundation
import Testing

@Suite struct StreamTests {
  /// Feeds a named pipe from another thread.
  private func pipe(_ name: String, in place: Workplace, _ bytes: Data) throws -> URL {
    let url = place.path(name)
    #expect(mkfifo(url.path, 0o600) == 0)
    Thread.detachNewThread { try? bytes.write(to: url) }
    return url
  }

  @Test func `a pipe is read once and can be read again, by its name, and leaves nothing`() throws {
    let place = try Workplace()
    let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) })
    var copy: URL?
    do {
      let input = try SpooledInput(pipe("visits.csv", in: place, bytes).path)
      copy = input.url
      #expect(input.url.lastPathComponent == "visits.csv")
      for _ in 0..<2 { #expect(try Data(contentsOf: input.url) == bytes) }
      let folder = input.url.deletingLastPathComponent()
      let mode = try #require(
        FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? NSNumber)
      #expect(mode.intValue & 0o077 == 0)
    }
    let left = try #require(copy)
    #expect(!FileManager.default.fileExists(atPath: left.deletingLastPathComponent().path))
  }

  @Test func `a plain file is read where it is`() throws {
    let place = try Workplace()
    let file = try place.write("a.csv")
    #expect(try SpooledInput(file.path).url == file)
  }

  @Test func `waiting for a pipe that nobody writes to can be stopped`() throws {
    let place = try Workplace()
    let url = place.path("silent")
    #expect(mkfifo(url.path, 0o600) == 0)
    #expect(throws: CancellationError.self) {
      try SpooledInput(url.path) { throw CancellationError() }
    }
  }

  @Test func `what goes to a device goes there, and the device stays`() throws {
    try WholeFile.make(URL(fileURLWithPath: "/dev/null")) { try Data("x".utf8).write(to: $0) }
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #expect(throws: OutputFault.self) {
      try WholeFile.make(URL(fileURLWithPath: "/dev/full")) { try Data("x".utf8).write(to: $0) }
    }
  }

  @Test func `a file appears whole or not at all, and behind a link`() throws {
    struct Stop: Error {}
    let place = try Workplace()
    let file = try place.write("real", "before")
    try FileManager.default.createSymbolicLink(at: place.path("link"), withDestinationURL: file)
    #expect(throws: Stop.self) {
      try WholeFile.make(place.path("link")) {
        try Data("half".utf8).write(to: $0)
        throw Stop()
      }
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == "before")
    try WholeFile.make(place.path("link")) { try Data("after".utf8).write(to: $0) }
    #expect(try String(contentsOf: file, encoding: .utf8) == "after")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.url.path).sorted() == [
        "link", "real",
      ])
  }
}
