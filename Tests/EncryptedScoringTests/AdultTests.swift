import Basics
import DelimitedText
import EncryptedScoring
import Foundation
import TestConditions
import Testing

/// The public table Adult, split as everywhere in this project.
enum Adult {
  static let file = SharedFolder.data("adult.csv")

  static var isPresent: Bool { FileManager.default.isReadableFile(atPath: file.path) }

  /// The rows for testing if `isTest`, else those for training, as cells, after the names of the
  /// columns.
  static func rows(isTest: Bool) throws -> (names: [String], rows: [[String]]) {
    let reader = try CellReader(file)
    var rows: [[String]] = []
    try reader.forEachRow { number, cells in
      // A row is for testing if the digest of its number from 0, as a fraction, is below a fifth.
      let digest = ContentDigest.sha256(of: String(number - 1))
      guard (Double(UInt64(digest.prefix(12), radix: 16) ?? 0) / 0x1p48 < 0.2) == isTest else {
        return
      }
      rows.append((0..<cells.count).map { String(decoding: cells[$0], as: UTF8.self) })
    }
    return (reader.names, rows)
  }

  /// A card whose points are the logarithms of odds in each bin and category, as naive Bayes has
  /// them.
  static func card() throws -> Scorecard {
    let (names, rows) = try rows(isTest: false)
    let isRich = rows.map { $0.last == ">50K" }
    let share = Double(isRich.count { $0 }) / Double(rows.count)
    let columns = names.dropLast().enumerated().map { place, name in
      let cells = rows.map { $0[place].trimmingCharacters(in: .whitespaces) }
      let numbers = cells.compactMap(Double.init)
      let shape: ColumnLayout.Shape
      let codes: [Int]
      if numbers.count == cells.count {
        let sorted = numbers.sorted()
        let edges = Set((1..<16).map { sorted[$0 * sorted.count / 16] }).sorted()
        shape = .bins(edges: edges)
        codes = numbers.map { number in edges.count { $0 <= number } }
      } else {
        let texts = Set(cells).sorted()
        shape = .categories(texts)
        let places = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1, $0) })
        codes = cells.map { places[$0] ?? 0 }
      }
      var counts = [(rich: Double, all: Double)](
        repeating: (share, 1), count: (codes.max() ?? 0) + 1)
      for (code, rich) in zip(codes, isRich) {
        counts[code] = (counts[code].rich + (rich ? 1 : 0), counts[code].all + 1)
      }
      let points = counts.map { log($0.rich / ($0.all - $0.rich)) - log(share / (1 - share)) }
      return ScoredColumn(name: name, shape: shape, points: points, otherwise: 0)
    }
    return try Scorecard(
      name: "Adult", link: .logistic, intercept: log(share / (1 - share)), columns: columns)
  }
}

@Suite(.enabled(if: Adult.isPresent, "the table Adult is not beside the checkout"))
struct AdultTests {
  /// Every test row's encrypted score is the whole-number model's, bit for bit; and that model
  /// ranks as the one in doubles does.
  @Test func allTestRowsAreExact() throws {
    let sample = try Sample()
    let card = try Adult.card()
    let (names, rows) = try Adult.rows(isTest: true)
    #expect(rows.count == 9746)
    let text = ([names] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    let table = try sample.write("adult.csv", text)
    _ = try sample.request(card, table: table)
    try sample.answer(card)
    let opened = try sample.opened(card)
    let sums = try opened.sums()
    let points = try IntegerPoints(card)
    let whole = rows.map { row in
      Self.sum(row, names, card) { Int64(($0 / points.unit).rounded()) } + points.intercept
    }
    #expect(sums.count == 9746)
    #expect(sums == whole)
    let exact = rows.map { row in Self.sum(row, names, card) { $0 } + card.intercept }
    let isRich = rows.map { $0.last == ">50K" }
    let (ours, plain) = (Self.auc(sums.map(Double.init), isRich), Self.auc(exact, isRich))
    #expect(plain > 0.88)
    #expect(abs(ours - plain) <= 0.0002, "AUC \(ours) in whole numbers, \(plain) in doubles")
    let probabilities = zip(sums, exact).map {
      abs(opened.card.score(of: $0) - card.link.score(of: $1))
    }
    #expect(
      probabilities.max()! <= 0.01, "largest difference of a probability \(probabilities.max()!)")
    print(
      "Adult: 9,746 rows of \(card.entryCount) entries exact, AUC \(ours) against \(plain), probability within \(probabilities.max()!)"
    )
  }

  /// The points of a row, added column by column from the card, with no encoding.
  private static func sum<Number: AdditiveArithmetic>(
    _ row: [String], _ names: [String], _ card: Scorecard, _ convert: (Double) -> Number
  ) -> Number {
    card.columns.reduce(.zero) { total, column in
      let cell = row[names.firstIndex(of: column.layout.name)!].trimmingCharacters(in: .whitespaces)
      let code: Int? =
        switch column.layout.shape {
        case .bins(let edges): Double(cell).map { number in edges.count { $0 <= number } }
        case .categories(let texts): texts.firstIndex(of: cell)
        case .number: nil
        }
      return total + convert(code.map { column.points[$0] } ?? column.otherwise!)
    }
  }

  /// The chance that one of the rich has a higher score than one of the others; ties count half.
  private static func auc(_ scores: [Double], _ isRich: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var (wins, below, at) = (0.0, 0.0, 0)
    while at < order.count {
      let tied = order[at...].prefix { scores[$0] == scores[order[at]] }
      let others = Double(tied.count { !isRich[$0] })
      wins += Double(tied.count { isRich[$0] }) * (below + others / 2)
      below += others
      at += tied.count
    }
    return wins / (below * (Double(scores.count) - below))
  }
}
