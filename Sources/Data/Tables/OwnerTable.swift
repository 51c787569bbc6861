/// The rows of people, where their owner may look at them and nobody else.
///
/// It is what the door around the curator gives. What compares a release with its original, attacks it or inspects a table takes it; what
/// writes a release takes a ``Table``, so that a report that travels cannot be given the original: that does not compile. The rows come out
/// by ``ownersRows`` alone, and a test lists who asks for them.
public struct OwnerTable: Sendable {
  /// The rows, for what stays with their owner.
  package let ownersRows: Table

  /// - Parameter rows: rows that a program holds itself, or that came through the door.
  public init(_ rows: Table) { ownersRows = rows }

  /// How many rows there are.
  package var rowCount: Int { ownersRows.rowCount }
}
