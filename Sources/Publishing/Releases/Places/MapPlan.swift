import Accounting
import Encoding
import Foundation
import HeatMaps
import Ledger
import Manifests
import Tables

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

  /// - Throws: ``HeatFault``, ``GateRefusal`` and the errors of schemas.
  package init(_ request: MapRequest) throws {
    let schema = try request.readSchema()
    _ = try request.promises(schema)
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
  /// The owner's report, if one was made. It is not part of the release.
  package let ownerReport: URL?
  /// Sentences for the owner, such as a first grant. They never travel.
  package let ownerMessages: [String]
}
