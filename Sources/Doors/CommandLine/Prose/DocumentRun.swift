import ArgumentParser
import DelimitedText
import Foundation
import ProseRedaction

/// One pass over a file with a visitor: for `scan`, which writes nothing, and for `redact`.
struct DocumentRun {
  let url: URL
  let format: DocumentFormat
  let options: DocumentOptions
  let scanner: ProseScanner
  /// A field or column; nil if each document belongs to one person.
  var personField: String?
  /// The uses of a table's columns.
  var uses: ColumnUses?
  /// Lines above a table's header or first row. A rewritten file leaves them out.
  private(set) var linesAbove = 0
  /// The names of a table's columns in output. A column goes by its position if its name may be
  /// somebody's.
  private(set) var columnNames: [String] = []
  /// Called with the completed share of the file.
  let progress: (Double) throws -> Void

  /// - Parameter findsSets: whether to look for column sets in a table that single people out.
  init(
    _ path: String, options: DocumentOptions, personField: String? = nil, findsSets: Bool = false,
    progress: @escaping (Double) throws -> Void
  ) throws {
    url = try InputFile.readable(path)
    format = options.documentFormat(of: path)
    self.options = options
    scanner = try options.scanner()
    self.personField = personField
    self.progress = progress
    guard format == .csv else { return }
    uses = try options.columnUses(of: url, findsSets: findsSets)
    let table = try CellReader(url, options: options.reading.readOptions())
    linesAbove = table.linesAbove.count
    columnNames = try HeaderSearch(table.headers, scanner: scanner).callable(table.names)
  }

  /// - Parameter sink: the destination of the rewritten file; nil to write nothing.
  func run(_ visitor: inout some ProseVisitor, sink: ByteSink?) throws {
    let write: ((UnsafeRawBufferPointer) throws -> Void)? = sink.map { sink in { try sink.write($0.bindMemory(to: UInt8.self)) } }
    switch format {
    case .text: try runText(&visitor, write: write)
    case .jsonl:
      let walk = LinesWalk(
        scanner: scanner, file: InputFile.name(url), textFields: options.textField, idField: options.idField, personField: personField)
      try walk.run(read: try reader(), visitor: &visitor, write: write)
    case .csv: try runTable(&visitor, write: write)
    }
  }

  private func runText(_ visitor: inout some ProseVisitor, write: ((UnsafeRawBufferPointer) throws -> Void)?) throws {
    let name = JSONText.string(InputFile.name(url).utf8)
    try visitor.begin(DocumentName(id: name, person: name))
    try TextWalk(scanner: scanner).run(read: try reader()) { piece, findings in
      let changed = try visitor.visit(piece, findings: findings, field: nil)
      guard let write else { return }
      if let changed { try changed.withUnsafeBytes(write) } else { try write(piece) }
    }
    try visitor.end()
  }

  private func runTable(_ visitor: inout some ProseVisitor, write: ((UnsafeRawBufferPointer) throws -> Void)?) throws {
    guard let uses else { preconditionFailure("a table's columns are judged beforehand") }
    let table = try CellReader(url, options: try options.reading.readOptions())
    var person: Int?
    if let personField {
      person = table.names.firstIndex(of: personField)
      guard person != nil else {
        throw Failure(
          "\(InputFile.name(url)): there is no column '\(personField)'.", remedy: "Name one of \(table.names.joined(separator: ", ")).")
      }
    }
    try TableWalk(scanner: scanner, uses: uses.columns.map(\.use), personColumn: person, names: columnNames)
      .run(table, visitor: &visitor, write: write)
  }

  /// Reads the file and reports its progress.
  private func reader() throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
    let source = try ByteSource(url)
    let size = Double(max(1, source.storedSize)) * (source.isCompressed ? 4 : 1)
    let progress = progress
    var done = 0
    return { buffer in
      try progress(min(1, Double(done) / size))
      guard let base = buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count > 0 else { return 0 }
      let got = try source.read(into: base, count: buffer.count)
      done += got
      return got
    }
  }
}
