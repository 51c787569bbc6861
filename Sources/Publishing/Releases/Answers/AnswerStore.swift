import Analyses
import Basics
import Foundation
import Ledger

/// The answers that were paid for, in a folder beside the ledger that only its owner can read: the
/// same question at the same price is the same answer, at no cost.
///
/// Losing the folder loses budget, never privacy.
struct AnswerStore {
  private let file: URL

  /// - Parameter question: everything that the answer follows from except the rows and the noise.
  init(ledger: URL, dataset: DatasetIdentity, question: StoredQuestion) throws {
    let folder = ledger.deletingLastPathComponent().appendingPathComponent(
      "\(ledger.lastPathComponent)-answers")
    let digest = ContentDigest.sha256(
      of: dataset.identity + "\n" + (try CanonicalJSON.line(question)))
    file = folder.appendingPathComponent(digest + ".json")
  }

  /// The stored answer; nil if there is none.
  var record: Record? {
    (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Record.self, from: $0) }
  }

  func keep(_ record: Record) throws {
    let folder = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try WholeFile.make(file) { try ClosedFiles.write(CanonicalJSON.lines(record), to: $0) }
    } catch {
      throw ReleaseError.cannotWrite(
        folder.path, reason: "the answer that was paid for could not be kept")
    }
  }

  /// An answer and its price.
  struct Record: Codable {
    let findings: Findings
    let rho: Double
    let questions: [String]
  }
}

/// A question in its canonical form.
struct StoredQuestion: Codable {
  let analysis: String
  let release: String
  let epsilon: Double
  let delta: Double
}
