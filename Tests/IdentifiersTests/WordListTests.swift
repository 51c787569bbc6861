import Foundation
import Testing
import WordLists

/// The lists inside the program are those of the folder, although the long ones are packed.
@Suite struct WordListTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Identifiers/WordLists/lists").standardizedFileURL

  @Test func packedListsAreThoseOfTheFolder() throws {
    let lists = [
      "given-names": understudy_given_names, "surnames": understudy_surnames,
      "english-words": understudy_english_words, "spanish-words": understudy_spanish_words,
      "german-words": understudy_german_words, "french-words": understudy_french_words,
      "italian-words": understudy_italian_words, "dutch-words": understudy_dutch_words,
      "portuguese-words": understudy_portuguese_words, "drugs": understudy_drugs,
      "cities": understudy_cities, "diagnoses": understudy_diagnoses,
    ]
    for (name, list) in lists {
      let text = try Data(contentsOf: Self.folder.appending(path: "\(name).txt"))
      #expect(Data(bytes: list().bytes, count: list().count) == text, "run scripts/pack-lists.py")
    }
    let long = try FileManager.default.contentsOfDirectory(
      at: Self.folder, includingPropertiesForKeys: [.fileSizeKey]
    ).filter { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 >= 100_000 }
    #expect(
      long.count > 10
        && long.allSatisfy { lists[$0.deletingPathExtension().lastPathComponent] != nil })
  }

  /// Many threads may ask for a list at once, and all get the same one.
  @Test func aListIsUnpackedOnce() async {
    await withTaskGroup(of: UInt.self) { group in
      for _ in 0..<16 { group.addTask { UInt(bitPattern: understudy_surnames().bytes) } }
      var places: Set<UInt> = []
      for await place in group { places.insert(place) }
      #expect(places.count == 1)
    }
  }
}
