import DelimitedText
import Foundation
import ProseRedaction

/// One pass over a file with a visitor: to scan, which writes nothing, and to redact.
package struct DocumentRun {
  package let url: URL
  /// The file's name, as its owner knows it.
  package let name: String
  package let settings: DocumentSettings
  /// The uses of a table's columns.
  package private(set) var uses: ColumnUses?
  /// Lines above a table's header or first row. A rewritten file leaves them out.
  package private(set) var linesAbove = 0
  /// The names of a table's columns in output. A column goes by its position if its name may be
  /// somebody's.
  package private(set) var columnNames: [String] = []
  /// Called with the completed share of the file.
  let progress: (Double) throws -> Void

  /// - Parameter findsSets: whether to look for column sets in a table that single people out.
  package init(
    _ url: URL, name: String, settings: DocumentSettings, findsSets: Bool = false,
    progress: @escaping (Double) throws -> Void
  ) throws {
    (self.url, self.name, self.settings, self.progress) = (url, name, settings, progress)
    guard settings.format == .csv else { return }
    uses = try settings.columnUses(of: url, name: name, findsSets: findsSets)
    let table = try CellReader(url, options: settings.reading)
    linesAbove = table.linesAbove.count
    columnNames = try HeaderSearch(table.headers, scanner: settings.scanner).callable(table.names)
  }

  /// - Parameter sink: the destination of the rewritten file; nil to write nothing.
  package func run(_ visitor: inout some ProseVisitor, sink: ByteSink?) throws {
    let write: ((UnsafeRawBufferPointer) throws -> Void)? = sink.map { sink in
      { try sink.write($0.bindMemory(to: UInt8.self)) }
    }
    switch settings.format {
    case .text: try runText(&visitor, write: write)
    case .jsonl:
      let walk = LinesWalk(
        scanner: settings.scanner, file: name, textFields: settings.textFields,
        idField: settings.idField,
        personField: settings.personField)
      try walk.run(read: try reader(), visitor: &visitor, write: write)
    case .csv: try runTable(&visitor, write: write)
    }
  }

  private func runText(
    _ visitor: inout some ProseVisitor, write: ((UnsafeRawBufferPointer) throws -> Void)?
  ) throws {
    let id = JSONText.string(name.utf8)
    try visitor.begin(DocumentName(id: id, person: id))
    try TextWalk(scanner: settings.scanner).run(read: try reader()) { piece, findings in
      let changed = try visitor.visit(piece, findings: findings, field: nil)
      guard let write else { return }
      if let changed { try changed.withUnsafeBytes(write) } else { try write(piece) }
    }
    try visitor.end()
  }

  private func runTable(
    _ visitor: inout some ProseVisitor, write: ((UnsafeRawBufferPointer) throws -> Void)?
  ) throws {
    guard let uses else { preconditionFailure("a table's columns are judged beforehand") }
    let table = try CellReader(url, options: settings.reading)
    var person: Int?
    if let personField = settings.personField {
      person = table.names.firstIndex(of: personField)
      guard person != nil else {
        throw UnderstudyError(
          "\(name): there is no column '\(personField)'.",
          remedy: "Name one of \(table.names.joined(separator: ", ")).")
      }
    }
    try TableWalk(
      scanner: settings.scanner, uses: uses.columns.map(\.use), personColumn: person,
      names: columnNames
    )
    .run(
      table, visitor: &visitor,
      progress: { try progress(min(1, Double($0) / Double(max(table.expectedRows, 1)))) },
      write: write)
  }

  /// Reads the file and reports its progress.
  private func reader() throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
    let source = try ByteSource(url)
    let size = Double(max(1, source.storedSize)) * (source.isCompressed ? 4 : 1)
    let progress = progress
    var done = 0
    var encoding = TextEncoding(file: name)
    return { buffer in
      try progress(min(1, Double(done) / size))
      guard let base = buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count > 0 else {
        return 0
      }
      let got = try source.read(into: base, count: buffer.count)
      done += got
      try encoding.check(
        UnsafeRawBufferPointer(rebasing: buffer[..<got]), isLast: got < buffer.count)
      return got
    }
  }
}

extension DocumentRun {
  /// The noun for a document.
  package var noun: String {
    switch settings.format {
    case .text: "text"
    case .csv: "row"
    case .jsonl: "document"
    }
  }
}
