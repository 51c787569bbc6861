import Foundation

/// Numbers as people write them, for comparisons as a person reads: thousands marks, decimal
/// commas, currencies, percent, units.
enum WrittenNumber {
  /// Returns the number that a text stands for; nil if it holds none, or more than one.
  ///
  /// - Parameter allowsUnits: whether words may precede or follow it (`45 years`); such a text may
  ///   be a label, not a number.
  static func value(_ text: String, allowsUnits: Bool) -> Double? {
    var body = Substring(text.replacing("\u{2212}", with: "-").filter { !$0.isWhitespace && $0 != "'" && $0 != "\u{2019}" && $0 != "_" })
    func isPart(_ sign: Character) -> Bool { sign.isNumber || "+-.,".contains(sign) }
    func isMark(_ sign: Character) -> Bool { sign.isCurrencySymbol || sign == "%" || (allowsUnits && (sign.isLetter || sign == "°")) }
    while let first = body.first, isMark(first) { body.removeFirst() }
    while let last = body.last, isMark(last) { body.removeLast() }
    guard body.contains(where: \.isNumber), body.allSatisfy(isPart), body.utf8.count < 40 else {
      return allowsUnits || text.utf8.contains(where: { $0 == 69 || $0 == 101 }) ? CellReading.number(text) : nil
    }
    return CellReading.number(withPoint(body))
  }

  /// Returns the text with one decimal point and no thousands marks. If both signs occur, the last
  /// is the decimal one. A comma alone separates thousands if three digits follow it and one to
  /// three precede it; a point alone does so only if there are several.
  private static func withPoint(_ body: Substring) -> String {
    let (commas, points) = (body.count { $0 == "," }, body.count { $0 == "." })
    if commas > 0, points > 0, let comma = body.lastIndex(of: ","), let point = body.lastIndex(of: ".") {
      return String(comma < point ? body.replacing(",", with: "") : body.replacing(".", with: "").replacing(",", with: "."))
    }
    let partsThousands = body.wholeMatch(of: /[+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,3}(?:\.\d{3}){2,}/) != nil
    if partsThousands { return String(body.filter { $0 != "," && $0 != "." }) }
    return String(commas == 1 ? body.replacing(",", with: ".") : body)
  }
}
