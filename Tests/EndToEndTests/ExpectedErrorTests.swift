import DelimitedText
import Examples
import Foundation
import MarginalSynthesis
import Quality
import Releases
import Reports
import Synthesis
import Tables
import Testing

/// The error that a release announces, compared with the error that its owner measures. The runs
/// are seeded, so a test that passes keeps passing.
@Suite struct ExpectedErrorTests {
  /// A part of the report that travels with a release.
  private struct Told: Decodable {
    struct Error: Decodable {
      struct Column: Decodable {
        let column: String
        let distance: Double
        let cause: String
      }

      let oneWay: Double
      let twoWay: Double?
      let columns: [Column]
    }

    struct Fitness: Decodable { let level: String }

    let expectedError: Error
    let fitness: Fitness
  }

  private func compare(rows: Int, epsilon: Double, engine: Engine) throws -> (
    told: Told, measured: QualityReport
  ) {
    let shop = try Workshop()
    let original = HospitalExample.make(rows: rows, seed: 4)
    try shop.write(HospitalExample.schema(rows: rows), as: "patients.yaml")
    try CSVWriter.write(original, to: shop.file("patients.csv"), format: TableFormat())
    var request = try shop.request(
      "patients.csv", schema: "patients.yaml", epsilon: epsilon, engine: engine)
    request.seed = 9
    _ = try Synthesis.run(request)
    let told = try JSONDecoder().decode(Told.self, from: try shop.data("release/report.json"))
    let modelled = Set(told.expectedError.columns.map(\.column))
    let schema = HospitalExample.schema(rows: rows)
    let measured = try QualityReport.measure(
      original: OwnerTable(original), synthetic: try shop.synthetic(under: schema),
      options: QualityOptions(
        ignoring: Set(original.columns.map(\.name)).subtracting(modelled), cutsDatesAsNumbers: true)
    )
    return (told, measured)
  }

  /// Whether two shares of rows agree within a factor of 1.5, or within one row in a hundred.
  private func agree(_ told: Double, _ measured: Double) -> Bool {
    abs(told - measured) <= 0.01 || max(told, measured) <= 1.5 * min(told, measured)
  }

  @Test(arguments: [
    (4_000, 1.0, Engine.aim), (4_000, 0.05, .independent), (1_000, 10, .independent),
  ])
  func `what is announced is what is measured`(_ rows: Int, _ epsilon: Double, _ engine: Engine)
    throws
  {
    let (told, measured) = try compare(rows: rows, epsilon: epsilon, engine: engine)
    let distances = Dictionary(
      uniqueKeysWithValues: measured.columns.map { ($0.name, $0.distance) })
    #expect(Set(distances.keys) == Set(told.expectedError.columns.map(\.column)))
    let agreeing = told.expectedError.columns.count {
      agree($0.distance, distances[$0.column] ?? 0)
    }
    let figures = told.expectedError.columns.map {
      "\($0.column) \($0.distance) \($0.cause) \(distances[$0.column] ?? 0)"
    }
    // A single run may be far from its expectation in some columns; on average over public tables,
    // announced and measured errors agree.
    #expect(Double(agreeing) >= 0.5 * Double(distances.count), "\(figures)")
    #expect(
      agree(told.expectedError.oneWay, measured.means.oneWay),
      "\(told.expectedError.oneWay) \(measured.means.oneWay)")
    let pairs = try #require(told.expectedError.twoWay)
    #expect(
      max(pairs, measured.means.twoWay) <= 2 * min(pairs, measured.means.twoWay),
      "\(pairs) \(measured.means.twoWay)")
  }

  /// The whiskers of the report: an original of other rows than those on which they were chosen.
  @Test func `a bar's margin holds the original's share`() throws {
    let shop = try Workshop()
    let original = HospitalExample.make(rows: 4_000, seed: 5)
    try shop.write(HospitalExample.schema(rows: 4_000), as: "patients.yaml")
    try CSVWriter.write(original, to: shop.file("patients.csv"), format: TableFormat())
    var request = try shop.request(
      "patients.csv", schema: "patients.yaml", epsilon: 1, engine: .aim)
    request.seed = 11
    _ = try Synthesis.run(request)
    let report = try JSONDecoder().decode(
      ReleaseReport.self, from: try shop.data("release/report.json"))
    var shares: [Bool] = []
    var widths: [Double] = []
    for distribution in report.distributions where distribution.missing.margin != nil {
      let column = try #require(original.columns.first { $0.name == distribution.column })
      for (index, bar) in distribution.bars.enumerated() {
        guard let margin = bar.margin,
          let count = Self.count(
            of: bar, in: column, beside: distribution, at: index)
        else { continue }
        shares.append(abs(Double(count) / 4_000 - bar.synthetic) <= margin)
        widths.append(margin)
      }
    }
    #expect(shares.count > 60)
    let held = shares.count { $0 }
    #expect(Double(held) >= 0.9 * Double(shares.count), "\(held) of \(shares.count)")
    // They are worth having: a margin of the whole would hold everything.
    #expect(widths.reduce(0, +) / Double(widths.count) < 0.05)
  }

  /// Returns the number of the original's rows in a bar; nil for bars that gather labels.
  private static func count(
    of bar: ColumnDistribution.Bar, in column: Column, beside all: ColumnDistribution, at index: Int
  ) -> Int? {
    switch column.cells {
    case .labels(let codes, let dictionary):
      guard let code = dictionary.labels.firstIndex(of: bar.label) else { return nil }
      return codes.count { $0 == Int32(code) }
    case .ticks(let ticks):
      guard let lower = bar.lower, let upper = bar.upper else { return nil }
      let spikes = Set(all.spikes.map(\.label))
      return ticks.count { tick in
        guard Cells.isValue(tick), let value = CellReading.value(ofTick: tick, type: column.type),
          !spikes.contains("\(Int(value))")
        else { return false }
        return (index == 0 || value >= lower) && (index == all.bars.count - 1 || value < upper)
      }
    }
  }

  /// The more noise, the less useful a release claims to be.
  @Test func `a release of noise says that it is good for nothing`() throws {
    #expect(
      try compare(rows: 200, epsilon: 1e-4, engine: .independent).told.fitness.level == "nothing")
    let alone = try compare(rows: 4_000, epsilon: 5, engine: .independent).told
    // The only pairs that are known are those that a rule of the schema ties.
    #expect(alone.fitness.level == "pairs")
    #expect(alone.expectedError.oneWay < 0.2)
    #expect(try compare(rows: 4_000, epsilon: 20, engine: .aim).told.fitness.level == "models")
  }
}
