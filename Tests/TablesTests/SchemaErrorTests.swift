import SchemaFiles
import Tables
import Testing

@Suite struct SchemaErrorTests {
  private func message(_ text: String) -> String {
    do {
      _ = try SchemaFile.parse(text, file: "s.yaml")
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func allFaultsAreListedAtOnce() {
    let text = message(
      """
      version: 1
      tabel: patients
      format: {delimiter: slash, header: maybe}
      columns:
        - name: age
          type: integr
        - name: cost
          type: decimal
          bouns: [0, 1]
        - name: weight
          type: integer
          bounds: {low: 120, high: 0, provenance: declared}
        - name: height
          type: integer
          bounds: {low: 0, high: 250, provenance: observed}
        - name: sex
          type: category
          digits: 2
          role: identifer(emial)
        - type: text
      constraints:
        - ordered: [age]
      """)
    let expected = """
      The schema s.yaml cannot be used: 12 faults.
        - line 2: a schema file has an unknown key `tabel`. \
      Allowed: `version`, `table`, `format`, `rows`, `unit`, `columns`, `constraints`. To mend it: did you mean `table`?
        - line 3: `delimiter` is not known. Allowed: comma, semicolon, tab, pipe or one of ^ ~ : ! & *. To mend it: write one of these.
        - line 3: `header` is neither yes nor no. Allowed: yes or no. To mend it: write `header: yes` or `header: no`.
        - line 6, column 'age': the type `integr` is not known. \
      Allowed: integer, decimal, scientific, boolean, date, timestamp, time, category, identifier, text. To mend it: did you mean `integer`?
        - line 8, column 'cost': a decimal without `digits`. Allowed: digits: 1 to 9, the most digits behind the point. \
      To mend it: add `digits: 2`.
      """
    for line in expected.split(separator: "\n").dropFirst() {
      #expect(text.contains(line), "\(text)")
    }
    for part in [
      "line 9, column 'cost': column 2 has an unknown key `bouns`", "did you mean `bounds`?",
      "line 12, column 'weight': `bounds` are inverted",
      "line 15, column 'height': the provenance of `bounds` is not `declared`",
      "line 18, column 'sex': `digits` does not belong to the type `category`",
      "line 19, column 'sex': `role` is not known", "did you mean `identifier`?",
      "column 6 has no `name`",
      "line 22: `ordered` names 1 columns",
    ] { #expect(text.contains(part), "\(part) is missing in \(text)") }
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("a: [", "this is not YAML"),
    ("a: 1\na: 2", "the same key stands twice: `a`"),
    ("just words", "a schema file is a single value"),
    ("columns: {a: integer}", "`version` is missing"),
    ("{version: 6, columns: {a: integer}}", "the file has version 6"),
    ("version: 1", "`columns` is missing"),
    ("{version: 1, columns: []}", "the schema has no columns"),
    ("{version: 1, columns: {a: string}}", "`text` for prose"),
    ("{version: 1, unit: {person: b}, columns: {bb: identifier}}", "did you mean 'bb'?"),
    (
      "{version: 1, unit: {person: a, at most: 0}, columns: {a: identifier}}",
      "`at most` is not a whole number in range"
    ),
    (
      "{version: 1, columns: [{name: a, type: integer}, {name: a, type: integer}]}",
      "described twice"
    ),
    ("{version: 1, columns: {a: {type: category, bounds: [1, 2]}}}", "a column that has no order"),
    (
      "{version: 1, columns: {a: {type: boolean, bounds: ['false', 'true']}}}",
      "`bounds` stand at the type boolean"
    ),
    (
      "{version: 1, columns: {a: {type: integer, categories: [x]}}}",
      "`categories` stand at the type integer"
    ),
    ("{version: 1, columns: {a: {type: category, categories: [x, x]}}}", "names a label twice"),
    ("{version: 1, columns: {a: {type: category, categories: []}}}", "an empty list"),
    ("{version: 1, columns: {a: {type: category, categories: [NA]}}}", "reads as missing"),
    (
      "{version: 1, columns: {a: {type: integer, bounds: [low, high]}}}",
      "cannot be read as integer"
    ),
    ("{version: 1, columns: {a: {type: text, role: target}}}", "never modelled"),
    (
      "{version: 1, columns: {a: {type: integer, role: prose}}}",
      "the role prose stands at the type integer"
    ),
    ("{version: 1, columns: {a: {type: date, format: yyyy}}}", "no year and month"),
    ("{version: 1, columns: {a: {type: boolean, words: [x, x]}}}", "does not name two words"),
    (
      "{version: 1, columns: {a: date, b: integer}, constraints: [{ordered: [a, b]}]}",
      "compares 'a' (date) with 'b' (integer)"
    ),
    (
      "{version: 1, columns: {a: date}, constraints: [{determines: [a, c]}]}",
      "'c', which is not described"
    ),
    (
      "{version: 1, columns: {a: date}, constraints: [{determined: [a, a]}]}",
      "did you mean `determines`?"
    ),
  ])
  func eachFaultHasItsMessage(text: String, part: String) {
    let message = message(text)
    #expect(message.contains(part), "\(message)")
    #expect(message.contains("Allowed: ") && message.contains("To mend it: "))
  }

  @Test func aliasesThatMultiplyAreRefused() {
    var text = "version: 1\ntable: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text +=
        "k\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    #expect(message(text).contains("nests too deeply or repeats itself"))
  }

  @Test func editDistanceFindsSlips() throws {
    for (slip, key) in [
      ("bound", "bounds"), ("catgories", "categories"), ("rolle", "role"),
      ("missing_tokens", "missing token"),
    ] {
      #expect(
        message("{version: 1, columns: {a: {type: category, \(slip): x}}}").contains(
          "did you mean `\(key)`?"))
    }
  }
}
