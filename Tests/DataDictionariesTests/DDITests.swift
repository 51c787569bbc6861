import DataDictionaries
import Foundation
import Tables
import Testing

/// Codebooks of DDI as different programs write them; and XML that does more than describe.
@Suite struct DDITests {
  private func read(_ text: String, of table: String? = nil) throws -> DataDictionary {
    try Forms.with(text, named: "codebook.xml") { try DataDictionary.read($0, of: table) }
  }

  private func read(_ data: Data) throws -> DataDictionary {
    try Forms.with("", named: "codebook.xml") {
      try data.write(to: $0)
      return try DataDictionary.read($0)
    }
  }

  private func column(_ name: String, of dictionary: DataDictionary) throws -> ColumnSchema {
    try #require(dictionary.columns.first { $0.name == name }, "no column \(name)")
  }

  /// A variable in a codebook of its own.
  private func only(_ variable: String) throws -> ColumnSchema {
    let dictionary = try read("<codeBook><dataDscr>\(variable)</dataDscr></codeBook>")
    return try #require(dictionary.columns.first)
  }

  @Test func aCodebookOfAnArchiveIsRead() throws {
    let dictionary = try read(Forms.ddi)
    #expect(dictionary.form == .ddi && dictionary.file == "codebook.xml")
    #expect(dictionary.columns.map(\.name) == ["MONTH", "AGE", "WEIGHT", "NAME", "SEEN", "EDUC"])
    let month = try column("MONTH", of: dictionary)
    #expect(month.type == .category && month.categories == .declared(["01", "02"]))
    #expect(month.labels == ["01": "January", "02": "February"] && month.meaning == "Month")
    let age = try column("AGE", of: dictionary)
    #expect(age.type == .integer && age.bounds == .declared(0...99))
    #expect(age.meaning == "Age: How old are you?" && age.labels == ["99": "99 and older"])
    #expect(age.codes == ["998", "-9", "-8", "-7"])
    #expect(try column("WEIGHT", of: dictionary).type.schemaWord == "decimal")
    #expect(try column("WEIGHT", of: dictionary).bounds == .declared(0...120_500_000))
    #expect(try column("NAME", of: dictionary).type == .category)
    #expect(try column("NAME", of: dictionary).categories == .learned)
    #expect(try column("NAME", of: dictionary).meaning == "The name & the place, in two paragraphs")
    #expect(try column("SEEN", of: dictionary).type == .date(.iso))
    let education = try column("EDUC", of: dictionary)
    #expect(education.categories == .declared(["1", "2", "9"]))
    #expect(education.labels["9"] == "not stated" && education.labels["1"] == "school")
    #expect(dictionary.missingTokens.isEmpty)
    #expect(dictionary.notes.contains { $0.contains("check the bounds") })
  }

  /// Older versions have another namespace or none, a document type, and text between line ends.
  @Test(arguments: [
    "<codeBook xmlns=\"http://www.icpsr.umich.edu/DDI\" version=\"1.2.2\">",
    "<!DOCTYPE codeBook SYSTEM \"http://a.example/Version2-1.dtd\">\n<codeBook version=\"2.1\">",
    "<d:codeBook xmlns:d=\"ddi:codebook:2_6\">",
  ]) func versionsAndPrefixesAreReadAlike(opening: String) throws {
    let prefix = opening.contains("d:codeBook") ? "d:" : ""
    let text = """
      <?xml version="1.0"?>
      \(opening)
      <\(prefix)dataDscr><\(prefix)var ID="V1" name=" P6020 " intrvl="discrete" dcml="0">
        <\(prefix)labl>
          Sexo
        </\(prefix)labl><\(prefix)catgry><\(prefix)catValu>
          1
        </\(prefix)catValu><\(prefix)labl>
          Hombre &amp; <![CDATA[más]]>
        </\(prefix)labl></\(prefix)catgry>
        <\(prefix)varFormat type="numeric" schema="other"/>
      </\(prefix)var></\(prefix)dataDscr></\(prefix)codeBook>
      """
    let found = try column("P6020", of: read(text))
    #expect(found.meaning == "Sexo" && found.categories == .declared(["1"]))
    #expect(found.labels == ["1": "Hombre & más"])
  }

