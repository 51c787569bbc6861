import Basics
import Encoding
import Tables

/// Any number of invented people for tests: related columns of several types, with missing cells.
struct Population {
  private var generator: SamplingGenerator

  init(seed: UInt64) { generator = SamplingGenerator(seed: seed) }

  /// 0 ..< `bound`.
  mutating func below(_ bound: Int) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func people(_ count: Int) -> PlainRows {
    PlainRows(
      names: ["age", "town", "job", "income", "weight", "visits", "sex", "score"],
      rows: (0..<count).map { _ in
        let job = below(12)
        let age = 18 + below(40) + below(30)
        let income = 800 + job * 300 + age * 20 + below(2000) + below(100) * below(100)
        return [
          "\(age)", "town \(below(8) * below(5))", "job \(job)", below(15) == 0 ? "" : "\(income)",
          "\(Double(450 + age + below(400)) / 10)", "\(below(3) * below(4))",
          below(2) == 0 ? "f" : "m", "\(below(100_000))",
        ]
      })
  }
}

/// Rows of text, which become tables as if read from a file.
struct PlainRows {
  var names: [String]
  var rows: [[String]]

  subscript(_ chosen: some Sequence<Int>) -> PlainRows {
    PlainRows(names: names, rows: chosen.map { rows[$0] })
  }

  /// A column is an integer column if every present cell is an integer, a decimal column if every
  /// present cell has up to nine digits after the point, and otherwise categories.
  var table: Table {
    Table(
      columns: names.indices.map { place in
        let cells = rows.map { $0[place] }
        let present = cells.filter { !$0.isEmpty }
        for type in [ColumnType.integer, .decimal(fractionDigits: 9)] {
          let ticks = present.map { type.parse($0) }
          guard !present.isEmpty, ticks.allSatisfy({ $0 != nil }) else { continue }
          return Column(
            name: names[place], type: type,
            cells: .ticks(cells.map { $0.isEmpty ? Cells.missingTick : type.parse($0) ?? 0 }))
        }
        var dictionary = LabelDictionary()
        var codes: [String: Int32] = [:]
        let coded = cells.map { cell -> Int32 in
          if cell.isEmpty { return Cells.missingCode }
          if let code = codes[cell] { return code }
          let code = dictionary.append(cell)
          codes[cell] = code
          return code
        }
        return Column(
          name: names[place], type: .category, cells: .labels(codes: coded, dictionary: dictionary))
      })
  }
}
