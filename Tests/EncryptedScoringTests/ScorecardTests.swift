import EncryptedScoring
import Foundation
import LatticeEncryption
import Testing

@Suite struct ScorecardTests {
  @Test func bothHalvesAreReadBack() throws {
    let card = try Sample.card(link: .logistic)
    #expect(try Scorecard(json: card.json()) == card)
    let half = try PublicCard(card)
    #expect(try PublicCard(json: half.json()) == half)
    #expect(half.entryCount == 10)
    #expect(half.recordsPerBlock == 819)
  }

  /// The public half of two cards that differ in nothing but points of the same size is the same.
  @Test func thePublicHalfHoldsNoPoints() throws {
    let card = try Sample.card()
    let other = try Scorecard(
      name: card.name, link: card.link, intercept: -card.intercept,
      columns: card.columns.map { column in
        ScoredColumn(
          name: column.layout.name, shape: column.layout.shape, points: column.points.map { -$0 },
          otherwise: column.otherwise.map { -$0 })
      })
    #expect(try PublicCard(card).json() == PublicCard(other).json())
    let text = String(decoding: try PublicCard(card).json(), as: UTF8.self)
    for word in ["points", "intercept", "4.5", "1.25"] { #expect(!text.contains(word)) }
  }

  @Test func weightsHaveElevenBitsAndAPowerOfTwoForUnit() throws {
    for largest in [2047.0, 2047.4, 2047.6, 2048, 1, 0.001, 3e9] {
      let column = ScoredColumn(
        name: "a", shape: .categories(["x", "y"]), points: [largest, -largest / 3])
      let points = try IntegerPoints(
        Scorecard(name: "", link: .identity, intercept: 0, columns: [column]))
      #expect(points.weights.allSatisfy { abs($0) <= 2047 })
      #expect(abs(points.weights[0]) >= 1023)
      #expect(points.unit.significand == 1)
      #expect(abs(Double(points.weights[1]) * points.unit + largest / 3) <= points.unit / 2)
    }
    let nothing = ScoredColumn(name: "a", shape: .categories(["x"]), points: [0])
    #expect(
      try IntegerPoints(Scorecard(name: "", link: .identity, intercept: 0, columns: [nothing]))
        .weights == [0])
  }

