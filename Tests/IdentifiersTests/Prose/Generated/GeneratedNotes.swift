import Foundation

/// Notes made from forms and seeds that were fixed before the detectors were extended for them
/// (`Corpus/Generated`).
///
/// Every third form and every third value of the pools belong to the held-out part: neither its
/// words nor its names occur in the part that developers may look at.
enum GeneratedNotes {
  enum Part: CaseIterable { case tuning, heldOut }

  static let languages = [
    "german", "french", "spanish", "italian", "dutch", "portuguese", "english",
  ]

  /// How often each form is filled.
  private static let fillings = 6

  static func notes(_ language: String, _ part: Part) throws -> [LabelledNote] {
    try texts(language, part).map { try LabelledNote($0) }
  }

  /// The notes with their marks.
  static func texts(_ language: String, _ part: Part) throws -> [String] {
    let pools = try ValuePools(text(of: "pools"), part: part)
    let forms = try text(of: language).components(separatedBy: "%%\n").map {
      $0.trimmingCharacters(in: .newlines)
    }
    var notes: [String] = []
    for (index, form) in forms.enumerated() where (index % 3 == 2) == (part == .heldOut) {
      for filling in 0..<fillings {
        var filler = FormFiller(
          language: language, pools: pools, seed: UInt64(1_000 * index + filling))
        notes.append(filler.filled(form))
      }
    }
    return notes
  }

  private static func text(of name: String) throws -> String {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "txt", subdirectory: "Corpus/Generated")
    else {
      throw CocoaError(.fileNoSuchFile)
    }
    return try String(contentsOf: url, encoding: .utf8)
  }
}
