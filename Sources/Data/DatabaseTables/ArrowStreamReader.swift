import CADBC
import TableSources

/// Reads the arrays of a C stream into columns, and believes none of the numbers that it gives.
struct ArrowStreamReader {
  private let table: String
  private var columns: [ArrowColumn] = []

  /// - Parameter fault: The error for a stream that fails.
  init(
    _ stream: inout ArrowArrayStream, table: String,
    fault: (Int32, inout ArrowArrayStream) -> SourceError
  ) throws(SourceError) {
    self.table = table
    try Self.withSchema(of: &stream, table: table) { schema throws(SourceError) in
      for child in try Self.children(of: schema, table: table) {
        let name = child.name.map { String(cString: $0) } ?? ""
        guard let type = Self.type(of: child) else {
          throw .columnType(table: table, column: name, type: Self.words(for: child))
        }
        columns.append(
          ArrowColumn(
            name: name, type: type, table: table, isPadded: SchemaMetadata(child.metadata).isPadded)
        )
      }
    }
    guard !columns.isEmpty else { throw .noColumns(table: table) }
    while true {
      var array = ArrowArray()
      guard let next = stream.get_next else { throw .malformed(table: table) }
      let status = next(&stream, &array)
      guard status == 0 else { throw fault(status, &stream) }
      guard let release = array.release else { return }
      defer { release(&array) }
      try append(array)
    }
  }

  var finished: SourceTable { SourceTable(name: table, columns: columns.map(\.column)) }

  /// Returns the names and types of the columns.
  static func types(of stream: inout ArrowArrayStream, table: String) throws(SourceError)
    -> [DeliveredType]
  {
    var types: [DeliveredType] = []
    try withSchema(of: &stream, table: table) { schema throws(SourceError) in
      types = try children(of: schema, table: table).map {
        DeliveredType(
          name: $0.name.map { String(cString: $0) } ?? "",
          format: String(cString: $0.format) + ($0.dictionary == nil ? "" : " of a dictionary"),
          ownName: SchemaMetadata($0.metadata).postgreSQLType)
      }
    }
    return types
  }

  /// Reads a stream to its end and drops its rows: a statement may fail after it has begun
  /// well.
  static func drain(
    _ stream: inout ArrowArrayStream, table: String,
    fault: (Int32, inout ArrowArrayStream) -> SourceError
  ) throws(SourceError) {
    while true {
      var array = ArrowArray()
      guard let next = stream.get_next else { throw .malformed(table: table) }
      let status = next(&stream, &array)
      guard status == 0 else { throw fault(status, &stream) }
      guard let release = array.release else { return }
      release(&array)
    }
  }

  /// Returns the bytes of the first cell of a stream of one column of bytes; none if there is no
  /// row or the cell is missing.
  static func bytes(
    of stream: inout ArrowArrayStream, table: String,
    fault: (Int32, inout ArrowArrayStream) -> SourceError
  ) throws(SourceError) -> [UInt8] {
    let types = try types(of: &stream, table: table)
    guard types.count == 1, let type = ArrowType(format: types[0].format),
      case .text(let layout) = type
    else { throw .malformed(table: table) }
    let reader = Self(table: table)
    var bytes: [UInt8] = []
    while true {
      var array = ArrowArray()
      guard let next = stream.get_next else { throw .malformed(table: table) }
      let status = next(&stream, &array)
      guard status == 0 else { throw fault(status, &stream) }
      guard let release = array.release else { return bytes }
      defer { release(&array) }
      guard array.n_children == 1, array.length <= 1, array.offset == 0,
        let child = array.children?[0]?.pointee, child.length >= array.length
      else { throw .malformed(table: table) }
      let view = try reader.view(of: child, from: 0, count: array.length, type)
      guard array.length == 1 else { continue }
      guard view.holds(type) else { throw .malformed(table: table) }
      if view.isMissing(0) { continue }
      guard let cell = view.text(0, layout) else { throw .malformed(table: table) }
      bytes += cell
    }
  }

