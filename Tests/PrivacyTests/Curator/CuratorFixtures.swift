import Accounting
import Basics
import Curation
import Encoding
import Ledger
import Tables

/// A budget that records its charges and can refuse after some number of them.
final class TestBudget: BudgetSession {
  struct Refused: Error {}
  var charges: [PrivacyEvent] = []
  var allowed = Int.max

  func charge(_ event: PrivacyEvent) throws {
    guard charges.count < allowed else { throw Refused() }
    charges.append(event)
  }
}

/// Records questions with exact and noisy answers; repeats the answers of another run if there is
/// one to replay.
final class RecordingProbe: CuratorProbe {
  struct Entry: Equatable {
    let question: Question
    let exact: Answer
    let noisy: Answer
  }

  private(set) var entries: [Entry] = []
  private let replayed: [Entry]

  init(replaying entries: [Entry] = []) { replayed = entries }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    let answer = entries.count < replayed.count ? replayed[entries.count].noisy : noisy
    entries.append(Entry(question: question, exact: exact, noisy: answer))
    return answer
  }
}

/// Invented people with several rows each.
enum People {
  static var blueprint: Blueprint {
    do { return try Blueprint(schema: schema) } catch { preconditionFailure("\(error)") }
  }

  /// Ages by twenty years, three towns and the others, and both flags.
  static var domain: Domain {
    let ages = (0..<5).map {
      OrderedCodec.Bin(shape: [.init(low: $0 * 20, high: $0 * 20 + 19, weight: 1)])
    }
    let flags = (0..<2).map {
      OrderedCodec.Bin(shape: [.init(low: Int64($0), high: Int64($0), weight: 1)])
    }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        .ordered(OrderedCodec(bins: ages, hasMissing: false)),
        .labels(
          LabelCodec(labels: Array(towns.prefix(3)), otherLabel: "other", hasMissing: true)),
        .ordered(OrderedCodec(bins: flags, hasMissing: false)),
      ])
  }

  static let schema = Schema(
    name: "people", unit: .person(column: "who", maximumRows: 2),
    columns: [
      ColumnSchema(name: "who", type: .integer),
      ColumnSchema(name: "age", type: .integer, bounds: .declared(0...99)),
      ColumnSchema(name: "town", type: .category, isNullable: true),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  static let towns = ["Ashby", "Corby", "Derby", "Selby", "Whitby"]

  /// `rows` are who, age, town (nil: missing) and ill.
  static func table(_ rows: [(who: Int64, age: Int64, town: Int?, ill: Bool)]) -> Table {
    Table(columns: [
      Column(name: "who", type: .integer, cells: .ticks(rows.map(\.who))),
      Column(name: "age", type: .integer, cells: .ticks(rows.map(\.age))),
      Column(
        name: "town", type: .category,
        cells: .labels(
          codes: rows.map { $0.town.map(Int32.init) ?? Cells.missingCode },
          dictionary: LabelDictionary(towns))),
      Column(
        name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes")),
        cells: .ticks(rows.map { $0.ill ? 1 : 0 })),
    ])
  }

  static func rows(_ count: Int, seed: UInt64 = 1) -> [(
    who: Int64, age: Int64, town: Int?, ill: Bool
  )] {
    var generator = SamplingGenerator(seed: seed)
    func draw(_ bound: UInt64) -> Int64 { Int64(generator.next() % bound) }
    return (0..<count).map { _ in
      let who = draw(UInt64(max(count / 3, 1)))
      let age = 20 + who % 60
      return (who, age, draw(10) == 0 ? nil : Int(draw(5)), draw(100) < UInt64(age))
    }
  }
}
