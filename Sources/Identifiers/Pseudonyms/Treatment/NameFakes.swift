import DelimitedText
import Tables
import Words

/// Replaces names with names, word by word, so that "Maria Keller", "KELLER, Maria" and "Ms Keller"
/// stay one person.
struct NameFakes {
  package let key: PseudonymKey
  let locale: FakeLocale

  /// Returns the fake of a name. Particles, signs, spaces and the case of each word stay.
  package func fake(of text: [UInt8]) -> [UInt8] {
    var fake: [UInt8] = []
    var word: [UInt8] = []
    for byte in text + [0] {
      if Tokenizer.isWordByte(byte), !(48...57).contains(byte) {
        word.append(byte)
        continue
      }
      if !word.isEmpty { fake += replacement(of: word) }
      word = []
      if byte != 0 { fake.append(byte) }
    }
    return fake
  }

  private func replacement(of word: [UInt8]) -> [UInt8] {
    let hash = WordHash.of(word)
    let flags = WordTable.shared[hash]
    let text = String(decoding: word, as: UTF8.self)
    if flags.contains(.particle), text == text.lowercased() || text.count <= 3 { return word }
    // The hash ignores case and accents.
    let digest = key.digest("\(hash)", purpose: "name").prefix(7).reduce(0) { $0 << 8 | Int($1) }
    if text.count == 1 { return Array(spelt(String(UnicodeScalar(UInt8(65 + digest % 26))), like: text).utf8) }
    let list = self.list(text.lowercased(), flags)
    let index = digest % list.count
    let name = WordHash.of(list[index].utf8) == hash ? list[(index + 1) % list.count] : list[index]
    return Array(spelt(name, like: text).utf8)
  }

  private func list(_ name: String, _ flags: WordFlags) -> [String] {
    let isGiven = flags.contains(.frequentGiven) || flags.contains(.given) && !flags.contains(.frequentSurname)
    guard isGiven, !(flags.contains(.frequentSurname) && !flags.contains(.frequentGiven)) else { return FakeNames.of(locale).family }
    let isFemale = FakeNames.isFemale(name) ?? (name.hasSuffix("a") && name != "joshua" && name != "luca")
    return isFemale ? FakeNames.of(locale).female : FakeNames.of(locale).male
  }

  private func spelt(_ name: String, like text: String) -> String {
    if text == text.lowercased() { return name.lowercased() }
    return text.count > 1 && text == text.uppercased() ? name.uppercased() : name
  }
}
