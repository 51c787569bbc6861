/// How hard the neighbours' audit tries.
package struct NeighbourSettings: Sendable {
  /// Decides the pairs; the noise of the runs is never seeded.
  package var seed: UInt64 = 1
  /// Pairs of files.
  package var pairs = 63
  /// The chance that a program which keeps all its claims is said to break one.
  package var falseAlarm = 0.001
  /// Processor seconds, of this program and those that it runs, after which no further run is begun.
  package var mostSeconds: Double? = 560
  /// Pairs of runs that each pair of files gets, and the most that it gets if something seems to differ.
  package var rounds = 14
  package var mostRounds = 80
  /// Whether some gates ask for attacks: a run takes seconds then.
  package var isAttacked = false
  /// The largest epsilon that is asked for; nil for any.
  package var mostEpsilon: Double?
  /// The only engines that are run; nil for all.
  package var engines: [String]?

  /// Whether the program has `inspect --private`; schemas that it would have learned come from `inspect` else.
  package var looksPrivately = false
  /// Pairs of tables of which a step of training is looked at.
  package var gradientPairs = 8
  /// Whether the first contradiction ends the audit.
  package var stopsAtFirst = false

  package init() {}

  /// Many more pairs and runs, and no limit of time.
  package static var long: NeighbourSettings {
    var settings = NeighbourSettings()
    settings.pairs = 270
    settings.rounds = 20
    settings.mostRounds = 300
    settings.mostSeconds = nil
    settings.isAttacked = true
    settings.gradientPairs = 40
    return settings
  }

  /// A pair of each theme whose engines are quick, at epsilons at which a certain difference shows soonest: for every build.
  package static var short: NeighbourSettings {
    var settings = NeighbourSettings()
    settings.pairs = 7
    settings.rounds = 11
    settings.mostEpsilon = 0.1
    settings.engines = ["independent", "mst"]
    return settings
  }

  /// How much the best gambler of a pair must have won, as a logarithm, for the pair to get more runs than ``rounds``.
  static let suspicious = 3.5
}
