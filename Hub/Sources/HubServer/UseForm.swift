import Foundation
import HubRecords
import HubRights

extension IntendedUse {
  /// The use as the form of an access request states it; nil if it states no aim.
  init?(_ form: FormText) {
    guard let aim = Aim(rawValue: form["aim"]) else { return nil }
    self.init(
      aim: aim, isForProfit: form["organisation"] == "profit",
      isCommercial: !form["commercial"].isEmpty, isGenetic: !form["genetic"].isEmpty,
      hasEthicsApproval: !form["ethics"].isEmpty,
      promises: form.all("promises").compactMap(Promise.init(rawValue:)),
      words: form.word("words") ?? "")
  }
}

extension Listing {
  /// The entry for catalogues as the form of a data set has it; nil if none of its fields is filled
  /// in.
  init?(_ form: FormText) {
    let names = [
      "publisher", "contact", "accessBody", "accessBodyContact", "provenance", "begins", "ends",
    ]
    guard names.contains(where: { form.word($0) != nil }) else { return nil }
    self.init(
      publisher: form.word("publisher") ?? "", contact: form.word("contact") ?? "",
      accessBody: form.word("accessBody") ?? "",
      accessBodyContact: form.word("accessBodyContact") ?? "", category: form["category"],
      provenance: form.word("provenance") ?? "")
    (begins, ends) = (form.word("begins"), form.word("ends"))
  }
}

extension DatasetWords {
  /// The words on a data set as a form has them.
  init(_ form: FormText) {
    let keywords = form["keywords"].split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    self.init(
      title: form["title"], summary: form["summary"], keywords: keywords.filter { !$0.isEmpty },
      listing: Listing(form))
  }
}

/// The owner's words on conditions of use, a line each: `DS: diabetes`.
enum ConditionNotes {
  /// Nil for an empty text.
  /// - Throws: ``Refusal/invalid(field:_:)`` for a line of another form.
  static func read(_ text: String) throws(Refusal) -> [String: String]? {
    var notes: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
      guard let entry = line.wholeMatch(of: /\ *([A-Z]+)\ *:\ *(.+)/),
        notes[String(entry.output.1)] == nil
      else {
        throw .invalid(field: "notes", "A line for each condition, such as DS: diabetes.")
      }
      notes[String(entry.output.1)] = String(entry.output.2)
    }
    return notes.isEmpty ? nil : notes
  }
}
