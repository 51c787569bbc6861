import TableSources
import Tables
import Testing

/// Arrow arrays become the cells that they hold, or are refused.
@Suite struct ArrowColumnTests {
  /// Reads one array and returns what a file would show.
  private func texts(
    _ format: String, _ buffers: [[UInt8]], rows: Int, offset: Int = 0, validity: [UInt8]? = nil,
    isUUID: Bool = false,
    dictionary: (format: String, buffers: [[UInt8]], rows: Int)? = nil
  ) throws -> [String?] {
    let plain = try #require(ArrowType(format: format, isUUID: isUUID))
    var type = plain
    if let dictionary {
      type = .dictionary(index: plain, value: try #require(ArrowType(format: dictionary.format)))
    }
    var column = ArrowColumn(name: "c", type: type, table: "t")
    try withBuffers(buffers + [validity ?? []] + (dictionary?.buffers ?? [])) { all in
      let values = dictionary.map {
        [
          ArrowArrayView(
            length: $0.rows, offset: 0, validity: nil, buffers: Array(all.suffix($0.buffers.count)))
        ]
      }
      let view = ArrowArrayView(
        length: rows, offset: offset, validity: validity == nil ? nil : all[buffers.count],
        buffers: Array(all[..<buffers.count]),
        dictionary: values ?? [])
      try column.append(view)
    }
    return try SourceFile.cells(of: SourceTable(name: "t", columns: [column.column]))[0]
  }

  private func withBuffers(_ buffers: [[UInt8]], _ body: ([UnsafeRawBufferPointer]) throws -> Void)
    rethrows
  {
    let copies = buffers.map { bytes in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
      copy.copyBytes(from: bytes)
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    try body(copies.map { UnsafeRawBufferPointer($0) })
  }

  private func bytes<Value: BitwiseCopyable>(_ values: [Value]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value) { Array($0) } }
  }

