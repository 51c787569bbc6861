import Foundation
import Tables

/// The columns that a file may have when it is read under a schema.
package enum SchemaColumns: Sendable {
  /// All columns that the schema describes, and no others.
  case allAndNoOthers
  /// Any columns. Described ones may be absent, as dropped ones are from a release, and others are
  /// left out. Such a file also lacks the lines above the header of the schema's own file.
  case anyDescribed
}

extension TableReader {
  /// Reads `url` by `schema` and by nothing else. The value of a cell depends on its own bytes and
  /// on the schema, never on other rows, so reading a file with more rows gives the same table with
  /// more rows (docs/proofs/reading.md).
  ///
  /// Cells that depart from the schema become missing or the nearest allowed value, and are counted
  /// in ``ReadTable/departures``.
  /// - Throws: ``TableError`` for faults of the file's structure alone: an unusable file or header,
  ///   rows of another length, open quotes, invalid UTF-8, NUL, or a cell that is too large.
  package static func read(
    _ url: URL, under schema: Schema, columns: SchemaColumns = .allAndNoOthers
  ) throws(TableError) -> ReadTable {
    let sample = try FileSample(url)
    let layout = try FileLayout(
      sample, declaredBy: schema,
      skippedLines: columns == .allAndNoOthers ? schema.format.skippedLines : 0)
    if columns == .allAndNoOthers {
      try checkHeader(layout.names, schema: schema, file: sample.file)
    }
    #if PLANTED_FAULTS
      let setting = DeclaredSetting(layout.planted(in: schema), expectedRows: layout.expectedRows)
    #else
      let setting = DeclaredSetting(schema, expectedRows: layout.expectedRows)
    #endif
    let described = layout.names.enumerated().compactMap { position, name in
      schema.column(named: name).map { (position: position, column: $0) }
    }
    var builders = described.map { setting.builder(of: $0.column) }
    let rows = try RowStream(url, layout: layout)
    while let block = try rows.next() {
      for (at, place) in described.enumerated() {
        // Append in place, not to a copy: a builder holds all cells so far.
        let hasRoom = builders[at].append(block, column: place.position)
        guard hasRoom else { throw tooManyLabels(place.column.name, file: sample.file) }
      }
    }
    var departures: [String: ColumnDeparture] = [:]
    let typed = zip(described, builders).map { place, builder in
      let (cells, departure) = builder.finish()
      if !departure.isNone { departures[place.column.name] = departure }
      return place.column.filled(with: cells, header: layout.headers[place.position])
    }
    let notes: [ReadNote] = rows.blankLines > 0 ? [.blankLines(count: rows.blankLines)] : []
    return ReadTable(
      table: Table(columns: typed), format: schema.format, notes: notes, departures: departures)
  }

  private static func tooManyLabels(_ column: String, file: String) -> TableError {
    TableError(
      file: file, place: TableError.Place(row: nil, line: 1, column: column),
      problem: .tooManyDistinctLabels)
  }

  /// Refuses the file unless its header, which is public structure, matches the schema.
  private static func checkHeader(_ names: [String], schema: Schema, file: String)
    throws(TableError)
  {
    let described = schema.columns.map(\.name)
    let absent = described.filter { !names.contains($0) }
    let undescribed = names.filter { !described.contains($0) }
    let mismatches =
      absent.map {
        ColumnMismatch(
          column: $0, kind: .absent, nearest: SchemaWords.nearest(to: $0, in: undescribed))
      }
      + undescribed.map {
        ColumnMismatch(
          column: $0, kind: .undescribed, nearest: SchemaWords.nearest(to: $0, in: absent))
      }
    if !mismatches.isEmpty { throw TableError(file: file, problem: .doesNotFit(mismatches)) }
  }
}
