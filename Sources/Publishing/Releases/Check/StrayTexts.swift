import Curation
import Foundation
import Tables

/// The texts of cells that do not fit their column, for the owner who has to correct the schema or
/// the cells.
struct StrayTexts {
  private let schema: Schema
  /// The columns of which some cell cannot be read as its type, read again as plain labels.
  private let unread: Table?

  /// Reads the file again if a cell could not be read. A column of too many different texts is not
  /// listed.
  init(of input: URL, schema: Schema, mismatches: [SchemaMismatch]) {
    self.schema = schema
    let names = Set(mismatches.filter { $0.kind == .wrongType }.compactMap(\.column))
    guard !names.isEmpty else {
      unread = nil
      return
    }
    var plain = schema
    for index in plain.columns.indices where names.contains(plain.columns[index].name) {
      plain.columns[index].type = .category
      plain.columns[index].bounds = .learned
    }
    unread = try? SensitiveTable.read(input, schema: plain).openForOwner(reason: .inspection)
      .ownersRows
  }

  /// Returns the texts that do not fit, the most frequent first; empty if they say nothing more.
  func texts(of mismatch: SchemaMismatch, in table: Table) -> [TableCheck.Text] {
    guard let name = mismatch.column else { return [] }
    switch mismatch.kind {
    case .outsideCategories:
      guard let column = table.column(named: name),
        case .declared(let labels)? = schema.column(named: name)?.categories
      else { return [] }
      let declared = Set(labels)
      return Self.counted(column) { !declared.contains($0) }
    case .wrongType:
      // Whether a cell can be read is for the reader to say: it knows formats, code words and
      // times.
      guard let plain = unread?.column(named: name), let read = table.column(named: name) else {
        return []
      }
      var rows: [Int64: Int] = [:]
      for row in 0..<plain.count where read.cells.key(row) == nil {
        if let key = plain.cells.key(row) { rows[key, default: 0] += 1 }
      }
      return Self.sorted(rows, of: plain)
    default: return []
    }
  }

  private static func counted(_ column: Column, _ isStray: (String) -> Bool) -> [TableCheck.Text] {
    sorted(column.counts(), of: column).filter { isStray($0.text) }
  }

  private static func sorted(_ rows: [Int64: Int], of column: Column) -> [TableCheck.Text] {
    rows.map { TableCheck.Text(text: column.text(ofKey: $0.key), rows: $0.value) }.sorted {
      ($1.rows, $0.text) < ($0.rows, $1.text)
    }
  }
}
