import Curation
import Foundation
import Ledger
import Tables
import Testing

@Suite struct DatasetResemblanceTests {
  private func rows(_ range: Range<Int>, dropping dropped: String? = nil, renamed: Bool = false)
    -> Tables.Table
  {
    let columns: [(String, (Int) -> Int64)] = [
      ("number", { Int64($0 * 31 + 5) }), ("age", { Int64($0 * 7 % 90) }),
      ("cost", { Int64($0 * 9_973 % 100_003) }),
      ("sex", { Int64($0 % 2) }), ("ward", { Int64($0 * 3 % 11) }),
    ]
    return Tables.Table(
      columns: columns.filter { $0.0 != dropped }.map { name, value in
        Column(
          name: renamed ? "column \(name)" : name, type: .integer, cells: .ticks(range.map(value)))
      })
  }

  @Test func theSameTableIsKnownAndAnotherIsNew() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    #expect(try ledger.recognise(ledger.fingerprint(of: OwnerTable(rows(0..<3000)))) == .new)
    let dataset = try ledger.register(
      ledger.fingerprint(of: OwnerTable(rows(0..<3000))), name: "patients")
    #expect(
      try ledger.recognise(ledger.fingerprint(of: OwnerTable(rows(0..<3000)))) == .known(dataset))
    #expect(
      try ledger.register(ledger.fingerprint(of: OwnerTable(rows(0..<3000))), name: "other name")
        == dataset)
    #expect(try ledger.recognise(ledger.fingerprint(of: OwnerTable(people(3000)))) == .new)
    #expect(
      try ledger.recognise(ledger.fingerprint(of: OwnerTable(rows(100_000..<103_000)))) == .new)
  }

  @Test func aTableThatMerelyResemblesIsPointedOut() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(at: folder.ledger)
    let dataset = try ledger.register(
      ledger.fingerprint(of: OwnerTable(rows(0..<3000))), name: "patients")
    func resemblance(_ table: Tables.Table) throws -> DatasetResemblance {
      guard
        case .resembles(dataset, let found) = try ledger.recognise(
          ledger.fingerprint(of: OwnerTable(table)))
      else {
        Issue.record("not pointed out")
        throw CancellationError()
      }
      return found
    }
    let oneRowLess = try resemblance(rows(0..<2999))
    #expect(oneRowLess.rows > 0.97)
    let oneColumnLess = try resemblance(rows(0..<3000, dropping: "age"))
    // The sex has two values, too few for a column that tells tables apart.
    #expect(oneColumnLess.columns == 0.75)
    #expect(oneColumnLess.rows == 1)
    #expect("\(oneColumnLess)".hasPrefix("about 100 % of the distinct rows"))
    #expect("\(oneColumnLess)".hasSuffix("75 % of the columns are in both"))
    #expect(try resemblance(rows(0..<3000, renamed: true)).columns == 1)
    // One row and one column fewer, under other names.
    #expect(try resemblance(rows(0..<2999, dropping: "ward", renamed: true)).rows > 0.9)
  }

  /// Signs are drawn again for each key, so the estimate for half of the rows is rough; its mean is
  /// not.
  @Test func theShareOfCommonRowsIsRightOnAverage() {
    let estimates = (0..<64).map { _ in
      let key = FingerprintKey.generate()
      let known = DatasetFingerprint.compute(table: rows(0..<3000), key: key)
      return known.resemblance(to: .compute(table: rows(1500..<4500), key: key)).rows
    }
    let mean = estimates.reduce(0, +) / Double(estimates.count)
    #expect(mean > 0.2 && mean < 0.8, "\(mean)")
  }

  /// A ledger of an older version holds no sketches; it recognises tables by the fingerprints it
  /// has.
  @Test func fingerprintsOfTheFirstFormatAreComparedAsBefore() throws {
    let key = FingerprintKey.generate()
    func old(_ table: Tables.Table) throws -> DatasetFingerprint {
      let text = try JSONEncoder().encode(DatasetFingerprint.compute(table: table, key: key))
      var fields = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
      #expect(fields.removeValue(forKey: "sketch") != nil)
      return try JSONDecoder().decode(
        DatasetFingerprint.self, from: JSONSerialization.data(withJSONObject: fields))
    }
    let known = try old(rows(0..<3000))
    func resemblance(_ table: Tables.Table) -> DatasetResemblance {
      known.resemblance(to: .compute(table: table, key: key))
    }
    #expect(known.identity == DatasetFingerprint.compute(table: rows(0..<3000), key: key).identity)
    #expect(resemblance(rows(0..<2999)).rows > 0.97)
    let oneColumnLess = resemblance(rows(0..<3000, dropping: "age"))
    #expect(oneColumnLess.columns == 0.8 && oneColumnLess.rows == 0 && oneColumnLess.isNotable)
    #expect(resemblance(rows(0..<2999, dropping: "ward", renamed: true)).values > 0.9)
    #expect(!resemblance(rows(100_000..<103_000)).isNotable)
  }

  /// Standard error √(J (1 − J) / 256); each estimate exceeds 5 standard errors with probability
  /// below 1e-6.
  @Test func sketchesEstimateTheJaccardIndex() {
    let hash = SipHash128(key: (1, 2))
    func sketch(_ range: Range<Int>) -> BottomSketch {
      var sketch = BottomSketch()
      for element in range {
        withUnsafeBytes(of: UInt64(element).littleEndian) { sketch.insert(hash.hash($0).low) }
        if element % 3 == 0 {
          withUnsafeBytes(of: UInt64(element).littleEndian) { sketch.insert(hash.hash($0).low) }
        }
      }
      return sketch
    }
    let whole = sketch(0..<10_000)
    for (start, end) in [
      (0, 10_000), (1000, 10_000), (5000, 15_000), (9000, 40_000), (10_000, 20_000),
    ] {
      let shared = Double(max(0, min(end, 10_000) - start))
      let exact = shared / Double(max(end, 10_000))
      let estimate = whole.jaccard(with: sketch(start..<end))
      let error = (exact * (1 - exact) / 256).squareRoot()
      #expect(abs(estimate - exact) <= 5 * error, "exact \(exact), estimate \(estimate), k 256")
    }
    // Small sets are compared exactly.
    #expect(sketch(0..<100).jaccard(with: sketch(50..<150)) == 50.0 / 150)
    #expect(BottomSketch().jaccard(with: BottomSketch()) == 0)
  }
}
