import Foundation
import StatisticsFiles
import TableSources
import Testing

/// Files of SPSS, Stata and SAS that pyreadstat wrote.
@Suite struct StatisticsFileTests {
  private func text(_ name: String, _ kind: StatisticsFile.Kind) throws -> String {
    try SourceFile.text(
      of: try StatisticsFile.read(
        #filePath.sibling("../Vectors/Sources/\(name)").path, kind: kind, name: name))
  }

  /// Labels of values are the cells, a value that the file declares missing is missing, dates are
  /// dates.
  @Test func labelsMissingValuesAndDatesAreRead() throws {
    let spss = """
      age,sex,seen,ward,w
      31,male,2020-02-29,A,0.1
      45,female,1969-12-31,,2.5
      ,male,,Ünd,3
      ,female,2021-01-01,B b,-1.25

      """
    #expect(try text("people.sav", .spss).withoutClock == spss)
    // The other two formats declare no value missing here.
    let others = spss.replacing("\n,female", with: "\n99,female")
    #expect(try text("people.dta", .stata).withoutClock == others)
    #expect(
      try text("people.xpt", .sasTransport).withoutClock
        == others.replacing(",male", with: ",1").replacing(",female", with: ",2"))
  }

  @Test(arguments: [
    ("people.sav", StatisticsFile.Kind.spss), ("people.dta", .stata), ("people.xpt", .sasTransport),
  ])
  func aFileThatIsCutShortIsRefused(_ name: String, _ kind: StatisticsFile.Kind) throws {
    let whole = try Data(contentsOf: #filePath.sibling("../Vectors/Sources/\(name)"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(UUID().uuidString)-\(name)")
    defer { try? FileManager.default.removeItem(at: file) }
    try whole.prefix(200).write(to: file)
    #expect(throws: SourceError.self) { try StatisticsFile.read(file.path, kind: kind, name: name) }
    #expect(throws: SourceError.statistics(.unreadable, file: name)) {
      try StatisticsFile.read("/nowhere/\(name)", kind: kind, name: name)
    }
  }
}

extension String {
  /// pyreadstat writes dates of pandas with a time of day.
  fileprivate var withoutClock: String { replacing(" 00:00:00", with: "") }
}
