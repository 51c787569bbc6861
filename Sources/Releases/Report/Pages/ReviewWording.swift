import Tables

extension SchemaReview {
  /// Who answers for a schema, as a sentence for the reader of a release.
  var sentence: String { "\(by) read the schema on \(on) and answers for what it says of the table." }
}
