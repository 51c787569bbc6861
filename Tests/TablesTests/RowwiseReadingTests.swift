import DelimitedText
import Foundation
import Tables
import Testing

/// Reading under a schema is row-wise: read(R + r) = read(R) + read(r), for every option of the
/// reader (docs/proofs/reading.md).
@Suite struct RowwiseReadingTests {
  private typealias Reader = (URL, Schema) throws -> ReadTable

  /// The compared results: each cell as its type writes it, by column; the types; and the counts
  /// for the owner.
  private struct Reading: Equatable {
    var columns: [[String?]]
    var shapes: [ColumnShape]
    var counts: [String: [Int]]

    init(_ read: ReadTable, _ schema: Schema) {
      columns = read.table.columns.map(\.texts)
      shapes = read.table.columns.map(\.shape)
      counts = Dictionary(
        uniqueKeysWithValues: schema.columns.map { column in
          let departure = read.departures[column.name] ?? ColumnDeparture()
          return (
            column.name,
            [departure.unreadable.count, departure.fitted.count, departure.quotedTokens.count]
          )
        })
    }

    /// This reading with the rows of `other` inserted before row `place`.
    func inserting(_ other: Reading, at place: Int) -> Reading {
      var whole = self
      for index in columns.indices {
        whole.columns[index].insert(contentsOf: other.columns[index], at: place)
      }
      for (name, counts) in other.counts {
        whole.counts[name] = zip(whole.counts[name] ?? [], counts).map(+)
      }
      return whole
    }
  }

  private struct Trial {
    let schema: Schema
    let rows: [[UInt8]]
    let added: [[UInt8]]
    let hasMark: Bool
    let isQuoted: Bool
    let lastLineEnds: Bool
    let name: String

    init(_ grammar: inout UglyRows, columns: Int, rows count: Int, name: String) {
      let schema = grammar.schema(columns: columns)
      // A file without a header and without rows is empty and therefore not a table.
      let least = schema.format.hasHeader ? 0 : 1
      let rows = (0..<max(count, least)).map { _ in grammar.row(schema) }
      let added = (0..<(1 + grammar.generator.below(3))).map { _ in grammar.row(schema) }
      // Bytes that look like a byte order mark at the start of a file are one. If the first row may
      // begin with them, the file gets a mark of its own.
      let startsWithMark =
        !schema.format.hasHeader && (rows + added).contains { $0.starts(with: [0xef, 0xbb, 0xbf]) }
      hasMark = startsWithMark || grammar.generator.below(3) == 0
      isQuoted = grammar.generator.below(2) == 0
      lastLineEnds = grammar.generator.below(3) > 0 || columns == 1
      (self.schema, self.rows, self.added, self.name) = (schema, rows, added, name)
    }

    func read(_ rows: [[UInt8]], in folder: TemporaryFolder, by reader: Reader) throws -> Reading {
      let bytes = UglyRows.file(
        rows, schema, hasMark: hasMark, isQuoted: isQuoted, lastLineEnds: lastLineEnds)
      let url = folder.url.appending(path: name)
      let sink = try ByteSink(url)
      try bytes.withUnsafeBufferPointer { try sink.write($0) }
      try sink.finish()
      return Reading(try reader(url, schema), schema)
    }

    /// The places (start, middle, end, or some row between) at which adding the rows changed more
    /// than the rows.
    func violations(in folder: TemporaryFolder, by reader: Reader, places: [Int]? = nil) throws
      -> [String]
    {
      let (base, more) = (
        try read(rows, in: folder, by: reader), try read(added, in: folder, by: reader)
      )
      return try (places ?? [0, rows.count / 2, rows.count]).compactMap { place in
        let whole = try read(Array(rows[..<place] + added + rows[place...]), in: folder, by: reader)
        return whole == base.inserting(more, at: place)
          ? nil : "at row \(place) of \(rows.count) of \(schema.canonicalText)"
      }
    }
  }

