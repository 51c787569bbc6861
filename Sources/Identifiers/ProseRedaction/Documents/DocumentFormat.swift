/// How a file holds its texts.
package enum DocumentFormat: String, CaseIterable, Sendable {
  /// The whole file is one text.
  case text
  /// A delimited table: a cell is a text.
  case csv
  /// A JSON object a line; its strings are texts.
  case jsonl

  /// By the ending of a file's name; text where that says nothing.
  package init(fileName: String) {
    var name = fileName.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    self =
      [".csv", ".tsv"].contains { name.hasSuffix($0) } ? .csv : [".jsonl", ".ndjson"].contains { name.hasSuffix($0) } ? .jsonl : .text
  }
}
