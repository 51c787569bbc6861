import DelimitedText
import Tables

/// The type that a source gives a column, as far as it decides how cells are written.
package enum SourceKind: Sendable, Equatable {
  /// Whole numbers.
  case whole
  /// Decimals with a fixed number of digits after the point, 1 to 9, stored times ten to that
  /// power.
  case decimal(digits: Int)
  /// Binary numbers; not-a-number is missing.
  case real
  /// False or true, stored as 0 and 1.
  case truth
  /// Days since 1970-01-01.
  case day
  /// Microseconds since 1970-01-01T00:00:00, in UTC or in the table's own, unnamed time zone.
  case instant(isUTC: Bool)
  /// Microseconds since midnight.
  case clock
  case text
}

/// A column as a source delivers it, cell by cell.
package struct SourceColumn: Sendable {
  package let name: String
  package let kind: SourceKind
  /// The cells of every kind but ``SourceKind/real`` and ``SourceKind/text``.
  package private(set) var ticks: [Int64] = []
  private(set) var reals: [Double] = []
  private(set) var labels = SourceLabels()

  package init(name: String, kind: SourceKind) { (self.name, self.kind) = (name, kind) }

  package var count: Int {
    switch kind {
    case .real: reals.count
    case .text: labels.count
    case .whole, .decimal, .truth, .day, .instant, .clock: ticks.count
    }
  }

  /// The cells of a column of texts.
  package var texts: [String?] { kind == .text ? labels.texts : [] }

  package mutating func appendMissing() {
    switch kind {
    case .real: reals.append(.nan)
    case .text: labels.appendMissing()
    case .whole, .decimal, .truth, .day, .instant, .clock: ticks.append(Cells.missingTick)
    }
  }

  /// Adds a cell of a kind that has ticks. Returns false if no file could hold it: it is beyond 64
  /// bits, or not in the years 1 to 9999.
  @inline(__always)
  package mutating func append(tick: Int64) -> Bool {
    guard tick >= lowest, tick <= highest else { return false }
    ticks.append(tick)
    return true
  }

  package mutating func append(real: Double) { reals.append(real) }

  /// Adds a binary number of 24 bits: the shortest decimal that stands for it.
  package mutating func append(shortReal: Float) {
    reals.append(shortReal.isFinite ? Double("\(shortReal)") ?? .nan : Double(shortReal))
  }

  /// Adds a text in UTF-8.
  package mutating func append(text: UnsafeBufferPointer<UInt8>) throws(SourceColumnFault) {
    try labels.append(text)
  }

  package mutating func append(text: String) throws(SourceColumnFault) {
    var text = text
    let fault = text.withUTF8 { bytes -> SourceColumnFault? in
      do throws(SourceColumnFault) {
        try labels.append(bytes)
        return nil
      } catch {
        return error
      }
    }
    if let fault { throw fault }
  }

  private var lowest: Int64 {
    switch kind {
    case .day: CalendarRange.firstDay
    case .instant: CalendarRange.firstDay * CalendarRange.microsecondsPerDay
    case .clock, .truth: 0
    case .whole, .decimal, .real, .text: Cells.lowestValue
    }
  }

  private var highest: Int64 {
    switch kind {
    case .day: CalendarRange.lastDay
    case .instant: (CalendarRange.lastDay + 1) * CalendarRange.microsecondsPerDay - 1
    case .clock: CalendarRange.microsecondsPerDay
    case .truth: 1
    case .whole, .decimal, .real, .text: .max
    }
  }
}

/// The days that texts of dates can show, since 1970-01-01.
private enum CalendarRange {
  /// 0001-01-01.
  static let firstDay: Int64 = -719_162
  /// 9999-12-31.
  static let lastDay: Int64 = 2_932_896
  static let microsecondsPerDay: Int64 = 86_400_000_000
}

/// The reason why a text cannot be a cell.
package enum SourceColumnFault: String, Error, Sendable, Codable {
  case notUTF8
  case nulByte
  case tooManyLabels
}

/// The cells of a column of texts.
struct SourceLabels: Sendable {
  private var index = LabelIndex()
  private var codes: [Int32] = []
  /// The last text with the bytes behind it that hashing reads.
  private var scratch: [UInt8] = []

  var count: Int { codes.count }

  var texts: [String?] {
    let known = index.dictionary.labels
    return codes.map { $0 < 0 ? nil : known[Int($0)] }
  }

  mutating func appendMissing() { codes.append(Cells.missingCode) }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws(SourceColumnFault) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text)
    scratch.append(contentsOf: repeatElement(0, count: 8))
    let known = index.dictionary.count
    guard
      let code = scratch.withUnsafeBufferPointer({
        index.code(of: UnsafeBufferPointer(rebasing: $0[..<text.count]))
      })
    else {
      throw .tooManyLabels
    }
    // A label is checked when it is first seen.
    if index.dictionary.count > known {
      if text.contains(0) { throw .nulByte }
      guard String(validating: text, as: UTF8.self) != nil else { throw .notUTF8 }
    }
    codes.append(code)
  }

  /// Returns the text that most missing cells have, which a file would have in their place; nil if
  /// most have none.
  func usualMissingWord(isMissing: (UnsafeBufferPointer<UInt8>) -> Bool) -> String? {
    let dictionary = index.dictionary
    let words = (0..<dictionary.count).filter { dictionary.withUTF8($0, isMissing) }
    guard !words.isEmpty else { return nil }
    var counts = [Int](repeating: 0, count: dictionary.count)
    var absent = 0
    for code in codes { if code < 0 { absent += 1 } else { counts[Int(code)] += 1 } }
    guard let usual = words.max(by: { counts[$0] < counts[$1] }), counts[usual] > absent else {
      return nil
    }
    return dictionary[usual]
  }

  /// Returns the cells. Texts that mean "missing" are missing.
  func cells(isMissing: (UnsafeBufferPointer<UInt8>) -> Bool) -> Cells {
    let dictionary = index.dictionary
    let missing = (0..<dictionary.count).map { dictionary.withUTF8($0, isMissing) }
    guard missing.contains(true) else { return .labels(codes: codes, dictionary: dictionary) }
    return .labels(
      codes: codes.map { $0 < 0 || missing[Int($0)] ? Cells.missingCode : $0 },
      dictionary: dictionary)
  }
}
