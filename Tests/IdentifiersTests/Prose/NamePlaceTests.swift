import ProseRedaction
import Testing
import Words

/// A name is found wherever it stands in a text.
@Suite struct NamePlaceTests {
  private static let scanner = Result { try ProseScanner() }
  /// Many surnames are those of diseases and fractures too.
  private static let names = [
    "John Smith", "Anna Jones", "James Wilson", "Mary Baker", "David Bell", "Susan Parkinson",
    "Emma Barrett", "Maria Addison", "Peter Miller", "Laura Brown", "Paul Young", "Eva Novak",
    "Thomas Graves", "Linda Hodgkin", "Robert Gordon", "Karen Turner", "Mark Baker",
  ]
  private static let sentences = [
    "{}", "{}.", "{} was seen today.", "{}, 45 years old, came in.", "{} (45) was admitted.",
    "{}\nSeen in the clinic.",
  ]

  private func found(_ name: String, in text: String) throws -> Bool {
    let bytes = Array(text.utf8)
    return try Self.scanner.get().spans(in: bytes).contains { span in
      span.type == .person && String(decoding: bytes[span.range], as: UTF8.self).contains(name)
    }
  }

  @Test(arguments: names) func theBeginningOfATextIsLikeThatOfALine(name: String) throws {
    for sentence in Self.sentences {
      let text = sentence.replacing("{}", with: name)
      #expect(try found(name, in: text), "\(text)")
      #expect(try found(name, in: "Seen at nine.\n" + text), "\(text)")
    }
  }

  /// The words alone are no names.
  @Test(arguments: ["Parkinson", "Wilson disease", "Smith fracture of the wrist", "Bell palsy"])
  func diseasesAreNoPeople(text: String) throws {
    #expect(try Self.scanner.get().spans(in: Array(text.utf8)).isEmpty)
  }
}
