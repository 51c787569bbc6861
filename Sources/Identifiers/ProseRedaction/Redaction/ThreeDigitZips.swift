import WordLists

/// The three-digit postal code areas of the United States with 20,000 people or fewer, which are
/// written 000 (45 CFR 164.514(b)(2)(i)(B)).
package struct ThreeDigitZips: Sendable, Equatable {
  private let small: Set<String>

  /// The list in the Office for Civil Rights' guidance of 2012, from the census of 2000
  /// (`zip3-small-areas.txt`).
  package static let census2000: ThreeDigitZips = {
    let list = understudy_zip3_small_areas()
    let text = String(decoding: UnsafeBufferPointer(start: list.bytes, count: list.count), as: UTF8.self)
    guard let table = try? ThreeDigitZips(text, path: "zip3-small-areas.txt") else { preconditionFailure("the built-in list is malformed") }
    return table
  }()

  /// Reads an owner's list: three digits per line, with `#` before remarks.
  /// - Throws: ``ProseError/document(file:line:problem:)`` if a line has another form or the list
  ///   is empty.
  package init(_ text: String, path: String) throws {
    var small: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let entry = line.prefix { $0 != "#" }.trimmingPrefix { $0.isWhitespace }.prefix { !$0.isWhitespace }
      guard !entry.isEmpty else { continue }
      guard entry.utf8.count == 3, entry.utf8.allSatisfy({ (48...57).contains($0) }) else {
        throw ProseError.document(
          file: path, line: index + 1, problem: "this is no area. Each line holds the three digits of one, such as 036.")
      }
      small.insert(String(entry))
    }
    guard !small.isEmpty else {
      throw ProseError.document(
        file: path, line: nil, problem: "there is no area in this list. Each line holds the three digits of one, such as 036.")
    }
    self.small = small
  }

  /// Returns the first three digits, or 000; nil if the code is not a postal code of the United
  /// States.
  func prefix(of code: [UInt8]) -> String? {
    let digits = code.filter { (48...57).contains($0) }
    guard digits.count == 5 || digits.count == 9, code.allSatisfy({ (48...57).contains($0) || " -".utf8.contains($0) }) else { return nil }
    let prefix = String(decoding: digits.prefix(3), as: UTF8.self)
    return small.contains(prefix) ? "000" : prefix
  }
}
