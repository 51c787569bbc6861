import DataDictionaries
import Foundation
import Tables
import Testing

/// Every form is recognised by its content and read as its tool means it; whatever cannot be read
/// is refused with the place and a remedy.
@Suite struct DictionaryTests {
  private func read(
    _ text: String, named name: String = "dictionary.json", of table: String? = nil
  ) throws -> DataDictionary {
    try Forms.with(text, named: name) { try DataDictionary.read($0, of: table) }
  }

  private func column(_ name: String, of dictionary: DataDictionary) throws -> ColumnSchema {
    try #require(dictionary.columns.first { $0.name == name }, "no column \(name)")
  }

  @Test func aDataDictionaryOfREDCapIsRead() throws {
    let dictionary = try read(Forms.redcap, named: "study.csv")
    #expect(dictionary.form == .redcap && dictionary.file == "study.csv")
    #expect(
      dictionary.columns.map(\.name) == [
        "record_id", "dob", "age", "weight", "sex", "smoker", "drugs___a", "drugs___b", "story",
        "pain", "mail",
      ])
    #expect(try column("record_id", of: dictionary).role == .identifier(.other))
    let age = try column("age", of: dictionary)
    #expect(age.meaning == "Age, in years" && age.type == .integer && !age.isNullable)
    #expect(age.bounds == .declared(0...120))
    let sex = try column("sex", of: dictionary)
    #expect(sex.categories == .declared(["1", "2", "9"]))
    #expect(sex.labels == ["1": "male", "2": "female", "9": "not stated"])
    #expect(try column("weight", of: dictionary).bounds == .declared(20_500_000...300_000_000))
    #expect(try column("dob", of: dictionary).type == .date(.iso))
    #expect(try column("smoker", of: dictionary).type.schemaWord == "boolean")
    #expect(try column("drugs___a", of: dictionary).meaning == "Takes: aspirin, daily")
    #expect(try column("story", of: dictionary).role == .prose)
    #expect(try column("pain", of: dictionary).bounds == .declared(0...100))
    #expect(try column("mail", of: dictionary).role == .identifier(.email))
  }

  @Test func metadataOfCSVOnTheWebAreRead() throws {
    let dictionary = try read(Forms.csvw)
    #expect(dictionary.form == .csvw && dictionary.missingTokens == ["-9", ""])
    #expect(dictionary.columns.map(\.name) == ["id", "age", "smoker", "dob"])
    let age = try column("age", of: dictionary)
    #expect(age.meaning == "Age in years" && age.bounds == .declared(0...120))
    #expect(
      try column("smoker", of: dictionary).type
        == .boolean(BooleanLabels(whenFalse: "0", whenTrue: "1")))
    #expect(try column("dob", of: dictionary).type == .date(DateFormat(pattern: "dd.MM.yyyy")))
    #expect(try !column("id", of: dictionary).isNullable)
  }

  @Test func wordsForMissingCellsOfSingleColumnsAreNotWidened() throws {
    let own = Forms.csvw.replacing(
      "\"null\": [\"-9\", \"\"],", with: ""
    ).replacing(
      "\"titles\": \"id\",", with: "\"titles\": \"id\", \"null\": \"0\",")
    let dictionary = try read(own)
    #expect(dictionary.missingTokens.isEmpty)
    #expect(dictionary.notes.count == 1 && dictionary.notes[0].contains("'id'"))
  }

  @Test func metadataOfCroissantAreRead() throws {
    let dictionary = try read(Forms.croissant)
    #expect(dictionary.form == .croissant && dictionary.columns.map(\.name) == ["age", "sex"])
    #expect(try column("age", of: dictionary).type == .integer)
    #expect(try column("sex", of: dictionary).meaning == "Sex")
  }

  @Test func metadataOfOtherToolsAreRead() throws {
    let table = try read(Forms.frictionless)
    #expect(table.form == .frictionless && table.missingTokens == ["", "-9"])
    #expect(try column("age", of: table).meaning == "Age: in years")
    let sex = try column("sex", of: table)
    #expect(sex.categories == .declared(["1", "2"]) && sex.labels == ["1": "male", "2": "female"])
    let sdv = try read(Forms.sdv)
    #expect(sdv.form == .sdv && sdv.columns.count == 4 && sdv.missingTokens.isEmpty)
  }

  @Test func theTableThatIsMeantIsFoundByItsFile() throws {
    let packages = [
      #"{"resources": [{"path": "wards.csv", "schema": {"fields": [{"name": "w", "type": "any"}]}}, "#
        + #"{"path": "data/patients.csv", "schema": {"fields": [{"name": "age", "type": "integer"}]}}]}"#,
      #"{"@context": "http://www.w3.org/ns/csvw", "tables": [{"url": "wards.csv", "tableSchema": {"columns": [{"name": "w"}]}}, "#
        + #"{"url": "patients.csv", "tableSchema": {"columns": [{"titles": "age"}]}}]}"#,
      #"{"distribution": [{"@id": "f1", "contentUrl": "http://a.example/patients.csv"}], "recordSet": ["#
        + #"{"name": "wards", "field": [{"source": {"fileObject": {"@id": "f2"}, "extract": {"column": "w"}}}]}, "#
        + #"{"name": "people", "field": [{"dataType": ["sc:Integer", "sc:age"], "source": {"fileObject": {"@id": "f1"}, "#
        + #""extract": {"column": "age"}}}]}]}"#,
    ]
    for package in packages {
      let found = try read(package, of: "folder/Patients.csv.gz")
      #expect(found.columns.map(\.name) == ["age"])
      #expect(throws: DictionaryError.self) { try read(package, of: "visits.csv") }
      #expect(throws: DictionaryError.self) { try read(package) }
    }
  }

  @Test func wordsOfREDCapThatAreNoFixedValuesAreLeftOut() throws {
    let head =
      "field_name,field_type,field_label,select_choices_or_calculations,text_validation_type_or_show_slider_number,text_validation_min,"
      + "text_validation_max\n"
    let text =
      head
      + "seen,text,\"<div class=\"\"rich\"\"><p>Seen</p></div> on\",,date_ymd,2020-01-01,today\n"
      + "kg,text,Weight,,number_1dp_comma_decimal,\"20,5\",300\n"
      + "box,checkbox,Box,\"-1, none\",,,\n"
    let dictionary = try read(text, named: "study.csv")
    #expect(try column("seen", of: dictionary).bounds == .learned)
    #expect(try column("seen", of: dictionary).meaning == "Seen on")
    #expect(try column("kg", of: dictionary).bounds == .declared(20_500_000...300_000_000))
    #expect(dictionary.columns.last?.name == "box____1")
  }

  @Test(arguments: [
    ("{\"a\": 1}", "in no form that is known"), ("name,age\nx,1\n", "in no form that is known"),
    ("{\"fields\": [{\"type\": \"integer\"}]}", "has no `name`"),
    ("{\"fields\": [{\"name\": \"a\", \"type\": \"integr\"}]}", "not known"),
    ("{\"tableSchema\": {\"columns\": [{\"name\": \"a\", \"datatype\": \"intgr\"}]}}", "`intgr`"),
    ("{\"tables\": [{\"tableSchema\": {}}, {}]}", "2 tables, and none"),
    ("{\"recordSet\": [{\"name\": \"a\"}]}", "no table with columns"),
    (
      "{\"fields\": [{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"a\", \"type\": \"string\"}]}",
      "twice"
    ),
    ("{\"fields\": [", "not JSON"), ("field_name,form_name\na,b\n", "names and types of fields"),
    ("field_name,field_type\n,text\n", "row 1: a field has no name"),
    ("field_name,field_type\nx,ratio\n", "`ratio` is not known"),
    ("field_name,field_type\nx,radio\n", "choices cannot be read"),
    (
      "field_name,field_type,text_validation_type_or_show_slider_number,text_validation_min,text_validation_max\nx,text,integer,9,1\n",
      "lowest and highest"
    ),
  ])
  func whatCannotBeReadIsRefused(_ text: String, _ words: String) throws {
    let error = #expect(throws: DictionaryError.self) { try read(text, named: "words.csv") }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix("The data dictionary words.csv cannot be used") == true)
  }
}