  @Test func everyIntegerIsRead() throws {
    #expect(try texts("c", [bytes([Int8.min, 0, .max])], rows: 3) == ["-128", "0", "127"])
    #expect(try texts("C", [bytes([UInt8.max, 7])], rows: 2) == ["255", "7"])
    #expect(try texts("s", [bytes([Int16.min, .max])], rows: 2) == ["-32768", "32767"])
    #expect(try texts("S", [bytes([UInt16.max])], rows: 1) == ["65535"])
    #expect(try texts("i", [bytes([Int32.min, .max])], rows: 2) == ["-2147483648", "2147483647"])
    #expect(try texts("I", [bytes([UInt32.max])], rows: 1) == ["4294967295"])
    #expect(try texts("l", [bytes([Int64.max, -1])], rows: 2) == ["9223372036854775807", "-1"])
    #expect(
      try texts("L", [bytes([UInt64(Int64.max), 0])], rows: 2) == ["9223372036854775807", "0"])
  }

  @Test(arguments: [
    ("L", UInt64.max), ("l", UInt64(bitPattern: Int64.min)), ("tdm", 1 << 62), ("tss:", 1 << 62),
    ("ttu", 1 << 40),
  ])
  func whatNoFileCanShowIsRefused(_ format: String, _ value: UInt64) {
    #expect(throws: SourceError.outOfRange(table: "t", column: "c")) {
      try texts(format, [bytes([value])], rows: 1)
    }
  }

  @Test func numbersOfOtherKindsAreRead() throws {
    #expect(
      try texts("g", [bytes([0.1, -2.5, 3, .nan, -0.0])], rows: 5) == [
        "0.1", "-2.5", "3", nil, "0",
      ])
    #expect(
      try texts("f", [bytes([Float(0.1), 16_777_216, 1.5])], rows: 3) == ["0.1", "16777216", "1.5"])
    #expect(
      try texts("g", [bytes([1e-20, 5e300])], rows: 2).allSatisfy { $0.flatMap(Double.init) != nil }
    )
    #expect(try texts("d:9,2", [bytes([Int128(1250), -5])], rows: 2) == ["12.50", "-0.05"])
    #expect(try texts("d:38,0", [bytes([Int128(42)])], rows: 1) == ["42"])
    #expect(
      try texts("d:38,12", [bytes([Int128(-1), 1_500_000_000_000])], rows: 2) == [
        "-0.000000000001", "1.500000000000",
      ])
    #expect(try texts("b", [[0b101]], rows: 3) == ["true", "false", "true"])
  }

  @Test func datesAndTimesAreRead() throws {
    #expect(
      try texts("tdD", [bytes([Int32(18_321), -1])], rows: 2) == ["2020-02-29", "1969-12-31"])
    #expect(
      try texts("tdm", [bytes([Int64(-1), 86_400_000])], rows: 2) == ["1969-12-31", "1970-01-02"])
    #expect(try texts("tss:", [bytes([Int64(-1)])], rows: 1) == ["1969-12-31 23:59:59"])
    #expect(
      try texts("tsu:", [bytes([Int64(250_000), 0])], rows: 2) == [
        "1970-01-01 00:00:00.250", "1970-01-01 00:00:00.000",
      ])
    #expect(try texts("tsn:", [bytes([Int64(-1)])], rows: 1) == ["1969-12-31 23:59:59.999999"])
    #expect(
      try texts("tsm:Europe/Berlin", [bytes([Int64(0)])], rows: 1) == ["1970-01-01 00:00:00Z"])
    #expect(try texts("ttu", [bytes([Int64(45_296_000_000)])], rows: 1) == ["12:34:56"])
    #expect(try texts("tts", [bytes([Int32(59)])], rows: 1) == ["00:00:59"])
  }

  @Test func textsOfEveryLayoutAreRead() throws {
    let letters = Array("aéx,\"".utf8)
    #expect(try texts("u", [bytes([Int32(0), 1, 3, 6]), letters], rows: 3) == ["a", "é", "x,\""])
    #expect(try texts("Z", [bytes([Int64(1), 3]), letters], rows: 1) == ["é"])
    #expect(
      try texts("u", [bytes([Int32(0), 1, 3, 6]), letters], rows: 2, offset: 1) == ["é", "x,\""])
    let short = bytes([Int32(2)]) + Array("hi".utf8) + [UInt8](repeating: 0, count: 10)
    let long = bytes([Int32(13)]) + Array("0123".utf8) + bytes([Int32(0), 1])
    #expect(
      try texts("vu", [short + long, Array("x0123456789abc".utf8)], rows: 2) == [
        "hi", "0123456789abc",
      ])
    let identifier: [UInt8] = [
      0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
    ]
    #expect(
      try texts("w:16", [identifier], rows: 1, isUUID: true) == [
        "00112233-4455-6677-8899-aabbccddeeff"
      ])
  }

  @Test func missingCellsAndDictionariesAreRead() throws {
    #expect(
      try texts("i", [bytes([Int32(1), 2, 3])], rows: 3, validity: [0b101]) == ["1", nil, "3"])
    #expect(try texts("n", [], rows: 2) == [nil, nil])
    let values = (format: "u", buffers: [bytes([Int32(0), 1, 2]), Array("FM".utf8)], rows: 2)
    #expect(
      try texts("c", [bytes([Int8(1), 0, 0])], rows: 3, validity: [0b011], dictionary: values) == [
        "M", "F", nil,
      ])
    #expect(throws: SourceError.malformed(table: "t")) {
      try texts("c", [bytes([Int8(2)])], rows: 1, dictionary: values)
    }
    #expect(throws: SourceError.malformed(table: "t")) {
      try texts("c", [bytes([Int8(-1)])], rows: 1, dictionary: values)
    }
  }

  /// Lengths, offsets and places that lead outside the buffers.
  @Test func whatContradictsItselfIsRefused() {
    let letters = Array("abc".utf8)
    let lies: [(String, [[UInt8]], Int)] = [
      ("i", [bytes([Int32(1)])], 2), ("l", [bytes([Int32(1)])], 1), ("b", [[1]], 9), ("i", [], 1),
      ("d:9,2", [[1, 2]], 1),
      ("u", [bytes([Int32(0), 4]), letters], 1), ("u", [bytes([Int32(-1), 1]), letters], 1),
      ("u", [bytes([Int32(2), 1]), letters], 1),
      ("u", [bytes([Int32(0)]), letters], 1), ("u", [bytes([Int32(0), 1])], 1),
      ("U", [bytes([Int64(0), .max]), letters], 1),
      ("vu", [bytes([Int32(13), 0, 0, 0]), letters], 1), ("vu", [bytes([Int32(-2), 0, 0, 0])], 1),
      ("vu", [bytes([Int32(14), 0, 9, 0])], 1),
    ]
    for (format, buffers, rows) in lies {
      #expect(throws: SourceError.malformed(table: "t"), "\(format)") {
        try texts(format, buffers, rows: rows)
      }
    }
    #expect(throws: SourceError.malformed(table: "t")) {
      try texts("i", [bytes([Int32(1)])], rows: 1, validity: [])
    }
  }

  @Test func whatIsNoTextIsRefused() {
    #expect(throws: SourceError.text(.notUTF8, table: "t", column: "c")) {
      try texts("z", [bytes([Int32(0), 1]), [0xff]], rows: 1)
    }
    #expect(throws: SourceError.text(.nulByte, table: "t", column: "c")) {
      try texts("u", [bytes([Int32(0), 2]), [65, 0]], rows: 1)
    }
  }

  @Test(arguments: [
    "+l", "+s", "tiD", "tDs", "w:4", "w:16", "d:9,2,256", "d:60,2", "d:9,-2", "e", "", "ts", "tsq:",
    "td",
  ])
  func otherTypesAreNotRead(_ format: String) { #expect(ArrowType(format: format) == nil) }
}
