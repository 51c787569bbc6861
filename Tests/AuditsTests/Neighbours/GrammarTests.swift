import Audits
import Curation
import Foundation
import Ledger
import SchemaFiles
import Tables
import Testing

/// The grammar produces neighbours that are sound files, and as ugly as it claims.
@Suite struct GrammarTests {
  private static let pairs = (1...400).map { PairGrammar.pair($0, seed: 3) }

  @Test func theSameNumberMakesTheSamePair() {
    for pair in Self.pairs.prefix(40) {
      let again = PairGrammar.pair(pair.number, seed: 3)
      #expect(
        again.with == pair.with && again.without == pair.without && again.schema == pair.schema
          && again.run == pair.run)
      // The worst person is the same for every seed.
      let isFixed = pair.change.contains("moves counts most") || pair.with.rows.count < 3
      #expect(isFixed || PairGrammar.pair(pair.number, seed: 4).with != pair.with)
    }
  }

  /// One more row, or some more rows that name a person absent from the other table; nothing else
  /// differs.
  @Test func filesOfAPairDifferByOneUnit() {
    for pair in Self.pairs {
      var (rest, unit): ([FuzzedRow], [FuzzedRow]) = ([], [])
      for row in pair.with.rows {
        if rest.count < pair.without.rows.count, row == pair.without.rows[rest.count] {
          rest.append(row)
        } else {
          unit.append(row)
        }
      }
      #expect(rest == pair.without.rows, "pair \(pair.number)")
      var emptied = pair.with
      emptied.rows = rest
      #expect(emptied == pair.without)
      guard let who = pair.schema.columns.firstIndex(where: { $0.kind == .person }),
        pair.schema.isByPerson
      else {
        #expect(unit.count == 1, "pair \(pair.number)")
        continue
      }
      #expect(Set(unit.map { $0.cells[who].text }).count == 1, "pair \(pair.number)")
      #expect(!pair.without.rows.contains { $0.cells[who].text == unit[0].cells[who].text })
    }
  }

  /// A blemish makes an odd cell, never a faulty file: `read` accepts every table, and every schema
  /// is legal.
  @Test func filesAreSoundAndSchemasLegal() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-grammar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for pair in Self.pairs.prefix(160) {
      let (table, schema) = (
        folder.appendingPathComponent("t.csv"), folder.appendingPathComponent("s.yaml")
      )
      try Data(pair.schema.text.utf8).write(to: schema)
      let read = try SchemaFile.read(schema)
      #expect(read.columns.map(\.name) == pair.with.names)
      for file in [pair.with, pair.without] {
        try Data(file.text.utf8).write(to: table)
        let rows = try SensitiveTable.read(table, schema: read).openForOwner(reason: .inspection)
          .ownersRows
        #expect(rows.rowCount == file.rows.count, "pair \(pair.number)")
      }
    }
  }

  @Test func everythingUglyOccurs() {
    for blemish in Blemish.allCases {
      #expect(Self.pairs.contains { $0.change.contains(blemish.rawValue) }, "\(blemish)")
    }
    for origin in [FuzzedRun.Origin.declared, .observed, .inferred, .paid] {
      #expect(Self.pairs.contains { $0.run.origin == origin })
    }
    for engine in ["independent", "mst", "aim", "gan", "gem"] {
      #expect(Self.pairs.contains { $0.run.engine == engine }, "\(engine)")
    }
    #expect(
      Self.pairs.contains { $0.run.policy?.attacks == true }
        && Self.pairs.contains { $0.run.policy?.columnDistance != nil })
    #expect(
      Self.pairs.contains { $0.run.isStrict }
        && Self.pairs.contains { $0.run.policy?.judgesLater == true })
    let schemas = Self.pairs.map(\.schema).filter { $0.version > 2 }
    for facts in ["declared", "observed", "learned"] {
      #expect(schemas.contains { $0.facts == facts }, "\(facts)")
    }
    for quoted in ["text", "missing"] {
      #expect(schemas.contains { $0.quotedTokens == quoted }, "\(quoted)")
    }
    #expect(schemas.contains(where: \.isReviewed) && schemas.contains(where: \.rowIsPerson))
    #expect(schemas.contains { $0.population != nil } && schemas.contains { $0.rowsAbout != nil })
    #expect(
      Self.pairs.contains { $0.without.rows.count == 1 }
        && Self.pairs.contains { $0.schema.isByPerson })
    #expect(
      Self.pairs.contains { $0.change.contains("once more") }
        && Self.pairs.contains { $0.change.contains("20 rows") })
    let trained = Self.pairs.compactMap(\.run.training)
    for form in ["additive", "linear", "logistic", "poisson"] {
      #expect(trained.contains { $0.form == form }, "\(form)")
    }
    #expect(trained.contains { $0.event != nil } && trained.contains { $0.event == nil })
    // Each theme appears in the first pairs of any seed.
    let first = (1...8).map { PairGrammar.pair($0, seed: 99) }
    #expect(
      first.contains { $0.run.policy != nil } && first.contains { $0.run.origin != .declared })
  }

  @Test func cellsAreWrittenAsTheyStand() {
    let table = FuzzedTable(
      names: ["a", "b"],
      rows: [
        FuzzedRow(cells: [FuzzedCell(text: "x,\"y\""), FuzzedCell(text: "1", isQuoted: true)]),
        FuzzedRow(cells: [FuzzedCell(text: ""), FuzzedCell(text: "é")], endsAsWindows: true),
      ])
    #expect(table.text == "a,b\n\"x,\"\"y\"\"\",\"1\"\n,é\r\n")
    let single = FuzzedTable(
      names: ["a"], rows: [FuzzedRow(cells: [FuzzedCell(text: "")])], endsWithLineFeed: false)
    #expect(single.text == "a\n\"\"")
  }
}
