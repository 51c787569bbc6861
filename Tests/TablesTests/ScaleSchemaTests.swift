import SchemaFiles
import Tables
import Testing

@Suite struct ScaleSchemaTests {
  private static let text = """
    version: 5
    facts: declared
    table: t
    columns:
      - name: cost
        type: decimal
        digits: 2
        transform: log
      - name: admitted
        type: timestamp
        format: "yyyy-MM-dd HH:mm"
      - name: discharged
        type: timestamp
        format: "yyyy-MM-dd HH:mm"
        gap: at most 90 days
        transform: log
      - name: born
        type: date
        format: yyyy-MM-dd
      - name: joined
        type: date
        format: yyyy-MM-dd
        gap: at most 2 weeks
      - name: paid
        type: decimal
        digits: 1
        gap: at most 12.5
    rules:
      - admitted <= discharged
      - born <= joined
      - cost <= paid
    """

  @Test func scalesAndGapsAreReadAndWritten() throws {
    let schema = try SchemaFile.parse(Self.text)
    #expect(schema.columns.map(\.isLogarithmic) == [true, false, true, false, false, false])
    #expect(schema.columns.map(\.longestGap) == [nil, nil, 90 * 1_440, nil, 14, 125])
    #expect(try SchemaFile.parse(SchemaFile.text(schema)) == schema)
    #expect(SchemaFile.text(schema).contains("gap: at most 90 days"))
    for (old, new) in [("    transform: log\n", ""), ("90 days", "91 days")] {
      let other = try SchemaFile.parse(Self.text.replacing(old, with: new))
      #expect(other.canonicalText != schema.canonicalText)
    }
  }

  @Test(arguments: [
    ("transform: log", "transform: root", "`transform` is not known"),
    (
      "name: born\n    type: date", "name: born\n    type: date\n    transform: log",
      "neither a number nor a duration"
    ),
    ("at most 90 days", "90 days", "`gap` is not understood"),
    ("at most 90 days", "at most 90", "`gap` is not understood"),
    ("at most 90 days", "at most -1 days", "`gap` is not understood"),
    ("at most 90 days", "at most 9000000000000000 weeks", "`gap` is not understood"),
    ("at most 90 days", "at most 30 seconds", "`gap` is not understood"),
    ("at most 2 weeks", "at most 2 hours", "`gap` is not understood"),
    ("at most 12.5", "at most 12.5 days", "`gap` is not understood"),
    ("  - born <= joined\n", "", "no rule puts behind another"),
    ("digits: 2\n", "digits: 2\n    gap: at most 3\n", "no rule puts behind another"),
  ])
  func faultsAreNamed(_ old: String, _ new: String, _ message: String) {
    #expect(Self.text.contains(old), "\(old)")
    do {
      _ = try SchemaFile.parse(Self.text.replacing(old, with: new))
      Issue.record("accepted \(new)")
    } catch {
      let text = "\(error)"
      #expect(text.contains(message), "\(text)")
    }
  }
}
