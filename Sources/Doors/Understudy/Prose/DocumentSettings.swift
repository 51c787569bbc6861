import Curation
import DelimitedText
import Foundation
import ProseRedaction

/// The texts of a file that are searched for identifiers, and the means of the search.
package struct DocumentSettings: Sendable {
  /// How the file holds its texts.
  package var format: DocumentFormat
  /// JSON lines: the fields that hold text; all if there are none.
  package var textFields: [String] = []
  /// JSON lines: the field that names a document.
  package var idField = "id"
  /// Tables: the uses of columns that their owner states.
  package var columns: [(name: String, use: TableWalk.ColumnUse)] = []
  /// A field or column; nil if each document belongs to one person.
  package var personField: String?
  package var scanner: ProseScanner
  /// The form of a table, as far as it should not be detected.
  package var reading = ReadOptions()

  package init(format: DocumentFormat, scanner: ProseScanner) {
    (self.format, self.scanner) = (format, scanner)
  }

  /// Returns the uses of a table's columns, judged by its first rows and the owner's statements.
  ///
  /// - Parameters:
  ///   - name: The file's name, as its owner knows it.
  ///   - findsSets: Whether to look for column sets that single people out.
  func columnUses(of url: URL, name: String, findsSets: Bool) throws -> ColumnUses {
    var options = reading
    options.mostRows = 20_000
    // Cells that are not all plain numbers or dates are searched as prose: an odd one may be a
    // name.
    options.seesWrittenForms = false
    var uses = try ColumnUses(
      try SensitiveTable.read(url, options: options).openForOwner(reason: .redaction),
      findsSets: findsSets, scanner: scanner)
    for (column, use) in columns where !uses.set(column, to: use) {
      throw UnderstudyError(
        "\(name): there is no column '\(column)'.",
        remedy: "The columns are \(uses.columns.map(\.name).joined(separator: ", ")).")
    }
    return uses
  }
}
