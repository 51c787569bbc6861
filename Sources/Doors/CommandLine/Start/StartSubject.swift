import ColumnRoles
import SchemaFiles
import Tables
import Understudy

/// The subject of the questions of a guided start: a table as it was seen, for its owner's eyes.
package struct StartSubject: Sendable {
  /// The table's name, as its owner knows it.
  package var name: String
  package var rows: Int
  /// The schema as it was inferred, with the facts of a data dictionary if there was one.
  package var schema: Schema
  /// The column that seems to say whom a row is about.
  package var person: String?
  /// Lines on each column, by name; they may hold values.
  package var sights: [String: [String]]
  /// Lines on the person column.
  package var personSights: [String]
  /// The labels seen in columns that have few, in order of the text.
  package var labels: [String: [String]]
  /// Sentences on the reading and on the dictionary.
  package var notes: [String]
  /// Today, such as `2026-01-31`.
  package var day: String

  package init(
    name: String, rows: Int, schema: Schema, person: String? = nil,
    sights: [String: [String]] = [:], personSights: [String] = [],
    labels: [String: [String]] = [:], notes: [String] = [], day: String
  ) {
    (self.name, self.rows, self.schema, self.person) = (name, rows, schema, person)
    (self.sights, self.personSights, self.labels) = (sights, personSights, labels)
    (self.notes, self.day) = (notes, day)
  }

  /// Takes what an inspection saw.
  init(_ inspection: TableInspection, name: String, day: String) {
    let report = InspectionReport(inspection, file: name, schemaFile: "", use: "")
    let annotations = inspection.annotations
    self.init(
      name: name, rows: report.rows, schema: inspection.schema,
      person: report.suggestedPersonColumn,
      personSights: annotations.unit.prefix(1).map(Self.plain),
      labels: inspection.fewLabels(atMost: Self.mostLabels), notes: report.notes, day: day)
    for column in report.columns {
      let seen = annotations.columns[column.name] ?? ColumnAnnotation()
      sights[column.name] =
        [column.type + ", " + Self.plain(seen.about.first ?? "")]
        + (seen.bounds + seen.categories + seen.missing + seen.about.dropFirst()).map(Self.plain)
        + (column.role == "ordinary"
          ? [] : ["Perhaps \(column.role): \(column.reason)."])
    }
  }

  /// The longest list of labels that is offered as it was seen.
  private static let mostLabels = 64

  /// A comment without its warning, which the terminal gives once.
  private static func plain(_ line: String) -> String {
    line.hasPrefix(InspectionNotes.observed)
      ? String(line.dropFirst(InspectionNotes.observed.count)) : line
  }
}
