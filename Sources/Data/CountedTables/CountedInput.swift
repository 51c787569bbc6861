/// A table that a release is to be counted from, where it is.
package struct CountedInput: Sendable {
  /// The place of the table in words that stay the same from run to run: a ledger knows it by them.
  package let identity: String
  package let rows: any CountedRows

  /// A sentence on what was asked and how much came.
  package var traffic: String {
    let traffic = rows.traffic
    return "\(traffic.statements) statements were run where the table is (\(traffic.account)), "
      + "and \(traffic.bytes) bytes of counts came from there."
  }

  package init(identity: String, rows: any CountedRows) {
    (self.identity, self.rows) = (identity, rows)
  }
}
