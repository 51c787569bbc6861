import DelimitedText
import Foundation
import ProseRedaction
import Testing
import Words

/// Texts of any length, JSON lines and tables: everything except identifiers stays unchanged, byte
/// for byte.
@Suite struct DocumentTests {
  /// Removes the findings, and records their places.
  private struct Remover: ProseVisitor {
    var seen: [String] = []
    mutating func begin(_ document: DocumentName) {
      seen.append("begin " + String(decoding: document.id, as: UTF8.self))
    }
    mutating func visit(_ text: UnsafeRawBufferPointer, findings: ProseFindings, field: String?)
      -> [UInt8]?
    {
      let spans = findings.spans
      for span in spans {
        seen.append(
          "\(field ?? "-") \(span.type.rawValue) "
            + String(decoding: text[span.range], as: UTF8.self))
      }
      guard !spans.isEmpty else { return nil }
      var output: [UInt8] = []
      var place = 0
      for span in spans {
        output += text[place..<span.range.lowerBound] + Array("#".utf8)
        place = span.range.upperBound
      }
      return output + text[place...]
    }
    mutating func end() {}
  }

  private func reader(_ text: [UInt8], step: Int = .max) -> (UnsafeMutableRawBufferPointer) -> Int {
    var place = 0
    return { buffer in
      let count = min(buffer.count, text.count - place, step)
      buffer.copyBytes(from: text[place..<(place + count)])
      place += count
      return count
    }
  }

  private func lines(_ text: String, fields: [String] = []) throws -> (
    output: String, seen: [String]
  ) {
    var visitor = Remover()
    var output: [UInt8] = []
    try LinesWalk(
      scanner: try ProseScanner(), file: "f.jsonl", textFields: fields, idField: "id",
      personField: nil
    )
    .run(read: reader(Array(text.utf8)), visitor: &visitor) { output += $0 }
    return (String(decoding: output, as: UTF8.self), visitor.seen)
  }

  @Test func jsonLinesKeepEverythingElse() throws {
    let before = #"{"id": 7, "n": [1.50, null], "text" : "#
    let text =
      before + #""write to ana.b@c.example.org\n\u00e9 \"now\"", "z":{"a":"x@y.example.org"}}"#
      + "\r\n\n"
    let (output, seen) = try lines(text)
    #expect(output == before + ##""write to #\né \"now\"", "z":{"a":"#"}}"## + "\r\n\n")
    #expect(seen == ["begin 7", "text EMAIL ana.b@c.example.org", "z.a EMAIL x@y.example.org"])
    #expect(try lines(text, fields: ["z.a"]).seen == ["begin 7", "- EMAIL x@y.example.org"])
  }

  @Test(arguments: ["{\"a\": }", "[1]", "{\"a\": \"x\"} y", "{\"a\": \"\\q\"}", "{\"a\": \"x"])
  func aLineThatIsNoObjectIsRefused(line: String) {
    #expect(throws: ProseError.self) { try lines("{\"a\": \"b\"}\n" + line + "\n") }
  }

  @Test func aMissingFieldIsRefused() {
    #expect(throws: ProseError.self) { try lines("{\"id\": 1}\n", fields: ["text"]) }
  }

  /// A long text is scanned in windows; the findings and pieces equal those of the undivided text.
  @Test(arguments: ["\n", " ", ""])
  func windowsCutNoFinding(separator: String) throws {
    let scanner = try ProseScanner()
    let piece =
      "ana.b@c.example.org" + (separator.isEmpty ? "," : separator) + "call 612-555-0147;"
      + separator
    let text = Array(String(repeating: piece, count: 30_000).utf8)
    var joined: [UInt8] = []
    var found: [String: Int] = [:]
    // A read returns as much as there is room for, as files do.
    try TextWalk(scanner: scanner).run(read: reader(text)) { bytes, findings in
      joined += bytes
      for span in findings.spans {
        found[String(decoding: bytes[span.range], as: UTF8.self), default: 0] += 1
      }
    }
    #expect(joined == text)
    #expect(found == ["ana.b@c.example.org": 30_000, "612-555-0147": 30_000])
  }

