/// A file that a release can hold. A release is a set of them, a table usually among them: one that
/// shows a model or a map alone has none.
///
/// The folder, the manifest, its verification and the reports all walk these lists. A new artefact
/// is one line in ``ofTables`` or ``ofMaps``, and its contents are one line in the list that is
/// published.
package struct ReleaseArtefact: Sendable, Hashable {
  /// The part that a file plays in a release.
  package enum Role: Sendable {
    /// The thing that is released.
    case result
    /// A page about the release, for people or for machines.
    case report
    /// The manifest or its signature, which name all other files.
    case seal
  }

  /// The file's name in the folder.
  package let name: String
  package let role: Role
  /// A sentence on the file, for the report that lists it.
  package let purpose: String

  package static let table = ReleaseArtefact(
    name: "synthetic.csv", role: .result, purpose: "The synthetic table.")
  package static let parquetTable = ReleaseArtefact(
    name: "synthetic.parquet", role: .result,
    purpose: "The same table as a file of Parquet, with its columns' types.")
  package static let manifest = ReleaseArtefact(
    name: "manifest.json", role: .seal,
    purpose: "How it was made, every question that was put to the rows, and what it cost.")
  package static let signature = ReleaseArtefact(
    name: "manifest.signature.json", role: .seal,
    purpose: "The owner's signature of the manifest, which names every other file's hash.")
  package static let modelCard = ReleaseArtefact(
    name: "model-card.md", role: .report, purpose: "This page in short, as text.")
  package static let reportData = ReleaseArtefact(
    name: "report.json", role: .report, purpose: "This page for machines.")
  package static let model = ReleaseArtefact(
    name: "model.json", role: .result,
    purpose: "The fitted model, from which more rows are drawn at no privacy cost.")
  package static let report = ReleaseArtefact(
    name: "report.html", role: .report, purpose: "This page.")
  package static let scorecard = ReleaseArtefact(
    name: "scorecard.json", role: .result,
    purpose: "The predictive model: points and the formula, for programs.")
  package static let points = ReleaseArtefact(
    name: "points.csv", role: .result,
    purpose: "The points of the predictive model with their standard errors.")

  package static let heat = ReleaseArtefact(
    name: "heat.geojson", role: .result,
    purpose: "The cells of the map with their heat and its standard error.")
  package static let raster = ReleaseArtefact(
    name: "map.tif", role: .result,
    purpose: "The same heat as a picture for geographic programs (GeoTIFF).")
  package static let map = ReleaseArtefact(
    name: "map.html", role: .result, purpose: "The map, in one page that needs no network.")
  package static let areas = ReleaseArtefact(
    name: "areas.json", role: .result,
    purpose: "The heat of the declared areas, from the same cells.")

  package static let linkedModel = ReleaseArtefact(
    name: "linked-model.json", role: .result,
    purpose: "The fitted model, from which more people are drawn at no privacy cost.")

  /// The file of one of several linked tables, which keeps its name.
  package static func linkedTable(_ name: String, isPublic: Bool) -> ReleaseArtefact {
    ReleaseArtefact(
      name: name, role: .result,
      purpose: isPublic ? "A public table, copied as it was." : "A synthetic table.")
  }

  /// The files of a release of several linked tables, beside the tables.
  package static let ofLinkedTables: [ReleaseArtefact] = [
    linkedModel, report, reportData, manifest, signature,
  ]

  /// The files of a release that shows a table, in the order in which its report lists them. There
  /// may be no ``parquetTable``.
  package static let ofTables: [ReleaseArtefact] = [
    table, parquetTable, manifest, signature, modelCard, reportData, model, report,
  ]

  /// The files of a release that shows a map, in the same way. There may be no ``areas``.
  package static let ofMaps: [ReleaseArtefact] = [
    heat, raster, map, areas, report, reportData, manifest, signature,
  ]

  /// The files of a release of synthetic trips, in the same way.
  package static let ofTrips: [ReleaseArtefact] = [table, report, reportData, manifest, signature]

  /// The files of a release of a predictive model, in the same way.
  package static let ofPredictions: [ReleaseArtefact] = [
    scorecard, points, manifest, signature, modelCard, reportData, report,
  ]

  /// Every file that a release may hold.
  package static var all: Set<ReleaseArtefact> {
    Set(ofTables + ofMaps + ofTrips + ofPredictions + ofLinkedTables)
  }

  /// The files that name all others: they stand in no list of hashes.
  package static var seals: [ReleaseArtefact] { ofTables.filter { $0.role == .seal } }
}
