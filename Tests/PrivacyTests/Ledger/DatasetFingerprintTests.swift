import Curation
import Foundation
import Ledger
import Tables
import Testing

@Suite struct DatasetFingerprintTests {
  private let key = FingerprintKey(bytes: Data(0..<32))!

  private func fingerprint(_ table: Tables.Table) -> DatasetFingerprint {
    .compute(table: table, key: key)
  }

  /// The rows of `table` with these numbers, in this order.
  private func pick(_ rows: [Int], of table: Tables.Table) -> Tables.Table {
    Tables.Table(
      columns: table.columns.map { column in
        let cells: Cells =
          switch column.cells {
          case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
          case .labels(let codes, let dictionary):
            .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
          }
        return Column(
          name: column.name, type: column.type, cells: cells, missingToken: column.missingToken)
      })
  }

  @Test func theOrderOfRowsAndColumnsDoesNotMatter() {
    let table = people(10_000)
    let shuffled = pick((0..<10_000).map { $0 * 7_919 % 10_000 }, of: table)
    let turned = Tables.Table(columns: table.columns.reversed())
    #expect(fingerprint(shuffled) == fingerprint(table))
    #expect(fingerprint(turned) == fingerprint(table))
  }

  @Test func anotherKeyTellsNothing() throws {
    let other = try #require(FingerprintKey(bytes: Data(repeating: 7, count: 32)))
    let (mine, yours) = (
      fingerprint(people()), DatasetFingerprint.compute(table: people(), key: other)
    )
    #expect(mine.identity != yours.identity)
    #expect(mine.resemblance(to: yours).estimate == 0)
    #expect(FingerprintKey(bytes: Data(count: 31)) == nil)
  }

  @Test func anyChangeOfACellChangesTheIdentity() {
    let table = people(200)
    var seen: Set = [fingerprint(table).identity]
    for row in stride(from: 0, to: 200, by: 13) {
      for column in 0..<2 {
        guard case .ticks(var ticks) = table.columns[column].cells else { continue }
        ticks[row] += 1
        var columns = table.columns
        columns[column] = Column(
          name: columns[column].name, type: columns[column].type, cells: .ticks(ticks))
        #expect(seen.insert(fingerprint(Tables.Table(columns: columns)).identity).inserted)
      }
    }
  }

  @Test func swappedCellsAreNoticed() {
    // The same cells in each column but in other pairs, and the same row twice instead of two rows
    // once.
    func pairs(_ left: [Int64], _ right: [Int64]) -> String {
      fingerprint(
        Tables.Table(columns: [
          Column(name: "a", type: .integer, cells: .ticks(left)),
          Column(name: "b", type: .integer, cells: .ticks(right)),
        ])
      ).identity
    }
    let identities = [
      pairs([1, 2], [1, 2]), pairs([1, 2], [2, 1]), pairs([1, 1], [1, 1]),
      pairs([1, 2, 1, 2], [1, 2, 1, 2]), pairs([1], [2]),
      pairs([2], [1]), pairs([], []),
    ]
    #expect(Set(identities).count == identities.count)
  }

  @Test func howAColumnIsTypedDoesNotMatter() {
    let missing = Cells.missingTick
    func single(_ column: Column) -> String {
      fingerprint(Tables.Table(columns: [column])).identity
    }
    func labels(_ cells: [String]) -> String {
      single(
        Column(
          name: "x", type: .category,
          cells: .labels(codes: cells.indices.map { Int32($0) }, dictionary: LabelDictionary(cells))
        ))
    }
    func ticks(_ type: ColumnType, _ cells: [Int64], token: String = "") -> String {
      single(Column(name: "x", type: type, cells: .ticks(cells), missingToken: token))
    }
    #expect(
      ticks(.integer, [5, -70, missing, .max]) == labels(["5", "-70", "NA", "9223372036854775807"]))
    #expect(ticks(.integer, [5, missing], token: "-9") == labels(["5", "-9"]))
    #expect(ticks(.integer, [5, 6]) == ticks(.decimal(fractionDigits: 3), [5000, 6000]))
    #expect(ticks(.decimal(fractionDigits: 2), [5, 1250]) == labels(["0.05", "12.50"]))
    let yes = BooleanLabels(whenFalse: "no", whenTrue: "yes")
    #expect(ticks(.boolean(yes), [0, 1, 1]) == labels(["no", "yes", "yes"]))
    #expect(
      ticks(.date(.iso), [0, 19_782, -1]) == labels(["1970-01-01", "2024-02-29", "1969-12-31"]))
    #expect(
      ticks(.timestamp(.iso), [86_399, -1])
        == labels(["1970-01-01 23:59:59", "1969-12-31 23:59:59"]))
    #expect(labels(["1234567890123456789012"]) != labels(["1234567890123456789013"]))
    #expect(labels(["a"]) != labels(["b"]))
  }

  @Test func ticksAreWrittenAsTheirPatternSays() {
    func written(_ format: TimestampFormat, _ tick: Int64) -> String {
      var text = ByteBuffer()
      TimePattern(format)?.write(tick, to: &text)
      return String(decoding: text.bytes, as: UTF8.self)
    }
    #expect(
      written(TimestampFormat(pattern: "d MMM yy h:mm a", secondsPerTick: 60), 754)
        == "1 Jan 70 12:34 PM")
    #expect(
      written(TimestampFormat(pattern: "M/d/yyyy H:mm", secondsPerTick: 60), 1440 + 5)
        == "1/2/1970 0:05")
    #expect(
      written(TimestampFormat(pattern: "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", fractionDigits: 3), 1007)
        == "1970-01-01T00:00:01.007Z")
    // Days of 800 years, compared with Foundation's calendar, which is Gregorian from 1582 on.
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for day in stride(from: Int64(-141_000), to: 151_000, by: 17) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      var text = ByteBuffer()
      TimePattern(DateFormat(pattern: "yyyy.M.d"))?.write(day, to: &text)
      #expect(
        String(decoding: text.bytes, as: UTF8.self)
          == "\(parts.year ?? 0).\(parts.month ?? 0).\(parts.day ?? 0)")
    }
  }

  @Test func sipHashAgreesWithItsReferenceVectors() {
    // veorq/SipHash, vectors.h, `vectors_sip128`: key 00…0f, messages of length 0 and 1 (byte 00).
    let hash = SipHash128(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
    let empty = [UInt8]().withUnsafeBytes { hash.hash($0) }
    #expect([empty.low, empty.high] == [0xe6a8_25ba_047f_81a3, 0x9302_55c7_1472_f66d])
    let one = [UInt8](0..<1).withUnsafeBytes { hash.hash($0) }
    #expect([one.low, one.high] == [0x44af_996b_d8c1_87da, 0x45fc_229b_1159_7634])
  }
}
