import DelimitedText
import Foundation
import Tables
import Testing

@Suite struct WriterTests {
  /// A table of every type with nasty labels.
  private static func table(_ generator: inout SeededGenerator, columns: Int, rows: Int) -> Table {
    let types: [ColumnType] = [
      .integer, .decimal(fractionDigits: 3),
      .boolean(BooleanLabels(whenFalse: "no, never", whenTrue: "yes")), .date(.iso),
      .timestamp(TimestampFormat(pattern: "M/d/yyyy H:mm", secondsPerTick: 60)), .timestamp(.iso),
      .category, .text,
      .timestamp(TimestampFormat(pattern: "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", fractionDigits: 6)),
      .date(DateFormat(pattern: "dd-MMM-yyyy")),
    ]
    let words = [
      "", "NA", " NA ", "a,b", "say \"hi\"", "two\nlines", "cr\rhere", "crlf\r\n", "é→😀", "plain",
      "\"", " ", "007", "?", "x;y|z\tw", "#",
    ]
    return Table(
      columns: (0..<columns).map { position in
        let type =
          columns == 1
          ? generator.pick(types) : types[(position + generator.below(types.count)) % types.count]
        let name = generator.pick(words) + "\(position)"
        return Column(
          name: name, type: type, cells: cells(of: type, words, rows, &generator),
          missingToken: generator.pick(["", "NA", "?"]),
          minimumFractionDigits: generator.below(4))
      })
  }

  private static func cells(
    of type: ColumnType, _ words: [String], _ rows: Int, _ generator: inout SeededGenerator
  ) -> Cells {
    guard type.isOrdered else {
      var dictionary = LabelDictionary()
      var codes: [Int32] = []
      var known: [String: Int32] = [:]
      for _ in 0..<rows {
        let word = generator.pick(words)
        if generator.below(5) == 0 {
          codes.append(Cells.missingCode)
        } else {
          let code = known[word] ?? dictionary.append(word)
          known[word] = code
          codes.append(code)
        }
      }
      return .labels(codes: codes, dictionary: dictionary)
    }
    return .ticks(
      (0..<rows).map { _ in
        if generator.below(5) == 0 { return Cells.missingTick }
        if case .boolean = type { return Int64(generator.below(2)) }
        let sign: Int64 = generator.below(2) == 0 ? -1 : 1
        return sign * Int64(generator.below(type == .integer ? Int.max : 700_000))
      })
  }

  @Test func readingWhatWasWrittenGivesTheSame() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(11)
    for trial in 0..<400 {
      let table = WriterTests.table(
        &generator, columns: 1 + generator.below(5), rows: generator.below(12))
      let format = TableFormat(delimiter: generator.pick([44, 59, 9, 124]), hasHeader: true)
      let file = folder.url.appending(path: trial % 10 == 0 ? "t.csv.gz" : "t.csv")
      try CSVWriter.write(table, to: file, format: format)
      let again = try TableReader.read(file, under: Schema(of: table, format: format)).table
      #expect(again.columns.map(\.name) == table.columns.map(\.name))
      #expect(again.columns.map(\.texts) == table.columns.map(\.texts), "trial \(trial)")
    }
  }

  @Test func headersAndDigitsAreWrittenAsTheyWere() throws {
    let folder = try TemporaryFolder()
    let texts = [
      ",b,b c\n1,2.5,NA\n2,2.25,x\n", "a;b\n1.50;x\n2.00;y\n", "a\tb\n1\t\"two\nlines\"\n",
      "a,b\n1,4.0\n2,0.5\n",
      "when,w\n9/13/2014 7:24,x\n", "a,b\n,yes\n1,no\n",
    ]
    for text in texts {
      let result = try read(text)
      let file = folder.url.appending(path: "t.csv")
      try CSVWriter.write(result.table, to: file, format: result.format)
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
  }

  @Test func severalTablesMakeOneFile() throws {
    let folder = try TemporaryFolder()
    let part = try read("a,b\n1,x\n2,y\n")
    let file = folder.url.appending(path: "t.csv")
    let writer = try CSVWriter(to: file, like: part.table.columns.map(\.shape), format: part.format)
    try writer.append(part.table)
    try writer.append(part.table)
    try writer.finish()
    #expect(try String(contentsOf: file, encoding: .utf8) == "a,b\n1,x\n2,y\n1,x\n2,y\n")
  }

  @Test func linesMadeBeforehandAreThoseOfTheWriter() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(12)
    for _ in 0..<50 {
      let table = WriterTests.table(
        &generator, columns: 1 + generator.below(5), rows: generator.below(12))
      let (whole, parts) = (
        folder.url.appending(path: "whole.csv"), folder.url.appending(path: "parts.csv")
      )
      for (file, inLines) in [(whole, false), (parts, true)] {
        let writer = try CSVWriter(
          to: file, like: table.columns.map(\.shape), format: TableFormat())
        for _ in 0..<2 {
          if inLines {
            try writer.append(lines: writer.lines(of: table))
          } else {
            try writer.append(table)
          }
        }
        try writer.finish()
      }
      #expect(try Data(contentsOf: whole) == Data(contentsOf: parts))
    }
  }

  @Test func nothingIsLeftBehind() throws {
    let folder = try TemporaryFolder()
    let part = try read("a,b\n1,x\n")
    for ending in ["t.csv", "t.csv.gz"] {
      let file = folder.url.appending(path: ending)
      do {
        let writer = try CSVWriter(
          to: file, like: part.table.columns.map(\.shape), format: part.format)
        try writer.append(part.table)
        #expect(folder.contents.count == 1 && folder.contents != [ending])
      }
      #expect(folder.contents.isEmpty)
      let writer = try CSVWriter(
        to: file, like: part.table.columns.map(\.shape), format: part.format)
      writer.cancel()
      #expect(folder.contents.isEmpty)
    }
    let nowhere = folder.url.appending(path: "no/such/t.csv")
    let error = #expect(throws: TableError.self) {
      try CSVWriter.write(part.table, to: nowhere, format: part.format)
    }
    #expect(error?.description.contains("cannot be written (No such file or directory)") == true)
  }
}
