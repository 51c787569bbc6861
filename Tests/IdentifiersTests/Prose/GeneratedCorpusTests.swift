import ProseRedaction
import Testing

/// Quality on generated notes of six languages and on general English text, by part.
@Suite struct GeneratedCorpusTests {
  /// Forms and seeds are the same as when the detectors were first measured on them.
  @Test func theNotesAreAlwaysTheSame() throws {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for language in GeneratedNotes.languages {
      for part in GeneratedNotes.Part.allCases {
        for text in try GeneratedNotes.texts(language, part) {
          for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
      }
    }
    #expect(hash == 889_480_928_016_536_852)
  }

  /// The share of identifiers fully masked, and the share of other words touched, by part. Both
  /// parts were first measured before any detector was changed.
  @Test(arguments: [
    ("german", 0.98, 0.025), ("french", 0.945, 0.02), ("spanish", 0.95, 0.025),
    ("italian", 0.935, 0.02), ("dutch", 0.945, 0.02),
    ("portuguese", 0.935, 0.03), ("english", 0.9, 0.02),
  ])
  func quality(language: String, masked: Double, needless: Double) throws {
    let scanner = try ProseScanner()
    for part in GeneratedNotes.Part.allCases {
      var score = ProseScore()
      for note in try GeneratedNotes.notes(language, part) {
        score.add(note, try scanner.spans(in: note.text))
      }
      #expect(score.maskedShare >= masked, "\(language), \(part): \(score)")
      #expect(score.needlessWords <= needless, "\(language), \(part): \(score)")
    }
  }
}
