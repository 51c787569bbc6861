import HubRecords
import HubRights

extension Screens {
  /// How the hub does as a machine: for administrators, who see no data, and auditors.
  package func health(_ health: HubHealth) -> Page {
    let alive = health.workers.filter { sight.now - $0.seen <= HubHealth.workerSeconds }
    var blocks = concerns(health, alive: alive.count)
    if blocks.isEmpty {
      blocks.append(.notice(.good, "All is well", "Workers are there, and the log is whole."))
    }
    blocks.append(
      Block().with {
        $0.facts = [
          Fact("Workers", "\(alive.count)", "seen in the last minute"),
          Fact("Work that waits", "\(health.waiting)", waitingTime(health)),
          Fact("Work that runs", "\(health.running)"),
          Fact(
            "Log", "\(health.entries) entries",
            health.logFault == nil ? "whole, and sealed" : "broken"),
          Fact("Database", Self.size(health.databaseBytes)),
          Fact("Free on its disk", Self.size(health.freeBytes)),
          Fact("Last letter", health.lastLetter.map(Wording.time) ?? "none yet"),
        ]
      })
    if !health.workers.isEmpty {
      blocks.append(
        Block("Workers").with {
          $0.table = Table(
            "In the order of their start", ["Worker", "State", "Since", "Last seen"],
            health.workers.map { worker in
              let isAlive = sight.now - worker.seen <= HubHealth.workerSeconds
              return [
                Cell(worker.holder),
                Cell(isAlive ? "there" : "gone", tag: isAlive ? "good" : "caution"),
                Cell(Wording.time(worker.started)), Cell(Wording.time(worker.seen)),
              ]
            })
        })
    }
    return Page("Health", lead: "The hub as a machine. Nothing here is about data.", blocks)
  }

  /// What somebody must do something about.
  private func concerns(_ health: HubHealth, alive: Int) -> [Block] {
    var blocks: [Block] = []
    if let fault = health.logFault {
      blocks.append(
        .notice(
          .serious, "The log is broken",
          "\(fault) Stop the services and compare it with the last exported one."))
    }
    if alive == 0 {
      blocks.append(
        .notice(
          health.waiting > 0 ? .serious : .caution, "No worker is there",
          "Approved work waits until one is started: understudy-hub work."))
    }
    if let free = health.freeBytes, free < Self.leastFree {
      blocks.append(
        .notice(
          .serious, "The disk is nearly full",
          "Releases and charges need room: a charge that cannot be written ends its job."))
    }
    return blocks
  }

  /// Bytes that should be free: room for a stand-in of millions of rows.
  private static let leastFree = 1 << 30

  private func waitingTime(_ health: HubHealth) -> String? {
    health.waitsSince.map { "the oldest for \(Wording.age(sight.now - $0))" }
  }

  private static func size(_ bytes: Int?) -> String {
    guard let bytes else { return "not known" }
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(bytes), 0)
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return "\(Wording.number((value * 10).rounded() / 10)) \(units[unit])"
  }
}
