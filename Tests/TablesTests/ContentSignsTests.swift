import DelimitedText
import Foundation
import Testing

/// Tables and lines of JSON are known by their content if their name does not tell.
@Suite struct ContentSignsTests {
  private static let rows = (0..<12).map { "\($0),Ann,\($0 * 7)" }

  private func kind(_ text: String) throws -> ContentSigns {
    let folder = try TemporaryFolder()
    return try ContentSigns(try folder.file("export.txt", text))
  }

  @Test(arguments: [
    rows.joined(separator: "\n"), (["id,name,age"] + rows).joined(separator: "\r\n"),
    "id\tname\n1\tAnn\n2\tBob\n", rows.joined(separator: "\n").replacing(",", with: "|"),
    "An export\n\n" + (rows + rows).joined(separator: "\n"),
    (0..<12).map { "\($0);\"Ann; Bob\"" }.joined(separator: "\n"),
    (0..<12).map { "\($0);\"said \"\"no\"\",\nthen yes\"" }.joined(separator: "\n"),
  ]) func tables(_ text: String) throws { #expect(try kind(text) == .table) }

  @Test(arguments: [
    "{\"a\": 1}\n{\"a\": \"x, y\"}\n", "{\"text\":\"one\"}", "{\"a\": {\"b\": []}} \r\n{}\r\n",
  ]) func objects(_ text: String) throws { #expect(try kind(text) == .objects) }

  @Test(arguments: [
    "", "\n", "Ann came.", "Dear Ann,\nthank you.\nYours,\nBob\n",
    "Ann, 12 Elm Street\nBob, 3 Oak Road\nSpringfield, IL\n", "{\"a\": [\n1,\n2]}\n",
    "[{\"a\": 1}]\n", "{name} came\n{name} left\n",
    "He said \"no\", and left; she\nstayed, and \"so\" on.\nThen, at last, it rained.\n",
    (0..<40).map { String(repeating: "word, ", count: $0 % 5) + "end." }.joined(separator: "\n"),
  ]) func others(_ text: String) throws { #expect(try kind(text) == .other) }
}
