import Foundation
import Quality
import Tables
import Testing

@Suite struct QualityReportTests {
  private func table(_ columns: [(String, [String])]) -> Table {
    PlainTable(names: columns.map(\.0), cells: columns.map(\.1)).table
  }

  @Test func `a table equals itself, to the last figure and byte`() throws {
    let sample = table([
      ("a", (0..<500).map { "\($0 % 37)" }),
      ("b", (0..<500).map { $0 % 9 == 0 ? "" : "v\($0 % 5)" }),
      ("goal", (0..<500).map { "\($0 % 2)" }),
    ])
    let options = QualityOptions(target: "goal")
    let report = try QualityReport.measure(
      original: OwnerTable(sample), synthetic: sample, options: options)
    #expect(
      report.means.oneWay == 0 && report.means.twoWay == 0 && report.means.threeWay == 0
        && report.unseen == 0)
    #expect(report.copies.ofOriginal == 1 && report.copies.ofHoldout == nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let again = try QualityReport.measure(
      original: OwnerTable(sample), synthetic: sample, options: options)
    let bytes = try encoder.encode(report)
    #expect(try encoder.encode(again) == bytes)
    #expect(try JSONDecoder().decode(QualityReport.self, from: bytes) == report)
  }

  @Test func `a column read as numbers on one side and as words on the other compares by value`()
    throws
  {
    let original = table([("x", ["1", "2", "3", "", "2"]), ("y", ["a", "b", "a", "b", "a"])])
    let synthetic = table([("y", ["a", "b", "a", "b", "a"]), ("x", ["1", "2", "other", "", "2"])])
    let report = try QualityReport.measure(original: OwnerTable(original), synthetic: synthetic)
    #expect(report.columns.map(\.name) == ["x", "y"])
    #expect(
      abs(report.columns[0].distance - 0.2) < 1e-12 && abs(report.columns[0].unseen - 0.2) < 1e-12)
    #expect(report.columns[1].distance == 0)
    #expect(abs(report.copies.ofOriginal - 0.8) < 1e-12)
  }

  @Test func `copies are told apart from coincidence`() throws {
    let original = table([("x", ["1", "2", "3", "4"])])
    let report = try QualityReport.measure(
      original: OwnerTable(original), synthetic: table([("x", ["1", "1", "9", "8"])]),
      holdout: OwnerTable(table([("x", ["1", "9"])])))
    #expect(report.copies == RowCopies(ofOriginal: 0.5, ofHoldout: 0.75, coincidence: 0.5))
  }

  @Test func `identifiers and ignored columns stay out`() throws {
    let codes = (0..<3).map(Int32.init)
    let names = Column(
      name: "name", type: .identifier,
      cells: .labels(codes: codes, dictionary: LabelDictionary(["p", "q", "r"])))
    let other = Table(
      columns: [names] + table([("x", ["1", "2", "3"]), ("z", ["1", "1", "1"])]).columns)
    let report = try QualityReport.measure(
      original: OwnerTable(other), synthetic: other, options: QualityOptions(ignoring: ["z"]))
    #expect(report.columns.map(\.name) == ["x"] && report.ignoredColumns == ["name", "z"])
    let all = try QualityReport.measure(
      original: OwnerTable(other), synthetic: other,
      options: QualityOptions(includesIdentifiers: true))
    #expect(all.columns.count == 3)
  }

  @Test func `what cannot be compared is refused by name`() {
    let one = table([("x", ["1"]), ("y", ["2"])])
    #expect(throws: QualityError.missingColumns(["y"], table: "synthetic")) {
      try QualityReport.measure(original: OwnerTable(one), synthetic: table([("x", ["1"])]))
    }
    #expect(throws: QualityError.emptyTable("synthetic")) {
      try QualityReport.measure(
        original: OwnerTable(one), synthetic: table([("x", []), ("y", [])]))
    }
    #expect(throws: QualityError.unknownTarget("w")) {
      try QualityReport.measure(
        original: OwnerTable(one), synthetic: one, options: QualityOptions(target: "w"))
    }
    #expect(throws: QualityError.nothingToCompare) {
      try QualityReport.measure(
        original: OwnerTable(one), synthetic: one, options: QualityOptions(ignoring: ["x", "y"]))
    }
    #expect("\(QualityError.missingColumns(["y"], table: "synthetic"))".contains("'y'"))
  }

  @Test func `one row, all missing and constant columns are ordinary`() throws {
    let odd = table([("x", ["1"]), ("empty", [""]), ("same", ["k"])])
    let report = try QualityReport.measure(
      original: OwnerTable(odd), synthetic: odd, options: QualityOptions(target: "same"))
    #expect(report.means.oneWay == 0 && report.usefulness == nil)
    #expect(report.pairs.allSatisfy { $0.original.cramersV == 0 })
  }

  @Test func `shares of a distribution add up to one`() throws {
    let values = (0..<900).map { $0 % 3 == 0 ? "0" : $0 % 31 == 0 ? "" : "\(($0 * 7919) % 4001)" }
    let words = (0..<900).map { "w\(($0 * $0) % 23)" }
    let sketch = TableSketch(of: table([("n", values), ("w", words)]))
    for distribution in sketch.distributions {
      let total = (distribution.bars + distribution.spikes + [distribution.missing]).reduce(0) {
        $0 + $1.synthetic
      }
      #expect(abs(total - 1) < 1e-9, "\(distribution.column)")
    }
    #expect(sketch.distributions[0].spikes.map(\.label) == ["0"])
    #expect(sketch.distributions[1].bars.count == 8)
  }
}
