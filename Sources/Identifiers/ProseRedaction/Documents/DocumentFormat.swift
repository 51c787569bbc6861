/// The way a file holds its texts.
package enum DocumentFormat: String, CaseIterable, Sendable {
  /// The whole file is one text.
  case text
  /// A delimited table; each cell is a text.
  case csv
  /// One JSON object per line; its strings are texts.
  case jsonl

  /// Infers the format from the file name extension; text if the extension is not known.
  package init(fileName: String) {
    var name = fileName.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    self =
      [".csv", ".tsv"].contains { name.hasSuffix($0) } ? .csv : [".jsonl", ".ndjson"].contains { name.hasSuffix($0) } ? .jsonl : .text
  }
}
