import Foundation
import Tables

/// A file of Arrow's streaming format, as it comes through a pipe: a schema, then batches of rows
/// and dictionaries (the Arrow columnar format 1.5, "Encapsulated message format").
package struct ArrowStreamFile: TableSource {
  private let url: URL

  package init(_ url: URL) { self.url = url }

  package var name: String { url.lastPathComponent }

  package func file(
    under schema: () throws -> Schema?, in folder: () throws -> URL, check: () throws -> Void
  ) throws -> TableFile {
    guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else {
      throw SourceError.malformed(table: name)
    }
    let target = try folder().appendingPathComponent(name)
    try Self.table(data, name: name, check: check).write(to: target, under: schema())
    return TableFile(url: target, isOurs: true)
  }

  /// Reads a whole stream.
  package static func table(_ data: Data, name: String, check: () throws -> Void = {}) throws
    -> SourceTable
  {
    try data.withUnsafeBytes { bytes in
      var reader = ArrowMessages(bytes, table: name)
      while try reader.next() { try check() }
      return try reader.finished()
    }
  }
}

/// Reads the messages of a stream in order.
private struct ArrowMessages {
  private let bytes: UnsafeRawBufferPointer
  private let table: String
  private var place = 0
  private var fields: [ArrowField]?
  private var columns: [ArrowColumn] = []
  /// The current values of each dictionary.
  private var dictionaries: [Int64: ArrowArrayView] = [:]

  init(_ bytes: UnsafeRawBufferPointer, table: String) { (self.bytes, self.table) = (bytes, table) }

  func finished() throws(SourceError) -> SourceTable {
    guard fields != nil else { throw .malformed(table: table) }
    guard !columns.isEmpty else { throw .noColumns(table: table) }
    return SourceTable(name: table, columns: columns.map(\.column))
  }

  /// Reads a message. Returns false at the end. A stream may end without the mark of its end, but
  /// not within a message.
  mutating func next() throws(SourceError) -> Bool {
    guard place < bytes.count else { return false }
    var length = try word()
    if length == -1 { length = try word() }
    if length == 0 { return false }
    let metadata = try take(Int(length))
    guard let message = FlatTable(metadata) else { throw .malformed(table: table) }
    let body = try take(Int(clamping: message.number(3) as Int64))
    guard let header = message.table(2) else { throw .malformed(table: table) }
    switch message.number(1) as UInt8 {
    case 1: try begin(header)
    case 2: try readDictionary(header, body)
    case 3: try readBatch(header, body)
    default: throw .malformed(table: table)
    }
    return true
  }

  private mutating func word() throws(SourceError) -> Int32 {
    try take(4).loadUnaligned(as: Int32.self)
  }

  private mutating func take(_ count: Int) throws(SourceError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - place else { throw .malformed(table: table) }
    defer { place += count }
    return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
  }

  private mutating func begin(_ schema: FlatTable) throws(SourceError) {
    guard fields == nil, schema.number(0) as Int16 == 0, let described = schema.tables(1) else {
      throw .malformed(table: table)
    }
    var fields: [ArrowField] = []
    for description in described { fields.append(try ArrowField(description, table: table)) }
    columns = fields.map { ArrowColumn(name: $0.name, type: $0.type, table: table) }
    self.fields = fields
  }

  private mutating func readDictionary(_ header: FlatTable, _ body: UnsafeRawBufferPointer)
    throws(SourceError)
  {
    let id = header.number(0) as Int64
    // Values that are added to a dictionary would need it to grow: writers of streams replace it.
    guard header.number(2) as UInt8 == 0, let batch = header.table(1),
      let field = fields?.first(where: { $0.dictionary == id }),
      case .dictionary(_, let value) = field.type
    else { throw .malformed(table: table) }
    var buffers = try ArrowBatch(batch, body, table: table)
    dictionaries[id] = try buffers.array(value, dictionary: [])
  }

  private mutating func readBatch(_ header: FlatTable, _ body: UnsafeRawBufferPointer)
    throws(SourceError)
  {
    guard let fields else { throw .malformed(table: table) }
    var batch = try ArrowBatch(header, body, table: table)
    for (place, field) in fields.enumerated() {
      let values = field.dictionary.flatMap { dictionaries[$0] }
      let array = try batch.array(field.type, dictionary: values.map { [$0] } ?? [])
      guard array.length == batch.rows else { throw .malformed(table: table) }
      try columns[place].append(array)
    }
  }
}

/// The nodes and buffers of a batch, taken in order.
private struct ArrowBatch {
  let rows: Int
  private let table: String
  private let body: UnsafeRawBufferPointer
  private let nodes: UnsafeRawBufferPointer
  private let places: UnsafeRawBufferPointer
  private let viewBuffers: UnsafeRawBufferPointer?
  private var node = 0
  private var buffer = 0
  private var view = 0

  init(_ header: FlatTable, _ body: UnsafeRawBufferPointer, table: String) throws(SourceError) {
    guard header.table(3) == nil else { throw .compressed(table: table) }
    guard let nodes = header.vector(1, elementSize: 16),
      let places = header.vector(2, elementSize: 16)
    else {
      throw .malformed(table: table)
    }
    rows = Int(clamping: header.number(0) as Int64)
    viewBuffers = header.vector(4, elementSize: 8)
    (self.table, self.body, self.nodes, self.places) = (table, body, nodes, places)
  }

  mutating func array(_ type: ArrowType, dictionary: [ArrowArrayView]) throws(SourceError)
    -> ArrowArrayView
  {
    guard (node + 1) * 16 <= nodes.count else { throw .malformed(table: table) }
    let length = nodes.loadUnaligned(fromByteOffset: node * 16, as: Int64.self)
    let missing = nodes.loadUnaligned(fromByteOffset: node * 16 + 8, as: Int64.self)
    node += 1
    guard (0...1 << 40).contains(length) else { throw .malformed(table: table) }
    if type == .null {
      return ArrowArrayView(length: Int(length), offset: 0, validity: nil, buffers: [])
    }
    let validity = try nextBuffer()
    var buffers: [UnsafeRawBufferPointer] = [try nextBuffer()]
    switch type {
    case .text(.views): for _ in 0..<(try nextViewCount()) { buffers.append(try nextBuffer()) }
    case .text: buffers.append(try nextBuffer())
    default: break
    }
    return ArrowArrayView(
      length: Int(length), offset: 0, validity: missing == 0 || validity.isEmpty ? nil : validity,
      buffers: buffers, dictionary: dictionary)
  }

  private mutating func nextBuffer() throws(SourceError) -> UnsafeRawBufferPointer {
    guard (buffer + 1) * 16 <= places.count else { throw .malformed(table: table) }
    let start = places.loadUnaligned(fromByteOffset: buffer * 16, as: Int64.self)
    let count = places.loadUnaligned(fromByteOffset: buffer * 16 + 8, as: Int64.self)
    buffer += 1
    guard start >= 0, count >= 0, start <= body.count, count <= Int64(body.count) - start else {
      throw .malformed(table: table)
    }
    return UnsafeRawBufferPointer(rebasing: body[Int(start)..<Int(start + count)])
  }

  private mutating func nextViewCount() throws(SourceError) -> Int {
    guard let viewBuffers, (view + 1) * 8 <= viewBuffers.count else {
      throw .malformed(table: table)
    }
    defer { view += 1 }
    let count = viewBuffers.loadUnaligned(fromByteOffset: view * 8, as: Int64.self)
    guard (0...Int64(places.count)).contains(count) else { throw .malformed(table: table) }
    return Int(count)
  }
}
