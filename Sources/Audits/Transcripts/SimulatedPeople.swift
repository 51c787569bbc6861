import Encoding
import Privacy
import Tables

/// A small invented table of people with one or two rows each, and the one person who makes the difference. Audits run on nothing else.
enum SimulatedPeople {
  /// Of each person at most two rows are used; the one person has five, all alike, so that whichever two are drawn, all fall into one cell.
  static let unitRows = 2
  static let towns = ["Ashby", "Corby", "Derby", "Selby"]

  static let schema = Schema(
    name: "simulated people", unit: .person(column: "who", maximumRows: unitRows),
    columns: [
      ColumnSchema(name: "who", type: .integer),
      ColumnSchema(name: "age", type: .integer, bounds: .declared(0...9)),
      ColumnSchema(name: "income", type: .integer),
      ColumnSchema(name: "town", type: .category),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  static var blueprint: Blueprint {
    do { return try Blueprint(schema: schema) } catch { preconditionFailure("the schema of the simulated people is sound") }
  }

  private struct Row {
    let who: Int64
    let age: Int64
    let income: Int64
    let town: Int32
    let isIll: Bool
  }

  /// As many people, the same ones each time, with the one person or without.
  static func table(people: Int, withThePerson: Bool) -> Table {
    var generator = SamplingGenerator(seed: 7)
    func draw(_ bound: UInt64) -> Int64 { Int64(generator.next() % bound) }
    var rows: [Row] = []
    for who in 0..<Int64(people) {
      let age = min(draw(10), draw(10))
      for _ in 0...draw(2) {
        rows.append(
          Row(who: who, age: age, income: 900 + 100 * age + draw(500), town: Int32(min(draw(4), draw(4))), isIll: draw(12) < age))
      }
    }
    if withThePerson { rows += (0..<5).map { _ in Row(who: -1, age: 9, income: 5_000, town: 0, isIll: true) } }
    return Table(columns: [
      schema.columns[0].filled(with: .ticks(rows.map(\.who))), schema.columns[1].filled(with: .ticks(rows.map(\.age))),
      schema.columns[2].filled(with: .ticks(rows.map(\.income))),
      schema.columns[3].filled(with: .labels(codes: rows.map(\.town), dictionary: LabelDictionary(towns))),
      schema.columns[4].filled(with: .ticks(rows.map { $0.isIll ? 1 : 0 })),
    ])
  }

  /// What the questions about codes are asked of: everything is in it.
  static var domain: Domain {
    let ages = (0..<10).map { OrderedCodec.Bin(shape: [.init(low: $0, high: $0, weight: 1)]) }
    let incomes = (0..<3).map { OrderedCodec.Bin(shape: [.init(low: 600 * $0, high: 600 * $0 + 599, weight: 1)]) }
    let flags = (0..<2).map { OrderedCodec.Bin(shape: [.init(low: $0, high: $0, weight: 1)]) }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        .ordered(OrderedCodec(bins: ages, hasMissing: false)), .ordered(OrderedCodec(bins: incomes, hasMissing: false)),
        .labels(LabelCodec(labels: towns, otherLabel: nil, hasMissing: false)),
        .ordered(OrderedCodec(bins: flags, hasMissing: false)),
      ])
  }
}
