import Ledger
import Tables

extension Ledger {
  /// Returns the keyed fingerprint of a table under this owner's secret. Complexity: one pass over
  /// the cells, on all cores.
  ///
  /// - Parameter schema: says which columns name persons, so that they are recognised in tables of
  ///   other kinds.
  package func fingerprint(of table: OwnerTable, schema: Schema? = nil) -> DatasetFingerprint {
    DatasetFingerprint.compute(table: table.ownersRows, persons: schema?.personColumns ?? [], key: fingerprintKey)
  }
}
