import Accounting
import Curation
import Foundation
import GRDB
import Ledger
import Mechanisms
import Tables
import Testing

/// A folder that is removed at the end of its test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ledger-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var ledger: URL { url.appendingPathComponent("ledger.sqlite") }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }
}

/// A Gaussian question that costs at most `rho`, and hardly less.
func question(costing rho: Double) throws -> PrivacyEvent {
  let sensitivity = Sensitivity.counts(maximumRowsPerUnit: 1)
  let noise = try DiscreteGaussian.calibrated(sensitivity: sensitivity, rho: Rho(rho))
  return .discreteGaussian(
    question: "a count", sensitivity: sensitivity, sigmaSquared: noise.sigmaSquared)
}

/// The cost of such a question.
func price(_ rho: Double) throws -> Double {
  try question(costing: rho).price(left: Rho(1)).rho.value
}

func reservation(_ rho: Double, _ delta: Double = 0) throws -> PrivacyCost {
  PrivacyCost(rho: try Rho(rho), delta: try Delta(delta))
}

/// A small table of people; tables with different `seed` differ.
func people(_ count: Int = 40, seed: Int = 0) -> Tables.Table {
  let ages = (0..<count).map { Int64(20 + ($0 * 7 + seed) % 60) }
  let costs = (0..<count).map { Int64(($0 * 9_973 + seed * 31) % 100_000) }
  let words = ["Ada", "Ben", "Cleo"]
  return Tables.Table(columns: [
    Column(name: "age", type: .integer, cells: .ticks(ages)),
    Column(name: "cost", type: .decimal(fractionDigits: 2), cells: .ticks(costs)),
    Column(
      name: "name", type: .category,
      cells: .labels(
        codes: (0..<count).map { Int32($0 * 5 % 3) }, dictionary: LabelDictionary(words))),
  ])
}

/// A ledger with one dataset and a grant.
func ledger(in folder: TemporaryFolder, epsilon: Double = 1, delta: Double = 1e-6) throws -> (
  Ledger, DatasetIdentity
) {
  let ledger = try Ledger(at: folder.ledger)
  let dataset = try ledger.register(ledger.fingerprint(of: OwnerTable(people())), name: "patients")
  try ledger.grant(dataset, epsilon: Epsilon(epsilon), delta: Delta(delta))
  return (ledger, dataset)
}

extension Ledger {
  /// The account of a table about which nothing is stated.
  func register(_ fingerprint: DatasetFingerprint, name: String) throws -> DatasetIdentity {
    try admit(fingerprint, name: name, claim: PeopleClaim()).dataset
  }

  /// A session of a release that protects rows.
  func openSession(dataset: DatasetIdentity, reserving: PrivacyCost, purpose: String) throws
    -> LedgerSession
  {
    try openSession(dataset: dataset, reserving: reserving, purpose: purpose, unit: .row)
  }
}

/// The error that a body throws, as a ledger's.
func ledgerError(_ body: () throws -> some Any) -> LedgerError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? LedgerError
  }
}
