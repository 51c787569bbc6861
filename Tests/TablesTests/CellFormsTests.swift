import Basics
import DelimitedText
import Foundation
import Tables
import Testing

/// Cells are classified by their own bytes into finitely many classes, as
/// `docs/proofs/class-histogram.md` assumes.
@Suite struct CellFormsTests {
  private let sorter = CellSorter(missingTokens: TableFormat.defaultMissingTokens)
  private static let all: [CellForms] = [.kinds, .digits, .truthWords, .patterns, .tokens]

  private func classes(_ cell: String, _ forms: CellForms) -> [Int] {
    Array(cell.utf8).withUnsafeBufferPointer { sorter.classes(of: $0, by: forms) }
  }

  private func kind(_ cell: String) -> CellKind? {
    classes(cell, .kinds).first.flatMap { CellKind(rawValue: $0) }
  }

  /// Cells that have caused trouble somewhere, and random ones.
  private static let cells: [String] = {
    var random = SplitMix64(seed: 3)
    let pieces = [
      "0", "1", "12", "2024", "-", "/", ".", ":", " ", "T", "Z", "e", "+", "no", "YES", "Mar", "PM",
      "NA", "@", "é", "\"", ",", "x", "\t",
      "0x",
      "1e9", "\u{FEFF}", "٣",
    ]
    let made = (0..<4000).map { _ in (0..<random.below(8)).map { _ in random.pick(pieces) }.joined()
    }
    let written = [
      "", " ", "NA", " NA ", "?", "12", "-3", "007", "1.50", "1e+06", "2.5E-01", "1,000", "33.5",
      "NaN", "2024-02-29", "2023-02-29",
      "1/5/24",
      "01/02/2020 10:11:12", "2020-01-01T10:00:00Z", "31.12.1999", "5 Mar 2020", "yes", "Yes",
      "YES", "y", "T", "maybe", "a@b.co",
      "123e4567-e89b-12d3-a456-426614174000", "Bern", "the patient came in with a cough",
      "9223372036854775808", "0.30000000000000004",
    ]
    return written + made
  }()

  @Test func everyCellHasOneKindAndNoMoreClassesThanItMay() {
    for cell in Self.cells {
      #expect(classes(cell, .kinds).count == 1)
      for forms in Self.all {
        let found = classes(cell, forms)
        #expect(
          found.count <= forms.mostClasses && Set(found).count == found.count,
          "\(cell.debugDescription) \(forms)")
        #expect(found.allSatisfy { (0..<forms.count(tokens: sorter.tokenCount)).contains($0) })
      }
    }
  }

  /// Only the bytes decide, wherever they are in memory and whatever was classified before.
  @Test func whatWasSortedBeforeDoesNotMatter() {
    for forms in Self.all {
      let forwards = Self.cells.map { classes($0, forms) }
      let fresh = CellSorter(missingTokens: TableFormat.defaultMissingTokens)
      let backwards = Self.cells.reversed().map { cell in
        Array(cell.utf8).withUnsafeBufferPointer { fresh.classes(of: $0, by: forms) }
      }
      #expect(forwards == backwards.reversed())
    }
  }

  /// The kinds agree with the parsers that will read the cells.
  @Test func kindsAreWhatTheTypesCanRead() {
    for cell in Self.cells {
      let isNumber =
        ColumnType.decimal(fractionDigits: 9).parse(cell) != nil
        || ColumnType.integer.parse(cell) != nil
      let kind = kind(cell)
      if isNumber, kind != .missing { #expect(kind == .number, "\(cell)") }
      let patterns = TimeCandidate.all.filter { $0.type.parse(cell) != nil }
      #expect(
        (kind == .time) == (!patterns.isEmpty && kind != .number && kind != .missing), "\(cell)")
      guard kind == .time else { continue }
      let found = classes(cell, .patterns).map { $0 - sorter.tokenCount }
      #expect(
        found.map { TimeCandidate.all[$0].type }
          == patterns.prefix(CellForms.mostPatterns).map(\.type))
    }
  }

  @Test(arguments: [
    ("12", CellKind.number), ("007", .label), ("1,000", .label), ("?", .missing), (" ", .missing),
    ("Yes", .truthWord), ("yEs", .label),
    ("2024-02-29", .time), ("2023-02-29", .label), ("a@b.co", .email),
    ("123e4567-e89b-12d3-a456-426614174000", .uuid), ("Bern", .label),
    ("the patient came in with a cough", .prose),
  ])
  func kindsAreToldApart(_ cell: String, _ expected: CellKind) { #expect(kind(cell) == expected) }

  @Test func digitsAreTheWrittenOnes() {
    let start = sorter.tokenCount
    #expect(
      classes("12", .digits) == [start] && classes("1.50", .digits) == [start + 2]
        && classes("1e+06", .digits) == [start + 10])
    #expect(classes("0.1234567891234", .digits) == [start + 9] && classes("x", .digits).isEmpty)
    #expect(classes("NA", .digits) == [1], "a missing token before all else")
  }
}
