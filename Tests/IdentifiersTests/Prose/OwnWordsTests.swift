import ProseRedaction
import Testing
import Words

/// Facts that the owner knows beforehand (the identifiers of a row, words that are always or never
/// masked), and scripts that no detector reads.
@Suite struct OwnWordsTests {
  private func findings(
    _ text: String, row: [(String, IdentifierType)] = [], scanner: ProseScanner? = nil
  ) throws -> ProseFindings {
    var values = RowValues()
    for (value, type) in row { Array(value.utf8).withUnsafeBytes { values.add($0, type: type) } }
    let scanner = try scanner ?? ProseScanner()
    return try Array(text.utf8).withUnsafeBytes { try scanner.findings(in: $0, row: values) }
  }

  /// The text with its findings replaced by stars.
  private func masked(
    _ text: String, row: [(String, IdentifierType)] = [], scanner: ProseScanner? = nil
  ) throws -> String {
    var bytes = Array(text.utf8)
    for span in try findings(text, row: row, scanner: scanner).spans {
      for place in span.range { bytes[place] = UInt8(ascii: "*") }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: values of the row

  private static let ownValues:
    [(value: String, type: IdentifierType, text: String, gone: String)] = [
      ("R271828183", .medicalRecordNumber, "R271828183: he was seen", "R271828183"),
      ("R271828183", .medicalRecordNumber, "see r-271 828 183 again", "r-271 828 183"),
      ("00482913", .other, "his number 482913 is old", "482913"),
      ("482913", .other, "MRN00482913 was scanned", "00482913"),
      ("4711", .other, "bed 3, file 4711, two tablets", "4711"),
      ("17", .other, "spoke with patient 17 today", "17"),
      ("17", .other, "ticket #17 is open", "17"), ("P-0042", .other, "p0042 came back", "p0042"),
      (
        "Grünblatt-Oyelaran, Tiberius", .person, "later Tiberius G.; the grunblatt file",
        "grunblatt"
      ),
      ("Hope Winter", .person, "the daughter says that Hope eats little", "Hope"),
      ("Hope Winter", .person, "told hope winter so", "hope winter"),
      ("Jan van den Toorn", .person, "called van den Toorn at noon", "van den Toorn"),
      ("Li", .person, "later Li came back", "Li"),
      (
        "t.quillfeather88@mail.example", .email, "writes as t.quillfeather88 everywhere",
        "t.quillfeather88"
      ),
      (
        "12 Thistledown Crescent, Ostermouth", .address, "back to thistledown crescent on foot",
        "thistledown crescent"
      ),
      ("12 Thistledown Crescent, Ostermouth", .address, "the Ostermouth team knows", "Ostermouth"),
      (
        "\u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}", .person,
        "\u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432} came",
        "\u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}"
      ),
      ("\u{7530}\u{4e2d}", .person, "\u{7530}\u{4e2d}\u{3055}\u{3093}\u{306f}", "\u{7530}\u{4e2d}"),
    ]

  @Test(arguments: ownValues) func aValueOfTheRowIsTakenOut(
    value: String, type: IdentifierType, text: String, gone: String
  ) throws {
    let masked = try masked(text, row: [(value, type)])
    #expect(!masked.contains(gone) && masked.contains("*"), "\(masked)")
    #expect(try !findings(text, row: [(value, type)]).ownValues.isEmpty)
  }

  /// Text that resembles a value only by chance stays.
  @Test(arguments: [
    ("17", IdentifierType.other, "17 mg twice a day, BP 120/17"),
    ("Hope Winter", .person, "we hope for less snow in winter"),
    ("unknown", .person, "the cause is unknown; Unknown to us"),
    ("Dr. Will Head", .person, "he will go ahead with the head of it"),
    ("4711", .other, "batch 47110 and 14711"),
  ])
  func whatIsWrittenLikeAValueStays(value: String, type: IdentifierType, text: String) throws {
    #expect(try findings(text, row: [(value, type)]).ownValues.isEmpty)
  }

  // MARK: the user's lists

  @Test func wordsOfTheUserGoOrStay() throws {
    let always = try TermList(
      "# staff\n[PERSON]\nAmara Brightwater\nzed\n[LOCATION]\nWard 7b\n", path: "a.txt")
    let never = try TermList("Mallory Clinic\nPortland\nAmara Brightwater\n", path: "n.txt")
    #expect(always.count == 3 && never.count == 3)
    let scanner = try ProseScanner(always: always, never: never)
    let text = "amara  brightwater from ward 7B saw Zed in Portland. Dr. Portland agreed."
    let findings = try findings(text, scanner: scanner)
    #expect(
      try masked(text, scanner: scanner).hasPrefix(
        "****************** from ******* saw *** in Portland"))
    #expect(findings.always.count == 3 && findings.left.map(\.type).contains(.location))
    #expect(findings.spans.contains { $0.type == .location && $0.reason.contains("always") })
    // The row's own value is masked whatever the list contains.
    #expect(
      try masked("in Portland", row: [("Portland", .person)], scanner: scanner) == "in ********")
  }

