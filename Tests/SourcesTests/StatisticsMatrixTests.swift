import Foundation
import StatisticsFiles
import TableSources
import Tables
import TestPrograms
import Testing

/// Files that haven, pandas, foreign and SAS wrote, in every version: each value with its type,
/// labels, missing values and dates (`Tests/Vectors/Sources/statistics/README.md`).
@Suite struct StatisticsMatrixTests {
  private static let folder = #filePath.sibling("../Vectors/Sources/statistics")

  private func table(_ name: String, _ kind: StatisticsFile.Kind) throws -> SourceTable {
    try StatisticsFile.read(
      Self.folder.appendingPathComponent(name).path, kind: kind, name: name)
  }

  private func text(_ name: String, _ kind: StatisticsFile.Kind) throws -> String {
    try SourceFile.text(of: try table(name, kind))
  }

  /// Unpacks a file and reads it.
  private func unpacked(_ name: String) throws -> String {
    let packed = Self.folder.appendingPathComponent(name + ".gz").path
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString)-\(name)")
    defer { try? FileManager.default.removeItem(at: file) }
    let outcome = try TestProgram.run(
      "/bin/sh", ["-c", "gzip -dc \"$1\" > \"$2\"", "sh", packed, file.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try SourceFile.text(
      of: try StatisticsFile.read(file.path, kind: .sasData, name: name))
  }

  private static let spss = """
    num,whole,txt,day,time,clock,sex,part
    1.5,1,Ünd,2020-02-29,2020-02-29 13:45:10,01:01:01,male,one
    ,,,,,,female,7
    -0.25,-3,a b,1969-12-31,1969-12-31 23:59:59,00:00:00,,
    12345678,2147483620,"'q""\",1960-01-01,2000-01-01 00:00:00,23:59:59,male,3

    """

  @Test(arguments: ["none.sav", "byte.sav", "zsav.zsav"])
  func filesOfSPSSReadToTheirValues(_ name: String) throws {
    #expect(try text(name, .spss) == Self.spss)
  }

  /// Values, ranges and words that a file declares missing are missing.
  @Test func valuesThatAreDeclaredMissingAreMissing() throws {
    let added = [
      "user,range,words", "one,one,First", ",,", ",,b", ",5,First",
    ]
    let lines = Self.spss.split(separator: "\n").enumerated().map { $1 + "," + added[$0] }
    #expect(try text("user.sav", .spss) == lines.joined(separator: "\n") + "\n")
  }

  /// The file's own words on its columns are kept: labels of variables and values.
  @Test func whatAFileSaysOfItsColumnsIsKept() throws {
    let facts = try table("user.sav", .spss).facts
    func fact(_ name: String) throws -> SourceFacts.Column {
      try #require(facts.columns.first { $0.name == name })
    }
    #expect(try fact("sex").meaning == "Sex of the person")
    #expect(try fact("sex").categories == ["male", "female"])
    #expect(try fact("user").meaning == "With missing values of its own")
    #expect(try fact("user").categories == ["one"], "the reason to refuse is no value")
    #expect(try fact("words").categories == ["First"])
    #expect(try fact("num").isSilent)
  }

  /// Reasons to be missing (`.a` to `.z`) are missing. Version 13 is the last without Unicode.
  @Test(arguments: 8...15) func filesOfStataReadToTheirValues(_ version: Int) throws {
    let expected = """
      num,whole,txt,day,time,clock,sex,part,tag
      1.5,1,Ünd,2020-02-29,2020-02-29 13:45:10,3661,male,one,1
      ,,,,,,female,7,
      -0.25,-3,a b,1969-12-31,1969-12-31 23:59:59,0,,,
      12345678,2147483620,"'q""\",1960-01-01,2000-01-01 00:00:00,86399,male,3,

      """
    #expect(
      try text("v\(version).dta", .stata)
        == (version < 14 ? expected.replacing("Ünd", with: "Und") : expected))
  }

