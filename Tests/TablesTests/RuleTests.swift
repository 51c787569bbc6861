import Basics
import SchemaFiles
import Tables
import Testing

@Suite struct RuleTests {
  @Test(arguments: [
    ("a <= b", Rule.ordered(earlier: "a", later: "b")),
    ("b >= a", .ordered(earlier: "a", later: "b")),
    ("a + b = c", .sum(terms: ["a", "b"], total: "c")),
    ("c = a + b + d", .sum(terms: ["a", "b", "d"], total: "c")),
    (
      "net price * number of items = c",
      .product(factors: ["net price", "number of items"], result: "c")
    ),
    ("\"a + b\" + \"say \"\"x\"\"\" = c<=d", .sum(terms: ["a + b", "say \"x\""], total: "c<=d")),
  ])
  func linesAreRead(_ text: String, _ rule: Rule) {
    #expect(Rule(text: text) == rule)
    #expect(rule.line.flatMap { Rule(text: $0) } == rule)
  }

  @Test(arguments: [
    "a", "a < b", "a = b", "a + b", "a + b * c = d", "a <= ", " <= b", "a<=b", "a <= b <= c",
    "\"a <= b", "",
  ])
  func otherTextsAreNoRules(_ text: String) { #expect(Rule(text: text) == nil) }

  @Test func anyNameSurvivesALine() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2_000 {
      let names = (0..<3).map { place in
        (0...random.below(5)).map { _ in
          ["a", " ", "+", "=", "<=", "\"", "*", "é", " + ", "\n"][random.below(10)]
        }.joined() + "\(place)"
      }
      let rules: [Rule] = [
        .ordered(earlier: names[0], later: names[1]),
        .sum(terms: [names[0], names[1]], total: names[2]),
      ]
      for rule in rules { #expect(rule.line.flatMap { Rule(text: $0) } == rule, "\(rule)") }
    }
  }

  // MARK: Files

  static let head = """
    version: 5
    facts: declared
    columns:
      - {name: ward, type: category, missing: no, categories: [children, surgery]}
      - {name: age, type: integer, missing: no, bounds: [0, 99]}
      - {name: from, type: date, bounds: learn}
      - {name: to, type: date, missing: yes, bounds: learn}
      - {name: stay, type: integer, bounds: {low: 0, high: 99, provenance: declared}}
      - {name: a, type: decimal, digits: 2}
      - {name: b, type: integer}
      - {name: hour, type: time, format: "HH:mm"}
      - {name: who, type: identifier}
    rules:

    """

  @Test func everyKindIsRead() throws {
    let schema = try SchemaFile.parse(
      Self.head + """
          - from <= to
          - rule: a * stay = b
            provenance: observed
          - never: {ward: children, age: [18.., 5]}
          - to: {only if: {ward: [children, surgery], stay: 3..4}}
          - together: [a, stay]
          - unique: who
          - determines: [ward, age]
          - circular: hour

        """)
    #expect(
      schema.rules == [
        .ordered(earlier: "from", later: "to"), .product(factors: ["a", "stay"], result: "b"),
        .never([.init("ward", ["children"]), .init("age", ["18..", "5"])]),
        .onlyIf(
          present: "to",
          conditions: [.init("ward", ["children", "surgery"]), .init("stay", ["3..4"])]),
        .together(["a", "stay"]),
        .unique(["who"]), .determines(determinant: "ward", dependent: "age"),
        .circular("hour", period: nil),
      ])
    #expect(schema.provenance.rules == [.product(factors: ["a", "stay"], result: "b"): .observed])
    #expect(try SchemaFile.parse(SchemaFile.text(schema)) == schema)
  }

  @Test func olderFilesAreReadAsBefore() throws {
    for version in 1...5 {
      let facts = version < 3 ? "" : "facts: declared\n"
      let text =
        "version: \(version)\n\(facts)columns: {a: date, b: date}\nconstraints:\n  - ordered: [a, b]\n"
      let schema = try SchemaFile.parse(text)
      #expect(schema.rules == [.ordered(earlier: "a", later: "b")])
      #expect(SchemaFile.text(schema).contains("rules:\n  - a <= b\n"), "it is written as a rule")
    }
  }

