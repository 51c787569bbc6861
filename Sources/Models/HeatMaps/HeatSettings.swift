import Curation

/// The form of a heat map, chosen in public.
package struct HeatSettings: Sendable, Codable, Equatable {
  /// The width of the smallest cells, in metres.
  package var cellMetres = 200.0
  /// A cell is divided, and shown, if its heat is above so many standard deviations of the noise.
  package var threshold = 3.0
  /// The division of time; `none` for one map of all times.
  package var slices = HeatGrid.Slices.none

  package init() {}
}
