import Crypto
import HubRecords

/// Checks a log from its lines and its seal alone, without the hub.
package enum LogCheck {
  /// A fault of a log, with the number of the entry at which it shows.
  package enum Fault: Sendable, Equatable, CustomStringConvertible {
    /// An entry is missing: `found` stands in its place.
    case dropped(entry: Int, found: Int)
    /// Entries stand in another order.
    case swapped(entry: Int)
    /// An entry is not as it was written.
    case changed(entry: Int)
    /// Entries at the end are missing.
    case truncated(after: Int, sealed: Int)
    /// There are entries after the seal.
    case beyondSeal(entry: Int)
    /// The seal is missing or was not made with the hub's key.
    case falseSeal

    package var description: String {
      switch self {
      case .dropped(let entry, let found):
        "Entry \(entry) is missing: entry \(found) stands in its place."
      case .swapped(let entry): "Entry \(entry) stands in the wrong place."
      case .changed(let entry): "Entry \(entry) is not as it was written."
      case .truncated(let last, let sealed):
        "The log ends at entry \(last), but \(sealed) were sealed."
      case .beyondSeal(let entry): "Entry \(entry) was added after the seal."
      case .falseSeal: "The seal is missing, or another key made it."
      }
    }
  }

  /// Returns the first fault, or nil if there is none.
  /// - Parameter key: The hub's key; nil to check the chain and the seal's contents without it.
  package static func fault(in lines: [String], seal: LogSeal?, key: SymmetricKey?) -> Fault? {
    let numbers = lines.map { LogEntry(line: $0)?.number }
    var previous = LogEntry.origin
    for (place, line) in lines.enumerated() {
      let number = place + 1
      guard let entry = LogEntry(line: line) else { return .changed(entry: number) }
      if entry.number != number {
        let isElsewhere = numbers.contains(number)
        return isElsewhere
          ? .swapped(entry: number) : .dropped(entry: number, found: entry.number)
      }
      // This line names another hash than that of the line before, which was therefore changed.
      if entry.previous != previous { return .changed(entry: max(1, number - 1)) }
      previous = LogEntry.hash(ofLine: line)
    }
    guard let seal, key.map(seal.isGenuine) ?? true else { return .falseSeal }
    if seal.entries > lines.count { return .truncated(after: lines.count, sealed: seal.entries) }
    if seal.entries < lines.count { return .beyondSeal(entry: seal.entries + 1) }
    return seal.head == previous ? nil : .changed(entry: lines.count)
  }
}

/// A log on its way out of the hub: its lines, then a line with the seal.
package struct ExportedLog: Sendable, Equatable {
  package let lines: [String]
  package let seal: LogSeal?

  package init(lines: [String], seal: LogSeal?) { (self.lines, self.seal) = (lines, seal) }
}
