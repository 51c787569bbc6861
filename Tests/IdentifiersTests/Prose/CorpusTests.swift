import ProseRedaction
import Testing
import Words

/// Quality on the labelled notes: those that the detectors were tuned on, and those that were held
/// out.
@Suite struct CorpusTests {
  private static let tuning = ["tuning-english", "tuning-spanish", "tuning-others", "near-misses"]
  private static let heldOut = ["held-out", "held-out-near-misses"]

  private func score(_ files: [String]) throws -> ProseScore {
    let scanner = try ProseScanner()
    var score = ProseScore()
    for file in files {
      for note in try LabelledNote.read(file) { score.add(note, try scanner.spans(in: note.text)) }
    }
    return score
  }

  @Test func theCorpusIsAsLargeAsItShouldBe() throws {
    let notes = try (Self.tuning + Self.heldOut).filter { !$0.contains("near-misses") }.flatMap {
      try LabelledNote.read($0)
    }
    #expect(notes.count >= 300)
    #expect(try score(Self.tuning + Self.heldOut).nearMisses >= 1_000)
    let types = Set(notes.flatMap { $0.identifiers.map(\.type) })
    #expect(types == Set(IdentifierType.allCases))
  }

  /// The figures of docs/decisions/0007-prose.md must be kept.
  @Test(arguments: [(tuning, 0.95), (heldOut, 0.95), (tuning + heldOut, 0.95)])
  func quality(files: [String], masked: Double) throws {
    let score = try score(files)
    #expect(score.f2 >= 0.9, "\(score)")
    #expect(score.maskedShare >= masked, "\(score)")
    #expect(score.needlessNearMisses < 0.03, "\(score)")
    #expect(score.needlessWords < 0.03, "\(score)")
  }
}
