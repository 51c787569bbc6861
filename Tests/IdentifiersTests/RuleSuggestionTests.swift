import Basics
import ColumnRoles
import Examples
import Tables
import Testing

/// Realistic tables: the rules they are made by are found, and next to no others.
@Suite struct RuleSuggestionTests {
  private func labels(_ name: String, _ texts: [String?]) -> Column {
    Column(labels: texts, named: name)
  }

  private func numbers(_ name: String, _ values: [Int?]) -> Column {
    numbers(name, .integer, values)
  }

  private func numbers(_ name: String, _ type: ColumnType, _ values: [Int?]) -> Column {
    Column(integers: values.map { $0.map(Int64.init) }, named: name, type: type)
  }

  private func suggestions(_ columns: [Column]) -> RuleSuggestions {
    let table = Table(columns: columns)
    let described = columns.map {
      ColumnSchema(name: $0.name, type: $0.type, isNullable: $0.missingCount > 0)
    }
    return RuleSuggestions(
      in: table, schema: Schema(name: "t", columns: described, origin: .inferred))
  }

  /// Flights: delays, times in the air (none if cancelled), and a carrier that flies only to near
  /// places.
  private func flights(_ rows: Int, broken: Int = 0) -> [Column] {
    var random = SplitMix64(seed: 21)
    let carriers = ["AA", "BB", "CC", "DD"]
    var made: [(carrier: String, state: String, cells: [Int?])] = []
    for row in 0..<rows {
      let carrier = carriers[random.below(4)]
      let isFlown = random.below(12) > 0
      let distance = carrier == "DD" ? 100 + random.below(400) : 100 + random.below(2_400)
      let (air, taxi) = (distance / 8 + random.below(30), 5 + random.below(30))
      let actual = air + taxi + (row < broken ? 7 : 0)
      let scheduled = random.below(1_440)
      made.append(
        (
          carrier, isFlown ? ["landed", "diverted"][random.below(2)] : "cancelled",
          [
            distance, scheduled, isFlown ? air : nil, isFlown ? taxi : nil, isFlown ? actual : nil,
            random.below(60), random.below(24),
          ]
        ))
    }
    return [labels("carrier", made.map(\.carrier)), labels("state", made.map(\.state))]
      + [
        "distance", "minute_of_day", "air_time", "taxi_time", "gate_time", "crew_age", "crew_years",
      ].enumerated().map { place, name in
        numbers(name, made.map { $0.cells[place] })
      }
  }

  @Test func theRulesOfFlightsAreFound() {
    let found = suggestions(flights(8_000))
    #expect(
      found.rules.contains(.sum(terms: ["air_time", "taxi_time"], total: "gate_time")),
      "\(found.rules.map(\.text))")
    #expect(
      found.rules.contains(.never([.init("carrier", ["DD"]), .init("distance", ["500.."])])),
      "\(found.rules.map(\.text))")
    let isFlown = found.rules.contains { rule in
      guard case .onlyIf("air_time", let conditions) = rule else { return false }
      return conditions.map(\.column) == ["state"]
        && Set(conditions[0].values) == ["diverted", "landed"]
    }
    #expect(isFlown, "\(found.rules.map(\.text))")
    #expect(found.rules.count <= 5 && found.almost.isEmpty, "\(found.rules.map(\.text))")
  }

  @Test func rulesThatFewRowsBreakAreComments() {
    let found = suggestions(flights(8_000, broken: 9))
    let sum = Rule.sum(terms: ["air_time", "taxi_time"], total: "gate_time")
    #expect(!found.rules.contains(sum))
    let broken = found.almost.first { $0.rule == sum }?.broken ?? 0
    #expect((5...9).contains(broken), "\(found.almost)")
  }

  @Test func productsDaysAndDifferentDigitsAreFound() {
    var random = SplitMix64(seed: 8)
    let rows = (0..<3_000).map { _ in
      (
        start: 18_000 + random.below(900), stay: random.below(40), price: 100 + random.below(9_000),
        pieces: 1 + random.below(20)
      )
    }
    let found = suggestions([
      numbers("admitted", .date(.iso), rows.map(\.start)), numbers("stay", rows.map(\.stay)),
      numbers("discharged", .date(.iso), rows.map { $0.start + $0.stay }),
      numbers("price", .decimal(fractionDigits: 2), rows.map(\.price)),
      numbers("pieces", rows.map(\.pieces)),
      numbers("amount", .decimal(fractionDigits: 1), rows.map { ($0.price * $0.pieces + 5) / 10 }),
    ])
    #expect(
      found.rules.contains(.sum(terms: ["admitted", "stay"], total: "discharged")),
      "\(found.rules.map(\.text))")
    #expect(
      found.rules.contains(.product(factors: ["price", "pieces"], result: "amount")),
      "\(found.rules.map(\.text))")
  }

  /// Unrelated columns, in many rows and in few: nothing is suggested.
  @Test(arguments: [60, 500, 20_000]) func chanceIsNoRule(_ rows: Int) {
    var random = SplitMix64(seed: UInt64(rows))
    var columns: [Column] = []
    for place in 0..<6 {
      columns.append(
        numbers(
          "amount_\(place)",
          (0..<rows).map { _ in random.below(6) == 0 ? nil : random.below(20 << place) }))
      // Tails thin out, so the label with the fewest rows has the lowest maximum.
      columns.append(
        numbers(
          "tail_\(place)", .decimal(fractionDigits: 1),
          (0..<rows).map { _ in
            Int(-50 * log2Approximation(Double(1 + random.below(1 << 30)) / 0x1p30))
          }))
      columns.append(
        labels(
          "label_\(place)", (0..<rows).map { _ in "L\(min(random.below(9), random.below(9)))" }))
    }
    let found = suggestions(columns)
    #expect(
      found.rules.isEmpty && found.almost.isEmpty, "\(found.rules.map(\.text)) \(found.almost)")
  }

  private func log2Approximation(_ value: Double) -> Double {
    value > 0 ? Double(value.exponent) + value.significand - 1 : -40
  }

  @Test func nobodyAdultIsInPaediatrics() throws {
    let table = HospitalExample.make(rows: 20_000, seed: 1)
    let schema = Schema.inferred(from: table, format: TableFormat())
    let found = RuleSuggestions(in: table, schema: schema)
    #expect(
      found.rules.contains(.never([.init("ward", ["Paediatrics"]), .init("age", ["16.."])])),
      "\(found.rules.map(\.text))")
    #expect(found.rules.contains(.ordered(earlier: "admitted", later: "discharged")))
  }
}
