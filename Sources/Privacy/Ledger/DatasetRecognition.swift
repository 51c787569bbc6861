/// A ledger's verdict on a table that it is shown.
package enum DatasetRecognition: Sendable, Equatable {
  /// The same rows and column names, in any order and file: it draws on this budget.
  case known(DatasetIdentity)
  /// Another table, with much in common: its owner should say whether the same people are in it.
  case resembles(DatasetIdentity, DatasetResemblance)
  case new
}
