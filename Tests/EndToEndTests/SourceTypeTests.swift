import Foundation
import SourceWorkers
import TableSources
import TestPrograms
import Testing

/// Files of Parquet that other programs wrote: every type reads to the exact value, with missing
/// cells, or is refused by its column's name.
@Suite(
  .enabled(if: Command.built != nil && Drivers.hasDuckDB, SourceRunTests.noDuckDB), .serialized)
struct SourceTypeTests {
  private static let files = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Vectors/Sources/types").standardized

  /// Written by PyArrow, by PyArrow as Spark does (times of 96 bits), by pandas, Polars and DuckDB;
  /// what each holds is beside it.
  @Test(arguments: ["arrow", "int96", "pandas", "polars", "duckdb"])
  func everyTypeReadsToItsValue(_ name: String) throws {
    let shop = try Workshop()
    let file = try SourceArgument.source(
      Self.files.appendingPathComponent("\(name).parquet").path,
      program: try #require(Command.built).url
    ) { URL(fileURLWithPath: $0) }.file(under: { nil }, in: { shop.url }, check: {})
    let text = try String(contentsOf: file.url, encoding: .utf8)
    let golden = Self.files.appendingPathComponent("\(name).csv")
    if ProcessInfo.processInfo.environment["UNDERSTUDY_RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: golden)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == text)
  }

  /// Spark 4.3 wrote it: two parts with times of 96 bits, beside checksums and the sign of success.
  @Test func aFolderOfSparkReadsToItsValues() throws {
    let shop = try Workshop()
    let folder = Self.files.appendingPathComponent("spark")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains("_SUCCESS") && names.contains { $0.hasSuffix(".crc") })
    #expect(names.count { $0.hasSuffix(".snappy.parquet") } == 2)
    let file = try SourceArgument.source(
      folder.path, program: try #require(Command.built).url
    ) { URL(fileURLWithPath: $0) }.file(under: { nil }, in: { shop.url }, check: {})
    let expected = try String(
      contentsOf: Self.files.appendingPathComponent("spark.csv"), encoding: .utf8)
    #expect(try String(contentsOf: file.url, encoding: .utf8) == expected)
  }

  @Test(arguments: [
    "list", "struct", "map", "raw", "fixed", "wide", "far", "u64",
  ]) func otherTypesAreRefusedByName(_ name: String) throws {
    let shop = try Workshop()
    let file = Self.files.appendingPathComponent("odd-\(name).parquet").path
    let outcome = try #require(Command.built).run(
      ["inspect", file, "-o", "s.yaml", "--json"], in: shop)
    #expect(
      outcome.status == 1 && outcome.output.contains("odd_\(name)"), "\(name): \(outcome.flat)")
    #expect(try shop.names().isEmpty)
  }

  @Test(arguments: ["list", "struct", "map", "interval", "blob", "ubigint", "far"])
  func otherTypesOfDuckDBAreRefusedByName(_ name: String) throws {
    let shop = try Workshop()
    let file = Self.files.appendingPathComponent("duckdb-\(name).parquet").path
    let outcome = try #require(Command.built).run(
      ["inspect", file, "-o", "s.yaml", "--json"], in: shop)
    #expect(
      outcome.status == 1 && outcome.output.contains("odd_\(name)"), "\(name): \(outcome.flat)")
    #expect(try shop.names().isEmpty)
  }
}
