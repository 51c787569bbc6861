import ArgumentParser
import Basics
import CountedTables
import DatabaseTables
import Foundation
import Releases
import SourceWorkers
import TableSources
import Tables
import Understudy

/// Whether a table is counted where it is or its rows are read.
struct CountingOptions: ParsableArguments {
  @Flag(
    name: .customLong("counts-only"),
    help:
      "Leave the rows in the database, or in files of Parquet, and fetch counts. The default for a database under a complete schema."
  )
  var countsOnly = false

  @Flag(help: "Read the rows of a database into memory.")
  var stream = false

  @Option(
    help: ArgumentHelp(
      "With --plan and a table that is counted: write the statements, and the rights that they need, to this file.",
      valueName: "file"))
  var sql: String?

  func validate() throws {
    if countsOnly, stream {
      throw ValidationError(
        "--counts-only: leaves the rows that --stream reads. Leave one of the two out")
    }
  }

  /// A table that is counted where it is.
  struct Table {
    let name: String
    let driver: DriverRecord?
    /// Nil for a plan, for which nothing is counted.
    let input: CountedInput?
    let statements: CountStatements
    /// The statements that are run before the table is looked at.
    let setUp: [String]
    /// The statements that let a role count the table, and nothing else.
    let rights: [String]
  }

  /// Returns the table that a release is counted from; nil if its rows are to be read.
  /// - Parameter schema: The path of the schema.
  /// - Throws: ``CountingFault`` if the table cannot be counted and the user wants that, or has not
  ///   said that the rows may be read.
  func table(
    _ argument: String, for request: SynthesisRequest, schema path: String?,
    _ source: SourceOptions, isPlan: Bool
  ) throws -> Table? {
    guard !stream, countsOnly || DatabaseAddress.isOne(argument) else { return nil }
    guard let schema = try path.map(InputFile.schema) else {
      if countsOnly { throw CountingFault.schema(.inferred) }
      return nil
    }
    if let fault = fault(of: request, schema) {
      if countsOnly { throw fault }
      return nil
    }
    let counted: CountedSource
    do { counted = try SpooledInputs.shared.counted(argument, details: source.details) } catch {
      if !countsOnly, error is CountingFault { return nil }
      throw error
    }
    let interruption = Interruption {}
    let connection = try counted.connect(schema: schema) { try interruption.check() }
    return Table(
      name: connection.name, driver: connection.driver,
      input: isPlan
        ? nil : CountedInput(identity: connection.identity, rows: try connection.rows()),
      statements: connection.statements, setUp: connection.setUp,
      rights: connection.dialect.naming == .spark ? [] : source.table.map { rights(on: $0) } ?? [])
  }

  /// The least rights on a table, for a role that its administrator names.
  private func rights(on table: String) -> [String] {
    guard let place = try? SQLDialect.standard.table(table).sql else { return [] }
    let schema = place.components(separatedBy: "\".\"").dropLast().joined(separator: "\".\"")
    return (schema.isEmpty ? [] : ["GRANT USAGE ON SCHEMA \(schema)\" TO reader"])
      + ["GRANT SELECT ON \(place) TO reader"]
  }

  /// Writes the statements of a plan.
  func write(_ forecast: CountingForecast, for table: Table, to path: String) throws {
    let text =
      """
      -- What a release asks of this table: \(number(of: forecast)). They write nothing.
      -- Runs and bins are spaced evenly here. In a run their edges are learned on the way.
      -- The first statements, which are not in that number, set the connection up.

      """
      + (table.rights + table.setUp + forecast.texts).map { $0 + ";\n" }.joined(separator: "\n")
    try WholeFile.make(InputFile.url(path)) { try Data(text.utf8).write(to: $0) }
  }

  private func number(of forecast: CountingForecast) -> String {
    let stages = forecast.stages.map { stage in
      stage.statements == stage.mostStatements
        ? "\(stage.statements) \(stage.stage.purpose)"
        : "\(stage.statements) to \(stage.mostStatements) \(stage.stage.purpose), in the forms below"
    }
    return "statements, " + stages.joined(separator: "; ")
  }

  /// The first thing for which the rows must be read, found without a look at the table.
  private func fault(of request: SynthesisRequest, _ schema: Schema) -> CountingFault? {
    if let fault = CountingFault.first(of: schema) { return fault }
    var request = request
    // The report is made by default, and can be left out.
    request.comparesWithOriginal = request.ownerFolder != nil
    if let fault = request.useOfRows { return fault }
    return schema.people == nil && request.samePeopleAs.isEmpty ? .people : nil
  }
}