  /// Long texts of format 119, which would come as empty ones, are refused by name.
  @Test func longTextsOfTheLastFormatAreRefused() {
    let fault = SourceError.columnType(
      table: "pandas119.dta", column: "prose", type: "strL of format 119")
    #expect(throws: fault) { try text("pandas119.dta", .stata) }
  }

  @Test(arguments: [114, 117, 118]) func filesOfPandasReadToTheirValues(_ version: Int) throws {
    let long = String(repeating: "x", count: 2100)
    var lines = """
      num,whole,txt,day,time,sex,small,single,truth,prose
      1.5,1,Ünd,2020-02-29,2020-02-29 13:45:10,male,1,0.5,1,\(long)
      ,-3,,,,female,-3,0.1,0,
      -0.25,0,a b,1969-12-31,1969-12-31 23:59:59,,0,0.25,1,b
      12345678,2147483620,"'q""\",1960-01-01,2000-01-01 00:00:00,male,100,3.5,1,c
      """.split(separator: "\n").map(String.init)
    if version < 118 { lines[1] = lines[1].replacing("Ünd", with: "Und") }
    if version == 114 {
      lines = lines.map { $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] }.map(String.init)
    }
    #expect(try text("pandas\(version).dta", .stata) == lines.joined(separator: "\n") + "\n")
  }

  /// R's own writer gives dates no format of their own: they stay numbers of days since 1960.
  @Test func aFileOfForeignReadsToItsValues() throws {
    let expected = """
      num,whole,txt,day,sex
      1.5,1,Und,21974,male
      ,,NA,,female
      -0.25,-3,a b,3652,
      12345678,2147483620,"'q""\",0,male

      """
    #expect(try text("foreign.dta", .stata) == expected)
  }

  @Test(arguments: [5, 8]) func transportFilesReadToTheirValues(_ version: Int) throws {
    let expected = """
      num,whole,txt,day,time,clock,tag
      1.5,1,Ünd,2020-02-29,2020-02-29 13:45:10,01:01:01,1
      ,,,,,,
      -0.25,-3,a b,1969-12-31,1969-12-31 23:59:59,00:00:00,
      12345678,2147483620,"'q""\",1960-01-01,2000-01-01 00:00:00,23:59:59,

      """
    #expect(try text("v\(version).xpt", .sasTransport) == expected)
  }

  private static let sample = """
    mychar,mynum,mydate,dtime,mylabl,myord,mytime
    a,1.1,2018-05-06,2018-05-06 10:10:10,1,1,10:10:10
    b,1.2,1880-05-06,1880-05-06 10:10:10,2,2,23:10:10
    c,-1000.3,1960-01-01,1960-01-01 00:00:00,1,3,00:00:00
    d,-1.4,1583-01-01,1583-01-01 00:00:00,2,1,16:10:10
    e,1000.3,,,1,1,

    """

  @Test func filesOfSASReadToTheirValues() throws {
    #expect(
      try text("sas-sample.xpt", .sasTransport).lowercased() == Self.sample)
    #expect(try text("sas-v8.xpt", .sasTransport).split(separator: "\n").first == "i")
    #expect(try unpacked("sas-sample.sas7bdat") == Self.sample)
    #expect(try unpacked("sas-sample_bincompressed.sas7bdat") == Self.sample)
    let own = try unpacked("readstat.sas7bdat")
    #expect(
      own
        == Self.spss.split(separator: "\n").map {
          $0.split(separator: ",", omittingEmptySubsequences: false).prefix(6)
            .joined(separator: ",") + "\n"
        }.joined())
    // Reasons to be missing are missing.
    #expect(try unpacked("sas-missing_test.sas7bdat").hasSuffix("\n,,,,,,,,1\n"))
    // Dates of which a format shows the month or the year alone are dates too.
    let dates = try unpacked("sas-date_test.sas7bdat").split(separator: "\n")
    #expect(
      dates[1]
        == "1001,2022-01-01,1970-11-14,1999-12-31,2023-07-01,11:20:10,2020-12-09 14:05:00,2001-02-13 23:23:00,2023-01-01"
    )
  }
}