  private init(table: String) { self.table = table }

  private static func withSchema(
    of stream: inout ArrowArrayStream, table: String,
    _ body: (ArrowSchema) throws(SourceError) -> Void
  ) throws(SourceError) {
    var schema = ArrowSchema()
    guard let get = stream.get_schema, get(&stream, &schema) == 0, let release = schema.release
    else { throw .malformed(table: table) }
    defer { release(&schema) }
    try body(schema)
  }

  private static func children(of schema: ArrowSchema, table: String) throws(SourceError)
    -> [ArrowSchema]
  {
    guard (0...100_000).contains(schema.n_children),
      schema.n_children == 0 || schema.children != nil
    else {
      throw .malformed(table: table)
    }
    let children = (0..<Int(schema.n_children)).compactMap { schema.children[$0]?.pointee }
    guard children.count == Int(schema.n_children), children.allSatisfy({ $0.format != nil }) else {
      throw .malformed(table: table)
    }
    return children
  }

  private static func type(of schema: ArrowSchema) -> ArrowType? {
    let format = String(cString: schema.format)
    guard let values = schema.dictionary?.pointee else {
      let facts = SchemaMetadata(schema.metadata)
      return facts.isForeign(format: format) ? nil : ArrowType(format: format, isUUID: facts.isUUID)
    }
    guard let index = ArrowType(format: format), values.format != nil, values.dictionary == nil,
      let value = ArrowType(format: String(cString: values.format))
    else { return nil }
    return .dictionary(index: index, value: value)
  }

  /// The type in words: its format, and the database's own name for it.
  private static func words(for schema: ArrowSchema) -> String {
    let own = SchemaMetadata(schema.metadata).postgreSQLType.map { " (\($0))" } ?? ""
    return String(cString: schema.format) + (schema.dictionary == nil ? "" : " of a dictionary")
      + own
  }

  private mutating func append(_ array: ArrowArray) throws(SourceError) {
    guard array.n_children == columns.count, array.length >= 0, array.offset >= 0,
      let children = array.children
    else {
      throw .malformed(table: table)
    }
    for place in columns.indices {
      guard let child = children[place]?.pointee, child.length >= array.length + array.offset else {
        throw .malformed(table: table)
      }
      let view = try view(of: child, from: array.offset, count: array.length, columns[place].type)
      try columns[place].append(view)
    }
  }

  /// Returns the buffers of an array. The C interface does not state their sizes: those follow
  /// from the lengths.
  private func view(of array: ArrowArray, from: Int64, count: Int64, _ type: ArrowType)
    throws(SourceError) -> ArrowArrayView
  {
    let most: Int64 = 1 << 40
    guard (0...most).contains(array.offset), (0...most).contains(from), (0...most).contains(count)
    else { throw .malformed(table: table) }
    let offset = Int(array.offset + from)
    let end = offset + Int(count)
    let needed = type.bufferCount
    guard array.n_buffers >= needed, needed == 0 || array.buffers != nil, array.n_buffers < 1 << 20
    else { throw .malformed(table: table) }
    let validity =
      needed == 0 || array.null_count == 0
      ? nil : array.buffers[0].map { UnsafeRawBufferPointer(start: $0, count: (end + 7) / 8) }
    let buffers = count == 0 ? [] : try self.buffers(of: array, end: end, type)
    var dictionary: [ArrowArrayView] = []
    if case .dictionary(_, let value) = type {
      guard let values = array.dictionary?.pointee else { throw .malformed(table: table) }
      dictionary = [try view(of: values, from: 0, count: values.length, value)]
    }
    return ArrowArrayView(
      length: Int(count), offset: offset, validity: validity, buffers: buffers,
      dictionary: dictionary)
  }

