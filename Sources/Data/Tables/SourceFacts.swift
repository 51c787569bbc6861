/// The words of a table's maker on its columns, kept with the table beside the rows: in the
/// catalogue of a database, or in the head of a file.
///
/// It says nothing about any row. Like any description, it is public once somebody has signed for
/// the schema that takes it over.
package struct SourceFacts: Sendable, Codable, Equatable {
  /// One column.
  package struct Column: Sendable, Codable, Equatable {
    /// The name as the source writes it.
    package let name: String
    package var meaning: String?
    /// Whether no cell may be missing.
    package var isRequired = false
    /// All values that a cell may have; nil if nothing is said.
    package var categories: [String]?
    /// The lowest and the highest value, as texts; nil if nothing is said.
    package var lowest: String?
    package var highest: String?

    package init(_ name: String) { self.name = name }

    /// Whether it says nothing.
    package var isSilent: Bool { self == Column(name) }
  }

  package var columns: [Column]
  /// Sentences for the owner on what no fact stands for: keys, and rules that were not understood.
  package var notes: [String] = []

  package init(columns: [Column] = []) { self.columns = columns }

  /// Whether it says nothing.
  package var isSilent: Bool { columns.allSatisfy(\.isSilent) && notes.isEmpty }

  /// Changes the words on a column.
  package mutating func describe(_ name: String, _ change: (inout Column) -> Void) {
    let place =
      columns.firstIndex { $0.name == name }
      ?? {
        columns.append(Column(name))
        return columns.count - 1
      }()
    change(&columns[place])
  }
}
