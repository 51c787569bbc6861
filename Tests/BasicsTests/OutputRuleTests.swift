import Basics
import Foundation
import Testing

/// A folder for one test.
final class Workplace {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "basics-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> URL { url.appendingPathComponent(name) }

  @discardableResult func write(_ name: String, _ text: String = "x") throws -> URL {
    try FileManager.default.createDirectory(
      at: path(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: path(name))
    return path(name)
  }
}

@Suite struct OutputRuleTests {
  /// Every way in which a path may lead to a file in use.
  enum Detour: String, CaseIterable {
    case same, dots, symbolicLink, linkToLink, hardLink, linkedFolder, relativeLink

    func path(to file: URL, in place: Workplace) throws -> URL {
      let files = FileManager.default
      let other = place.path("other-\(rawValue)")
      switch self {
      case .same: return file
      case .dots: return URL(fileURLWithPath: place.url.path + "/sub/../" + file.lastPathComponent)
      case .symbolicLink: try files.createSymbolicLink(at: other, withDestinationURL: file)
      case .linkToLink:
        let middle = place.path("middle")
        try files.createSymbolicLink(at: middle, withDestinationURL: file)
        try files.createSymbolicLink(at: other, withDestinationURL: middle)
      case .hardLink: try files.linkItem(at: file, to: other)
      case .linkedFolder:
        try files.createSymbolicLink(at: other, withDestinationURL: place.url)
        return other.appendingPathComponent(file.lastPathComponent)
      case .relativeLink:
        try files.createSymbolicLink(
          atPath: other.path, withDestinationPath: file.lastPathComponent)
      }
      return other
    }
  }

  @Test(arguments: Detour.allCases)
  func `no detour leads to writing over what is in use`(_ detour: Detour) throws {
    let place = try Workplace()
    try place.write("sub/x")
    let table = try place.write("table.csv")
    var rule = OutputRule()
    rule.protect(table, as: "the table that is read")
    let output = try detour.path(to: table, in: place)
    #expect(throws: OutputFault.isUsed(path: output.relativePath, as: "the table that is read")) {
      var rule = rule
      try rule.file(output, replaces: true)
    }
  }

  @Test func `a key that is yet to be made is in use too, also through a link to nothing`() throws {
    let place = try Workplace()
    var rule = OutputRule()
    rule.protect(place.path("key"), as: "the owner's key")
    #expect(throws: OutputFault.self) {
      var rule = rule
      try rule.file(place.path("key"), replaces: false)
    }
    try FileManager.default.createSymbolicLink(
      atPath: place.path("link").path, withDestinationPath: "key")
    #expect(throws: OutputFault.self) {
      var rule = rule
      try rule.file(place.path("link"), replaces: true)
    }
  }

  @Test
  func
    `nothing is written into a folder that is in use, nor is a folder replaced that holds what is`()
    throws
  {
    let place = try Workplace()
    try place.write("release/model.json")
    var rule = OutputRule()
    rule.protect(place.path("release"), as: "the release that is sampled")
    #expect(throws: OutputFault.self) {
      try rule.file(place.path("release/synthetic.csv"), replaces: true)
    }
    var other = OutputRule()
    other.protect(place.path("release/model.json"), as: "the model")
    #expect(throws: OutputFault.self) {
      try other.folder(place.path("release"), replaces: true, made: "a release") { _ in true }
    }
  }

  @Test func `two outputs are two places`() throws {
    let place = try Workplace()
    var rule = OutputRule()
    try rule.file(place.path("a"), replaces: false)
    #expect(throws: OutputFault.namedTwice(path: place.path("a").relativePath)) {
      try rule.file(place.path("a"), replaces: true)
    }
  }

  @Test func `only plain files are replaced, only if asked`() throws {
    let place = try Workplace()
    let file = try place.write("there")
    try place.write("folder/x")
    var rule = OutputRule()
    #expect(throws: OutputFault.exists(path: file.relativePath)) {
      try rule.file(file, replaces: false)
    }
    #expect(throws: OutputFault.isFolder(path: place.path("folder").relativePath)) {
      try rule.file(place.path("folder"), replaces: true)
    }
    #expect(throws: OutputFault.folderMissing(path: place.path("no/file").relativePath)) {
      try rule.file(place.path("no/file"), replaces: true)
    }
    try rule.file(file, replaces: true)
  }

  @Test func `a database or a key is never replaced, whoever names it`() throws {
    let place = try Workplace()
    for head in ["SQLite format 3\u{0}…", "understudy-key 1\n00", "understudy signing key 1\nAA"] {
      let file = try place.write("kept", head)
      var rule = OutputRule()
      #expect(throws: OutputFault.self) { try rule.file(file, replaces: true) }
    }
  }

  @Test func `a folder is replaced only if all in it is ours`() throws {
    let place = try Workplace()
    try place.write("release/manifest.json")
    func check(_ replaces: Bool) throws {
      var rule = OutputRule()
      try rule.folder(place.path("release"), replaces: replaces, made: "a release") {
        $0 == ["manifest.json"]
      }
    }
    #expect(throws: OutputFault.exists(path: place.path("release").relativePath)) {
      try check(false)
    }
    try check(true)
    try place.write("release/thesis.docx")
    #expect(
      throws: OutputFault.notOurs(path: place.path("release").relativePath, made: "a release")
    ) { try check(true) }
    var rule = OutputRule()
    #expect(throws: OutputFault.isStandardOutput) {
      try rule.folder(URL(fileURLWithPath: "-"), replaces: true, made: "a release") { _ in true }
    }
  }

  @Test func `a place is claimed by one run at a time, and free again when it ends`() throws {
    let place = try Workplace()
    var first: OutputClaim? = try OutputClaim(place.path("release"))
    #expect(throws: OutputFault.beingWritten(path: place.path("release").relativePath)) {
      try OutputClaim(place.path("release"))
    }
    first?.end()
    first = nil
    _ = try OutputClaim(place.path("release"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.url.path).isEmpty)
  }
}