  private func buffers(of array: ArrowArray, end: Int, _ type: ArrowType) throws(SourceError)
    -> [UnsafeRawBufferPointer]
  {
    func buffer(_ place: Int, count: Int) throws(SourceError) -> UnsafeRawBufferPointer {
      guard count >= 0, let start = array.buffers[place] else {
        guard count == 0 else { throw .malformed(table: table) }
        return UnsafeRawBufferPointer(start: nil, count: 0)
      }
      return UnsafeRawBufferPointer(start: start, count: count)
    }
    switch type {
    case .null: return []
    case .dictionary(let index, _): return try buffers(of: array, end: end, index)
    case .boolean: return [try buffer(1, count: (end + 7) / 8)]
    case .integer(let bytes, _), .real(let bytes), .date(let bytes):
      return [try buffer(1, count: end * bytes)]
    case .decimal, .uuid: return [try buffer(1, count: end * 16)]
    case .timestamp: return [try buffer(1, count: end * 8)]
    case .time(let unit):
      return [try buffer(1, count: end * (unit == .second || unit == .millisecond ? 4 : 8))]
    case .text(.views):
      let further = Int(array.n_buffers) - 3
      let lengths = try buffer(Int(array.n_buffers) - 1, count: further * 8)
      var buffers = [try buffer(1, count: end * 16)]
      for place in 0..<further {
        buffers.append(
          try buffer(
            place + 2,
            count: Int(clamping: lengths.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))))
      }
      return buffers
    case .text(let layout):
      let width = layout == .offsets32 ? 4 : 8
      let offsets = try buffer(1, count: (end + 1) * width)
      let last =
        width == 4
        ? Int(offsets.loadUnaligned(fromByteOffset: end * width, as: Int32.self))
        : Int(offsets.loadUnaligned(fromByteOffset: end * width, as: Int64.self))
      return [offsets, try buffer(2, count: last)]
    }
  }
}

/// The name and type of a column, as a driver delivers it.
package struct DeliveredType: Sendable, Codable, Equatable {
  package let name: String
  /// The format of the Arrow C data interface.
  package let format: String
  /// The server's own name for the type, from drivers of PostgreSQL.
  package let ownName: String?

  package init(name: String, format: String, ownName: String? = nil) {
    (self.name, self.format, self.ownName) = (name, format, ownName)
  }
}

extension ArrowType {
  /// The fewest buffers of an array, with the validity.
  fileprivate var bufferCount: Int64 {
    switch self {
    case .null: 0
    case .text: 3
    case .boolean, .integer, .real, .decimal, .uuid, .date, .timestamp, .time, .dictionary: 2
    }
  }
}

/// The pairs that a column's schema carries: a number of pairs, then lengths and bytes.
private struct SchemaMetadata {
  private var pairs: [String: String] = [:]

  init(_ metadata: UnsafePointer<CChar>?) {
    guard let metadata else { return }
    let start = UnsafeRawPointer(metadata)
    var place = 0
    func number() -> Int {
      defer { place += 4 }
      return Int(start.loadUnaligned(fromByteOffset: place, as: Int32.self))
    }
    func text() -> String? {
      let count = number()
      guard (0...65_536).contains(count) else { return nil }
      defer { place += count }
      return String(
        decoding: UnsafeRawBufferPointer(start: start + place, count: count), as: UTF8.self)
    }
    let count = number()
    guard (0...1000).contains(count) else { return }
    for _ in 0..<count {
      guard let key = text(), let value = text() else { return }
      pairs[key] = value
    }
  }

  var isUUID: Bool { pairs["ARROW:extension:name"] == "arrow.uuid" }

  /// The server's name for the type, from drivers of PostgreSQL.
  var postgreSQLType: String? { pairs["POSTGRESQL:type"] ?? pairs["ADBC:postgresql:typname"] }

  /// Texts of `char(n)` are filled with blanks that mean nothing.
  var isPadded: Bool { postgreSQLType == "bpchar" }

  /// Whether the bytes are the server's own, and not what their format says: amounts of money come
  /// as whole numbers without their point, and numbers of objects with a sign.
  func isForeign(format: String) -> Bool {
    if pairs["ARROW:extension:name"] == "arrow.opaque", format != "u" { return true }
    return postgreSQLType == "money" || postgreSQLType == "oid"
  }
}
