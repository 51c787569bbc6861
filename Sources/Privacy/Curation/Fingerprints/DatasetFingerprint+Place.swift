import Basics
import Ledger
import Tables

extension Ledger {
  /// Returns the keyed fingerprint of a table whose rows stay in their database: of the place where
  /// it is and its columns' names.
  ///
  /// It recognises no people: such a table is admitted only with a statement about whose people
  /// they are, so that all tables of a population share one budget wherever they are read.
  package func fingerprint(ofPlace identity: String, schema: Schema) -> DatasetFingerprint {
    let names = schema.columns.map {
      ContentDigest.hexadecimal(
        fingerprintKey.derived(for: "understudy fingerprint 1 name \($0.name)"))
    }.sorted()
    var text = Array("understudy fingerprint 1 place\n\(identity)\n".utf8)
    for name in names { text += Array(name.utf8) }
    return DatasetFingerprint(
      identity: ContentDigest.hexadecimal(fingerprintKey.authenticate(text)), rowCount: 0,
      columnNames: names, columnContents: [], rows: BottomSketch(), values: BottomSketch(),
      sketch: nil)
  }
}
