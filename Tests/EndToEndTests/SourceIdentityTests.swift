import CountedTables
import Curation
import DelimitedText
import Encoding
import Foundation
import ParquetFiles
import SchemaFiles
import SourceWorkers
import TableSources
import Tables
import TestConditions
import TestPrograms
import Testing

/// A real table of 101,766 rows and 50 columns: the same schema, counts and releases wherever it
/// is.
@Suite(.enabled(if: Command.built != nil, Command.absence), .serialized)
struct SourceIdentityTests {
  private static let packed = "diabetes130/diabetic_data.csv.gz"
  private static let isWanted =
    LongRun.isWanted && Drivers.hasDuckDB && SharedFolder.has(packed)

  /// The table in each place: what names it on the command line.
  private struct Places {
    let shop: Workshop
    let schema: Schema
    let all: [[String]]
  }

  private func places() throws -> Places {
    let shop = try Workshop()
    let made = try TestProgram.run(
      "/bin/sh",
      ["-c", "gzip -dc '\(SharedFolder.data(Self.packed).path)' > \(shop.file("t.csv").path)"])
    #expect(made.status == 0, "\(made.errors)")
    // Words for missing cells are texts in a database.
    let seen = try TableReader.read(shop.file("t.csv"))
    var raw = Schema(
      name: "t", format: seen.format,
      columns: seen.table.columns.map {
        ColumnSchema(
          name: $0.name, type: $0.type == .integer ? .integer : .category, isNullable: true)
      })
    raw.format.missingTokens = [""]
    let table = try TableReader.read(shop.file("t.csv"), under: raw).table
    let writer = try ParquetWriter(to: shop.file("t.parquet"), like: table.columns.map(\.shape))
    try writer.append(table)
    try writer.finish()
    var schema = raw
    schema.format.missingTokens = seen.format.missingTokens + ["?"]
    schema.people = "patients"
    schema.origin = .declared
    for (place, column) in table.columns.enumerated() where schema.columns[place].type == .category
    {
      guard case .labels(let codes, let labels) = column.cells else { continue }
      let used = Set(codes.filter { $0 >= 0 }).map { labels[Int($0)] }.filter { $0 != "?" }.sorted()
      schema.columns[place].categories = .declared(used)
    }
    var all = [["t.csv"], ["t.parquet"]]
    if let server = Postgres.server {
      let columns = schema.columns.map {
        "\"\($0.name)\" \($0.type == .integer ? "bigint" : "text")"
      }
      try server.run(
        "DROP SCHEMA IF EXISTS identity CASCADE", "CREATE SCHEMA identity",
        "CREATE TABLE identity.t (\(columns.joined(separator: ", ")))",
        "\\copy identity.t FROM '\(shop.file("t.csv").path)' WITH (FORMAT csv, HEADER)")
      all.append([server.address, "--table", "identity.t"])
    }
    if let server = Spark.server {
      try server.run(
        "CREATE DATABASE IF NOT EXISTS identity", "DROP TABLE IF EXISTS identity.t",
        "CREATE TABLE identity.t USING parquet AS SELECT * FROM "
          + "parquet.`\(shop.file("t.parquet").path)`")
      all.append([server.address, "--table", "identity.t"])
    }
    return Places(shop: shop, schema: schema, all: all)
  }

  @Test(.enabled(if: isWanted, "long, or a driver or the table is missing"))
  func schemasAndReleasesAreTheSame() throws {
    let places = try places()
    let (shop, program) = (places.shop, try #require(Command.built))
    try shop.write(places.schema, as: "row.yaml")
    var byPerson = places.schema
    byPerson.unit = .person(column: "patient_nbr", maximumRows: 3)
    try shop.write(byPerson, as: "person.yaml")
    var results: [[Data]] = []
    for words in places.all {
      for name in ["seen.yaml", "row", "person", "row.sqlite", "person.sqlite"] {
        try? FileManager.default.removeItem(at: shop.file(name))
      }
      let inspected = try program.run(["inspect"] + words + ["-o", "seen.yaml"], in: shop)
      #expect(inspected.status == 0, "\(inspected.flat)")
      let schema = try shop.text("seen.yaml").split(separator: "\n").filter {
        !$0.hasPrefix("table:") && !$0.hasPrefix("#")
      }.joined(separator: "\n")
      var result = [Data(schema.utf8)]
      for unit in ["row", "person"] {
        let made = try program.run(
          ["synthesize"] + words + [
            "--schema", "\(unit).yaml", "--epsilon", "1", "--seed", "7", "--engine", "independent",
            "-o", unit, "--ledger", "\(unit).sqlite", "--no-owner-report",
          ], in: shop)
        #expect(made.status == 0, "\(words): \(made.flat)")
        result.append(try shop.data("\(unit)/synthetic.csv"))
      }
      results.append(result)
    }
    for (words, result) in zip(places.all, results) {
      for part in 0..<3 { #expect(result[part] == results[0][part], "\(words), part \(part)") }
    }
    #expect(results[0][1] != results[0][2])
  }

  @Test(.enabled(if: isWanted, "long, or a driver or the table is missing"))
  func countsAreTheSame() throws {
    let places = try places()
    let program = try #require(Command.built).url
    let blueprint = try Blueprint(schema: places.schema)
    let rows = HeldRows(
      try TableReader.read(places.shop.file("t.csv"), under: places.schema).table, blueprint)
    let domain = rows.domain(hasMissing: true)
    let columns = zip(domain.codecs, rows.cells).map { $0.encode($1) }
    let all = Array(domain.variables.indices)
    var sets =
      all.map { [$0] } + all.flatMap { first in all.dropFirst(first + 1).map { [first, $0] } }
    // Triples that are the same in every run.
    var (state, triples): (UInt64, Set<[Int]>) = (20_261_130, [])
    func draw() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(all.count))
    }
    while triples.count < 500 {
      let set = Set([draw(), draw(), draw()]).sorted()
      if set.count == 3, set.reduce(1, { $0 * domain.sizes[$1] }) <= 1 << 20 { triples.insert(set) }
    }
    sets = sets.filter { $0.reduce(1) { $0 * domain.sizes[$1] } <= 1 << 20 }
    sets += triples.sorted { $0.lexicographicallyPrecedes($1) }
    for words in places.all.dropFirst() {
      var details = SourceDetails()
      if words.count == 3 { details.table = words[2] }
      let counted = try SourceArgument.counted(words[0], details: details, program: program) {
        places.shop.file($0)
      }.connect(schema: places.schema) {}.rows()
      var elsewhere = ExactCounts(rows: counted, domain: domain)
      _ = try elsewhere.map(sets) { _, _ in 0 }
      for set in sets {
        let here = MarginalCounter.count(
          columns, attributes: set, sizes: domain.sizes, rows: rows.count)
        #expect(try elsewhere.counts(of: set) == here, "\(words[0]): \(set)")
      }
      print("\(words[0]): \(sets.count) sets, \(counted.traffic)")
    }
  }
}
