import Foundation
import Tables

/// How a table fits its schema. For the eyes of its owner alone: the figures, and the texts of
/// cells that do not fit, come from the rows and are not private. Nothing is charged for them, and
/// nothing of them may travel.
package struct TableCheck: Sendable, Codable {
  /// A difference between the table and its schema.
  package struct Finding: Sendable, Codable {
    /// The kind, for machines, such as `outside-categories`.
    package let kind: String
    /// The column, or the first of two; nil if the whole table is meant.
    package let column: String?
    /// The finding, its treatment in a release and its remedy, in sentences.
    package let sentence: String
    /// The texts that do not fit, the most frequent first; empty if they are not listed.
    package let texts: [Text]
    /// The number of further texts.
    package let furtherTexts: Int
  }

  /// A text that stands in cells that do not fit.
  package struct Text: Sendable, Codable, Equatable {
    /// The text as it stands in the file.
    package let text: String
    /// The number of rows that have it.
    package let rows: Int
  }

  /// A column whose values come back in several rows as those of a person do.
  package struct Repetition: Sendable, Codable {
    /// The column's name.
    package let column: String
    /// The number of different values.
    package let values: Int
    /// The most rows that share a value.
    package let mostRows: Int
    /// Whether the schema protects what the column names as a whole.
    package let isUnit: Bool
  }

  /// The exact number of rows; nil if the header does not allow the rows to be read.
  package let rows: Int?
  /// The number of rows that the schema gives, if any.
  package let declaredRows: Int?
  /// The differences in the header.
  package let header: [Finding]
  /// The differences in the rows.
  package let findings: [Finding]
  /// Columns that seem to say whom a row is about.
  package let repetitions: [Repetition]
  /// Sentences on the reading and the schema that are no differences.
  package let notes: [String]
  /// Whether there is no difference, so that a release uses every cell as it stands.
  package let fits: Bool

  /// The number of different texts that are listed for a column.
  package static let mostTexts = 20
}
