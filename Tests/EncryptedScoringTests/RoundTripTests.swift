import EncryptedScoring
import Foundation
import LatticeEncryption
import Mechanisms
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: Link.allCases) func scoresAreThoseOfTheCard(link: Link) throws {
    let sample = try Sample()
    let card = try Sample.card(link: link)
    let table = try sample.write("t.csv", Sample.table)
    let request = try ScoreRequest(table: table, card: PublicCard(card))
    #expect(request.header.records == 6)
    // Of age 2 cells are no number, of race 2 not listed, of weight 1 no number, of smoker 4 not
    // listed.
    #expect(
      try request.write(to: sample.file("request.us"), key: sample.file("request.key")) == [
        2, 2, 1, 4,
      ])
    let size = try sample.file("request.us").resourceValues(forKeys: [.fileSizeKey]).fileSize
    #expect(try size == request.byteCount())
    try sample.answer(card)
    let answerSize = try sample.file("request.answer").resourceValues(forKeys: [.fileSizeKey])
      .fileSize
    #expect(try answerSize == ScoreAnswer(card, request: sample.file("request.us")).byteCount())
    let opened = try sample.opened(card)
    #expect(try opened.sums() == PlainScores.sums(card, table: table))
    #expect(try opened.sums().map { Double($0) * opened.card.unit } == Sample.sums)
    try opened.write(to: sample.file("scores.csv"))
    let lines = try String(contentsOf: sample.file("scores.csv"), encoding: .utf8).split(
      separator: "\n")
    #expect(lines.first == "row,score")
    for (row, line) in lines.dropFirst().enumerated() {
      #expect(line == "\(row + 1),\(link.score(of: Sample.sums[row]))")
    }
  }

  /// More records than one block holds, and a last block that is not full.
  @Test func recordsOfSeveralBlocksStayInOrder() throws {
    let sample = try Sample()
    let texts = (0..<900).map { "c\($0)" }
    let column = ScoredColumn(
      name: "c", shape: .categories(texts), points: (0..<900).map { Double($0 - 450) })
    let card = try Scorecard(name: "many", link: .identity, intercept: 7, columns: [column])
    let rows = (0..<31).map { $0 * 29 % 900 }
    let table = try sample.write("t.csv", "id,c\n" + rows.map { "1,c\($0)\n" }.joined())
    _ = try sample.request(card, table: table)
    try sample.answer(card)
    let opened = try sample.opened(card)
    #expect(opened.header.blocks == [9, 9, 9, 4])
    #expect(
      try opened.sums().map { Double($0) * opened.card.unit } == rows.map { Double($0 - 450 + 7) })
  }

  /// Neither the request nor the answer depends on anything but the number of records in what can
  /// be read without a key, and no two requests share a byte of what is random.
  @Test func theHeadsTellOnlyTheSize() throws {
    let sample = try Sample()
    let card = try Sample.card()
    let first = try sample.write("a.csv", Sample.table)
    let second = try sample.write(
      "b.csv", "age,race,weight,smoker\n" + String(repeating: "1,Asian,9,yes\n", count: 6))
    _ = try sample.request(card, table: first, name: "a")
    _ = try sample.request(card, table: second, name: "b")
    func head(_ name: String) throws -> [Data] {
      Array(
        try Data(contentsOf: sample.file(name)).split(separator: UInt8(ascii: "\n"), maxSplits: 2)
          .prefix(2))
    }
    #expect(try head("a.us") == head("b.us"))
    #expect(String(decoding: try head("a.us")[1], as: UTF8.self).contains("\"records\":6"))
  }
}

@Suite struct KeyTests {
  @Test func theKeyIsClosedToOthersAndDestroyedWithTheAnswer() throws {
    let sample = try Sample()
    let card = try Sample.card()
    _ = try sample.request(card, table: try sample.write("t.csv", Sample.table))
    let key = sample.file("request.key")
    let mode = try FileManager.default.attributesOfItem(atPath: key.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // A second name of the file shows what became of its bytes.
    try FileManager.default.linkItem(at: key, to: sample.file("same.key"))
    try sample.answer(card)
    try sample.opened(card).write(to: sample.file("scores.csv"))
    #expect(!FileManager.default.fileExists(atPath: key.path))
    #expect(try Data(contentsOf: sample.file("same.key")).allSatisfy { $0 == 0 })
  }

  @Test func aKeyThatIsThereIsNeverReplaced() throws {
    let sample = try Sample()
    let card = try Sample.card()
    let table = try sample.write("t.csv", Sample.table)
    _ = try sample.request(card, table: table)
    let before = try Data(contentsOf: sample.file("request.key"))
    #expect(throws: ScoringFault.self) {
      _ = try ScoreRequest(table: table, card: PublicCard(card)).write(
        to: sample.file("other.us"), key: sample.file("request.key"))
    }
    #expect(try Data(contentsOf: sample.file("request.key")) == before)
    #expect(!FileManager.default.fileExists(atPath: sample.file("other.us").path))
  }

  /// An answer to another request, or to another card, leaves the key as it is.
  @Test func answersToOtherRequestsAreRefused() throws {
    let sample = try Sample()
    let card = try Sample.card()
    let table = try sample.write("t.csv", Sample.table)
    for name in ["a", "b"] {
      _ = try sample.request(card, table: table, name: name)
      try sample.answer(card, name: name)
    }
    #expect(throws: ScoringFault.otherRequest(file: sample.file("b.answer").relativePath)) {
      try OpenedScores(
        answer: sample.file("b.answer"), key: sample.file("a.key"), card: PublicCard(card))
    }
    #expect(throws: ScoringFault.otherCard(file: sample.file("a.key").relativePath)) {
      try OpenedScores(
        answer: sample.file("a.answer"), key: sample.file("a.key"),
        card: PublicCard(Sample.card(link: .square)))
    }
    #expect(throws: ScoringFault.otherCard(file: sample.file("a.us").relativePath)) {
      try ScoreAnswer(Sample.card(link: .square), request: sample.file("a.us"))
    }
    #expect(FileManager.default.fileExists(atPath: sample.file("a.key").path))
  }

  /// Points beyond the range that the card promises: the asker sees no score, and the key is gone.
  @Test func scoresBeyondTheRangeAreRefused() throws {
    let sample = try Sample()
    let card = try Sample.card()
    _ = try sample.request(card, table: try sample.write("t.csv", Sample.table))
    let header = try SealedReader(sample.file("request.us"), kind: .request).header
    var forged = header
    forged.request = try ScoreAnswer(card, request: sample.file("request.us")).header.request
    let reader = try SealedReader(sample.file("request.us"), kind: .request)
    let zero = try reader.part(SealedBlock.byteCount) { bytes throws(LatticeFault) in
      try SealedBlock(reading: bytes)
    }
    let block = try reader.part(SealedBlock.byteCount) { bytes throws(LatticeFault) in
      try SealedBlock(reading: bytes)
    }
    let bound = try PublicCard(card).bound
    let weights = WeightPolynomial([Int64](repeating: 0, count: 10), intercept: bound)
    let answer = Responder(weights: weights, zero: zero, random: SecureRandom()).answer(
      block, records: 6)
    let bytes = try SealedKind.answer.head(forged) + answer.bytes
    try bytes.write(to: sample.file("request.answer"))
    #expect(throws: ScoringFault.scoreOutOfRange) {
      try sample.opened(card).write(to: sample.file("scores.csv"))
    }
    #expect(!FileManager.default.fileExists(atPath: sample.file("scores.csv").path))
    #expect(!FileManager.default.fileExists(atPath: sample.file("request.key").path))
  }
}