  @Test(arguments: ["", "# nothing\n", "[NOBODY]\nx y\n", "a\n"])
  func aListThatSaysNothingIsRefused(text: String) {
    #expect(throws: ProseError.self) { try TermList(text, path: "list.txt") }
  }

  // MARK: other scripts

  private static let scripts: [(text: String, script: UnreadWord.Script, count: Int)] = [
    (
      "Patient \u{418}\u{432}\u{430}\u{43d} \u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432} came",
      .cyrillic, 2
    ),
    (
      "\u{3a0}\u{3b1}\u{3c0}\u{3b1}\u{3b4}\u{3cc}\u{3c0}\u{3bf}\u{3c5}\u{3bb}\u{3bf}\u{3c2} came",
      .greek, 1
    ),
    ("\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{64a}\u{60c} 2020", .arabic, 2),
    ("seen by \u{7530}\u{4e2d} today", .han, 1),
    ("\u{5d3}\u{5d5}\u{5d3}", .hebrew, 1), ("\u{e2a}\u{e21}\u{e0a}\u{e32}\u{e22} came", .thai, 1),
    ("\u{d64d}\u{ae38}\u{b3d9}", .hangul, 1),
    ("\u{930}\u{93e}\u{92e} came", .indic, 1), ("\u{10d2}\u{10d8}\u{10dd}", .georgian, 1),
    ("\u{405}mith came", .cyrillic, 1),
  ]

  @Test(arguments: scripts) func otherScriptsAreCounted(
    text: String, script: UnreadWord.Script, count: Int
  ) throws {
    let unread = try findings(text).unread
    #expect(unread.count == count && unread.allSatisfy { $0.script == script }, "\(unread)")
    let list = try TermList(
      text.split { !$0.isLetter }.filter { $0.count > 1 }.joined(separator: "\n"), path: "l.txt")
    #expect(
      try findings(text, scanner: try ProseScanner(always: list)).unread.isEmpty,
      "covered words are not unread")
  }

  @Test(arguments: [
    "\u{3b2}-blocker, TNF-\u{3b1}, 5 \u{3bc}g, \u{3b3}\u{3b4} T cells, \u{394}F508",
    "Zo\u{eb} Mu\u{308}ller, \u{141}\u{f3}d\u{17a}, \u{1ea4}n",
    "\u{201c}quoted\u{201d} \u{2013} \u{2265} 5 \u{b0}C, 3 \u{d7} 2, \u{2713}",
    "\u{661}\u{662}\u{663}", "caf\u{e9} \u{1f600}",
  ])
  func signsOfScienceAreNoScript(text: String) throws { #expect(try findings(text).unread.isEmpty) }
}
