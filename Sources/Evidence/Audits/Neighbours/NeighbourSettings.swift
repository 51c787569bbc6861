/// How hard the audit of neighbours tries.
package struct NeighbourSettings: Sendable {
  /// The seed of the pairs; the noise of the runs is never seeded.
  package var seed: UInt64 = 1
  /// The number of pairs of files.
  package var pairs = 70
  /// The probability of reporting a breach in a program that keeps all its claims.
  package var falseAlarm = 0.001
  /// Processor seconds of this program and those that it runs, after which no further run starts.
  package var mostSeconds: Double? = 560
  /// Pairs of runs for each pair of files, and the largest number if something seems to differ.
  package var rounds = 14
  package var mostRounds = 80
  /// Whether some gates ask for attacks, with which a run takes seconds.
  package var isAttacked = false
  /// The largest epsilon to request; nil for any.
  package var mostEpsilon: Double?
  /// The only engines to run; nil for all.
  package var engines: [String]?

  /// Whether the program has `inspect --private`; if not, schemas that it would have learned come
  /// from `inspect`.
  package var looksPrivately = false
  /// The number of pairs of tables on which a training step is examined.
  package var gradientPairs = 8
  /// Whether the first contradiction ends the audit.
  package var stopsAtFirst = false

  package init() {}

  /// Settings with many more pairs and runs, and no time limit.
  package static var long: NeighbourSettings {
    var settings = NeighbourSettings()
    settings.pairs = 300
    settings.rounds = 20
    settings.mostRounds = 300
    settings.mostSeconds = nil
    settings.isAttacked = true
    settings.gradientPairs = 40
    return settings
  }

  /// Settings for every build: one pair for each theme with quick engines, at epsilons at which a
  /// certain difference shows soonest.
  package static var short: NeighbourSettings {
    var settings = NeighbourSettings()
    settings.pairs = 7
    settings.rounds = 11
    settings.mostEpsilon = 0.1
    settings.engines = ["independent", "mst"]
    return settings
  }

  /// The logarithm of the best gambler's winnings above which a pair gets more runs than
  /// ``rounds``.
  static let suspicious = 3.5
}
