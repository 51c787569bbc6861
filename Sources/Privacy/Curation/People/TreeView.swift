import LinkedTables
import Tables

/// A view of a table of people, in public terms: columns that are computed for each row from the
/// whole tree of its person, before anything is sampled or clipped.
package struct TreeView: Sendable {
  /// A column of a view.
  package struct Column: Sendable {
    package let schema: ColumnSchema
    package let value: TreeValue

    package init(_ schema: ColumnSchema, _ value: TreeValue) {
      (self.schema, self.value) = (schema, value)
    }
  }

  /// The place of the table among those of the schema.
  package let table: Int
  package let columns: [Column]
  /// The view as a single table.
  package let schema: Schema

  package init(table: Int, name: String, columns: [Column], rules: [Rule]) {
    (self.table, self.columns) = (table, columns)
    schema = Schema(name: name, columns: columns.map(\.schema), rules: rules)
  }
}

/// A value of a row that follows from the tree of its person.
package enum TreeValue: Sendable, Equatable {
  /// The cell of a column.
  case cell(String)
  /// The time of the person's first event, see ``TreeBase/start``, in ticks of a column.
  case start(of: ColumnPlace)
  /// The ticks from a base to the column; negative if the column lies before it.
  case since(String, TreeBase)
  /// The ticks from the column to a base.
  case until(String, TreeBase)
  /// The number of rows of a table that belong to the row.
  case children(table: Int)
  /// The code of an attribute, as a label. Made from facts that are public or paid for.
  case attribute(Int)
}

/// A moment that the times of a row are measured from.
package enum TreeBase: Sendable, Equatable {
  /// Another column of the row.
  case column(String)
  /// A column of the row's owner.
  case owner(String)
  /// The latest of these columns in the row before, of the same owner; missing in a first row.
  case previous([String])
  /// A column of the owner, but only in a first row.
  case firstOfOwner(String)
  /// The person's start, but only in a first row.
  case firstOfStart
  /// The earliest of the person's times in the anchor's column; for people without such a row, the
  /// first of the root's times that they have.
  case start
  /// The latest of these columns over all rows of the person; the start if they have none.
  case latest([ColumnPlace])
}

/// The column whose earliest time is a person's start, and the times of the root that stand in for
/// it.
package struct TreeAnchor: Sendable, Equatable {
  package let events: ColumnPlace?
  package let own: [String]

  package init(events: ColumnPlace?, own: [String]) { (self.events, self.own) = (events, own) }
}
