import Crypto
import HubLog
import HubRecords
import Testing

/// The log: one entry that is changed, dropped, moved or cut off is found and named.
@Suite struct LogTests {
  private static let key = SymmetricKey(data: [UInt8](repeating: 7, count: 32))

  /// A log of twelve entries with its seal.
  private static let log: Result<ExportedLog, any Error> = Result {
    var lines: [String] = []
    var previous = LogEntry.origin
    for number in 1...12 {
      let event = DatedEvent(
        time: 1000 + number, who: "rosa",
        event: .commented(request: "r\(number)", text: "Word \(number), \"quoted\" / näher"))
      let line = try LogEntry(number: number, previous: previous, event: event).line()
      lines.append(line)
      previous = LogEntry.hash(ofLine: line)
    }
    return ExportedLog(lines: lines, seal: LogSeal(entries: 12, head: previous, key: key))
  }

  private let lines: [String]
  private let seal: LogSeal

  init() throws {
    let log = try Self.log.get()
    lines = log.lines
    seal = try #require(log.seal)
  }

  private func fault(_ change: (inout [String]) -> Void) -> LogCheck.Fault? {
    var changed = lines
    change(&changed)
    return LogCheck.fault(in: changed, seal: seal, key: Self.key)
  }

  @Test func aWholeLogIsWhole() {
    #expect(fault { _ in } == nil)
    #expect(LogCheck.fault(in: lines, seal: seal, key: nil) == nil)
  }

  @Test func everyFlippedByteIsFound() {
    for place in lines.indices {
      for offset in stride(from: 0, to: lines[place].utf8.count, by: 3) {
        var bytes = Array(lines[place].utf8)
        bytes[offset] ^= 1
        let text = String(decoding: bytes, as: UTF8.self)
        let found = fault { $0[place] = text }
        let named: Set<Int> = [place + 1, place, place + 2]
        switch found {
        case .changed(let entry): #expect(named.contains(entry))
        case .dropped(let entry, _), .swapped(let entry): #expect(entry == place + 1)
        default: Issue.record("byte \(offset) of entry \(place + 1): \(String(describing: found))")
        }
      }
    }
  }

  /// An entry that was written anew, with all its form, is found by the next one or by the seal.
  @Test func everyRewrittenEntryIsNamed() throws {
    for place in lines.indices {
      let entry = try #require(LogEntry(line: lines[place]))
      let other = try LogEntry(
        number: entry.number, previous: entry.previous,
        event: DatedEvent(time: entry.event.time, who: "ruth", event: entry.event.event)
      ).line()
      #expect(fault { $0[place] = other } == .changed(entry: place + 1))
    }
  }

  @Test func everyDroppedEntryIsNamed() {
    for place in lines.indices.dropLast() {
      #expect(
        fault { $0.remove(at: place) } == .dropped(entry: place + 1, found: place + 2))
    }
  }

  @Test func everySwapIsNamed() {
    for first in lines.indices {
      for second in lines.indices where second > first {
        #expect(fault { $0.swapAt(first, second) } == .swapped(entry: first + 1))
      }
    }
  }

  @Test func everyTruncationIsNamed() {
    for count in lines.indices {
      #expect(
        fault { $0.removeLast(12 - count) } == .truncated(after: count, sealed: 12))
    }
  }

  @Test func aSealOfAnotherKeyIsFound() {
    let other = LogSeal(
      entries: 12, head: seal.head, key: SymmetricKey(data: [UInt8](repeating: 8, count: 32)))
    #expect(LogCheck.fault(in: lines, seal: other, key: Self.key) == .falseSeal)
    #expect(LogCheck.fault(in: lines, seal: nil, key: Self.key) == .falseSeal)
    let moved = LogSeal(entries: 11, head: LogEntry.hash(ofLine: lines[10]), code: seal.code)
    #expect(
      LogCheck.fault(in: Array(lines.dropLast()), seal: moved, key: Self.key) == .falseSeal)
  }

  @Test func entriesAfterTheSealAreNamed() throws {
    let event = DatedEvent(time: 2000, who: "ruth", event: .withdrawn(request: "r1"))
    let line = try LogEntry(number: 13, previous: seal.head, event: event).line()
    #expect(fault { $0.append(line) } == .beyondSeal(entry: 13))
  }

  @Test func anExportIsReadAsItWasWritten() throws {
    let text = try ExportedLog(lines: lines, seal: seal).text()
    #expect(ExportedLog(text: text) == ExportedLog(lines: lines, seal: seal))
    #expect(ExportedLog(text: lines.joined(separator: "\n")).seal == nil)
  }

  /// Every kind of event keeps its form on the way through a line.
  @Test func everyKindOfEventIsWrittenAndRead() throws {
    for event in TestEvents.all {
      let dated = DatedEvent(time: 5, who: "rosa", event: event)
      let line = try LogEntry(number: 1, previous: LogEntry.origin, event: dated).line()
      #expect(LogEntry(line: line)?.event == dated)
    }
  }
}
