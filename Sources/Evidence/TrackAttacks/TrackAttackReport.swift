/// The figures of attacks on a map or on trips: of the people whose tracks were used, beside those
/// of strangers.
package struct TrackAttackReport: Sendable, Codable, Equatable {
  /// How often an attack was right.
  package struct Share: Sendable, Codable, Equatable {
    package let hits: Int
    package let attempts: Int

    package var value: Double { Double(hits) / Double(max(attempts, 1)) }
    var variance: Double { value * (1 - value) / Double(max(attempts, 1)) }
  }

  /// An attack on each person.
  package struct Guess: Sendable, Codable, Equatable {
    package let name: String
    /// What the attacker does, in a sentence.
    package let method: String
    package let members: Share
    /// Nil without a control.
    package let strangers: Share?
    /// The share of hits of somebody who sees no release; nil if there is no such guess.
    package let blind: Double?

    /// Whether members are found more often than strangers, by more than chance explains. Three
    /// standard errors, since several attacks are made.
    package var isShown: Bool {
      guard let strangers, strangers.attempts > 0 else { return false }
      let error = (members.variance + strangers.variance).squareRoot()
      return members.value - strangers.value > max(3 * error, 0.02)
    }
  }

  /// How many people some of their own cells single out in the original.
  package struct Uniqueness: Sendable, Codable, Equatable {
    package let cells: Int
    package let people: Share
  }

  /// Warm blocks in a cold neighbourhood.
  package struct HotSpots: Sendable, Codable, Equatable {
    package let shown: Int
    /// Those of them where fewer than ``TrackAttack/few`` people were.
    package let ofFew: Int
    /// The same on the exact map, for comparison.
    package let onExactMap: Int
  }

  /// What the difference of two releases tells of who is in one of them alone.
  package struct Difference: Sendable, Codable, Equatable {
    /// The area under the curve of members against strangers; one half knows nothing.
    package let area: Double
    package let error: Double

    package var isShown: Bool { area > 0.5 + 3 * error }
  }

  /// The people of the original, and of the control.
  package let people: Int
  package let strangers: Int?
  package let cellMetres: Double
  package let uniqueness: [Uniqueness]
  package let guesses: [Guess]
  package let hotSpots: HotSpots
  /// The share of people of whom a cell shows if exact maps with and without them are subtracted,
  /// both with cells of fewer than 3 people blanked: what such maps would betray.
  package let tracedOnExactMaps: Share
  /// Nil without a second release and a control.
  package let difference: Difference?

  /// Whether a leak is shown; nil if nothing can be judged, as there is no control.
  package var isLeaky: Bool? {
    guard strangers != nil else { return nil }
    return guesses.contains(where: \.isShown) || difference?.isShown == true
  }
}

/// A reason why places cannot be attacked.
package enum TrackAttackFault: Error, Equatable, CustomStringConvertible {
  case noPlaces(String)
  case noPeople(String)
  case tooFewCells

  package var description: String {
    switch self {
    case .noPlaces(let name):
      "\(name): there is neither a map (heat.geojson) nor a table of trips (synthetic.csv) that can be read. Give the folder of a "
        + "release of `heatmap` or `trips`."
    case .noPeople(let name):
      "\(name): nobody has a point within the declared bounds. Check that the schema is that of this table."
    case .tooFewCells:
      "cell: the region has fewer than 8 cells a side, which is too few to look for homes. Take smaller cells."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .noPlaces: "attack.no-places"
    case .noPeople: "attack.no-people"
    case .tooFewCells: "attack.too-few-cells"
    }
  }
}
