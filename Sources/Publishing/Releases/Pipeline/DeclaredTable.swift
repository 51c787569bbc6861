import Basics
import Curation
import DelimitedText
import Encoding
import Foundation
import Manifests
import Tables

/// A table of the same kind that the owner declares public, such as last year's release or a sample
/// of a census. Its rows are nobody's secret: they are read freely, and asking them costs nothing.
struct DeclaredTable {
  /// The most rows that are looked at; of more, some that lie evenly.
  private static let mostRows = 200_000

  let table: Table
  let file: Manifest.DeclaredFile

  /// - Parameters:
  ///   - schema: Of the table of people; every column that is modelled must be there.
  ///   - people: The table of people, which is not public.
  /// - Throws: ``PublicTableFault``, ``ReleaseError/missingFile(_:)`` and the errors of tables.
  init(_ url: URL, schema: Schema, people: URL) throws {
    guard let sha256 = try? ContentDigest.sha256(of: url) else {
      throw ReleaseError.missingFile(url.path)
    }
    if let own = try? ContentDigest.sha256(of: people), own == sha256 {
      throw PublicTableFault.isTheTable(url.lastPathComponent)
    }
    let read = try TableReader.read(url, under: schema, columns: .anyDescribed).table
    let modelled = schema.columns.filter { Blueprint.isModelled($0, unit: schema.unit) }
    let absent = modelled.map(\.name).filter { read.column(named: $0) == nil }
    guard absent.isEmpty else {
      throw PublicTableFault.lacksColumns(url.lastPathComponent, absent)
    }
    guard read.rowCount > 0 else { throw PublicTableFault.noRows(url.lastPathComponent) }
    file = Manifest.DeclaredFile(name: url.lastPathComponent, sha256: sha256)
    let count = read.rowCount
    table =
      count <= DeclaredTable.mostRows
      ? read
      : read.picking((0..<DeclaredTable.mostRows).map { $0 * count / DeclaredTable.mostRows })
  }

  /// Returns a curator of the rows, each of which counts for itself. It promises nothing: there is
  /// nobody to protect.
  func curator(_ blueprint: Blueprint) throws -> Curator {
    var schema = blueprint.schema
    if case .person(let name, _) = schema.unit { schema.columns.removeAll { $0.name == name } }
    schema.unit = .row
    return Curator(
      seeded: SensitiveTable(table: table), blueprint: try Blueprint(schema: schema),
      budget: Unbudgeted(), seed: 0)
  }
}
