import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Tables

/// A small invented table of people with one or two rows each, and the one person who makes the
/// difference. Audits run on nothing else.
package enum SimulatedPeople {
  /// The largest number of rows used from each person. The one person has five identical rows, so
  /// that any two drawn fall into one cell.
  package static let unitRows = 2
  static let towns = ["Ashby", "Corby", "Derby", "Selby"]

  package static let schema = Schema(
    name: "simulated people", unit: .person(column: "who", maximumRows: unitRows),
    columns: [
      ColumnSchema(name: "who", type: .integer),
      ColumnSchema(name: "age", type: .integer, bounds: .declared(0...9)),
      ColumnSchema(name: "income", type: .integer),
      ColumnSchema(name: "town", type: .category),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  static var blueprint: Blueprint {
    do { return try Blueprint(schema: schema) } catch {
      preconditionFailure("the schema of the simulated people is sound")
    }
  }

  /// Returns a file that anybody might have, with this number of people, the same ones each time,
  /// and with or without the one person.
  package static func csv(people: Int, withThePerson: Bool) -> String {
    var generator = SamplingGenerator(seed: 7)
    func draw(_ bound: UInt64) -> Int { Int(generator.next() % bound) }
    var lines = ["who,age,income,town,ill"]
    for who in 0..<people {
      let age = min(draw(10), draw(10))
      for _ in 0...draw(2) {
        let income = 900 + 100 * age + draw(500)
        let town = towns[min(draw(4), draw(4))]
        lines.append("\(who),\(age),\(income),\(town),\(draw(12) < age ? "yes" : "no")")
      }
    }
    if withThePerson { lines += [String](repeating: "-1,9,5000,\(towns[0]),yes", count: 5) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the same table as the program has it. The usual reader reads the file under the
  /// schema, so that reading is audited too.
  static func table(people: Int, withThePerson: Bool) -> Table {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-simulated-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      try Data(csv(people: people, withThePerson: withThePerson).utf8).write(to: file)
      return try SensitiveTable.read(file, schema: schema).openForOwner(reason: .inspection)
        .ownersRows
    } catch {
      preconditionFailure("the file of the simulated people is sound: \(error)")
    }
  }

  /// The domain for questions about codes; it contains every value.
  static var domain: Domain {
    let ages = (0..<10).map { OrderedCodec.Bin(shape: [.init(low: $0, high: $0, weight: 1)]) }
    let incomes = (0..<3).map {
      OrderedCodec.Bin(shape: [.init(low: 600 * $0, high: 600 * $0 + 599, weight: 1)])
    }
    let flags = (0..<2).map { OrderedCodec.Bin(shape: [.init(low: $0, high: $0, weight: 1)]) }
    return Domain(
      variables: blueprint.variables,
      codecs: [
        .ordered(OrderedCodec(bins: ages, hasMissing: false)),
        .ordered(OrderedCodec(bins: incomes, hasMissing: false)),
        .labels(LabelCodec(labels: towns, otherLabel: nil, hasMissing: false)),
        .ordered(OrderedCodec(bins: flags, hasMissing: false)),
      ])
  }
}