  @Test(arguments: [
    (
      "version: 4\nfacts: declared\ncolumns: {a: date, b: date}\nrules: [a <= b]",
      "line 4: `rules` is new in version 5"
    ),
    (head + "  - from < to\n", "line 14: the rule is not understood"),
    (head + "  - nevr: {ward: children}\n", "did you mean `never`?"),
    (
      head + "  - never: {ward: nursery}\n",
      "line 14: `never` names the label 'nursery' of 'ward', which `categories` does not list"
    ),
    (
      head + "  - never: {age: 18..5}\n",
      "line 14: `never` gives 'age' values that cannot be read as integer"
    ),
    (head + "  - never: {}\n", "`never` has no conditions"),
    (
      head + "  - ward <= age\n",
      "line 14: `ordered` compares 'ward' (category) with 'age' (integer)"
    ),
    (head + "  - from + to = age\n", "neither numbers, nor a date and whole days"),
    (head + "  - together: [a]\n", "`together` names 1 columns"),
    (head + "  - a + b = a\n", "names 'a' twice"),
    (head + "  - circular: b\n", "the period of 'b' is not known"),
    (head + "  - circular: ward\n", "neither a whole number nor a time"),
    (head + "  - circular: {column: age, period: 24}\n", "not the number of values in its bounds"),
    (head + "  - to: {only if: {wart: children}}\n", "did you mean 'ward'?"),
  ])
  func faultsHaveTheirLineAndRemedy(_ text: String, _ part: String) {
    #expect { try SchemaFile.parse(text) } throws: { error in
      "\(error)".contains(part) && "\(error)".contains("Allowed: ")
        && "\(error)".contains("To mend it: ")
    }
  }

  @Test(arguments: [
    (["a <= b", "b <= a"], "round in a circle"),
    (["a + b = stay", "stay + age = a"], "round in a circle"),
    (
      ["a + b = stay", "a * age = stay"],
      "`a + b = stay` and `a * age = stay` collide: 'stay' would follow from more than one rule"
    ),
    (["from <= to", "from + b = to"], "declare bounds of 0 or more for what is added to 'from'"),
    (["from <= to", "never: {to: 2020-01-01..}"], "follows from other columns"),
    (["a + b = stay", "together: [stay, to]"], "missing exactly if"),
    (["a <= b", "a <= b"], "they are the same"),
    (
      ["never: {ward: [children, surgery]}"],
      "`never: {ward: [children, surgery]}` cannot be kept: together they forbid every row"
    ),
    (
      [
        "never: {ward: children, age: ..17}", "never: {age: 18..}",
        "never: {ward: surgery, age: ..40}",
      ], "forbid every row"
    ),
    (["circular: {column: b, period: 12}", "b <= stay"], "values that go round have no order"),
  ])
  func impossibleSetsAreRefused(_ rules: [String], _ part: String) {
    let text = Self.head + rules.map { "  - \($0)\n" }.joined()
    #expect { try SchemaFile.parse(text) } throws: { error in
      "\(error)".contains(part) && "\(error)".contains("line \(13 + rules.count)")
    }
  }

  @Test(arguments: [
    ["never: {ward: children, age: ..17}", "never: {ward: surgery, age: 18..}"],
    ["from + stay = to", "from <= to"],
    ["a <= b", "b <= stay", "a <= age", "hour: {only if: {ward: children}}"],
    ["a <= stay", "b <= stay"],
    ["never: {ward: [children, surgery], to: 2020-01-01..}"], ["a + b = stay", "stay <= age"],
  ])
  func possibleSetsAreRead(_ rules: [String]) {
    #expect(throws: Never.self) {
      try SchemaFile.parse(Self.head + rules.map { "  - \($0)\n" }.joined())
    }
  }

  // MARK: Arithmetic and mending

  @Test func arithmeticIsExactAndRoundsHalvesAway() throws {
    let columns = [
      ColumnSchema(name: "a", type: .decimal(fractionDigits: 2)),
      ColumnSchema(name: "b", type: .decimal(fractionDigits: 1)),
      ColumnSchema(name: "n", type: .integer),
      ColumnSchema(name: "c", type: .decimal(fractionDigits: 1)),
    ]
    let schema = Schema(name: "t", columns: columns)
    let sum = try #require(Computation(.sum(terms: ["a", "b"], total: "c"), in: schema))
    #expect(sum.tick([125, 10]) == 23, "1.25 + 1.0 = 2.25, rounded to 2.3")
    #expect(sum.tick([-125, -10]) == -23 && sum.tick([124, 10]) == 22)
    #expect(
      sum.tick([Cells.missingTick, 1]) == Cells.missingTick
        && sum.tick([1, Cells.codeTick(0)]) == Cells.missingTick)
    #expect(sum.tick([.max, .max]) == Cells.missingTick, "what does not fit is missing")
    let product = try #require(Computation(.product(factors: ["a", "n"], result: "c"), in: schema))
    #expect(product.tick([125, 3]) == 38 && product.tick([.max, .max]) == Cells.missingTick)
    let fineColumns = ["p", "q", "r", "s", "t"].map {
      ColumnSchema(name: $0, type: .decimal(fractionDigits: 9))
    }
    let fine = Schema(name: "t", columns: fineColumns + columns)
    for factors in [["p", "q", "r", "s"], ["p", "q", "r", "s", "t"]] {
      let tiny = try #require(Computation(.product(factors: factors, result: "n"), in: fine))
      #expect(tiny.tick(factors.map { _ in 5 }) == 0, "36 and 45 digits behind the point")
    }
    let whole = try #require(Computation(.sum(terms: ["a", "n"], total: "n"), in: schema))
    #expect(whole.tick([150, 1]) == 3 && whole.tick([149, 1]) == 2)
  }

  @Test func ordersOfDifferentDigitsAreExact() {
    var random = SplitMix64(seed: 9)
    let scale = OrderScale(.decimal(fractionDigits: 2), .integer)
    for _ in 0..<5_000 {
      let (first, gap) = (Int64(random.below(20_000)) - 10_000, Int64(random.below(3_000)))
      let later = scale.tick(above: first, by: gap, highest: nil)
      #expect(
        Double(later) * 100 >= Double(first + gap)
          && Double(later) * 100 < Double(first + gap) + 100)
      #expect(
        !scale.isAbove(first, later)
          && scale.isAbove(first, Int64((Double(first) / 100).rounded(.up)) - 1))
      #expect(
        scale.gap(first, later) >= gap
          && scale.tick(above: first, by: scale.gap(first, later), highest: nil) == later)
    }
    #expect(
      scale.tick(above: .max, by: .max, highest: nil) > 0
        && scale.tick(above: 250, by: 0, highest: 1) == 3)
  }

  /// Every row is mended by itself: the result does not depend on the other rows.
  @Test func mendingReadsOneRow() throws {
    let schema = try SchemaFile.parse(
      Self.head
        + "  - never: {ward: children, age: 18..}\n  - b: {only if: {ward: surgery}}\n  - together: [a, b]\n  - together: [a, stay]\n"
    )
    var random = SplitMix64(seed: 4)
    let rows = (0..<200).map { _ in
      (
        ward: Int32(random.below(3)) - 1,
        cells: (0..<4).map { _ in random.below(4) == 0 ? Cells.missingTick : Int64(random.below(40))
        }
      )
    }
    func mended(_ rows: ArraySlice<(ward: Int32, cells: [Int64])>) -> [[Int64]] {
      var columns: [String: Cells] = [
        "ward": .labels(
          codes: rows.map(\.ward), dictionary: LabelDictionary(["children", "surgery"]))
      ]
      for (place, name) in ["age", "a", "b", "stay"].enumerated() {
        columns[name] = .ticks(rows.map { $0.cells[place] })
      }
      let kept = RowRules(schema).mended(columns)
      for rule in schema.rules { #expect(RowRules(schema).rows(breaking: rule, in: kept).isEmpty) }
      return ["age", "a", "b", "stay"].compactMap { name in
        if case .ticks(let ticks)? = kept[name] { ticks } else { nil }
      }
    }
    let all = mended(rows[...])
    #expect(all[0] != rows.map { $0.cells[0] }, "some rows break a rule")
    for row in rows.indices {
      #expect(mended(rows[row...row]).map { $0[0] } == all.map { $0[row] })
    }
  }
}
