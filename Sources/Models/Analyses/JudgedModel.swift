import Basics
import EncryptedScoring
import Foundation

/// A model whose scores an analysis judges. In texts and answers its name and digest stand for it,
/// since a scorecard may be private.
package struct JudgedModel: Sendable, Equatable, Codable {
  package let name: String
  /// SHA-256 of the scorecard in its own form, in hexadecimal.
  package let digest: String
  /// The points; nil if the analysis was read from an answer.
  package private(set) var card: Scorecard?

  private enum CodingKeys: String, CodingKey { case name, digest }

  package init(_ card: Scorecard) throws {
    (self.card, name) = (card, card.name)
    digest = ContentDigest.sha256(of: try card.json())
  }

  /// Reads a scorecard, or that of a folder which `train` made.
  /// - Throws: ``AnalysisFault/unreadableModel(reason:)``.
  package init(at url: URL) throws(AnalysisFault) {
    let isFolder = (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    let file = isFolder ? url.appendingPathComponent("scorecard.json") : url
    guard let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize,
      size <= Self.mostBytes, let json = try? Data(contentsOf: file)
    else {
      throw .unreadableModel(
        reason: "Name a scorecard, or a folder that `train` made; the path starts at the analysis.")
    }
    do { try self.init(Scorecard(json: json)) } catch let fault as ScorecardFault {
      throw .unreadableModel(reason: fault.description)
    } catch {
      throw .unreadableModel(reason: "It cannot be written in its own form.")
    }
  }

  private static let mostBytes = 1 << 24
}
