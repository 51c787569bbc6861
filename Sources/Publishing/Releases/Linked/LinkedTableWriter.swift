import Basics
import DelimitedText
import Foundation
import LinkedSynthesis
import LinkedTables
import Pseudonyms
import Tables

/// Draws people from a model and writes a file for each table of people.
struct LinkedTableWriter {
  let plan: LinkedPlan
  let model: LinkedModel
  let seed: UInt64

  /// Writes the files and returns the number of rows of each table.
  func write(people: Int, to url: (String) -> URL) throws -> [(
    table: Table, described: LinkedTable
  )] {
    let drawn = try LinkedSampler(plan: plan, model: model, seed: seed).draw(people: people)
    var composer = try LinkedComposer(plan: plan, model: model, drawn: drawn, seed: seed)
    let columns = composer.compose()
    var generator = SamplingGenerator(seed: seed, stream: 1 << 34)
    let fakes = FakePeople(using: &generator)
    let maker = LinkedTablesMaker(plan: plan, drawn: drawn, columns: columns, seed: seed) {
      column, rows in
      RowComposer.filling(of: column, unit: .row).map { filling in
        switch filling {
        case .fake(let kind):
          FakeColumn.make(kind: kind, column: column, rows: 0..<rows, people: fakes)
        case .placeholder: FakeColumn.prose(column: column, rows: 0..<rows)
        }
      }
    }
    return try plan.tables.map { table in
      let described = plan.schema.tables[table.table]
      let made = maker.table(table.table)
      let writer = try CSVWriter(
        to: url(described.file), like: made.columns.map(\.shape), format: described.schema.format)
      try writer.append(made)
      try writer.finish()
      return (made, described)
    }
  }
}

extension LinkedSchema {
  /// Copies the tables of which no row is about a person.
  func copyPublicTables(from folder: URL, to url: (String) -> URL) throws {
    for table in tables where table.isPublic {
      // A link would be copied as one, and lead nowhere where the copy goes.
      let file = folder.appendingPathComponent(table.file).resolvingSymlinksInPath()
      try FileManager.default.copyItem(at: file, to: url(table.file))
    }
  }
}
