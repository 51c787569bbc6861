import Attacks

/// The results of the demonstration.
package struct RarePeopleReport: Encodable, Sendable {
  package let settings: RarePeopleSettings
  /// One of each kind, in the order of ``StandInKind``.
  package let standIns: [StandIn]
  /// The distances between two draws of people, left by chance alone.
  package let strangers: Distances
  /// The reasons why the story does not hold, a sentence each; empty if it does.
  package let failures: [String]

  package init(settings: RarePeopleSettings, standIns: [StandIn], strangers: Distances) {
    (self.settings, self.standIns, self.strangers) = (settings, standIns, strangers)
    failures = RarePeopleReport.failures(of: standIns)
  }

  package func standIn(_ kind: StandInKind) -> StandIn? { standIns.first { $0.kind == kind } }

  /// The names of all attacks, in their order.
  package var attacks: [String] { standIns.first?.leaks.filter { $0.group == .rare }.map(\.attack) ?? [] }

  /// The attacks that show a leak of the rare people without privacy.
  package var leaking: [String] { standIns.leaking }

  package var holds: Bool { failures.isEmpty }

  private static func failures(of standIns: [StandIn]) -> [String] {
    var failures: [String] = []
    if standIns.leaking.isEmpty { failures.append("Without privacy no attack shows a leak of the rare people.") }
    for leak in standIns.of(.protected)?.leaks ?? [] where leak.isShown {
      failures.append("With privacy, \(leak.attack) shows a leak of \(leak.group.rawValue) people.")
    }
    for attack in standIns.leaking {
      guard let with = standIns.of(.protected)?.leak(attack, .rare), let without = standIns.of(.unprotected)?.leak(attack, .rare),
        let table = standIns.of(.original)?.leak(attack, .rare)
      else { continue }
      if !table.isShown { failures.append("On the table itself, \(attack) shows no leak, so that it proves nothing.") }
      if with.risk.high >= without.risk.low {
        failures.append("The intervals of \(attack) with and without privacy meet: there were too few targets.")
      }
    }
    return failures
  }
}

extension [StandIn] {
  fileprivate func of(_ kind: StandInKind) -> StandIn? { first { $0.kind == kind } }

  fileprivate var leaking: [String] {
    of(.unprotected)?.leaks.filter { $0.group == .rare && $0.isShown }.map(\.attack) ?? []
  }
}
