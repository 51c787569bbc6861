import Basics
import ColumnRoles
import Curation
import DelimitedText
import Foundation
import SchemaFiles
import Tables

extension TableCheck {
  /// Reads the table as a release would, and compares it with its schema. Spends nothing.
  /// - Parameter listsTexts: whether the texts of cells that do not fit are listed.
  /// - Throws: the errors of schemas, and of files that are no table.
  package static func of(_ input: URL, schemaFile: URL, listsTexts: Bool = true) throws
    -> TableCheck
  {
    let document = try SchemaFile.open(schemaFile)
    do {
      return try comparing(input, document.schema, notes: document.notes, listsTexts: listsTexts)
    } catch let error as TableError {
      guard case .doesNotFit(let differences) = error.problem else { throw error }
      // Which column is meant by which name has to be settled first: the rows wait until then.
      return TableCheck(
        rows: nil, declaredRows: document.schema.approximateRows, header: differences.map(finding),
        findings: [], repetitions: [],
        notes: document.notes, fits: false)
    }
  }

  private static func comparing(_ input: URL, _ schema: Schema, notes: [String], listsTexts: Bool)
    throws -> TableCheck
  {
    let table = try SensitiveTable.read(input, schema: schema)
    let rows = table.openForOwner(reason: .inspection).ownersRows
    let mismatches = schema.mismatches(with: rows, departures: table.departures)
    let strays = listsTexts ? StrayTexts(of: input, schema: schema, mismatches: mismatches) : nil
    let repetitions = repetitions(in: rows, schema)
    let findings =
      mismatches.map { finding($0, texts: strays?.texts(of: $0, in: rows) ?? []) }
      + personFindings(repetitions, schema)
      + rowFindings(rows.rowCount, schema)
      + (PlaceFindings(schema)?.findings(in: rows) ?? [])
    return TableCheck(
      rows: rows.rowCount, declaredRows: schema.approximateRows, header: [], findings: findings,
      repetitions: repetitions,
      notes: notes + table.notes.map { "\($0)" }, fits: findings.isEmpty)
  }

  private static func finding(_ mismatch: SchemaMismatch, texts: [Text]) -> Finding {
    Finding(
      kind: mismatch.kind.rawValue, column: mismatch.column, sentence: mismatch.note,
      texts: Array(texts.prefix(mostTexts)),
      furtherTexts: max(0, texts.count - mostTexts))
  }

  private static func finding(_ difference: ColumnMismatch) -> Finding {
    let meant = difference.nearest.map { " Is '\($0)' meant?" }
    let (kind, sentence) =
      switch difference.kind {
      case .absent:
        (
          SchemaMismatch.Kind.missingColumn,
          "The header lacks the column '\(difference.column)' of the schema.\(meant ?? " Remove it from the schema.")"
        )
      case .undescribed:
        (
          .extraColumn,
          "The schema does not describe the column '\(difference.column)' of the file."
            + (meant ?? " Describe it, with `role: drop` to leave it out.")
        )
      }
    return Finding(
      kind: kind.rawValue, column: difference.column, sentence: sentence, texts: [], furtherTexts: 0
    )
  }

  private static func repetitions(in table: Table, _ schema: Schema) -> [Repetition] {
    var unit: String?
    if case .person(let column, _) = schema.unit { unit = column }
    var found = schema.repeatedPersons(in: table).map { repetition in
      Repetition(
        column: repetition.column, values: repetition.values, mostRows: repetition.mostRows,
        isUnit: repetition.column == unit)
    }
    if let unit, !found.contains(where: \.isUnit), let counts = table.column(named: unit)?.counts()
    {
      found.insert(
        Repetition(
          column: unit, values: counts.count, mostRows: counts.values.max() ?? 0, isUnit: true),
        at: 0)
    }
    return found
  }

  /// Returns a finding for each column that repeats like a person although rows are protected.
  private static func personFindings(_ repetitions: [Repetition], _ schema: Schema) -> [Finding] {
    guard schema.unit == .row else { return [] }
    let isPerson = schema.eachRowIsAPerson
    return repetitions.map { found in
      Finding(
        kind: "repeats-like-a-person", column: found.column,
        sentence:
          "The column '\(found.column)' repeats like a person: \(NumberText.count(found.values)) values, one of them in "
          + "\(NumberText.plural(found.mostRows, "row", "rows")), but the schema "
          + (isPerson ? "says that each row is a person of its own" : "protects rows")
          + ". If it says whom a row is about, write `unit: {person: \(SchemaText.quoted(found.column)), at most: ROWS}`."
          + (isPerson ? " If not, the value that recurs may be a word for missing cells." : ""),
        texts: [], furtherTexts: 0)
    }
  }

  /// The largest factor between the number of rows and the schema's that is still about right: a
  /// plan is then not far off.
  private static let aboutRight = 1.5

  private static func rowFindings(_ rows: Int, _ schema: Schema) -> [Finding] {
    guard let about = schema.approximateRows else { return [] }
    let factor = Double(max(rows, 1)) / Double(max(about, 1))
    guard factor > aboutRight || factor < 1 / aboutRight else { return [] }
    return [
      Finding(
        kind: "rows-differ", column: nil,
        sentence:
          "The schema says about \(NumberText.count(about)) rows, and the table has \(NumberText.count(rows)): plans and the "
          + "largest number of synthetic rows follow the schema. Correct `rows: about` with a number that is public.",
        texts: [],
        furtherTexts: 0)
    ]
  }
}
