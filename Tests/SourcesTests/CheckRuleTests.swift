import DatabaseTables
import Testing

/// Rules of a catalogue, as PostgreSQL writes them: lists and ranges are understood, and nothing
/// else is taken for one.
@Suite struct CheckRuleTests {
  @Test(arguments: [
    ("CHECK (age >= 0 AND age <= 120)", CheckRule.range(low: "0", high: "120")),
    ("CHECK (((age >= 0) AND (age <= 120)))", .range(low: "0", high: "120")),
    ("CHECK (age > '-5'::integer AND age < 7.5::numeric)", .range(low: "-5", high: "7.5")),
    ("CHECK (age > 0::numeric(5,1))", .range(low: "0", high: nil)),
    (
      "CHECK (age >= '2000-01-01'::date AND age <= '2030-12-31 00:00:00'::timestamp without time zone)",
      .range(low: "2000-01-01", high: "2030-12-31 00:00:00")
    ),
    ("CHECK (age = ANY (ARRAY['F'::text, 'it''s'::text]))", .values(["F", "it's"])),
    (
      "CHECK (age::text = ANY (ARRAY['F'::character varying, 'M'::character varying]::text[]))",
      .values(["F", "M"])
    ),
    (
      "CHECK (((age)::text = ANY ((ARRAY['F'::character varying, 'M'::character varying])::text[])))",
      .values(["F", "M"])
    ),
    ("CHECK (age = ANY (ARRAY[1, 2, '-3'::integer]))", .values(["1", "2", "-3"])),
    ("CHECK (age = 'x'::\"Own type\")", .values(["x"])),
  ]) func listsAndRangesAreUnderstood(_ definition: String, _ rule: CheckRule) {
    #expect(CheckRule(definition, column: "age") == rule)
    #expect(CheckRule(definition, column: "AGE") == nil, "another column")
  }

  @Test func namesInQuotationMarksAreNames() {
    #expect(
      CheckRule("CHECK (\"a \"\"ge\" <= 9)", column: "a \"ge") == .range(low: nil, high: "9"))
  }

  @Test(arguments: [
    "", "CHECK", "CHECK (", "CHECK ()", "CHECK (age)", "CHECK (age IS NOT NULL)",
    "CHECK (age >= 0 OR age <= 120)", "CHECK (age <> 5)", "CHECK (NOT age >= 5)",
    "CHECK (age >= 0 AND age >= 5)", "CHECK (age >= length('x'))", "CHECK (age * 2 >= 5)",
    "CHECK (age ~ '^[A-Z]+$'::text)", "CHECK (age = ANY (ARRAY[]::text[]))",
    "CHECK (age <> ALL (ARRAY['F'::text]))", "CHECK (age >= 0) NO INHERIT", "CHECK (age = 'x",
    "CHECK (lower(age) = 'f'::text)", "CHECK (age >= 0 AND age = ANY (ARRAY[1, 2]))",
    "CHECK ((age)::integer >= 0 AND other <= 3)", "CHECK (age % 2 = 0)",
  ]) func whateverElseIsNot(_ definition: String) {
    #expect(CheckRule(definition, column: "age") == nil)
  }
}
