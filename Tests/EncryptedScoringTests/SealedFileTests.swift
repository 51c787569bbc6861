import EncryptedScoring
import Foundation
import LatticeEncryption
import Testing

/// Files from outside: cut short, changed, of another kind, or random.
@Suite struct SealedFileTests {
  private let sample: Sample
  private let card: Scorecard

  init() throws {
    sample = try Sample()
    card = try Sample.card()
    _ = try sample.request(card, table: try sample.write("t.csv", Sample.table))
    try sample.answer(card)
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: sample.file(name)))
  }

  private func answers(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: sample.file("changed.us"))
    try ScoreAnswer(card, request: sample.file("changed.us")).write(
      to: sample.file("changed.answer"))
  }

  @Test func lengthsAreExact() throws {
    let request = try bytes("request.us")
    for cut in [request.count - 1, request.count + 1, 300, 10, 0] {
      #expect(throws: ScoringFault.self) { try answers(Array((request + [0]).prefix(cut))) }
    }
    #expect(throws: Never.self) { try answers(request) }
  }

  /// A request that claims more or fewer records than it holds, other parameters or other keys.
  @Test(arguments: [
    ("\"records\":6", "\"records\":7000"), ("\"records\":6", "\"records\":0"),
    ("\"records\":6", "\"records\":-6"),
    ("\"records\":6", "\"records\":6.5"), ("\"records\":6", "\"records\":999999999999"),
    ("\"entries\":10", "\"entries\":11"),
    ("\"entries\":10", "\"entries\":0"), ("bfv-8192-104-28", "bfv-4096-104-28"),
    ("{\"card\"", "{\"more\":1,\"card\""),
    ("{\"card\"", "{ \"card\""), ("request 1", "request 2"),
    ("\"records\":6", "\"records\":6,\"request\":\"x\""),
  ])
  func headsAreStrict(_ old: String, _ new: String) throws {
    let request = try bytes("request.us")
    let end = try #require(request.firstIndex(of: UInt8(ascii: "}")))
    let head = String(decoding: request[...end], as: UTF8.self)
    #expect(head.contains(old))
    #expect(throws: ScoringFault.self) {
      try answers(Array(head.replacing(old, with: new).utf8) + request[(end + 1)...])
    }
  }

  @Test func kindsAreNotConfused() throws {
    #expect(throws: ScoringFault.self) {
      try ScoreAnswer(card, request: sample.file("request.answer"))
    }
    #expect(throws: ScoringFault.self) {
      try ScoreAnswer(card, request: sample.file("request.key"))
    }
    #expect(throws: ScoringFault.self) {
      try OpenedScores(
        answer: sample.file("request.us"), key: sample.file("request.key"), card: PublicCard(card))
    }
    #expect(throws: ScoringFault.self) {
      try OpenedScores(
        answer: sample.file("request.answer"), key: sample.file("request.us"),
        card: PublicCard(card))
    }
  }

  /// The same seed twice would let its two blocks be compared.
  @Test func seedsThatRepeatAreRefused() throws {
    var request = try bytes("request.us")
    let start = request.count - 2 * SealedBlock.byteCount
    let second = start + SealedBlock.byteCount
    for byte in 0..<32 { request[second + byte] = request[start + byte] }
    #expect(throws: ScoringFault.repeatedSeed(file: sample.file("changed.us").relativePath)) {
      try answers(request)
    }
    #expect(!FileManager.default.fileExists(atPath: sample.file("changed.answer").path))
  }

  /// Random changes of each kind of file: an answer, scores or a fault, and never a crash.
  @Test(arguments: ["request.us", "request.answer", "request.key"]) func readersSurviveAnything(
    _ name: String
  ) throws {
    let original = try bytes(name)
    var state: UInt64 = 88_172_645_463_325_252
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 11) % bound
    }
    var (refused, read) = (0, 0)
    for round in 0..<60 {
      var changed = original
      for _ in 0...next(4) {
        changed[next(round % 2 == 0 ? 400 : changed.count)] = UInt8(next(256))
      }
      if round % 6 == 0 { changed = Array(changed.prefix(next(changed.count))) }
      do {
        try Data(changed).write(to: sample.file("changed"))
        switch name {
        case "request.us": try answers(changed)
        case "request.answer":
          let opened = try OpenedScores(
            answer: sample.file("changed"), key: sample.file("request.key"), card: PublicCard(card))
          #expect(try opened.sums().count == 6)
        default:
          let opened = try OpenedScores(
            answer: sample.file("request.answer"), key: sample.file("changed"),
            card: PublicCard(card))
          #expect(try opened.sums().count == 6)
        }
        read += 1
      } catch is ScoringFault { refused += 1 }
    }
    #expect(refused > 10, "\(refused) refused, \(read) read")
  }

  @Test func tablesWithoutTheColumnsAreRefused() throws {
    let table = try sample.write("other.csv", "age,race\n1,Asian\n")
    #expect(throws: ScoringFault.missingColumns(["weight", "smoker"])) {
      try ScoreRequest(table: table, card: PublicCard(card))
    }
    let empty = try sample.write("empty.csv", "age,race,weight,smoker\n")
    #expect(throws: ScoringFault.noRecords) {
      try ScoreRequest(table: empty, card: PublicCard(card))
    }
  }
}