  /// Scores that could wrap are refused with the card, up to the very last step.
  @Test func overflowIsRefusedWhenTheCardIsMade() throws {
    let limit = Double(LatticeParameters.scoreLimit)
    func points(_ intercept: Double) throws -> IntegerPoints {
      let column = ScoredColumn(name: "a", shape: .categories(["x"]), points: [2047])
      return try IntegerPoints(
        Scorecard(name: "", link: .identity, intercept: intercept, columns: [column]))
    }
    #expect(try points(limit - 2048).bound == LatticeParameters.scoreLimit)
    for intercept in [limit - 2047, 2047 - limit, 1e30, -1e300] {
      #expect(throws: ScorecardFault.scoreTooLarge) { try points(intercept) }
    }
    let wide = (0..<300).map {
      ScoredColumn(name: "c\($0)", shape: .number(minimum: 0, maximum: 1), points: [2047])
    }
    #expect(throws: ScorecardFault.scoreTooLarge) {
      try IntegerPoints(Scorecard(name: "", link: .identity, intercept: 0, columns: wide))
    }
  }

  /// No record can reach the bound of a card: the worst one is worked out entry by entry.
  @Test func theBoundHoldsForEveryRecord() throws {
    let card = try Sample.card()
    let points = try IntegerPoints(card)
    var start = 0
    var (highest, lowest) = (points.intercept, points.intercept)
    for column in card.columns {
      let own = points.weights[start..<start + column.layout.entryCount]
      start += own.count
      let reachable =
        column.layout.isNumber
        ? [0, 1].flatMap { step in [0, 1].map { 256 * (own.first! * step + own.last! * $0) } }
        : own.map { 256 * $0 } + [0]
      highest += reachable.max()!
      lowest += reachable.min()!
    }
    #expect(max(highest, -lowest) < points.bound)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let json: String
    let id: String
    var testDescription: String { id }
  }

  private static func json(_ columns: String, more: String = "", link: String = "identity")
    -> String
  {
    "{\"understudyScorecard\":1,\"name\":\"n\",\"link\":\"\(link)\",\(more)\"intercept\":1,\"columns\":[\(columns)]}"
  }

  static let mistakes = [
    Mistake(json: "[1", id: "card.not-json"),
    Mistake(json: "[]", id: "card.not-json"),
    Mistake(
      json: json("").replacing("understudyScorecard", with: "understudyCard"),
      id: "card.is-public-half"),
    Mistake(json: json("").replacing("rd\":1", with: "rd\":2"), id: "card.other-format"),
    Mistake(json: json("", more: "\"intercpt\":2,"), id: "card.unknown-key"),
    Mistake(json: json("", link: "probit"), id: "card.wrong-value"),
    Mistake(json: json(""), id: "card.no-columns"),
    Mistake(json: json(#"{"name":"a","kind":"words","points":[1]}"#), id: "card.unknown-kind"),
    Mistake(json: json(#"{"name":"a","kind":"bins","edges":[1]}"#), id: "card.missing-key"),
    Mistake(json: json(#"{"name":"a","kind":"bins","points":[1]}"#), id: "card.missing-key"),
    Mistake(
      json: json(#"{"name":"a","kind":"bins","edges":[1],"minimum":0,"points":[1,2]}"#),
      id: "card.unknown-key"),
    Mistake(
      json: json(#"{"name":"a","kind":"bins","edges":[1],"point":[1,2]}"#), id: "card.unknown-key"),
    Mistake(
      json: json(#"{"name":"a","kind":"bins","edges":["1"],"points":[1,2]}"#), id: "card.wrong-type"
    ),
    Mistake(json: json(#"{"kind":"bins","edges":[1],"points":[1,2]}"#), id: "card.wrong-type"),
    Mistake(
      json: json(#"{"name":"a","kind":"bins","edges":[1,1],"points":[1,2,3]}"#),
      id: "card.edges-not-ascending"),
    Mistake(
      json: json(#"{"name":"a","kind":"bins","edges":[1,2],"points":[1,2]}"#),
      id: "card.point-count"),
    Mistake(
      json: json(#"{"name":"a","kind":"number","minimum":1,"maximum":1,"points":[1]}"#),
      id: "card.empty-range"),
    Mistake(
      json: json(#"{"name":"a","kind":"categories","categories":["x","x"],"points":[1,2]}"#),
      id: "card.repeated-category"),
    Mistake(
      json: json(
        String(
          repeating: #"{"name":"a","kind":"categories","categories":["x"],"points":[1]},"#, count: 2
        ) + "{}"),
      id: "card.wrong-type"),
    Mistake(
      json: json(
        #"{"name":"a","kind":"bins","edges":[],"points":[1]},{"name":"a","kind":"bins","edges":[],"points":[1]}"#
      ),
      id: "card.repeated-column"),
  ]

  @Test(arguments: mistakes) func mistakesAreNamed(_ mistake: Mistake) throws {
    let fault = #expect(throws: ScorecardFault.self) {
      try Scorecard(json: Data(mistake.json.utf8))
    }
    #expect(fault?.id == mistake.id)
    #expect(fault?.description.hasSuffix(".") == true)
  }

  @Test func tooManyEntriesAreRefused() {
    let texts = (0..<8192).map { "c\($0)" }
    let points = [Double](repeating: 1, count: 8192)
    #expect(throws: Never.self) {
      try Scorecard(
        name: "", link: .identity, intercept: 0,
        columns: [ScoredColumn(name: "a", shape: .categories(texts), points: points)])
    }
    #expect(throws: ScorecardFault.tooManyEntries(found: 8193)) {
      try Scorecard(
        name: "", link: .identity, intercept: 0,
        columns: [ScoredColumn(name: "a", shape: .categories(texts), points: points, otherwise: 0)])
    }
  }
}
