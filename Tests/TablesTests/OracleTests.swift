import DelimitedText
import Foundation
import Tables
import Testing

/// The fast reader compared with the slow one, on generated texts.
@Suite struct OracleTests {
  private static func text(_ rows: [[SlowParser.Cell]]) -> [[String]] {
    rows.map { $0.map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  /// All cells as the fast reader sees them, or the error it throws.
  private static func fast(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> Result<
    [[String]], TableError
  > {
    let file = try folder.file("soup.csv", bytes)
    let layout = ReadOptions(delimiter: 44, hasHeader: false, missingTokens: [])
    do {
      let names = try TableReader.read(file, options: layout).table.columns.map(\.name)
      let schema = Schema(
        name: "t", format: TableFormat(hasHeader: false, missingTokens: []),
        columns: names.map { ColumnSchema(name: $0, type: .text) })
      let table = try TableReader.read(file, under: schema).table
      let columns = table.columns.map(\.texts)
      return .success((0..<table.rowCount).map { row in columns.map { $0[row] ?? "MISSING" } })
    } catch {
      return .failure(error)
    }
  }

  private func compare(_ bytes: [UInt8], in folder: TemporaryFolder) throws {
    let result = try OracleTests.fast(bytes, in: folder)
    let shown =
      bytes.count < 200
      ? String(decoding: bytes, as: UTF8.self).debugDescription : "\(bytes.count) bytes"
    do {
      let expected = OracleTests.text(try SlowParser.parse(bytes, delimiter: 44))
      let widths = Set(expected.map(\.count))
      switch result {
      case .success(let rows): #expect(rows == expected && widths.count == 1, "\(shown)")
      case .failure(let error):
        switch error.problem {
        case .emptyFile: #expect(bytes.allSatisfy { $0 == 10 || $0 == 13 }, "\(shown)")
        case .raggedRow: #expect(widths.count > 1, "\(shown)")
        case .carriageReturnsOnly:
          #expect(bytes.contains(13) && !bytes.dropLast().contains(10), "\(shown)")
        default: Issue.record("\(error) for \(shown)")
        }
      }
    } catch is SlowParser.Failure {
      // A ragged row before the fault may be found first.
      guard case .failure(let error) = result else {
        Issue.record("no error for \(shown)")
        return
      }
      switch error.problem {
      case .unclosedQuote, .textAfterQuote, .raggedRow: break
      default: Issue.record("\(error) for \(shown)")
      }
    }
  }

  @Test func soupOfSpecialCharacters() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(1)
    let pieces = [
      "a", "b", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", "é", " ", "\"x\"", "longer text",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      let bytes = (0..<(1 + generator.below(14))).flatMap { _ in generator.pick(pieces) }
      try compare(bytes, in: folder)
    }
  }

  /// A well-formed text of `columns` columns, with cells quoted if necessary and at random.
  private static func wellFormed(
    _ generator: inout SeededGenerator, columns: Int, rows: Int, longest: Int
  ) -> [UInt8] {
    let alphabet = Array("abcdefgh ,\"\n\r;é→😀0123456789".unicodeScalars).map {
      Array(String($0).utf8)
    }
    let lineEnd: [UInt8] = generator.below(2) == 0 ? [10] : [13, 10]
    var text: [UInt8] = []
    for row in 0..<rows {
      for column in 0..<columns {
        if column > 0 { text.append(44) }
        let length = generator.below(50) == 0 ? generator.below(longest) : generator.below(9)
        let cell = (0..<length).flatMap { _ in generator.pick(alphabet) }
        let mustQuote = cell.contains { [10, 13, 34, 44].contains($0) } || columns == 1
        if mustQuote || generator.below(4) == 0 {
          text.append(34)
          for byte in cell { text += byte == 34 ? [34, 34] : [byte] }
          text.append(34)
        } else {
          text += cell
        }
      }
      if row < rows - 1 || generator.below(2) == 0 { text += lineEnd }
      if generator.below(40) == 0 { text += lineEnd }
    }
    return text
  }

  @Test func wellFormedTables() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(2)
    for _ in 0..<400 {
      let columns = 1 + generator.below(6)
      let rows = 1 + generator.below(12)
      try compare(
        OracleTests.wellFormed(&generator, columns: columns, rows: rows, longest: 60), in: folder)
    }
  }

  /// Many blocks, cells that straddle them, and rows larger than one.
  @Test func tablesOfManyBlocks() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(3)
    for (longest, rows) in [(60, 40_000), (90_000, 300)] {
      let bytes = OracleTests.wellFormed(&generator, columns: 3, rows: rows, longest: longest)
      #expect(bytes.count > 3 * RowStream.blockSize)
      try compare(bytes, in: folder)
    }
  }

  @Test func labelCodesAgreeWithADictionaryOfStrings() {
    var generator = SeededGenerator(4)
    var index = LabelIndex()
    var known: [[UInt8]: Int32] = [:]
    for _ in 0..<60_000 {
      let label = (0..<generator.below(20)).map { _ in UInt8(97 + generator.below(3)) }
      let padded = label + [UInt8](repeating: UInt8(generator.below(256)), count: 16)
      let code = padded.withUnsafeBufferPointer {
        index.code(of: UnsafeBufferPointer(rebasing: $0[..<label.count]))
      }
      let expected = known[label] ?? Int32(known.count)
      known[label] = expected
      #expect(code == expected)
    }
    #expect(index.dictionary.count == known.count)
  }

  /// Two ways to write é stay two labels, as in a file.
  @Test func labelsOfTextsAreExact() {
    let texts: [String?] = ["caf\u{e9}", "cafe\u{301}", nil, "caf\u{e9}", ""]
    guard case .labels(let codes, let dictionary) = Cells(labels: texts) else {
      Issue.record("ticks among labels")
      return
    }
    #expect(codes == [0, 1, Cells.missingCode, 0, 2])
    #expect(
      (0..<dictionary.count).map { Array(dictionary[$0].utf8) }
        == [texts[0], texts[1], texts[4]].map { Array($0!.utf8) })
  }
}
