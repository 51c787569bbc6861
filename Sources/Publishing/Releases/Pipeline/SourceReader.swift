import ColumnRoles
import CountedTables
import Curation
import DelimitedText
import Encoding
import Foundation
import ProseRedaction
import SchemaFiles
import TableSources
import Tables

#if PLANTED_FAULTS
  import Basics
#endif

/// A table that was read, with the schema for its release.
struct Source: ~Copyable {
  let table: SensitiveTable
  let schema: Schema
  /// The table that the owner declares public; nil if none was given.
  var publicTable: DeclaredTable?
  /// Sentences for the owner, made of counts at most. They never travel.
  let ownerMessages: [String]

  /// Hands over the table, once.
  consuming func consumeTable() -> SensitiveTable { table }
}

extension SynthesisRequest {
  /// Reads the table and settles its schema: the owner's file, or one inferred from the rows.
  ///
  /// Under the owner's file no row can end the run: rows that do not fit are fitted, each by
  /// itself, and counted for the owner (docs/proofs/reading.md). Only a strict request, a named
  /// hazard, refuses them.
  func readSource() throws -> Source {
    if let counted { return try countedSource(counted) }
    guard let schemaFile else { return try readInferring() }
    let document = try SchemaFile.open(schemaFile)
    let (schema, publicTable) = try completed(document.schema)
    let table = try SensitiveTable.read(input, schema: schema)
    let rows = table.openForOwner(reason: .inspection).ownersRows
    try checkRows(rows)
    let mismatches = schema.mismatches(with: rows, departures: table.departures)
    #if PLANTED_FAULTS
      let refusesRows = isStrict || PlantedControl.chosen == .refusal
    #else
      let refusesRows = isStrict
    #endif
    let refusals = mismatches.filter { refusesRows ? $0.isRefusal : $0.kind.isStructural }
    guard refusals.isEmpty else {
      throw ReleaseError.schemaDoesNotFit(schemaFile.path, mismatches: refusals.map(\.message))
    }
    let notes =
      document.notes + schema.repeatedPersonNotes(in: rows) + mismatches.map(\.note)
      + table.notes.map { "\($0)" }
    return Source(
      table: table, schema: schema, publicTable: publicTable, ownerMessages: notes)
  }

  /// Wraps a table that is counted where it is. How its rows fit the schema is not looked at.
  private func countedSource(_ counted: CountedInput) throws -> Source {
    guard let schemaFile else { throw CountingFault.schema(.inferred) }
    let document = try SchemaFile.open(schemaFile)
    let (schema, publicTable) = try completed(document.schema)
    if let fault = CountingFault.first(of: schema) { throw fault }
    if schema.people == nil, samePeopleAs.isEmpty { throw CountingFault.people }
    let table = try SensitiveTable(counted: counted.rows, format: schema.format)
    guard !table.isEmpty else { throw ReleaseError.noRows(input.lastPathComponent) }
    let note =
      "The table was counted where it is: how its rows fit the schema was not looked at, and there is no report that compares with them."
    return Source(
      table: table, schema: schema, publicTable: publicTable,
      ownerMessages: document.notes + [note])
  }

  /// Infers the schema from the rows, the one look that nobody pays for.
  private func readInferring() throws -> Source {
    let table = try SensitiveTable.read(input, options: reading)
    let rows = table.openForOwner(reason: .inspection).ownersRows
    try checkRows(rows)
    let header = try HeaderSearch(table.format.hasHeader ? rows.columns.map(\.header) : [])
    let doubts =
      table.notes.filter(\.isDoubt).map { "\($0)" }
      + (header.namesPeople ? [header.note].compactMap(\.self) : [])
    guard doubts.isEmpty else {
      throw ReleaseError.formInDoubt(input.lastPathComponent, doubts: doubts)
    }
    let schema = try addingTargets(
      to: Schema.inferred(from: rows, format: table.format, name: input.lastPathComponent))
    let notes = table.notes.map { "\($0)" } + [header.note].compactMap(\.self)
    return Source(table: table, schema: schema, ownerMessages: notes)
  }

  /// Checks that there are rows. The fact that the file is a table with somebody in it is outside
  /// the guarantee (docs/guarantee.md); a stand-in for nobody would be entirely invented.
  private func checkRows(_ table: Table) throws {
    guard table.rowCount > 0 else { throw ReleaseError.noRows(input.lastPathComponent) }
  }

  /// Returns the schema for a plan. Looks at rows only if there is no schema file.
  func schemaForPlan() throws -> Schema {
    try schemaFile.map { try completed(SchemaFile.read($0)).schema } ?? readInferring().schema
  }

  /// Returns an owner's schema with the request's targets and the facts of its public table.
  private func completed(_ schema: Schema) throws -> (schema: Schema, publicTable: DeclaredTable?) {
    let schema = try addingTargets(to: schema)
    guard let publicTable else { return (schema, nil) }
    let table = try DeclaredTable(publicTable, schema: schema, people: input)
    return (schema.declaringFacts(of: table.table), table)
  }

  private func addingTargets(to schema: Schema) throws -> Schema {
    var schema = schema
    for target in targets {
      guard let index = schema.columns.firstIndex(where: { $0.name == target }),
        Blueprint.isModelled(schema.columns[index], unit: schema.unit)
      else {
        let known = schema.columns.filter { Blueprint.isModelled($0, unit: schema.unit) }.map(
          \.name)
        throw ReleaseError.unknownTarget(
          target, nearest: SchemaWords.nearest(to: target, in: known))
      }
      schema.columns[index].role = .target
    }
    return schema
  }
}
