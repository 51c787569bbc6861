import Attacks
import Basics
import Dispatch
import Foundation
import Synchronization

/// A fuzzer of the whole program: it makes pairs of neighbouring files, runs the program many times
/// on each, and compares everything that travels.
///
/// Each pair first gets a few runs on each file. A pair that seems to differ gets more, until its
/// claim is refuted or the apparent difference is gone. Since the bounds hold at any time, neither
/// the first look nor stopping costs anything (docs/decisions/0022-neighbour-fuzzer.md).
package struct NeighbourAudit {
  let settings: NeighbourSettings
  let observe: RunObservation
  private let looksAtGradients: Bool

  package init(settings: NeighbourSettings, program: ProgramUnderAudit) {
    var settings = settings
    settings.looksPrivately = program.looksPrivately
    self.init(settings: settings, looksAtGradients: program.isThisOne) {
      try program.observe($0, isWith: $1)
    }
  }

  /// Creates an audit for tests, with a stand-in for the program.
  package init(
    settings: NeighbourSettings, looksAtGradients: Bool = false, observe: @escaping RunObservation
  ) {
    self.settings = settings
    self.looksAtGradients = looksAtGradients
    self.observe = observe
  }

  /// The pairs that the settings choose.
  package var pairs: [NeighbourPair] {
    guard settings.pairs > 0 else { return [] }
    return (1...settings.pairs).map(pair)
  }

  private func pair(_ number: Int) -> NeighbourPair {
    var pair = PairGrammar.pair(
      number, seed: settings.seed, engines: settings.engines, isAttacked: settings.isAttacked)
    if let most = settings.mostEpsilon { pair.run.epsilon = min(pair.run.epsilon, most) }
    if pair.run.origin == .paid, !settings.looksPrivately { pair.run.origin = .observed }
    return pair
  }

  /// - Parameters:
  ///   - number: the only pair to examine.
  ///   - progress: called with the current pair and the completed share; an error thrown here ends
  ///     the audit.
  package func run(only number: Int? = nil, progress: (String, Double) throws -> Void = { _, _ in })
    throws -> NeighbourReport
  {
    let start = Self.seconds
    var results: [NeighbourReport.Pair] = []
    let pairs = number.map { [self.pair($0)] } ?? self.pairs
    let gradients = number == nil ? try lookAtGradients { try progress("gradients", 0) } : []
    for pair in pairs {
      if settings.stopsAtFirst,
        results.contains(where: \.isRefuted) || gradients.contains(where: \.isRefuted)
      {
        break
      }
      if let most = settings.mostSeconds, Self.seconds - start >= most { break }
      results.append(
        try judge(pair, until: settings.mostSeconds.map { start + $0 }) {
          try progress("pair \(pair.number)", done(results.count, seconds: Self.seconds - start))
        })
    }
    try progress("", 1)
    return NeighbourReport(
      settings: settings, pairs: results, gradients: gradients,
      leftOut: pairs.count - results.count, cpuSeconds: Self.seconds - start)
  }

  private func lookAtGradients(progress: () throws -> Void) throws -> [GradientPair] {
    guard looksAtGradients, settings.gradientPairs > 0 else { return [] }
    let neighbours = GradientNeighbours(seed: settings.seed)
    var found: [GradientPair] = []
    for number in 1...settings.gradientPairs {
      try progress()
      found.append(try neighbours.look(at: number))
      if settings.stopsAtFirst, found.contains(where: \.isRefuted) { break }
    }
    return found
  }

  private func done(_ pairs: Int, seconds: Double) -> Double {
    min(
      1, max(Double(pairs) / Double(settings.pairs), settings.mostSeconds.map { seconds / $0 } ?? 0)
    )
  }

  /// Runs one pair until its claim is refuted or nothing seems to differ any more.
  package func judge(
    _ pair: NeighbourPair, until end: Double? = nil, progress: () throws -> Void = {}
  ) throws -> NeighbourReport.Pair {
    var evidence = NeighbourEvidence(
      claim: PrivacyClaim.Pair(
        epsilon: pair.run.answers * pair.run.epsilon, delta: pair.run.answers * FuzzedRun.delta),
      falseAlarm: settings.falseAlarm / Double(settings.pairs))
    var source = RunSource(pair: pair, observe: observe)
    var attempts = 0
    while !evidence.isRefuted, attempts < settings.mostRounds {
      // Possibly no run counts at all.
      guard attempts < settings.rounds || evidence.suspicion > NeighbourSettings.suspicious else {
        break
      }
      if let end, Self.seconds >= end { break }
      try progress()
      let pairs = try source.next()
      attempts = source.runs / 2
      for (with, without) in pairs where !evidence.isRefuted {
        evidence.add(with: with, without: without)
      }
    }
    return NeighbourReport.Pair(pair, evidence, runs: source.runs)
  }

  /// Writes the files of some pairs, with the command that was run on them, so that findings can be
  /// reproduced.
  package func write(_ numbers: [Int], to folder: URL) throws {
    for number in numbers {
      let pair = pair(number)
      let place = folder.appendingPathComponent("pair-\(number)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      var files = [
        "without.csv": pair.without.text, "with.csv": pair.with.text,
        "schema.yaml": pair.schema.text,
      ]
      files["policy.yaml"] = pair.run.policy?.text
      let commands = [ProgramUnderAudit.look(pair), ProgramUnderAudit.arguments(pair.run)]
        .compactMap { $0 }
      files["command.txt"] = commands.map { "understudy \($0.joined(separator: " "))\n" }.joined()
      for (name, text) in files {
        try Data(text.utf8).write(to: place.appendingPathComponent(name))
      }
    }
  }

  private static var seconds: Double { ProcessorTime.seconds + ChildTime.seconds }
}

/// Makes one run on one of the two files of a pair and returns the part that travels, or nil if the
/// run does not count.
package typealias RunObservation =
  @Sendable (_ pair: NeighbourPair, _ isWith: Bool) throws -> Sighting?

/// Makes runs of a pair in the order in which they are requested, several at a time on a machine
/// with several cores.
///
/// Runs that do not count are left out; the k-th with the unit is paired with the k-th without. A
/// pair therefore needs no more runs on one side than on the other. Leaving out runs on one side
/// shifts nothing important, because runs are alike and independent.
private struct RunSource {

  let pair: NeighbourPair
  let observe: RunObservation
  private var with: [Sighting] = []
  private var without: [Sighting] = []
  /// The number of runs made, including those that do not count.
  private(set) var runs = 0

  init(pair: NeighbourPair, observe: @escaping RunObservation) {
    self.pair = pair
    self.observe = observe
  }

  /// Makes as many runs at once as there are cores, half of them on each side, and returns the
  /// completed pairs.
  mutating func next() throws -> [(with: Sighting, without: Sighting)] {
    let cores = max(2, ProcessInfo.processInfo.activeProcessorCount)
    let sides = (0..<cores / 2 * 2).map { $0 % 2 == 0 }
    let (pair, observe) = (pair, observe)
    let sightings = try Concurrently.map(sides) { try observe(pair, $0) }
    for (place, sighting) in sightings.enumerated() {
      guard let sighting else { continue }
      if sides[place] { with.append(sighting) } else { without.append(sighting) }
    }
    runs += sides.count
    let ready = min(with.count, without.count)
    let pairs = zip(with.prefix(ready), without.prefix(ready)).map { (with: $0, without: $1) }
    with.removeFirst(ready)
    without.removeFirst(ready)
    return pairs
  }
}
