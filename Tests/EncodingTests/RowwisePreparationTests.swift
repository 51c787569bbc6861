import Basics
import Encoding
import Tables
import Testing

/// The model's input is prepared row by row: a value and a code depend only on their own row, the
/// schema and the public domain.
@Suite struct RowwisePreparationTests {
  private static let schema = Schema(
    name: "t",
    columns: [
      ColumnSchema(name: "from", type: .integer),
      ColumnSchema(name: "to", type: .integer, isNullable: true),
      ColumnSchema(name: "code", type: .category),
      ColumnSchema(name: "meaning", type: .category, categories: .declared(["apple", "other"])),
      ColumnSchema(name: "ward", type: .category, categories: .declared(["N", "S"])),
      ColumnSchema(
        name: "town", type: .category, isNullable: true, categories: .declared(["A", "B"])),
      ColumnSchema(name: "dose", type: .decimal(fractionDigits: 1), bounds: .declared(0...50)),
    ],
    rules: [
      .ordered(earlier: "from", later: "to"),
      .determines(determinant: "code", dependent: "meaning"),
    ])

  private typealias Row = (ticks: [Int64], labels: [String?])

  private static func table(_ rows: [Row]) -> Table {
    var (tick, label) = (0, 0)
    return Table(
      columns: schema.columns.map { column in
        if column.type.isOrdered {
          defer { tick += 1 }
          return column.filled(with: .ticks(rows.map { $0.ticks[tick] }))
        }
        defer { label += 1 }
        var dictionary = LabelDictionary()
        var codes: [String: Int32] = [:]
        let cells = rows.map { row -> Int32 in
          guard let text = row.labels[label] else { return Cells.missingCode }
          let code = codes[text] ?? dictionary.append(text)
          codes[text] = code
          return code
        }
        return column.filled(with: .labels(codes: cells, dictionary: dictionary))
      })
  }

  private static func rows(_ count: Int, _ generator: inout SamplingGenerator) -> [Row] {
    let ticks: [Int64] = [Cells.missingTick, 0, 1, 7, 50, 51, -3, Int64.max, -Int64.max]
    let labels: [String?] = [
      nil, "", "A", "B", "N", "S", "apple", "other", "K1", "x\u{1F}y", "\u{1E}", "e\u{301}", "é",
    ]
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int(generator.next() % UInt64(elements.count))]
    }
    return (0..<count).map { _ in
      ((0..<3).map { _ in pick(ticks) }, (0..<4).map { _ in pick(labels) })
    }
  }

  private static func domain(_ blueprint: Blueprint) -> Domain {
    Domain(
      variables: blueprint.variables,
      codecs: blueprint.variables.map { variable in
        if variable.isOrdered {
          let bins = [0...3, 4...20, 21...50].map { range in
            OrderedCodec.Bin(shape: [
              OrderedCodec.Piece(low: range.lowerBound, high: range.upperBound, weight: 1)
            ])
          }
          return .ordered(OrderedCodec(bins: bins, hasMissing: variable.isNullable))
        }
        return .labels(
          LabelCodec(
            labels: ["A", "N", "K1\u{1F}apple"], otherLabel: nil, hasMissing: variable.isNullable))
      })
  }

  private static func texts(_ cells: Cells) -> [String?] {
    switch cells {
    case .ticks(let ticks): ticks.map { $0 == Cells.missingTick ? nil : "\($0)" }
    case .labels(let codes, let dictionary):
      codes.map { $0 == Cells.missingCode ? nil : dictionary[Int($0)] }
    }
  }

  @Test func eachRowByItself() throws {
    let blueprint = try Blueprint(schema: Self.schema)
    let domain = Self.domain(blueprint)
    func prepared(_ rows: [Row]) -> (values: [[String?]], codes: [[Int]]) {
      let cells = blueprint.prepare(Self.table(rows))
      let codes = zip(domain.codecs, cells).map { codec, cells in
        let column = codec.encode(cells)
        return (0..<column.count).map { column[$0] }
      }
      return (cells.map(Self.texts), codes)
    }
    var generator = SamplingGenerator(seed: 7)
    for _ in 0..<400 {
      let (base, more) = (
        Self.rows(Int(generator.next() % 7), &generator),
        Self.rows(1 + Int(generator.next() % 2), &generator)
      )
      let place = Int(generator.next() % UInt64(base.count + 1))
      let whole = prepared(Array(base[..<place] + more + base[place...]))
      let (first, second) = (prepared(base), prepared(more))
      for index in domain.codecs.indices {
        var (values, codes) = (first.values[index], first.codes[index])
        values.insert(contentsOf: second.values[index], at: place)
        codes.insert(contentsOf: second.codes[index], at: place)
        #expect(
          whole.values[index] == values && whole.codes[index] == codes,
          "\(blueprint.variables[index].name)")
        #expect(
          codes.allSatisfy {
            domain.sizes.indices.contains(index) && (0..<domain.sizes[index]).contains($0)
          })
      }
    }
  }

  /// The rules for values that do not fit: "other" if it is declared, otherwise missing; and for a
  /// missing value without a code of its own, the middle.
  @Test func whatDoesNotFitGoesWhereTheRulesSay() throws {
    let blueprint = try Blueprint(schema: Self.schema)
    let rows: [Row] = [
      ([Cells.missingTick, 5, Cells.missingTick], ["K1", "pear", "W", "C"]),
      ([9, 5, 60], [nil, "apple", nil, nil]),
    ]
    let values = blueprint.prepare(Self.table(rows)).map(Self.texts)
    let names = blueprint.variables.map(\.name)
    #expect(names == ["from", "to − from", "code", "ward", "town", "dose"])
    #expect(
      values[1] == [nil, "0"] && values[2] == ["K1\u{1F}other", nil] && values[3] == [nil, nil]
        && values[4] == [nil, nil])
    let codec = OrderedCodec(
      bins: (0..<5).map {
        OrderedCodec.Bin(shape: [OrderedCodec.Piece(low: $0, high: $0, weight: 1)])
      }, hasMissing: false)
    #expect(codec.encode([Cells.missingTick, 0, 9]) == [2, 0, 4])
    let flag = OrderedCodec(
      bins: (0..<2).map {
        OrderedCodec.Bin(shape: [OrderedCodec.Piece(low: $0, high: $0, weight: 1)])
      }, hasMissing: false)
    #expect(flag.encode([Cells.missingTick]) == [0])
  }
}
