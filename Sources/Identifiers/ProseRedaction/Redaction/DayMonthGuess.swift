import Words

/// The order of day and month in a document's numeric dates, judged by the unambiguous ones.
package struct DayMonthGuess: Sendable {
  private let usual: Bool
  private var (dayFirst, monthFirst) = (0, 0)

  /// - Parameter isDayFirst: the order if nothing in the document settles it.
  package init(isDayFirst: Bool) { usual = isDayFirst }

  package var isDayFirst: Bool { dayFirst == monthFirst ? usual : dayFirst > monthFirst }

  package mutating func look(at spans: [ProseSpan], in text: UnsafeRawBufferPointer) {
    for span in spans where span.type == .date {
      let numbers = text[span.range].split { !(48...57).contains($0) }
      guard numbers.count == 3, numbers[0].count <= 2, numbers[1].count <= 2 else { continue }
      let values = numbers.prefix(2).map { $0.reduce(0) { $0 * 10 + Int($1 - 48) } }
      if values[0] > 12 { dayFirst += 1 } else if values[1] > 12 { monthFirst += 1 }
    }
  }
}
