import Pseudonyms
import Words

/// Rewrites texts, replacing each identifier by the mode of its type.
package struct Redactor: Sendable {
  private let plan: RedactionPlan
  private let fakes: KeyedFakes
  private let zips: ThreeDigitZips
  private let thisYear: Int

  /// - Parameters:
  ///   - key: the key that determines fakes, pseudonyms and shifts.
  ///   - thisYear: decides whether a year reveals an age over 89.
  package init(
    plan: RedactionPlan, key: PseudonymKey, zips: ThreeDigitZips = .census2000, thisYear: Int
  ) {
    self.plan = plan
    fakes = KeyedFakes(key: key)
    self.zips = zips
    self.thisYear = thisYear
  }

  /// The position of an identifier in the new text.
  package struct Edit: Sendable, Equatable {
    package let span: ProseSpan
    /// The range in bytes of the new text.
    package let newRange: Range<Int>
  }

  /// Returns the text with its identifiers replaced.
  /// - Parameters:
  ///   - spans: sorted, without overlaps.
  ///   - person: the person the dates belong to.
  ///   - isDayFirst: how to read 3/4/2020.
  package func redact(
    _ text: UnsafeRawBufferPointer, spans: [ProseSpan], person: [UInt8], isDayFirst: Bool
  ) -> (text: [UInt8], edits: [Edit]) {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + 32)
    var edits: [Edit] = []
    var copied = 0
    for span in spans {
      output += text[copied..<span.range.lowerBound]
      let start = output.count
      output += replacement(
        of: Array(text[span.range]), type: span.type, person: person, isDayFirst: isDayFirst)
      edits.append(Edit(span: span, newRange: start..<output.count))
      copied = span.range.upperBound
    }
    output += text[copied...]
    return (output, edits)
  }

  private func replacement(
    of text: [UInt8], type: IdentifierType, person: [UInt8], isDayFirst: Bool
  ) -> [UInt8] {
    let tag = Array("<\(type.rawValue)>".utf8)
    switch plan[type] {
    case .mask:
      return text.compactMap {
        $0 & 0xc0 == 0x80 ? nil : $0 == 10 || $0 == 13 ? $0 : UInt8(ascii: "*")
      }
    case .tag: return tag
    case .fake where type == .date, .shift:
      let date = DateText(text, isDayFirst: isDayFirst, thisYear: thisYear)
      return date?.shifted(by: fakes.shift(of: person), referenceYear: thisYear - 1) ?? tag
    case .fake: return fakes.fake(of: text, type: type)
    case .pseudonym: return fakes.pseudonym(of: text)
    case .year: return year(of: text, isDayFirst: isDayFirst) ?? tag
    case .zip3: return zips.prefix(of: text).map { Array($0.utf8) } ?? tag
    case .cap: return Array("90+".utf8)
    case .drop: return []
    case .keep: return text
    }
  }

  /// Returns the year of a date, unless a person born in it would be over 89.
  private func year(of text: [UInt8], isDayFirst: Bool) -> [UInt8]? {
    guard let year = DateText(text, isDayFirst: isDayFirst, thisYear: thisYear)?.year,
      year > thisYear - 90
    else { return nil }
    return Array(String(year).utf8)
  }
}
