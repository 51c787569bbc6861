import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Reports
import Tables

/// A map that is paid for but not yet published.
struct MapDraft {
  let request: MapRequest
  let schema: Schema
  let map: HeatMap
  let heats: [HeatMap.AreaHeat]
  let account: PlaceAccount
  /// Nil if nothing is attacked.
  let trial: PlaceTrial?

  /// Writes the files, signs the manifest and moves the folder into its place.
  func publish(_ curator: Curator, into folder: ReleaseFolder) throws -> MapSummary {
    var manifest = try manifest(curator)
    let report = self.report(manifest)
    var artefacts = [
      PendingArtefact(.heat) { try HeatDocument(map).data() },
      PendingArtefact(.raster) { try HeatRaster(map).data() },
      PendingArtefact(.map) { Data(try report.mapHTML().utf8) },
      PendingArtefact(.report) { Data(report.reportHTML().utf8) },
      PendingArtefact(.reportData) { try CanonicalJSON.lines(report) },
    ]
    if !heats.isEmpty {
      artefacts.append(PendingArtefact(.areas) { try CanonicalJSON.lines(heats) })
    }
    try folder.seal(artefacts, with: &manifest, signedBy: account.signingKey)
    try folder.publish()
    var messages = account.noted()
    let ownerReport = trial?.attack(map, request, manifest, &messages)
    return MapSummary(
      release: folder.destination, epsilon: request.epsilon.value, delta: request.delta.value,
      isPrivate: curator.isPrivate, cells: map.leaves.count, heat: map.total, areas: heats,
      hazards: manifest.hazards.map(\.explanation), ownerReport: ownerReport,
      ownerMessages: messages)
  }

  private func manifest(_ curator: Curator) throws -> Manifest {
    var manifest = try request.manifest(
      curator, schema: schema, account: account, engine: "heat-map", columns: treatments, rows: 0)
    manifest.format = Manifest.mapFormat
    return manifest
  }

  private var treatments: [ColumnTreatment] {
    let place = map.plan.region.place
    let cells = "cells from \(NumberText.parameter(map.plan.settings.cellMetres)) m"
    return schema.columns.map { column in
      var (treatment, provenance, detail) = (
        ColumnTreatment.Treatment.dropped, ColumnTreatment.Provenance.notNeeded, "left out"
      )
      if [place.east, place.north].contains(column.name) {
        (treatment, provenance, detail) = (.modelled, .declared, cells)
      } else if column.name == place.time, map.plan.settings.slices != .none {
        (treatment, provenance) = (.modelled, .declared)
        detail = "divided by \(map.plan.settings.slices.rawValue)"
      }
      return ColumnTreatment(
        name: column.name, type: column.type.schemaWord, treatment: treatment,
        provenance: provenance, detail: detail)
    }
  }

  private func report(_ manifest: Manifest) -> MapReport {
    let plan = map.plan
    let (bounds, cell) = (
      plan.region.bounds, plan.region.area(of: 0, level: plan.grid.depth, in: plan.grid)
    )
    let (width, height) = (cell.east - cell.west, cell.north - cell.south)
    let region = MapReport.Region(
      plane: plan.region.place.plane, west: bounds.west, south: bounds.south, cellWidth: width,
      cellHeight: height, cellMetres: plan.settings.cellMetres,
      columns: (bounds.east - bounds.west) / width, rows: (bounds.north - bounds.south) / height,
      excluded: plan.region.place.excluded.map {
        [
          ($0.west - bounds.west) / width, ($0.south - bounds.south) / height,
          ($0.east - bounds.west) / width, ($0.north - bounds.south) / height,
        ]
      })
    let files = ReleaseArtefact.ofMaps.filter { $0 != .areas || !heats.isEmpty }
    return MapReport(
      table: manifest.table, created: manifest.created,
      software: "\(manifest.software.name) \(manifest.software.version)",
      guarantee: ReportGuarantee(manifest), hazards: manifest.hazards.map(\.reported),
      region: region, threshold: plan.settings.threshold, slices: plan.settings.slices.names,
      levels: plan.levels.map {
        MapReport.Level(
          cellMetres: $0.cellMetres, sigma: $0.sigma, visibleGroup: plan.visibleGroup($0))
      },
      cells: map.leaves.map { leaf in
        let size = 1 << (plan.grid.depth - leaf.level)
        let (column, row) = HeatGrid.place(of: leaf.cell)
        return MapReport.Cell(
          column: column * size, row: row * size, size: size, slice: leaf.slice, heat: leaf.heat,
          standardError: leaf.standardError)
      },
      areas: heats.map {
        MapReport.Area(name: $0.name, heat: $0.heat, standardError: $0.standardError)
      },
      files: files.map { ReleaseFile(name: $0.name, purpose: $0.purpose) })
  }
}

extension HeatGrid.Slices {
  /// The names of the slices; one empty name if time is not divided.
  var names: [String] {
    switch self {
    case .none: [""]
    case .hour: (0..<24).map { "\($0):00 to \($0 + 1):00" }
    case .weekday:
      ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    }
  }
}
