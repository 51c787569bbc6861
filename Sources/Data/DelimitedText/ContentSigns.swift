import Foundation
import Tables

/// The kind of a text file whose name does not tell it, judged by its first block.
package enum ContentSigns: Equatable, Sendable {
  /// A delimited table: nearly every line has as many cells as the others.
  case table
  /// Objects of JSON, one a line.
  case objects
  /// Anything else.
  case other

  /// The share of lines that must agree; titles above a table and totals below it do not.
  private static let agreeing = 0.9
  /// The fewest lines with a tab, with two signs or more, and with one other sign in each, as in
  /// two columns: commas are common in prose.
  private static let fewest = (tab: 3, several: 5, single: 10)

  /// - Throws: ``TableError`` if the file cannot be read.
  package init(_ url: URL) throws(TableError) {
    let sample: FileSample
    do throws(TableError) {
      sample = try FileSample(url)
    } catch {
      switch error.problem {
      // An empty text is a text, and what cannot be one is refused when it is read.
      case .emptyFile, .utf16, .gzipWithoutSuffix: self = .other
      default: throw error
      }
      return
    }
    if Self.holdsObjects(sample) {
      self = .objects
    } else {
      self = FileLayout.delimiters.contains { Self.isTable(sample, $0) } ? .table : .other
    }
  }

  private static func holdsObjects(_ sample: FileSample) -> Bool {
    let lines = sample.lines(limit: 3).filter { !$0.allSatisfy { $0 == 32 || $0 == 9 } }
    return !lines.isEmpty
      && lines.prefix(2).allSatisfy {
        $0.first == UInt8(ascii: "{")
          && (try? JSONSerialization.jsonObject(with: Data($0))) is [String: Any]
      }
  }

  private static func isTable(_ sample: FileSample, _ delimiter: UInt8) -> Bool {
    let (rows, isClean) = sample.split(delimiter: delimiter, limit: FileLayout.sampleRows)
    guard isClean else { return false }
    var widths: [Int: Int] = [:]
    let filled = rows.filter { $0.contains { !$0.isBlank } }
    for row in filled { widths[row.count, default: 0] += 1 }
    guard let (width, count) = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      width > 1, Double(count) >= agreeing * Double(filled.count)
    else { return false }
    return count
      >= (delimiter == UInt8(ascii: "\t")
        ? fewest.tab : width > 2 ? fewest.several : fewest.single)
  }
}
