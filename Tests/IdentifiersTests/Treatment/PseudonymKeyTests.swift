import Foundation
import Pseudonyms
import Testing

@Suite struct PseudonymKeyTests {
  /// A folder that is removed after the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "pseudonym-key-\(UUID().uuidString)")
    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: url) }
    var key: URL { url.appendingPathComponent("owner.key") }
  }

  @Test func theFirstUseMakesAFileForTheOwnerAlone() throws {
    let folder = try Folder()
    let first = try PseudonymKey.open(at: folder.key)
    let mode =
      try FileManager.default.attributesOfItem(atPath: folder.key.path)[.posixPermissions]
      as? NSNumber
    #expect(mode?.intValue == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["owner.key"],
      "a draft was left")
    #expect(try PseudonymKey.open(at: folder.key).pseudonym(of: "a") == first.pseudonym(of: "a"))
  }

  @Test(arguments: [0o604, 0o640, 0o644, 0o622])
  func aKeyThatOthersMayTouchIsRefused(mode: Int) throws {
    let folder = try Folder()
    _ = try PseudonymKey.open(at: folder.key)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.key.path)
    #expect(throws: TreatmentError.keyOpenToOthers(path: folder.key.path)) {
      try PseudonymKey.open(at: folder.key)
    }
  }

  @Test func whatIsNoKeyIsRefusedAndKept() throws {
    let folder = try Folder()
    for text in [
      "", "understudy-key 1\n", "understudy-key 1\nabc\n",
      "understudy-key 2\n\(String(repeating: "0", count: 64))\n",
    ] {
      try Data(text.utf8).write(to: folder.key)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: folder.key.path)
      #expect(throws: TreatmentError.keyMalformed(path: folder.key.path)) {
        try PseudonymKey.open(at: folder.key)
      }
      #expect(try Data(contentsOf: folder.key) == Data(text.utf8))
    }
    let nowhere = folder.url.appendingPathComponent("none/owner.key")
    #expect(throws: TreatmentError.keyNotWritten(path: nowhere.path)) {
      try PseudonymKey.open(at: nowhere)
    }
  }

  @Test func theKeyIsNeverShown() throws {
    let folder = try Folder()
    let key = try PseudonymKey.open(at: folder.key)
    let secret = try String(contentsOf: folder.key, encoding: .utf8).split(separator: "\n")[1]
    #expect(secret.count == 64)
    var dumped = ""
    dump(key, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), String(describing: Optional(key)), dumped] {
      #expect(!shown.contains(secret))
    }
  }

  /// Made with the modules hmac, hashlib and base64 of Python 3: HMAC(HMAC(key, purpose), text),
  /// the first 26 symbols in base 32.
  @Test func pseudonymsAreHMACUnderTheKeyOfTheirPurpose() {
    let key = PseudonymKey(testing: Array(0..<32))
    #expect(key.pseudonym(of: "Ada") == "v4esc3wozboahkogay3k3slj3n")
    #expect(key.pseudonym(of: "Ada", purpose: "another") != key.pseudonym(of: "Ada"))
  }

  @Test func oneKeyIsStableAndTwoAreUnlinkable() {
    let (first, second) = (
      PseudonymKey(testing: Array(0..<32)), PseudonymKey(testing: Array(1...32))
    )
    let texts = (0..<1000).map { "person \($0)" }
    let pseudonyms = texts.map { first.pseudonym(of: $0) }
    #expect(pseudonyms == texts.map { first.pseudonym(of: $0) })
    #expect(Set(pseudonyms).count == texts.count)
    #expect(Set(pseudonyms).isDisjoint(with: texts.map { second.pseudonym(of: $0) }))
    #expect(
      pseudonyms.allSatisfy {
        $0.count == 26 && $0.allSatisfy { ("a"..."z").contains($0) || ("2"..."7").contains($0) }
      })
    #expect(
      PseudonymKey.ephemeral().pseudonym(of: "a") != PseudonymKey.ephemeral().pseudonym(of: "a"))
    // Symbols at the same place agree by chance in 1 of 32: 26,000 places, mean 812.5, deviation
    // 28.06. Seven deviations: a false alarm has a probability below 1e-11.
    let agreeing = zip(pseudonyms, texts.map { second.pseudonym(of: $0) }).reduce(0) { sum, pair in
      sum + zip(pair.0, pair.1).count { $0 == $1 }
    }
    #expect(abs(agreeing - 812) < 197, "n 26000, k \(agreeing), p 1/32")
  }
}
