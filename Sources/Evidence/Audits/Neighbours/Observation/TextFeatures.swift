import Attacks
import Basics

/// Features read from texts and tables.
package enum TextFeatures {
  /// Returns a text short enough to keep: a long one becomes its beginning and a hash of all of it.
  package static func short(_ text: String) -> String {
    guard text.utf8.count > 160 else { return text }
    return "\(text.prefix(60))… \(String(FNV1a.of(text), radix: 16))"
  }

  /// Returns the text with every run of digits as one sign: its wording, whatever its numbers.
  package static func wording(_ text: String) -> String {
    var result = ""
    var isInNumber = false
    for scalar in text.unicodeScalars {
      let isDigit = ("0"..."9").contains(scalar) || (isInNumber && [".", ","].contains(scalar))
      if !isDigit { result.unicodeScalars.append(scalar) } else if !isInNumber { result += "#" }
      isInNumber = isDigit
    }
    return result
  }

  /// Returns the sum of all runs of digits, which ``wording(_:)`` leaves out, in one figure.
  static func sumOfNumbers(_ text: String) -> Double {
    text.split { !("0"..."9").contains($0) }.reduce(0) { $0 + (Double($1.prefix(15)) ?? 0) }
  }

  /// Adds the whole text, its length, and its lines by their wording.
  static func addLines(of text: String, to sighting: inout Sighting, name: String) {
    sighting[Feature(.word, "\(name): text")] = .word(short(text))
    sighting[Feature(.word, "\(name): wording")] = .word(short(wording(text)))
    sighting[Feature(.number, "\(name): bytes")] = .number(Double(text.utf8.count))
    let lines = text.split(separator: "\n")
    sighting[Feature(.number, "\(name): lines")] = .number(Double(lines.count))
    for line in Set(lines.prefix(60).map { short(wording(String($0))) }) {
      sighting[Feature(.word, "\(name): has the line '\(line)'")] = .word("yes")
    }
  }

  // MARK: Tables

  /// Columns with more values are summarised.
  private static let mostLabels = 24

  /// Adds the header, the number of rows, and each column's labels with their shares, its range and
  /// its longest cell.
  static func addTable(_ text: String, to sighting: inout Sighting, name: String) {
    var records = records(text)
    guard !records.isEmpty else { return }
    let header = records.removeFirst()
    sighting[Feature(.word, "\(name): header")] = .word(short(header.joined(separator: "|")))
    sighting[Feature(.number, "\(name): rows")] = .number(Double(records.count))
    for (place, column) in header.enumerated() {
      let cells = records.compactMap { place < $0.count ? $0[place] : nil }
      let path = "\(name): \(column)"
      var counts: [String: Int] = [:]
      for cell in cells { counts[cell, default: 0] += 1 }
      sighting[Feature(.number, "\(path) distinct")] = .number(Double(counts.count))
      sighting[Feature(.number, "\(path) empty")] = .number(Double(counts["", default: 0]))
      sighting[Feature(.number, "\(path) longest")] = .number(
        Double(cells.map(\.utf8.count).max() ?? 0))
      if counts.count <= mostLabels {
        for (label, count) in counts {
          sighting[Feature(.word, "\(path) has '\(short(label))'")] = .word("yes")
          sighting[Feature(.number, "\(path) is '\(short(label))'")] = .number(Double(count))
        }
      }
      let numbers = cells.compactMap { Double($0) }.filter { !$0.isNaN }
      if !numbers.isEmpty, numbers.count + counts["", default: 0] == cells.count {
        sighting[Feature(.number, "\(path) least")] = .number(numbers.min() ?? 0)
        sighting[Feature(.number, "\(path) largest")] = .number(numbers.max() ?? 0)
        sighting[Feature(.number, "\(path) mean")] = .number(
          numbers.reduce(0, +) / Double(numbers.count))
      }
    }
  }

  /// Returns the records of a comma-separated text that a program wrote.
  package static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var (cell, isQuoted, closed): ([UInt8], Bool, Bool) = ([], false, false)
    func end() {
      record.append(String(decoding: cell, as: UTF8.self))
      cell = []
      closed = false
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted: (isQuoted, closed) = (false, true)
      case UInt8(ascii: "\""):
        // A second mark after a closing one stands for itself.
        if closed { cell.append(byte) }
        (isQuoted, closed) = (true, false)
      case UInt8(ascii: ",") where !isQuoted: end()
      case UInt8(ascii: "\n") where !isQuoted:
        end()
        records.append(record)
        record = []
      default: cell.append(byte)
      }
    }
    if !cell.isEmpty || !record.isEmpty {
      end()
      records.append(record)
    }
    return records
  }
}
