/// A defect that makes a cell ugly. Every one of them occurs in tables that people keep.
package enum Blemish: String, Sendable, CaseIterable {
  case missingWord = "a missing word"
  case quotationMarks = "quotation marks"
  case oddNumber = "an odd number"
  case oddDate = "an odd date"
  case strangeText = "strange letters"
  case lineBreak = "a line break"
  case delimiter = "a delimiter inside"
  case longCell = "a very long cell"
  case blanks = "blanks around"
  case otherCase = "another case"
  case newLabel = "a new label"
  case extreme = "an extreme value"
  case secondMeaning = "a second meaning of a code"
  case earlyDischarge = "a discharge before the admission"

  private static let missingWords = [
    "", "NA", "N/A", "null", "?", "-", ".", "#N/A", "-9", "unknown", "nan", " ",
  ]
  private static let oddNumbers = [
    "33.5", "1e3", "+7", "007", "1,5", "1 000", "1.234.567", "0x1F", "-0", "1e309", "NaN", "inf",
    ".5", "5.", "12%", "$5", "٣", "１２",
    "99999999999999999999", "9223372036854775807", "-9223372036854775808", "0.123456789012345",
    "1e-7", "--5", "3-4",
  ]
  private static let oddDates = [
    "2024-02-30", "0001-01-01", "9999-12-31", "31.12.1999", "1999-12-31T00:00", "12/31/99",
    "2024-1-5", "1582-10-10", "0000-00-00",
    "2024-13-01", "20240105", "2021-05-05 25:61", "Jan 5 2024", "5.13.2021",
    "2021-06-01 00:00:00.000001",
  ]
  private static let strangeTexts = [
    "CAFÉ", "e\u{301}te", "😀", "\u{FEFF}x", "\u{200B}", "\u{A0}", "a\tb", "\u{1}", "\u{202E}evil",
    "İ", "ß", "<b>&amp;</b>", "{\"a\":1}",
    "=1+1", "\\", "'", "`",
    "%s%n", "../../x", "\u{85}", "$(x)",
  ]

  /// Returns the cell of a column with this blemish, in place of `cell`; nil if the blemish and the
  /// column do not go together.
  ///
  /// - Parameter mark: letters and digits that occur in no other cell.
  func applied(to cell: FuzzedCell, of column: FuzzedColumn, mark: String, _ choices: inout Choices)
    -> FuzzedCell?
  {
    var cell = cell
    // A row must stay about the same person, or the tables would not differ by one unit.
    guard column.kind != .person || self == .quotationMarks else { return nil }
    switch self {
    case .missingWord:
      cell = FuzzedCell(text: choices.one(of: Self.missingWords), isQuoted: choices.chance(0.3))
    case .quotationMarks: cell.isQuoted.toggle()
    case .oddNumber:
      guard column.isNumber else { return nil }
      cell.text = choices.one(of: Self.oddNumbers)
    case .oddDate:
      guard column.isTime else { return nil }
      cell.text = choices.one(of: Self.oddDates)
    case .strangeText: cell.text = choices.one(of: Self.strangeTexts) + mark
    case .lineBreak: cell.text = choices.one(of: ["\n", "\r\n", "\r"]) + mark + "\n"
    case .delimiter: cell.text = choices.one(of: [",", ";", "a,b;c\t|", "\"", "\"\"\""]) + mark
    case .longCell: cell.text += String(repeating: mark, count: choices.one(of: [40, 7_000]))
    case .blanks:
      cell.text = choices.one(of: [
        " \(cell.text)", "\(cell.text) ", "  \(cell.text)\t", "\u{3000}\(cell.text)",
      ])
    case .otherCase:
      cell.text =
        cell.text == cell.text.uppercased() ? cell.text.lowercased() : cell.text.uppercased()
    case .newLabel:
      guard column.isText else { return nil }
      cell.text = mark
    case .extreme:
      guard let text = column.extreme(&choices) else { return nil }
      cell.text = text
    case .secondMeaning:
      guard column.kind == .meaning else { return nil }
      cell.text = choices.one(of: FuzzedColumn.meanings.filter { $0 != cell.text } + [mark])
    case .earlyDischarge:
      guard column.kind == .discharged else { return nil }
      cell.text = choices.one(of: ["2020-01-02", "1900-01-01"])
    }
    return cell
  }
}

extension FuzzedColumn {
  var isNumber: Bool {
    switch kind {
    case .integer, .decimal, .flag: true
    default: false
    }
  }

  var isTime: Bool {
    switch kind {
    case .date, .time, .admitted, .discharged: true
    default: false
    }
  }

  var isText: Bool { !isNumber && !isTime }

  func extreme(_ choices: inout Choices) -> String? {
    switch kind {
    case .integer: choices.one(of: ["987654321012", "-87654321098", "121"])
    case .decimal(let digits):
      choices.one(of: ["98765432101", "-8765432109"]) + (digits == 1 ? ".5" : ".55")
    case .date(let pattern): Self.day(pattern, 1, 1, choices.one(of: [1066, 2999]))
    case .admitted, .discharged: Self.day("yyyy-MM-dd", 1, 1, choices.one(of: [1066, 2999]))
    case .time: choices.one(of: ["1066-10-14 09:00", "2999-01-01 00:00"])
    default: nil
    }
  }
}