  @Test func tablesKeepTheirQuotes() throws {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "prose-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    let rows = "id;who;note\n1;\"Keller; Ana\";\"said \"\"hi\"\" to x@y.example.org\"\n2;Lee;\n"
    try Data(rows.utf8).write(to: url)
    var visitor = Remover()
    var output: [UInt8] = []
    let walk = TableWalk(
      scanner: try ProseScanner(), uses: [.plain, .identifier(.person), .prose], personColumn: 0)
    try walk.run(try CellReader(url), visitor: &visitor) { output += $0 }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "id;who;note\n1;\"#\";\"said \"\"hi\"\" to #\"\n2;#;\n")
  }

  /// A text that is not UTF-8 is refused, wherever it stops being so and however it is cut.
  @Test func textsInOtherEncodingsAreRefused() throws {
    func check(_ bytes: [UInt8], cuts: Int) throws {
      var encoding = TextEncoding(file: "note.txt")
      for start in stride(from: 0, to: max(bytes.count, 1), by: cuts) {
        let end = min(start + cuts, bytes.count)
        try bytes[start..<end].withUnsafeBytes {
          try encoding.check($0, isLast: end == bytes.count)
        }
      }
    }
    let text = "Frau Müßig aus Köln, 38 €, 😀 – geb. 1961"
    for cuts in [1, 2, 3, 5, 1000] {
      try check(Array(text.utf8), cuts: cuts)
      try check([0xef, 0xbb, 0xbf] + Array(text.utf8), cuts: cuts)
      try check([], cuts: cuts)
      for wrong in [
        Array(try #require("Frau Müßig".data(using: .isoLatin1))),
        Array(try #require(text.data(using: .utf16LittleEndian))), Array("a\0b".utf8),
        Array(text.utf8) + [0xc3], Array(text.utf8) + [0xf0, 0x9f],
      ] { #expect(throws: ProseError.self) { try check(wrong, cuts: cuts) } }
    }
    for wrong in [
      [0xff, 0xfe, 0x41, 0], [0xfe, 0xff, 0, 0x41], Array("PK\u{3}\u{4}word".utf8),
      Array("%PDF-1.4".utf8), [0x1f, 0x8b, 8],
    ] { #expect(throws: ProseError.self) { try check(wrong, cuts: 1000) } }
  }

  @Test func aColumnOfAgesHoldsIdentifiersFromNinetyOn() throws {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "prose-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("age,seen\n89,2020-01-02 10:30\n90,2020-01-03 11:00\n".utf8).write(to: url)
    var visitor = Remover()
    var output: [UInt8] = []
    let walk = TableWalk(
      scanner: try ProseScanner(), uses: [.identifier(.age), .identifier(.date)], personColumn: nil)
    try walk.run(try CellReader(url), visitor: &visitor) { output += $0 }
    #expect(String(decoding: output, as: UTF8.self) == "age,seen\n89,# 10:30\n#,# 11:00\n")
  }

  @Test func anExternalRecogniserAddsFindings() throws {
    let program =
      #"while read -r line; do n=$((n+1)); echo "{\"id\":$n,\"spans\":[{\"start\":1,\"end\":3,\"type\":\"OTHER_ID\"}]}"; done"#
    let scanner = try ProseScanner(recogniser: try ExternalRecogniser(command: program))
    for _ in 0..<3 { #expect(try scanner.spans(in: Array("éab d".utf8)).map(\.range) == [2..<4]) }
    let wrong = try ProseScanner(
      recogniser: try ExternalRecogniser(command: "echo nonsense; cat > /dev/null"))
    #expect(throws: ProseError.self) { try wrong.spans(in: Array("ab".utf8)) }
    let ended = try ProseScanner(recogniser: try ExternalRecogniser(command: "true"))
    #expect(throws: ProseError.self) { try ended.spans(in: Array("ab".utf8)) }
  }
}
