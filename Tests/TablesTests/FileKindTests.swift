import Testing

/// For a file that is not a text table, the error names its kind and how to convert it.
@Suite struct FileKindTests {
  @Test(
    arguments: [
      [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], [0x28, 0xb5, 0x2f, 0xfd, 4, 0],
      [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0],
    ] as [[UInt8]]) func aPackedFileIsNamed(_ bytes: [UInt8]) throws
  {
    #expect(try #require(try readingError(bytes)).contains("packed"))
  }

  @Test(arguments: [
    ("PK\u{3}\u{4}rest", "workbook"), ("PAR1\u{15}\u{4}", "Parquet"),
    ("SQLite format 3\0rest", "SQLite"), ("{\"a\": 1}\n", "JSON"),
    ("[\n  {\"a\": 1}\n]\n", "JSON"), ("<stata_dta><header>", "statistics program"),
    ("$FL2@(#) SPSS", "statistics program"),
    ("%PDF-1.7\n", "PDF"), ("BZh91AY&SY", "packed"), ("Rar!\u{1a}\u{7}", "packed"),
    ("<!DOCTYPE html><title>Sign in</title>\n", "markup"), ("\n<html lang=\"en\">\n", "markup"),
    ("<?xml version=\"1.0\"?>\n<rows/>\n", "markup"),
  ]) func itIsNamed(_ content: String, _ word: String) throws {
    let message = try #require(try readingError(Array(content.utf8)))
    #expect(message.contains(word) && message.contains("not a text table"), "\(message)")
  }

  @Test(arguments: [
    "{id},name\n1,2\n", "[id],name\n1,2\n", "PARTY,n\nx,1\n", "$FLOW,n\nx,1\n", "BZ,n\nx,1\n",
    "<html_id>,n\nx,1\n",
  ])
  func aTableIsATable(_ text: String) throws {
    #expect(try readingError(Array(text.utf8)) == nil)
  }
}
