import Testing

/// For a file that is not a text table, the error names its kind and how to convert it.
@Suite struct FileKindTests {
  @Test(arguments: [
    ("PK\u{3}\u{4}rest", "workbook"), ("PAR1\u{15}\u{4}", "Parquet"),
    ("SQLite format 3\0rest", "SQLite"), ("{\"a\": 1}\n", "JSON"),
    ("[\n  {\"a\": 1}\n]\n", "JSON"), ("<stata_dta><header>", "statistics program"),
    ("$FL2@(#) SPSS", "statistics program"),
    ("%PDF-1.7\n", "PDF"),
  ]) func itIsNamed(_ content: String, _ word: String) throws {
    let message = try #require(try readingError(Array(content.utf8)))
    #expect(message.contains(word) && message.contains("not a text table"), "\(message)")
  }

  @Test(arguments: ["{id},name\n1,2\n", "[id],name\n1,2\n", "PARTY,n\nx,1\n", "$FLOW,n\nx,1\n"])
  func aTableIsATable(_ text: String) throws {
    #expect(try readingError(Array(text.utf8)) == nil)
  }
}
