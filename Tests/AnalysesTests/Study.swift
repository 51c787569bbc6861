import Accounting
import Analyses
import Basics
import Curation
import Encoding
import EncryptedScoring
import Foundation
import GraphicalModels
import Ledger
import Tables

/// A budget that remembers its charges.
final class Purse: BudgetSession {
  var charges: [PrivacyEvent] = []
  func charge(_ event: PrivacyEvent) { charges.append(event) }
}

/// Invented people: an age, a town that may be missing, whether ill, and a follow-up.
struct Study {
  struct Person {
    let age: Int64
    let town: Int?
    let isIll: Bool
    let months: Int64
    let died: Bool
  }

  static let towns = ["Ashby", "Corby", "Derby"]

  static let schema = Schema(
    name: "study",
    columns: [
      ColumnSchema(name: "age", type: .integer, bounds: .declared(20...79)),
      ColumnSchema(name: "town", type: .category, isNullable: true, categories: .declared(towns)),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
      ColumnSchema(name: "months", type: .integer, bounds: .declared(0...24)),
      ColumnSchema(name: "died", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  let people: [Person]

  init(_ count: Int, seed: UInt64 = 1) {
    var generator = SamplingGenerator(seed: seed)
    people = (0..<count).map { _ in
      let age = Int64(20 + generator.below(30) + generator.below(31))
      let isIll = generator.unit() < 0.1 + 0.006 * Double(age - 20)
      let months = min(
        Int64(1 - log(1 - generator.unit()) / (isIll ? 0.06 : 0.02)), Int64(6 + generator.below(19))
      )
      return Person(
        age: age, town: generator.below(10) == 0 ? nil : generator.below(3), isIll: isIll,
        months: months, died: generator.unit() < 0.6)
    }
  }

  var table: Table {
    let towns = people.map { $0.town.map(Int32.init) ?? Cells.missingCode }
    let cells: [Cells] = [
      .ticks(people.map(\.age)), .labels(codes: towns, dictionary: LabelDictionary(Study.towns)),
      .ticks(people.map { $0.isIll ? 1 : 0 }),
      .ticks(people.map(\.months)), .ticks(people.map { $0.died ? 1 : 0 }),
    ]
    return Table(columns: zip(Study.schema.columns, cells).map { $0.filled(with: $1) })
  }

  var blueprint: Blueprint {
    do { return try Blueprint(schema: Study.schema) } catch { preconditionFailure("\(error)") }
  }

  /// A coarse domain, as a release might have it.
  var domain: Domain {
    func bins(_ range: StrideTo<Int64>, _ width: Int64) -> [OrderedCodec.Bin] {
      range.map { OrderedCodec.Bin(shape: [.init(low: $0, high: $0 + width - 1, weight: 1)]) }
    }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        .ordered(OrderedCodec(bins: bins(stride(from: 20, to: 80, by: 6), 6), hasMissing: false)),
        .labels(LabelCodec(labels: Study.towns, otherLabel: nil, hasMissing: true)),
        .ordered(OrderedCodec(bins: bins(stride(from: 0, to: 2, by: 1), 1), hasMissing: false)),
        .ordered(OrderedCodec(bins: bins(stride(from: 0, to: 25, by: 5), 5), hasMissing: false)),
        .ordered(OrderedCodec(bins: bins(stride(from: 0, to: 2, by: 1), 1), hasMissing: false)),
      ])
  }

  /// A model of illness with a bin, a number, a category that the release does not know, and points
  /// for missing towns.
  static func card(link: Link = .logistic) throws -> Scorecard {
    try Scorecard(
      name: "illness", link: link, intercept: -1.5,
      columns: [
        ScoredColumn(
          name: "age", shape: .bins(edges: [33, 47.5, 60]), points: [-0.4, 0, 0.5, 0.8]),
        ScoredColumn(name: "months", shape: .number(minimum: 3, maximum: 20), points: [-0.05]),
        ScoredColumn(
          name: "town", shape: .categories(["Corby", "Selby"]), points: [0.3, 2], otherwise: -0.2),
        ScoredColumn(name: "died", shape: .categories(["no", "yes"]), points: [0, 0.25]),
      ])
  }

  /// The people as a file.
  var csv: String {
    let lines = people.map { person in
      [
        "\(person.age)", person.town.map { Study.towns[$0] } ?? "", person.isIll ? "yes" : "no",
        "\(person.months)", person.died ? "yes" : "no",
      ].joined(separator: ",")
    }
    return (["age,town,ill,months,died"] + lines).joined(separator: "\n") + "\n"
  }

  /// A stand-in that knows no relation at all, drawn from other people.
  /// - Parameter isWide: whether its ages are spread further than those of people.
  func standIn(isWide: Bool = false) -> StandIn {
    let others = Study(4_000, seed: 99)
    var codes = zip(domain.codecs, others.blueprint.prepare(others.table)).map {
      codec, cells -> [UInt16] in
      let column = codec.encode(cells)
      return (0..<column.count).map { UInt16(column[$0]) }
    }
    // Shifted against each other, so that columns have nothing to do with each other.
    for column in codes.indices {
      codes[column] = Array(codes[column][(column * 37)...] + codes[column][..<(column * 37)])
    }
    if isWide { codes[0] = codes[0].indices.map { UInt16($0 % 2 == 0 ? 0 : 9) } }
    return StandIn(codes: codes, domain: domain, total: Double(people.count), seed: 5)
  }

  func inquiry(_ text: String) throws -> Inquiry { try inquiry(AnalysisFile.parse(text)) }

  func inquiry(_ analysis: Analysis, isWide: Bool = false) throws -> Inquiry {
    try Inquiry(
      analysis, schema: Study.schema, domain: domain, unlearned: [],
      standIn: standIn(isWide: isWide))
  }

  /// Puts an analysis to the people with a seeded curator.
  func ask(_ text: String, rho: Double, seed: UInt64 = 7) throws -> Findings {
    try ask(AnalysisFile.parse(text), rho: rho, seed: seed)
  }

  func ask(_ analysis: Analysis, rho: Double, seed: UInt64 = 7, isWide: Bool = false) throws
    -> Findings
  {
    let curator = Curator(
      seeded: SensitiveTable(table: table), blueprint: blueprint, budget: Purse(), seed: seed)
    return try inquiry(analysis, isWide: isWide).ask(curator, rho: Rho(checked: rho))
  }
}
