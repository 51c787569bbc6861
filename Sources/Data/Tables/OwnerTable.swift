/// The rows of people, for the eyes of their owner and nobody else.
///
/// The door around the curator provides it. Code that compares a release with its original, attacks
/// it or inspects a table takes this type; code that writes a release takes a ``Table``. Passing
/// the original to a report that travels therefore does not compile. The rows come out only through
/// ``ownersRows``, and a test lists its users.
package struct OwnerTable: Sendable {
  /// The rows, for uses that stay with their owner.
  package let ownersRows: Table

  /// - Parameter rows: Rows that a program holds itself, or that came through the door.
  package init(_ rows: Table) { ownersRows = rows }

  /// The number of rows.
  package var rowCount: Int { ownersRows.rowCount }
}