  @Test func theEncodingIsTheFilesOwn() throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"NAME\"?><codeBook><dataDscr><var name=\"größe\"/></dataDscr></codeBook>"
    for (name, encoding) in [
      ("ISO-8859-1", String.Encoding.isoLatin1), ("UTF-8", .utf8), ("UTF-16", .utf16),
    ] {
      let data = try #require(text.replacing("NAME", with: name).data(using: encoding))
      #expect(try read(data).columns.map(\.name) == ["größe"], "\(name)")
    }
    let unknown = try #require(text.replacing("NAME", with: "KOI8-R").data(using: .isoLatin1))
    #expect(throws: DictionaryError.self) { try read(unknown) }
  }

  @Test func theFileOfRowsThatIsMeantIsFound() throws {
    let text = """
      <codeBook><fileDscr ID="F1" URI="http://a.example/7"><fileTxt><fileName>wards.tab</fileName></fileTxt></fileDscr>
      <fileDscr ID="F2"><fileTxt><fileName>people.tab</fileName></fileTxt></fileDscr><dataDscr>
      <var name="ward" files="F1"/><var name="id" files="F1 F2"/>
      <var name="age"><location fileid="F2"/></var></dataDscr></codeBook>
      """
    #expect(try read(text, of: "wards.csv").columns.map(\.name) == ["ward", "id"])
    #expect(try read(text, of: "x/people.csv.gz").columns.map(\.name) == ["id", "age"])
    // No name means two variables, so that none has to be chosen.
    #expect(try read(text, of: "beds.csv").columns.map(\.name) == ["ward", "id", "age"])
    let twice = text.replacing("name=\"age\"", with: "name=\"ward\"")
    #expect(try read(twice, of: "people.csv").columns.map(\.name) == ["id", "ward"])
    let error = #expect(throws: DictionaryError.self) { try read(twice, of: "beds.csv") }
    #expect(error?.description.contains("'wards', 'people'") == true)
  }

  /// Archives list every number of the rows, mostly without words; these are not codes.
  @Test func numbersThatOccurAreNotCodes() throws {
    let listed = (1...9).map { "<catgry><catValu>\($0)</catValu><catStat>7</catStat></catgry>" }
      .joined()
    let column = try only(
      "<var name=\"n\" dcml=\"0\">\(listed)<sumStat type=\"min\">1</sumStat><varFormat type=\"numeric\"/></var>"
    )
    #expect(column.type == .integer && column.categories == .learned && column.bounds == .learned)
  }

  @Test func wordsForMissingCellsOfAllVariablesAreOnesOfTheFile() throws {
    let missing = "<invalrng><item VALUE=\"-1\"/></invalrng>"
    let dictionary = try read(
      "<codeBook><dataDscr><var name=\"a\" dcml=\"0\">\(missing)</var><var name=\"b\" intrvl=\"contin\">"
        + "\(missing)<catgry missing=\"Y\"><catValu>Sysmiss</catValu></catgry></var></dataDscr></codeBook>"
    )
    #expect(dictionary.missingTokens == ["-1"])
    #expect(dictionary.columns.allSatisfy { $0.codes.isEmpty })
  }

  @Test func rangesThatCannotBeReadAreNamed() throws {
    let dictionary = try read(
      "<codeBook><dataDscr><var name=\"a\" dcml=\"0\"><valrng><range min=\"low\" max=\"9\"/></valrng></var>"
        + "<var name=\"b\" dcml=\"0\"><invalrng><range min=\"900\"/></invalrng></var>"
        + "<var name=\"c\" dcml=\"0\"><invalrng><range min=\"\(Int.min)\" max=\"\(Int.max)\"/></invalrng></var>"
        + "<var name=\"d\" dcml=\"0\"><valrng><range min=\"\(Int64.min)\" max=\"9\"/></valrng></var></dataDscr></codeBook>"
    )
    #expect(dictionary.columns.prefix(3).allSatisfy { $0.bounds == .learned && $0.codes.isEmpty })
    #expect(dictionary.notes.contains { $0.contains("missing values") && $0.contains("'c'") })
    #expect(dictionary.notes.contains { $0.contains("valid values") && $0.contains("'a'") })
    #expect(dictionary.notes.contains { $0.contains("missing values") && $0.contains("'b'") })
  }

  /// Entities that grow a billionfold, files of this machine and addresses behind entities, and
  /// elements without end: nothing of it is followed, and each is refused at once.
  @Test(arguments: [
    (
      "<!DOCTYPE codeBook [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><codeBook>&b;</codeBook>",
      "entities"
    ),
    (
      "<!DOCTYPE codeBook [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><codeBook>&f;</codeBook>",
      "entities"
    ),
    (
      "<!DOCTYPE codeBook SYSTEM \"http://a.example/x.dtd\"><codeBook>&outside;</codeBook>",
      "entities"
    ),
    (
      "<!DOCTYPE codeBook [<!ENTITY % p SYSTEM \"http://a.example/p\">%p;]><codeBook/>", "entities"
    ),
    ("<codeBook>&undeclared;</codeBook>", "not well-formed"),
    (String(repeating: "<codeBook>", count: 201), "within each other"),
    ("<codeBook><dataDscr><var name=\"a\"></dataDscr></codeBook>", "not well-formed"),
    ("<codeBook><dataDscr>", "not well-formed"), ("<", "not well-formed"),
    ("<codeBook/>", "describes no column"),
    ("<codeBook><dataDscr><var/></dataDscr></codeBook>", "line 1: a variable has no `name`"),
    ("<codeBook><dataDscr><var name=\"a\"/><var name=\"a\"/></dataDscr></codeBook>", "twice"),
    ("<DDIInstance xmlns=\"ddi:instance:3_2\"/>", "DDI Lifecycle"),
    ("<html><body/></html>", "outermost element is `html`"),
    (
      "<codeBook><dataDscr><catgryGrp><catgry><catValu>1</catValu></catgry></catgryGrp></dataDscr></codeBook>",
      "no column"
    ),
  ])
  func whatCannotBeReadIsRefused(text: String, words: String) throws {
    let error = #expect(throws: DictionaryError.self) { try read(text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  /// A codebook of 100,000 variables is read in pieces, whatever lies across their ends.
  @Test func aLargeCodebookIsRead() throws {
    let variables = (0..<100_000).map {
      "<var name=\"v\($0)\" dcml=\"0\"><labl>Größe \($0)</labl></var>"
    }
    let dictionary = try read(
      "<codeBook><dataDscr>\(variables.joined(separator: "\n"))</dataDscr></codeBook>")
    #expect(dictionary.columns.count == 100_000)
    #expect(
      dictionary.columns.enumerated().allSatisfy {
        $1.name == "v\($0)" && $1.meaning == "Größe \($0)"
      })
  }
}
