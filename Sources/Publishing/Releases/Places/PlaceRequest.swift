import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Policies
import SchemaFiles
import Tables
import Trips

/// A request for a release made from a table of points.
package struct PlaceRequest<Settings: Sendable>: ChargedRequest {
  /// The table of points.
  package var input: URL
  package var schema: URL
  /// The folder to create.
  package var output: URL
  package var epsilon: Epsilon
  package var delta = Delta(checked: 1e-9)
  /// The form of the map or the trips.
  package var settings: Settings
  /// Areas in GeoJSON whose heat is counted from the cells of a map.
  package var areas: URL?
  /// Roads in GeoJSON to which trips are snapped.
  package var roads: URL?
  /// Tracks of people of the same kind who are not in the table, to compare with in the owner's
  /// report.
  package var control: URL?
  /// Whether the owner's report, which attacks the release, is made too.
  package var isAttacked = true
  /// The destination of the owner's report, outside the release; nil for a folder
  /// `owner/<release>-<date>` beside the ledger.
  package var ownerFolder: URL?
  /// What the release must meet; nil for no policy.
  package var policy: PolicyFile?
  package var ledger: URL
  /// The folder of the owner's keys, if it is not the one beside the ledger.
  package var keys: URL?
  package var replacesOutput = false
  /// The owner's statement about whose people the table holds.
  package var samePeopleAs: [String] = []
  package var hasOtherPeople = false
  /// A seed that makes the run repeatable and **not private**. The release is marked so.
  package var seed: UInt64?
  /// Watches or replaces answers, for tests. The run is then not private.
  package var probe: (any CuratorProbe)?
  /// The clock of the release.
  package var now: @Sendable () -> Date = { Date() }

  package init(
    input: URL, schema: URL, output: URL, epsilon: Epsilon, ledger: URL, settings: Settings
  ) {
    (self.input, self.schema, self.output) = (input, schema, output)
    (self.epsilon, self.ledger, self.settings) = (epsilon, ledger, settings)
  }

  /// The paths that the release must not overwrite.
  var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(schema, as: "the schema that is read")
    rule.protect(areas, as: "the areas that are read")
    rule.protect(roads, as: "the roads that are read")
    rule.protect(control, as: "the control that is read")
    rule.protect(ledger, as: "the ledger")
    rule.protect(keysInUse, as: "the folder of the owner's keys")
    return rule
  }

  /// The rho of the whole release.
  var rho: Rho {
    Rho(
      checked: LedgerBalance.reservation(
        epsilon: epsilon.value, delta: delta.value, eventDelta: 0))
  }

  /// The rho of the answers: a little less, because the price of an answer is rounded up.
  var answersRho: Rho { rho.share(1 - 1e-6) }

  /// Returns the owner's schema. A map is never made under one that was inferred: it would not know
  /// the region.
  func readSchema() throws -> Schema {
    guard delta.value > 0, delta.value < 1 else { throw ReleaseError.deltaOutOfRange }
    if let ownerFolder, ownerFolder.isInside(output) {
      throw ReleaseError.ownerFolderInRelease(ownerFolder.path)
    }
    return try SchemaFile.read(schema)
  }

  /// Returns the hazards that the release accepts.
  func hazards(_ schema: Schema) -> [Hazard] {
    Hazard.of(
      epsilon: epsilon.value, delta: delta.value, schema: schema,
      isRepeatable: seed != nil || probe != nil, hasOtherPeople: hasOtherPeople)
  }
}

/// A request for a map of where people are.
package typealias MapRequest = PlaceRequest<HeatSettings>

/// A request for synthetic trips.
package typealias TripRequest = PlaceRequest<TripSettings>

extension PlaceRequest where Settings == HeatSettings {
  package init(input: URL, schema: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    self.init(
      input: input, schema: schema, output: output, epsilon: epsilon, ledger: ledger,
      settings: HeatSettings())
  }
}
