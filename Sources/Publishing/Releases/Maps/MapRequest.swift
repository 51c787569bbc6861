import Accounting
import Basics
import Curation
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Tables

/// A request for a map of where people are.
package struct MapRequest {
  /// The table of points.
  package var input: URL
  package var schema: URL
  /// The folder to create.
  package var output: URL
  package var epsilon: Epsilon
  package var delta = Delta(checked: 1e-9)
  package var settings = HeatSettings()
  /// Areas in GeoJSON whose heat is counted from the same cells.
  package var areas: URL?
  package var ledger: URL
  /// The folder of the owner's keys, if it is not the one beside the ledger.
  package var keys: URL?
  package var replacesOutput = false
  /// The owner's statement about whose people the table holds.
  package var samePeopleAs: [String] = []
  package var hasOtherPeople = false
  /// A seed that makes the run repeatable and **not private**. The map is marked so.
  package var seed: UInt64?
  /// Watches or replaces answers, for tests. The run is then not private.
  package var probe: (any CuratorProbe)?
  /// The clock of the release.
  package var now: @Sendable () -> Date = { Date() }

  package init(input: URL, schema: URL, output: URL, epsilon: Epsilon, ledger: URL) {
    (self.input, self.schema, self.output) = (input, schema, output)
    (self.epsilon, self.ledger) = (epsilon, ledger)
  }

  /// The paths that the map must not overwrite.
  var outputRule: OutputRule {
    var rule = OutputRule()
    rule.protect(input, as: "the table that is read")
    rule.protect(schema, as: "the schema that is read")
    rule.protect(areas, as: "the areas that are read")
    rule.protect(ledger, as: "the ledger")
    rule.protect(keysInUse, as: "the folder of the owner's keys")
    return rule
  }

  var keysInUse: URL { keys ?? SigningKey.folder(beside: ledger) }

  /// The rho of the whole map.
  var rho: Rho {
    Rho(
      checked: LedgerBalance.reservation(
        epsilon: epsilon.value, delta: delta.value, eventDelta: 0))
  }

  /// The rho of the answers: a little less, because the price of an answer is rounded up.
  var answersRho: Rho { rho.share(1 - 1e-6) }

  /// Returns the curator, the only door to the rows of this run.
  func curator(
    of table: consuming SensitiveTable, blueprint: Blueprint, session: LedgerSession
  ) -> Curator {
    if let probe {
      return Curator(
        audited: table, blueprint: blueprint, budget: session, seed: seed, probe: probe)
    }
    if let seed { return Curator(seeded: table, blueprint: blueprint, budget: session, seed: seed) }
    return Curator(table, blueprint: blueprint, budget: session)
  }
}

/// What a map will cost and can show. Nothing is read for it but the schema.
package struct MapPlan: Sendable, Codable {
  package let epsilon: Double
  package let delta: Double
  package let rho: Double
  /// The column that names the person or the site.
  package let unit: String
  package let levels: [Level]
  package let hazards: [String]

  package struct Level: Sendable, Codable {
    package let cellMetres: Double
    /// The length to which a person's heat is clipped.
    package let clip: Double
    /// The standard deviation of the noise on a cell, in people.
    package let sigma: Double
    /// The group, all in one cell, that shows in half of all draws.
    package let visibleGroup: Double
  }

  /// - Throws: ``HeatFault`` and the errors of schemas.
  package init(_ request: MapRequest) throws {
    guard request.delta.value > 0, request.delta.value < 1 else {
      throw ReleaseError.deltaOutOfRange
    }
    let schema = try request.readSchema()
    let plan = try HeatPlan(
      Blueprint(schema: schema), settings: request.settings, rho: request.answersRho)
    (epsilon, delta, rho) = (request.epsilon.value, request.delta.value, request.rho.value)
    unit = schema.unit.name
    levels = plan.levels.map {
      Level(
        cellMetres: $0.cellMetres, clip: $0.clip, sigma: $0.sigma,
        visibleGroup: plan.visibleGroup($0))
    }
    hazards = request.hazards(schema).map(\.explanation)
  }
}

/// The result of a map that was published.
package struct MapSummary: Sendable {
  package let release: URL
  package let epsilon: Double
  package let delta: Double
  package let isPrivate: Bool
  /// Cells with heat; 0 if nothing stood out of the noise.
  package let cells: Int
  /// The sum of their heat, in people.
  package let heat: Double
  package let areas: [HeatMap.AreaHeat]
  package let hazards: [String]
  /// Sentences for the owner, such as a first grant. They never travel.
  package let ownerMessages: [String]
}
