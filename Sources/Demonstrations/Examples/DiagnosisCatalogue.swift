import Basics
import WordLists

/// A diagnosis of the example: a code of ICD-10-CM and its official description.
package struct Diagnosis: Sendable, Equatable {
  package let code: String
  package let description: String
}

/// The diagnoses that the example hospital sees.
///
/// Codes and descriptions are those of ICD-10-CM (National Center for Health Statistics and Centers
/// for Medicare & Medicaid Services, United States; in the public domain), edition of 2017. Within
/// a chapter they are in the order of their frequency in the example, which is invented. Codes that
/// only one sex can have are in the chapter of pregnancy alone.
package enum DiagnosisCatalogue {
  /// The rate at which the frequency falls with the rank within a chapter.
  static let tailExponent = 1.1

  /// The rare disease, which the chapters do not list.
  static let rare = Diagnosis(code: "E75.22", description: "Gaucher disease")

  package static let all: [Diagnosis] = HospitalChapter.allCases.flatMap(diagnoses) + [rare]

  /// The place of the rare disease in ``all``.
  static let rareIndex = all.count - 1

  /// The places in ``all`` of each chapter's diagnoses.
  static let ranges: [Range<Int>] = {
    var start = 0
    return HospitalChapter.allCases.map { chapter in
      let count = diagnoses(of: chapter).count
      defer { start += count }
      return start..<start + count
    }
  }()

  private static let choices: [WeightedChoice] = ranges.map {
    .zipf(count: $0.count, exponent: tailExponent)
  }

  /// Draws a diagnosis of a chapter, as its place in ``all``.
  static func draw(from chapter: HospitalChapter, _ random: inout SplitMix64) -> Int {
    ranges[chapter.rawValue].lowerBound + choices[chapter.rawValue].draw(&random)
  }

  /// The diagnoses of each chapter, by the name of its case, from
  /// `Sources/Identifiers/WordLists/lists/diagnoses.txt`.
  private static let chapters: [String: [Diagnosis]] = {
    let list = understudy_diagnoses()
    let text = String(
      decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    var chapters: [String: [Diagnosis]] = [:]
    var chapter = ""
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        chapter = String(line.dropFirst().dropLast())
        continue
      }
      let parts = line.split(separator: "|", maxSplits: 1)
      precondition(parts.count == 2, "a line of the catalogue is a code, a bar and a description")
      chapters[chapter, default: []].append(
        Diagnosis(code: String(parts[0]), description: String(parts[1])))
    }
    return chapters
  }()

  private static func diagnoses(of chapter: HospitalChapter) -> [Diagnosis] {
    chapters["\(chapter)", default: []]
  }
}
