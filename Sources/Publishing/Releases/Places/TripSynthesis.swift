import Accounting
import Basics
import Curation
import DelimitedText
import Encoding
import Foundation
import HeatMaps
import Manifests
import Mechanisms
import Reports
import Tables
import Trips

/// Makes synthetic trips: charges the ledger, asks the curator, draws people and their trips, and
/// writes a signed release.
package enum TripSynthesis {
  /// - Parameter check: called before each question; an error that it throws ends the run. Charges
  ///   stand.
  /// - Throws: ``HeatFault``, ``GateRefusal``, ``ReleaseError``, ``LedgerError`` and the errors of
  ///   tables and schemas. None of them depends on the contents of a row.
  package static func run(_ request: TripRequest, check: @escaping () throws -> Void = {}) throws
    -> TripSummary
  {
    let folder = try ReleaseFolder(
      at: request.output, replaces: request.replacesOutput, rule: request.outputRule)
    let schema = try request.readSchema()
    let blueprint = try Blueprint(schema: schema)
    let plan = try TripPlan(blueprint, settings: request.settings, rho: request.answersRho)
    let roads = try request.readRoads(on: plan)
    let promises = try request.promises(schema)
    let table = try SensitiveTable.read(request.input, schema: schema)
    let trial = try PlaceTrial(request, schema: schema, table: table)
    let account = try PlaceAccount(
      request, schema: schema, table: table, promises: promises, purpose: "trips",
      noun: "set of trips")
    let curator = request.curator(of: table, blueprint: blueprint, session: account.session)
    let model = try account.settled { try TripModel(plan, asking: curator, check: check) }
    let trips = TripSampler(model, schema: schema, roads: roads?.graph).table(
      seed: request.seed ?? SecureRandom().next())
    let draft = TripDraft(
      request: request, schema: schema, model: model, trips: trips, roads: roads?.file,
      account: account, trial: trial)
    return try draft.publish(curator, into: folder)
  }
}

extension TripRequest {
  /// - Throws: ``HeatFault``, which follows from the file of roads and the declared region alone.
  func readRoads(on plan: TripPlan) throws -> (file: Manifest.DeclaredFile, graph: RoadGraph)? {
    guard let roads else { return nil }
    let name = roads.lastPathComponent
    let graph = try RoadGraph(DeclaredRoads(roads), plan: plan, file: name)
    return (
      Manifest.DeclaredFile(name: name, sha256: try ContentDigest.sha256(of: roads)), graph
    )
  }
}

/// Trips that are paid for but not yet published.
private struct TripDraft {
  let request: TripRequest
  let schema: Schema
  let model: TripModel
  let trips: Table
  /// The declared roads on which all points lie; nil for none.
  let roads: Manifest.DeclaredFile?
  let account: PlaceAccount
  /// Nil if nothing is attacked.
  let trial: PlaceTrial?

  func publish(_ curator: Curator, into folder: ReleaseFolder) throws -> TripSummary {
    var manifest = try request.manifest(
      curator, schema: schema, account: account, engine: "trips", columns: treatments,
      rows: trips.rowCount)
    (manifest.format, manifest.roads) = (Manifest.tripFormat, roads)
    let report = self.report(manifest)
    try CSVWriter.write(
      trips, to: folder.url(ReleaseArtefact.table.name), format: schema.format)
    try folder.seal(
      [
        .drawn(.table), PendingArtefact(.report) { Data(report.html().utf8) },
        PendingArtefact(.reportData) { try CanonicalJSON.lines(report) },
      ], with: &manifest, signedBy: account.signingKey)
    try folder.publish()
    var messages = account.noted()
    let ownerReport = trial?.attack(
      trips, request, manifest, in: model.plan.passages, &messages)
    return TripSummary(
      release: folder.destination, epsilon: request.epsilon.value, delta: request.delta.value,
      isPrivate: curator.isPrivate, people: report.people, trips: report.trips,
      points: report.points, fastest: report.fastest,
      hazards: manifest.hazards.map(\.explanation), ownerReport: ownerReport,
      ownerMessages: messages)
  }

  private var treatments: [ColumnTreatment] {
    let place = schema.place
    return schema.columns.map { column in
      let isUsed = [place?.east, place?.north, place?.time].contains(column.name)
      return ColumnTreatment(
        name: column.name, type: column.type.schemaWord, treatment: isUsed ? .modelled : .dropped,
        provenance: isUsed ? .declared : .notNeeded,
        detail: isUsed
          ? "drawn from cells of \(NumberText.parameter(model.plan.settings.cellMetres)) m"
          : "left out")
    }
  }

