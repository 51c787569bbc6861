import CountedTables
import DatabaseTables
import Encoding
import Foundation
import SchemaFiles
import TableSources
import Tables
import Testing

/// The statements by which engines count, as written, and the refusals before any of them.
@Suite struct CountStatementTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources")
    .standardized

  private static let types = [
    DeliveredType(name: "sex", format: "u", ownName: "varchar"),
    DeliveredType(name: "a \"ge", format: "i"),
    DeliveredType(name: "weight", format: "g"),
    DeliveredType(name: "cost", format: "u", ownName: "numeric"),
    DeliveredType(name: "seen", format: "tsu:"),
  ]

  private static func schema(_ change: (inout Schema) -> Void = { _ in }) throws -> Schema {
    var schema = try SchemaFile.parse(
      """
      version: 5
      facts: declared
      table: people
      format:
        delimiter: comma
        header: yes
        missing: ["", "?", "-9"]
      unit: row
      columns:
        - name: sex
          type: category
          categories: [F, M, "d'iv\\\\ers", "\u{e9}"]
        - name: "a \\"ge"
          type: integer
          codes: ["999"]
        - name: weight
          type: decimal
          digits: 1
        - name: cost
          type: decimal
          digits: 2
        - name: seen
          type: date
          format: dd.MM.yyyy
      """)
    change(&schema)
    return schema
  }

  private static func attributes(_ schema: Schema) throws -> [CountedAttribute] {
    func bins(_ ranges: ClosedRange<Int64>...) -> OrderedCodec {
      OrderedCodec(
        bins: ranges.map {
          OrderedCodec.Bin(
            shape: [OrderedCodec.Piece(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
        }, words: 0, hasMissing: true)
    }
    let age = OrderedCodec(
      bins: bins(0...17, 18...18, 19...64, 65...120).bins, words: 1, hasMissing: true)
    let sexes = LabelCodec(
      labels: ["F", "M", "d'iv\\ers", "\u{e9}"], otherLabel: nil, hasMissing: true)
    let codecs: [Codec] = [
      .labels(sexes), .ordered(age), .ordered(bins(0...499, 500...999)),
      .ordered(bins(0...99_999)), .ordered(bins(0...9999, 10_000...20_000)),
    ]
    return zip(schema.columns, codecs).enumerated().map { place, pair in
      CountedAttribute(
        variable: pair.0.name, place: place, codec: pair.1, size: pair.1.size)
    }
  }

  @Test(arguments: [PostgreSQLCounts() as any CountDialect, DuckDBCounts(), SparkCounts()])
  func statementsAreThese(_ dialect: any CountDialect) throws {
    let schema = try Self.schema()
    let types =
      !(dialect is PostgreSQLCounts)
      ? Self.types.map {
        $0.name == "cost" ? DeliveredType(name: "cost", format: "d:9,4") : $0
      }.map { DeliveredType(name: $0.name, format: $0.format) } : Self.types
    let statements = try CountStatements(dialect, table: "people", types: types, schema: schema)
    let all = try Self.attributes(schema)
    let coarse = all[1].grouped([0, 0, 0, 1, 2, 2], size: 3)
    let runs: [ClosedRange<Int64>] = [0...9, 10...99, 500...500]
    let months: [Lattice] = [.years(ticksPerDay: 1), .months(ticksPerDay: 1)]
    let text =
      [
        statements.size.sql,
        statements.histogram(of: "a \"ge", runs: runs, codes: 1).sql,
        statements.histogram(of: "weight", runs: [0...9], codes: 0).sql,
        statements.crowding(of: "cost", ticks: 8, in: runs),
        statements.grain(of: "seen", lattices: months + [.every(step: 7, offset: 3)], in: [0...9]),
        statements.tickCount(of: "weight", in: runs),
        statements.ticks(of: "weight", in: runs, least: 12, ranks: [3, 5]),
        try statements.counts(of: [[[all[0]], [all[1]], [all[4]]]]),
        try statements.counts(of: [
          [[all[0], all[2]], [all[0], coarse, all[2]]], [[all[1], all[3]]],
        ]),
        dialect.spreads ? "" : try statements.keeping([all[0], coarse, all[2]]),
        dialect.spreads
          ? "" : try statements.counts(of: [[[all[0], coarse]]], from: [all[0], coarse, all[2]]),
      ].filter { !$0.isEmpty }.joined(separator: ";\n\n") + ";\n"
    let file = Self.golden.appendingPathComponent("counts.\(type(of: dialect).name).sql")
    if ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func whatCannotBeCountedTheSameIsRefused() throws {
    func fault(_ type: DeliveredType, _ change: (inout Schema) -> Void = { _ in })
      -> CountingFault?
    {
      do {
        let types = Self.types.map { $0.name == type.name ? type : $0 }
        _ = try CountStatements(
          PostgreSQLCounts(), table: "t", types: types, schema: try Self.schema(change))
        return nil
      } catch { return error as? CountingFault }
    }
    #expect(fault(Self.types[0]) == nil)
    let refused = [
      DeliveredType(name: "sex", format: "u", ownName: "citext"),
      DeliveredType(name: "weight", format: "u", ownName: "text"),
      DeliveredType(name: "cost", format: "d:38,2"), DeliveredType(name: "seen", format: "ttu"),
      DeliveredType(name: "seen", format: "tsn:"), DeliveredType(name: "a \"ge", format: "L"),
      DeliveredType(name: "a \"ge", format: "l", ownName: "money"),
    ]
    for type in refused { #expect(fault(type) == .column(type.name, .type), "\(type)") }
    #expect(
      fault(Self.types[4]) { $0.columns[4].type = .date(DateFormat(pattern: "MM.yyyy")) }
        == .column("seen", .type))
    #expect(
      fault(Self.types[4]) { $0.format.missingTokens.append("01.01.1900") }
        == .column("seen", .type))
    #expect(
      fault(DeliveredType(name: "weight", format: "f")) == .column("weight", .type),
      "a short number beside words that look like numbers")
  }

  @Test func schemasThatNeedRowsAreRefused() throws {
    func fault(_ change: (inout Schema) -> Void) throws -> CountingFault? {
      CountingFault.first(of: try Self.schema(change))
    }
    #expect(try fault { _ in } == nil)
    #expect(try fault { $0.unit = .person(column: "sex", maximumRows: 2) } == .schema(.person))
    #expect(try fault { $0.origin = .inferred } == .schema(.inferred))
    #expect(try fault { $0.format.missingTokens = [] } == .schema(.missingWords))
    #expect(
      try fault { $0.columns[0].categories = .learned } == .column("sex", .categories))
    #expect(
      try fault { $0.rules = [.ordered(earlier: "weight", later: "cost")] } == .schema(.rules))
  }

  /// Every set that is wanted is in one block, and no block has too many cells.
  @Test func blocksCoverAllSets() {
    let sizes = [3, 12, 30, 51, 7, 9, 20, 2, 40, 6, 3, 3]
    let variables = Array(0..<10) + [1, 2]
    let places = Array(sizes.indices)
    var wanted: Set<[Int]> = []
    for first in places {
      wanted.insert([first])
      for second in places.dropFirst(first + 1) where variables[first] != variables[second] {
        wanted.insert([first, second])
        for third in places.dropFirst(second + 1)
        where ![variables[first], variables[second]].contains(variables[third]) {
          wanted.insert([first, second, third])
        }
      }
    }
    var cover = BlockCover(wanted: wanted, sizes: sizes, variables: variables)
    var taken: Set<[Int]> = []
    var blocks = 0
    for set in wanted.sorted(by: { $0.lexicographicallyPrecedes($1) }) where !taken.contains(set) {
      let sets = cover.take(with: set)
      #expect(sets.contains(set) && taken.isDisjoint(with: sets) && wanted.isSuperset(of: sets))
      let block = Set(sets.joined())
      if set.count > 1 {
        #expect(block.reduce(1) { $0 * sizes[$1] } <= 200_000)
        #expect(Set(block.map { variables[$0] }).count == block.count)
      }
      taken.formUnion(sets)
      blocks += 1
    }
    #expect(taken == wanted && blocks < wanted.count / 3, "\(blocks) of \(wanted.count)")
  }
}
