import EncryptedScoring
import Foundation

/// A card with every kind of column, a table for it, and a folder of their own.
final class Sample {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "scoring-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func write(_ name: String, _ text: String) throws -> URL {
    try Data(text.utf8).write(to: file(name))
    return file(name)
  }

  static func card(link: Link = .identity) throws -> Scorecard {
    try Scorecard(
      name: "dose", link: link, intercept: 4.5,
      columns: [
        ScoredColumn(
          name: "age", shape: .bins(edges: [40, 60]), points: [0.75, -0.5, -1.25], otherwise: 0.125),
        ScoredColumn(
          name: "race", shape: .categories(["Asian", "Black"]), points: [-2, 1], otherwise: 0.25),
        ScoredColumn(
          name: "weight", shape: .number(minimum: 40, maximum: 168), points: [0.0078125],
          otherwise: 0.5),
        ScoredColumn(name: "smoker", shape: .categories(["yes"]), points: [1.5]),
      ])
  }

  static let table = """
    weight,race,age,smoker,town
    72,Asian,39.99,yes,Ashby
    40,White,40,no,Corby
    500,Black,60,,Derby
    -3,"Asian",200,YES,Esher
    n/a, Black ,unknown,yes,Frome
    1e2,asian,,no,Goole

    """

  /// The score of each row of the table, worked out by hand from the card. Steps of a weight are
  /// half a kilogram, 1/256 of a point.
  static let sums = [
    4.5 + 0.75 - 2 + 0.5625 + 1.5,
    4.5 - 0.5 + 0.25 + 0.3125 + 0,
    4.5 - 1.25 + 1 + 1.3125 + 0,
    4.5 - 1.25 - 2 + 0.3125 + 0,
    4.5 + 0.125 + 1 + 0.5 + 1.5,
    4.5 + 0.125 + 0.25 + 0.78125 + 0,
  ]

  /// Makes a request and its key.
  func request(_ card: Scorecard, table: URL, name: String = "request") throws -> ScoreRequest {
    let request = try ScoreRequest(table: table, card: PublicCard(card))
    _ = try request.write(to: file("\(name).us"), key: file("\(name).key"))
    return request
  }

  func answer(_ card: Scorecard, name: String = "request") throws {
    try ScoreAnswer(card, request: file("\(name).us")).write(to: file("\(name).answer"))
  }

  func opened(_ card: Scorecard, name: String = "request") throws -> OpenedScores {
    try OpenedScores(
      answer: file("\(name).answer"), key: file("\(name).key"), card: PublicCard(card))
  }
}