  private func report(_ manifest: Manifest) -> TripReport {
    let figures = TripTally(trips, plan: model.plan)
    return TripReport(
      table: manifest.table, created: manifest.created,
      software: "\(manifest.software.name) \(manifest.software.version)",
      guarantee: ReportGuarantee(manifest), hazards: manifest.hazards.map(\.reported),
      cellMetres: model.plan.settings.cellMetres, pauseMinutes: model.plan.settings.pauseMinutes,
      fastest: model.plan.fastest, roads: roads?.name, people: figures.people, trips: figures.trips,
      points: trips.rowCount, hours: figures.hours, lengths: figures.lengths,
      picture: figures.picture,
      budget: model.plan.parts.map { TripReport.Part(name: $0.name, share: $0.share) },
      isEmpty: model.isEmpty,
      files: ReleaseArtefact.ofTrips.map { ReleaseFile(name: $0.name, purpose: $0.purpose) })
  }
}

/// Figures of a synthetic table of trips, for its report.
private struct TripTally {
  private(set) var people = 0
  private(set) var trips = 0
  private(set) var hours = [Int](repeating: 0, count: 24)
  private(set) var lengths: [TripReport.Length]
  private(set) var picture: TripReport.Picture

  private static let kilometres = [0.5, 1, 2, 3, 5, 8, 12, 20, 50]
  private static let pictureColumns = 64

  init(_ table: Table, plan: TripPlan) {
    let heat = plan.grid.heat
    lengths =
      Self.kilometres.map { TripReport.Length(kilometres: $0, trips: 0) }
      + [TripReport.Length(kilometres: nil, trips: 0)]
    let width = min(Self.pictureColumns, plan.grid.side)
    let rows = max(1, Int((Double(width) * plan.passages.region.aspect).rounded(.up)))
    picture = TripReport.Picture(
      columns: width, points: [Int](repeating: 0, count: width * rows), aspect: 1)
    guard table.columns.count == 5, case .ticks(let numbers) = table.columns[1].cells,
      case .ticks(let times) = table.columns[2].cells,
      case .ticks(let xs) = table.columns[3].cells, case .ticks(let ys) = table.columns[4].cells
    else { return }
    let secondsPerTick = heat.clock?.secondsPerTick ?? 1
    var metres = 0.0
    for row in 0..<table.rowCount {
      let isNewPerson =
        row == 0 || table.columns[0].cells.key(row) != table.columns[0].cells.key(row - 1)
      if isNewPerson { people += 1 }
      if isNewPerson || numbers[row] != numbers[row - 1] {
        if row > 0 { count(metres) }
        (metres, trips) = (0, trips + 1)
        let hour = (Double(times[row]) * secondsPerTick / 3_600).rounded(.down)
        hours[(Int(hour) % 24 + 24) % 24] += 1
      } else {
        let across = Double(xs[row] - xs[row - 1]) * heat.east.metresPerTick
        let up = Double(ys[row] - ys[row - 1]) * heat.north.metresPerTick
        metres += (across * across + up * up).squareRoot()
      }
      let column = Self.place(xs[row], in: heat.east.bounds, below: width)
      picture.points[Self.place(ys[row], in: heat.north.bounds, below: rows) * width + column] += 1
    }
    if table.rowCount > 0 { count(metres) }
  }

  private static func place(_ tick: Int64, in bounds: ClosedRange<Int64>, below count: Int) -> Int {
    let share = Double(tick - bounds.lowerBound) / Double(bounds.upperBound - bounds.lowerBound)
    return min(Int(share * Double(count)), count - 1)
  }

  private mutating func count(_ metres: Double) {
    let bin = lengths.firstIndex { ($0.kilometres ?? .infinity) * 1_000 >= metres }
    lengths[bin ?? lengths.count - 1].trips += 1
  }
}

/// The result of trips that were published.
package struct TripSummary: Sendable {
  package let release: URL
  package let epsilon: Double
  package let delta: Double
  package let isPrivate: Bool
  /// In the synthetic table; all 0 if nothing stood out of the noise.
  package let people: Int
  package let trips: Int
  package let points: Int
  /// The bound on speed, in metres a second.
  package let fastest: Int
  package let hazards: [String]
  /// The owner's report, if one was made. It is not part of the release.
  package let ownerReport: URL?
  /// Sentences for the owner, such as a first grant. They never travel.
  package let ownerMessages: [String]
}

/// What trips will cost. Nothing is read for it but the schema.
package struct TripPlanDocument: Sendable, Encodable {
  package let epsilon: Double
  package let delta: Double
  package let rho: Double
  /// The column that names the person or the site.
  package let unit: String
  /// In metres a second.
  package let fastest: Int
  package let parts: [TripPlan.Part]
  package let hazards: [String]

  /// - Throws: ``HeatFault``, ``GateRefusal`` and the errors of schemas.
  package init(_ request: TripRequest) throws {
    let schema = try request.readSchema()
    _ = try request.promises(schema)
    let plan = try TripPlan(
      Blueprint(schema: schema), settings: request.settings, rho: request.answersRho)
    (epsilon, delta, rho) = (request.epsilon.value, request.delta.value, request.rho.value)
    (unit, fastest, parts) = (schema.unit.name, plan.fastest, plan.parts)
    hazards = request.hazards(schema).map(\.explanation)
  }
}
