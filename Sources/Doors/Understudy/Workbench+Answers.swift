import Accounting
import Analyses
import Basics
import Foundation
import Releases

/// Conclusions with intervals that include the noise. An analysis is a file in YAML or JSON
/// (docs/command-line.md); an answer is a JSON document, as the command line writes it.
extension Workbench {
  /// Draws conclusions from a release alone, at no privacy cost. With a price, returns instead the
  /// prediction that `ask --plan` shows: the result on the stand-in, the intervals of an answer at
  /// that ε and the usual ones, and advice.
  public func estimate(
    _ analysis: URL, from release: URL, askingAt epsilon: Double? = nil
  ) async throws -> Data {
    try await perform { _, _ in
      let analysis = try AnalysisFile.read(analysis)
      guard let epsilon else {
        return try CanonicalJSON.lines(Estimation(analysis, release: release))
      }
      return try CanonicalJSON.lines(
        AskPlan(
          analysis, release: release, epsilon: Epsilon(epsilon),
          delta: Delta(BudgetBook.usualDelta)))
    }
  }

  /// Puts an analysis to a table, with a release of it as the pilot; charges the ledger, writes the
  /// folder of a signed answer, and returns the contents of its `answer.json`. It can be cancelled
  /// until the last question is charged; an answer that was paid for is written in any case.
  public func ask(
    _ analysis: URL, of table: TableSource, release: URL, epsilon: Double, output: URL
  ) async throws -> Data {
    try await perform { files, check in
      var request = AskRequest(
        input: try files.url(of: table, under: nil), analysis: try AnalysisFile.read(analysis),
        release: release, output: output,
        epsilon: try Epsilon(epsilon), ledger: ledger)
      request.keys = keys
      return try CanonicalJSON.lines(Asking.run(request, check: check).answer)
    }
  }
}
