import Foundation

/// Small dictionaries of one table in every form, as their tools write them.
enum Forms {
  static let redcap = """
    "Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels","Field \
    Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",Identifier?,"Branching Logic (Show \
    field only if...)","Required Field?"
    record_id,demographics,,text,Study ID,,,,,,y,,
    dob,demographics,,text,Date of birth,,YYYY-MM-DD,date_dmy,1900-01-01,2026-12-31,,,y
    age,demographics,,text,"Age, in years",,,integer,0,120,,,y
    weight,demographics,,text,Weight (kg),,,number,20.5,300,,,
    sex,demographics,,radio,Sex at birth,"1, male | 2, female | 9, not stated",,,,,,,
    smoker,demographics,,yesno,Smokes,,,,,,,,
    drugs,demographics,,checkbox,Takes,"A, aspirin, daily | B, betablocker",,,,,,,
    story,demographics,,notes,History,,,,,,,,
    hint,demographics,,descriptive,Thank you,,,,,,,,
    pain,demographics,,slider,Pain now,none | some | worst,,number,,,,,
    mail,demographics,,text,Address,,,email,,,,,

    """

  static let csvw = """
    {"@context": "http://www.w3.org/ns/csvw", "url": "patients.csv",
     "null": ["-9", ""],
     "tableSchema": {"primaryKey": "id", "columns": [
       {"name": "id", "titles": "id", "datatype": "string", "required": true},
       {"name": "age_years", "titles": {"en": ["age"]}, "dc:description": "Age in years",
        "datatype": {"base": "nonNegativeInteger", "minimum": "0", "maximum": "120"}},
       {"name": "smoker", "datatype": {"base": "boolean", "format": "1|0"}},
       {"name": "dob", "datatype": {"base": "date", "format": "dd.MM.yyyy"}},
       {"name": "row", "virtual": true}]}}
    """

  static let croissant = """
    {"@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0", "recordSet": [
      {"@type": "cr:RecordSet", "name": "sexes", "field": [{"@type": "cr:Field", "name": "sexes/name", "dataType": "sc:Text"}],
       "data": [{"sexes/name": "M"}]},
      {"@type": "cr:RecordSet", "name": "patients", "field": [
        {"@type": "cr:Field", "name": "age", "description": "Age in years", "dataType": "sc:Integer",
         "source": {"fileObject": {"@id": "patients.csv"}, "extract": {"column": "age"}}},
        {"@type": "cr:Field", "name": "sex", "description": "Sex", "dataType": ["sc:Text", "wd:Q290"],
         "source": {"fileObject": {"@id": "patients.csv"}, "extract": {"column": "sex"}}}]}]}
    """

  static let frictionless = """
    {"fields": [
       {"name": "age", "type": "integer", "title": "Age", "description": "in years",
        "constraints": {"minimum": 0, "maximum": 120, "required": true}},
       {"name": "sex", "type": "integer", "categories": [{"value": 1, "label": "male"}, {"value": 2, "label": "female"}]},
       {"name": "ward", "type": "string", "constraints": {"enum": ["A", "B"]}}],
     "missingValues": ["", "-9"]}
    """

  static let sdv = """
    {"METADATA_SPEC_VERSION": "SINGLE_TABLE_V1", "primary_key": "id", "columns": {
      "id": {"sdtype": "id"}, "age": {"sdtype": "numerical", "computer_representation": "Int64"},
      "sex": {"sdtype": "categorical"}, "mail": {"sdtype": "email"}}}
    """

  /// In the manner of IPUMS, Dataverse and Nesstar.
  static let ddi = """
    <?xml version="1.0" encoding="UTF-8"?>
    <?xml-stylesheet type="text/xsl" href="ddi.xsl"?>
    <codeBook version="2.5" xmlns="ddi:codebook:2_5" xmlns:xhtml="http://www.w3.org/1999/xhtml">
      <stdyDscr><citation><titlStmt><titl>Title</titl></titlStmt></citation></stdyDscr>
      <fileDscr ID="F1"><fileTxt><fileName>people.tab</fileName></fileTxt></fileDscr>
      <dataDscr>
        <varGrp ID="VG1" var="V1 V2"><labl>Group</labl></varGrp>
        <var ID="V1" name="MONTH" files="F1" dcml="0" intrvl="discrete"><labl level="variable">Month</labl><labl xml:lang="de">Monat</labl>
          <catgry><catValu>01</catValu><labl level="category">January</labl><labl>Januar</labl><catStat type="freq">150</catStat></catgry>
          <catgry missing="N"><catValu>02</catValu><labl>February</labl></catgry>
          <varFormat schema="other" type="numeric"/></var>
        <var ID="V2" name="AGE" files="F1" dcml="0" intrvl="contin"><labl>Age</labl>
          <qstn><preQTxt>Now about you.</preQTxt><qstnLit>How old are you?</qstnLit></qstn>
          <valrng><range UNITS="INT" min="0" max="64"/><range UNITS="REAL" min="65.0" max="99.0"></range></valrng>
          <invalrng><range min="-9" max="-7"/><key>-9 refused</key></invalrng>
          <sumStat type="min">17</sumStat><catgry><catValu>99</catValu><labl>99 and older</labl></catgry>
          <catgry missing="Y"><catValu>998</catValu></catgry>
          <catgry missing="Y"><catValu>Sysmiss</catValu></catgry><varFormat type="numeric"/></var>
        <var ID="V3" name="WEIGHT" files="F1" dcml="4" intrvl="contin" wgt="wgt"><valrng><range min="0" max="120.5"/></valrng>
          <varFormat type="numeric"/></var>
        <var ID="V4" name="NAME" files="F1" intrvl="discrete">
          <txt><xhtml:p>The name &amp; the place,</xhtml:p> <xhtml:p>in two paragraphs</xhtml:p></txt><varFormat type="character"/></var>
        <var ID="V5" name="SEEN" files="F1"><varFormat type="character" category="date"/></var>
        <var ID="V6" name="EDUC" files="F1"><catgry><catValu>1</catValu><labl>school</labl></catgry>
          <catgry><catValu>2</catValu><labl>university</labl></catgry>
          <catgry missing="Y"><catValu>9</catValu><labl>not stated</labl></catgry><varFormat type="numeric"/></var>
      </dataDscr>
    </codeBook>
    """

  /// Writes a dictionary to a file that lasts as long as `body`.
  static func with<Result>(_ text: String, named name: String, _ body: (URL) throws -> Result)
    throws -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-dictionaries-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return try body(file)
  }
}
