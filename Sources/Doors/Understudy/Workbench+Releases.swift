import Foundation
import Releases

extension Workbench {
  /// Returns the cost and the expected result of a release. Spends nothing, and looks at no row if
  /// the request has a schema.
  public func plan(_ request: ReleaseRequest) async throws -> ReleasePlan {
    try await perform { files, _ in
      ReleasePlan(report: try Synthesis.plan(request.settled(on: self, files)))
    }
  }

  /// Makes a release: reads, charges, learns, draws rows and writes the folder, which appears whole
  /// or not at all.
  ///
  /// The first release of a table's people grants them its ε; further ones need what is left of it,
  /// or a grant.
  /// - Parameter progress: Called often, on the thread of the work.
  public func synthesize(
    _ request: ReleaseRequest, progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
  ) async throws -> Release {
    try await perform { files, check in
      let summary = try Synthesis.run(request.settled(on: self, files)) {
        try check()
        progress(WorkProgress($0))
      }
      return Release(report: summary)
    }
  }

  /// Draws more rows from a release into a new file, at no privacy cost, and returns their number.
  ///
  /// - Parameters:
  ///   - conditions: What every row meets: by column, a value as written, or `low..high`.
  ///   - output: The file, compressed if its name ends in `.gz`.
  ///   - seed: Repeats the same rows; nil for others each time.
  ///   - progress: Called often, on the thread of the work.
  @discardableResult
  public func sample(
    _ release: URL, rows: Int, where conditions: [String: String] = [:], to output: URL,
    seed: UInt64? = nil,
    progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
  ) async throws -> Int {
    try await perform { _, check in
      let conditions = conditions.sorted { $0.key < $1.key }.map {
        (column: $0.key, value: $0.value)
      }
      var request = SampleRequest(
        release: release, rows: rows, conditions: conditions, output: output)
      request.seed = seed
      return try Synthesis.sample(request) {
        try check()
        progress(WorkProgress($0))
      }
    }
  }

  /// Checks that a release is what its owner signed, that its claim adds up, and, if the ledger
  /// exists, that the ledger is sound.
  /// - Parameter trustedKey: The key that must have signed: its short name, or the key itself.
  public func verify(_ release: URL, trustedKey: String? = nil) async throws -> Verification {
    try await perform { _, _ in
      var verification = ReleaseVerification(release: release)
      (verification.trustedKey, verification.mustHoldRelease) = (trustedKey, false)
      verification.ledger = FileManager.default.fileExists(atPath: ledger.path) ? ledger : nil
      return Verification(report: try verification.run())
    }
  }
}
