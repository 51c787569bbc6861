import Basics
import EncryptedScoring
import Foundation
import Manifests
import Understudy

/// The content of a file of encrypted scoring, and the knowledge that it gives to whoever has it:
/// said before the file is written.
struct ScoringNotice {
  let file: String
  let holds: String
  let tells: String
  var bytes: Int?

  /// Both as sentences.
  var text: String {
    tells.isEmpty ? "\(file) will hold \(holds)." : "\(file) will hold \(holds). \(tells)"
  }

  init(file: String, holds: String, tells: String, bytes: Int? = nil) {
    self.file = file
    self.holds = holds
    self.tells = tells
    self.bytes = bytes
  }

  init(card: PublicCard, file: String, bytes: Int) {
    self.init(
      file: file,
      holds:
        "the names of \(NumberText.plural(card.columns.count, "column", "columns")), their bins, categories and ranges, the link and the "
        + "unit of scores, and no points",
      tells:
        "It tells which columns the model uses, and the size of its largest points within a factor of two. Records may hold "
        + "\(NumberText.count(card.entryCount)) numbers each. If the model may leave you, send the scorecard itself instead: then nothing "
        + "needs to be encrypted.",
      bytes: bytes)
  }

  init(request: ScoreRequest, file: String, key: String, bytes: Int) {
    let header = request.header
    self.init(
      file: file,
      holds:
        "\(NumberText.plural(header.records, "record", "records")) of \(NumberText.count(header.entries)) numbers, encrypted "
        + "(\(Self.size(bytes)))",
      tells:
        "It tells how many records there are and which card they are for, and no cell of any of them. Only \(key) reads its answer: that "
        + "file is a key for this one request. Keep it here, and never send it.",
      bytes: bytes)
  }

  init(answer: ScoreAnswer, card: PublicCard, file: String, bytes: Int) {
    self.init(
      file: file,
      holds:
        "\(NumberText.plural(answer.header.records, "score", "scores")), encrypted for the asker (\(Self.size(bytes)))",
      tells:
        "It tells its asker one exact score a record and nothing else of the model. Exact scores tell a model too: with "
        + "\(NumberText.count(card.recordsThatTellAll)) records chosen for it, in one request or in many, an asker can work out every "
        + "point.",
      bytes: bytes)
  }

  init(scores: OpenedScores, file: String) {
    self.init(
      file: file,
      holds:
        "\(NumberText.plural(scores.header.records, "score", "scores")) in plain text, in the order of the records",
      tells:
        "The key is destroyed once they are written. Tell the maker of the answer nothing about them, not even whether they could be read."
    )
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? "\(NumberText.count((bytes + 999) / 1000)) kB"
      : "\(NumberText.decimal(Double(bytes) / 1e6, digits: 1)) MB"
  }
}

extension Console {
  /// Says that the file is written, to a person or a program.
  func finish(_ notice: ScoringNotice, records: Int?, beside target: URL) throws {
    struct Document: Encodable {
      let file: String
      let holds: String
      let tells: String
      let bytes: Int?
      let records: Int?
    }
    if isJSON {
      try show(
        json: Document(
          file: target.path, holds: notice.holds, tells: notice.tells, bytes: notice.bytes,
          records: records))
    } else if !isQuiet {
      show("Wrote \(notice.file).", beside: target)
    }
  }
}

/// Scorecards as files.
enum CardFile {
  /// Reads a scorecard from its file, or from the folder of a model.
  static func scorecard(_ path: String) throws -> Scorecard {
    let isFolder = FileIdentity(InputFile.url(path)).kind == .folder
    let file = isFolder ? "\(path)/\(ReleaseArtefact.scorecard.name)" : path
    return try Scorecard(json: Data(contentsOf: InputFile.readable(file)))
  }

  static func publicCard(_ path: String) throws -> PublicCard {
    try PublicCard(json: Data(contentsOf: InputFile.readable(path)))
  }
}
