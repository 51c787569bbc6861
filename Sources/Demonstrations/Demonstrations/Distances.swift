import Encoding
import Examples
import Quality
import Tables

/// Distances of stand-ins from their tables, for ordinary people alone: means over tables of the
/// mean total variation distances of one, two and three columns.
package struct Distances: Encodable, Sendable {
  package private(set) var oneWay = 0.0
  package private(set) var twoWay = 0.0
  package private(set) var threeWay = 0.0
  private var tables = 0

  package init() {}

  /// Identifiers, which a stand-in fills with fakes.
  static let ignored: Set<String> = ["patient"]

  mutating func add(_ release: Table, beside people: Table) throws {
    let means = try QualityReport.measure(
      original: OwnerTable(Distances.ordinaryPart(of: people)), synthetic: Distances.ordinaryPart(of: release),
      options: QualityOptions(ignoring: Distances.ignored)
    ).means
    tables += 1
    oneWay += (means.oneWay - oneWay) / Double(tables)
    twoWay += (means.twoWay - twoWay) / Double(tables)
    threeWay += (means.threeWay - threeWay) / Double(tables)
  }

  /// Returns the rows with a common occupation; all of a stand-in of a table so small that it names
  /// none.
  private static func ordinaryPart(of table: Table) -> Table {
    guard case .labels(let codes, let dictionary)? = table.column(named: "occupation")?.cells else { return table }
    let isOrdinary = dictionary.labels.map(ClinicExample.commonOccupations.contains)
    let rows = codes.indices.filter { codes[$0] != Cells.missingCode && isOrdinary[Int(codes[$0])] }
    guard !rows.isEmpty else { return table }
    return Table(columns: table.columns.map { Column(name: $0.name, type: $0.type, cells: $0.cells.picking(rows)) })
  }
}
