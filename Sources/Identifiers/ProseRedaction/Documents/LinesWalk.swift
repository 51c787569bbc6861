import Words

/// Walks through a JSON Lines file. Each line is a document, and each of its strings is a text.
///
/// The values that name the document and its person are redacted from its texts.
package struct LinesWalk {
  private let scanner: ProseScanner
  private let file: String
  private let textFields: Set<String>
  private let idField: String
  private let personField: String?

  /// - Parameters:
  ///   - file: the name of the file in errors.
  ///   - textFields: the paths of the fields to search; all strings except the id if empty.
  ///   - idField: names the document; the line number is used if the field is absent.
  ///   - personField: says whose document it is; the id if nil.
  package init(
    scanner: ProseScanner, file: String, textFields: [String], idField: String, personField: String?
  ) {
    self.scanner = scanner
    self.file = file
    self.textFields = Set(textFields)
    self.idField = idField
    self.personField = personField
  }

  /// - Parameter write: receives the lines as rewritten by the visitor; nil if nothing is written.
  /// - Throws: ``ProseError/document(file:line:problem:)`` if a line is not a JSON object or lacks
  ///   a named field.
  package func run(
    read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int, visitor: inout some ProseVisitor,
    write: ((UnsafeRawBufferPointer) throws -> Void)?
  ) throws {
    var lines = LineReader(read: read)
    var number = 0
    var output: [UInt8] = []
    var isMore = true
    while isMore {
      isMore = try lines.next { line in
        number += 1
        if line.allSatisfy({ $0 <= 32 }) {
          try write?(line)
          return
        }
        output.removeAll(keepingCapacity: true)
        try rewrite(line, number: number, visitor: &visitor, into: &output)
        if let write { try output.withUnsafeBytes(write) }
      }
    }
  }

  private func rewrite(
    _ line: UnsafeRawBufferPointer, number: Int, visitor: inout some ProseVisitor,
    into output: inout [UInt8]
  ) throws {
    guard let parsed = JSONLine(line) else {
      throw fault(
        number, "this line is no JSON object. Each line must hold one, such as {\"text\": \"…\"}.")
    }
    let id = parsed.values.first { $0.path == idField }
    let raw = id.map {
      $0.isString
        ? [UInt8(ascii: "\"")] + line[$0.range] + [UInt8(ascii: "\"")] : Array(line[$0.range])
    }
    let name = raw ?? Array("\(number)".utf8)
    var person = name
    if let personField {
      guard let value = parsed.values.first(where: { $0.path == personField }) else {
        throw fault(number, "there is no field '\(personField)', which says whose text it is.")
      }
      person = Array(line[value.range])
    }
    try visitor.begin(DocumentName(id: name, person: person))
    var row = RowValues()
    for value in parsed.values where value.path == idField || value.path == personField {
      let text =
        value.isString
        ? JSONText.decoded(UnsafeRawBufferPointer(rebasing: line[value.range]))
        : Array(line[value.range])
      text?.withUnsafeBytes { row.add($0, type: .other) }
    }
    var (copied, isFound) = (0, textFields.isEmpty)
    for value in parsed.values where value.isString && isText(value.path) {
      isFound = true
      guard let text = JSONText.decoded(UnsafeRawBufferPointer(rebasing: line[value.range])) else {
        throw fault(number, "a string holds an escape that JSON does not have.")
      }
      let field = textFields.count == 1 ? nil : value.path
      let changed = try text.withUnsafeBytes {
        try visitor.visit($0, findings: try scanner.findings(in: $0, row: row), field: field)
      }
      guard let changed else { continue }
      output += line[copied..<(value.range.lowerBound - 1)]
      JSONText.append(changed, to: &output)
      copied = value.range.upperBound + 1
    }
    guard isFound else {
      throw fault(
        number,
        "there is no string in the field \(textFields.sorted().map { "'\($0)'" }.joined(separator: " or "))."
      )
    }
    output += line[copied...]
    try visitor.end()
  }

  private func isText(_ path: String) -> Bool {
    textFields.isEmpty ? path != idField : textFields.contains(path)
  }

  private func fault(_ line: Int, _ problem: String) -> ProseError {
    .document(file: file, line: line, problem: problem)
  }
}

/// Reads a file one line at a time. Memory use grows with the longest line.
private struct LineReader {
  private let read: (UnsafeMutableRawBufferPointer) throws -> Int
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var (start, filled) = (0, 0)
  private var atEnd = false

  init(read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.read = read }

  /// Passes on the next line, with its line end if it has one. Returns false after the last line.
  mutating func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    var searched = start
    while true {
      if let end = buffer[searched..<filled].firstIndex(of: UInt8(ascii: "\n")) {
        try hand(over: start..<(end + 1), to: body)
        return true
      }
      searched = filled
      if atEnd {
        guard filled > start else { return false }
        try hand(over: start..<filled, to: body)
        return true
      }
      try fill(&searched)
    }
  }

  private mutating func hand(
    over range: Range<Int>, to body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    start = range.upperBound
    try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  private mutating func fill(_ searched: inout Int) throws {
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        bytes.baseAddress?.copyMemory(from: bytes.baseAddress! + start, byteCount: filled - start)
      }
      searched -= start
      filled -= start
      start = 0
    }
    if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
    let from = filled
    let got = try buffer.withUnsafeMutableBytes {
      try read(UnsafeMutableRawBufferPointer(rebasing: $0[from...]))
    }
    atEnd = got < buffer.count - from
    filled += got
  }
}
