import Examples

/// The size of the demonstration of ``RarePeople``. The defaults are those of docs/why-privacy.md.
package struct RarePeopleSettings: Codable, Sendable, Equatable {
  /// Ordinary and rare people in each table.
  package var ordinary = 4_500
  package var rare = 50
  /// Rows of each rare person: a visit every other week of a year.
  package var visits = 24
  /// Tables from which stand-ins are made with a guarantee, each a fresh draw with other rare
  /// people; the first few also without one.
  package var tables = 10
  package var tablesWithoutPrivacy = 2
  package var epsilon = 1.0
  package var delta = 1e-9
  /// Training steps without a guarantee; nil for the usual number.
  package var steps: Int?
  /// The seed of the tables and of the training without a guarantee. Noise that protects is never
  /// repeatable.
  package var seed: UInt64 = 2026

  package init() {}
}