  private static func underSchema(_ url: URL, _ schema: Schema) throws -> ReadTable {
    try TableReader.read(url, under: schema)
  }

  @Test func aRowChangesNoOtherRow() throws {
    let folder = try TemporaryFolder()
    var grammar = UglyRows(1)
    for number in 0..<1200 {
      let trial = Trial(
        &grammar, columns: 1 + grammar.generator.below(6), rows: grammar.generator.below(9),
        name: number % 8 == 0 ? "t.csv.gz" : "t.csv")
      #expect(try trial.violations(in: folder, by: Self.underSchema) == [])
    }
  }

  /// More rows than any look at the first ones takes, and more than one block, with the rows
  /// inserted near their borders.
  @Test func aRowChangesNoOtherRowOfALargeFile() throws {
    let folder = try TemporaryFolder()
    var grammar = UglyRows(2)
    for (number, columns) in [4, 9].enumerated() {
      let trial = Trial(
        &grammar, columns: columns, rows: 80_000 / columns, name: number == 1 ? "t.csv.gz" : "t.csv"
      )
      var ends: [Int] = []
      for row in trial.rows { ends.append((ends.last ?? 0) + row.count) }
      #expect(try #require(ends.last) > 2 * RowStream.blockSize)
      let border = try #require(ends.firstIndex { $0 > RowStream.blockSize - 200 })
      #expect(
        try trial.violations(
          in: folder, by: Self.underSchema,
          places: [0, 499, 501, border, border + 9, trial.rows.count]) == [])
    }
  }

  /// The order of the rows is kept and decides nothing else.
  @Test func rowsMayStandInAnyOrder() throws {
    let folder = try TemporaryFolder()
    var grammar = UglyRows(3)
    for _ in 0..<200 {
      let trial = Trial(
        &grammar, columns: 1 + grammar.generator.below(5), rows: 2 + grammar.generator.below(9),
        name: "t.csv")
      guard trial.lastLineEnds else { continue }
      let forwards = try trial.read(trial.rows, in: folder, by: Self.underSchema)
      let backwards = try trial.read(trial.rows.reversed(), in: folder, by: Self.underSchema)
      #expect(backwards.columns == forwards.columns.map { $0.reversed() })
      #expect(backwards.counts == forwards.counts)
    }
  }

  /// The test can fail: each fact that reading without a schema infers from rows is caught if it is
  /// left to the rows under a schema.
  @Test(arguments: Planted.allCases) private func whatRowsDecideIsCaught(_ planted: Planted) throws
  {
    let folder = try TemporaryFolder()
    var grammar = UglyRows(4)
    var found = 0
    for _ in 0..<400 where found == 0 {
      let trial = Trial(
        &grammar, columns: 1 + grammar.generator.below(4), rows: grammar.generator.below(6),
        name: "t.csv")
      // A reader that refuses some rows is not row-wise either, but that is tested elsewhere.
      found += (try? trial.violations(in: folder, by: planted.read).count) ?? 0
    }
    #expect(found > 0)
  }

  /// Readers that take one fact from the rows, as inference does.
  private enum Planted: CaseIterable {
    case quoting, types, missingToken, fewestDigits

    func read(_ url: URL, _ schema: Schema) throws -> ReadTable {
      var schema = schema
      let options = ReadOptions(
        delimiter: schema.format.delimiter, hasHeader: schema.format.hasHeader,
        missingTokens: schema.format.missingTokens)
      let inferred = try TableReader.read(url, options: options)
      for (position, column) in inferred.table.columns.enumerated() {
        switch self {
        case .quoting: schema.format.quotedTokens = inferred.format.quotedTokens
        case .types: schema.columns[position].type = column.type
        case .missingToken: schema.columns[position].missingToken = column.missingToken
        case .fewestDigits:
          schema.columns[position].minimumFractionDigits = column.minimumFractionDigits
        }
      }
      return try TableReader.read(url, under: schema)
    }
  }
}
