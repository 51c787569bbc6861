import Tables

/// The contents of the report on synthetic trips: all of it is public, declared or paid for.
package struct TripReport: Codable, Sendable {
  /// A share of the budget.
  package struct Part: Codable, Sendable, Equatable {
    package var name: String
    package var share: Double

    package init(name: String, share: Double) { (self.name, self.share) = (name, share) }
  }

  /// A picture of the synthetic points: how many lie in each square, row by row from the south.
  package struct Picture: Codable, Sendable, Equatable {
    package var columns: Int
    package var points: [Int]
    /// The height of a square on paper for a width of 1.
    package var aspect: Double

    package init(columns: Int, points: [Int], aspect: Double) {
      (self.columns, self.points, self.aspect) = (columns, points, aspect)
    }

    package var rows: Int { points.count / max(columns, 1) }
  }

  package var table: String
  package var created: String
  package var software: String
  package var guarantee: ReportGuarantee
  package var hazards: [ReportHazard]
  package var cellMetres: Double
  package var pauseMinutes: Double
  /// No trip is faster, in metres a second.
  package var fastest: Int
  /// The name of the declared file of roads; nil for none.
  package var roads: String?
  /// How often people, trips and points occur in the synthetic table.
  package var people: Int
  package var trips: Int
  package var points: Int
  /// Synthetic trips by the hour at which they begin.
  package var hours: [Int]
  /// Synthetic trips by length: the upper end of each range in kilometres, and their number.
  package var lengths: [Length]
  package var picture: Picture
  package var budget: [Part]
  /// Whether nothing stood out of the noise.
  package var isEmpty: Bool
  package var files: [ReleaseFile]

  /// Trips up to a length.
  package struct Length: Codable, Sendable, Equatable {
    /// Nil for all that are longer.
    package var kilometres: Double?
    package var trips: Int

    package init(kilometres: Double?, trips: Int) {
      (self.kilometres, self.trips) = (kilometres, trips)
    }
  }

  package init(
    table: String, created: String, software: String, guarantee: ReportGuarantee,
    hazards: [ReportHazard], cellMetres: Double, pauseMinutes: Double, fastest: Int,
    roads: String? = nil, people: Int,
    trips: Int, points: Int, hours: [Int], lengths: [Length], picture: Picture, budget: [Part],
    isEmpty: Bool, files: [ReleaseFile]
  ) {
    (self.table, self.created, self.software) = (table, created, software)
    (self.guarantee, self.hazards) = (guarantee, hazards)
    (self.cellMetres, self.pauseMinutes, self.fastest) = (cellMetres, pauseMinutes, fastest)
    self.roads = roads
    (self.people, self.trips, self.points) = (people, trips, points)
    (self.hours, self.lengths, self.picture) = (hours, lengths, picture)
    (self.budget, self.isEmpty, self.files) = (budget, isEmpty, files)
  }
}
