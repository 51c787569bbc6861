import Foundation
import TableSources
import Testing

/// Streams written by pyarrow, whole, cut short and changed.
@Suite struct ArrowStreamTests {
  private static let stream: Data? = try? Data(
    contentsOf: #filePath.sibling("../Vectors/Sources/types.arrows"))

  @Test func everyTypeIsReadExactly() throws {
    let table = try ArrowStreamFile.table(try #require(Self.stream), name: "types")
    let text = try SourceFile.text(of: table)
    let rows = [
      "i8,u8,u64,f,d,dec,b,day,ts,tsf,tz,tm,s,u,nothing",
      "1,2,3,1.5,2.25,12.50,true,2020-02-29,2020-01-01 10:00:00,2020-01-01 10:00:00.250,2020-01-01 08:00:00Z,12:34:56,"
        + "\"x,y\"\"z\",00112233-4455-6677-8899-aabbccddeeff,",
      "-1,200,,,0.1,-0.05,false,1969-12-31,1969-12-31 23:59:59,2020-01-01 10:00:00.000,1969-12-31 23:59:59Z,00:00:00,,,",
    ]
    #expect(text == rows.map { $0 + "\n" }.joined())
  }

  /// A stream that ends within a message is refused; one that ends between two is shorter.
  @Test func aStreamThatIsCutShortNeverCrashes() throws {
    let stream = try #require(Self.stream)
    for count in 0..<stream.count {
      do {
        let table = try ArrowStreamFile.table(Data(stream.prefix(count)), name: "cut")
        #expect(table.rowCount == 0 || count >= stream.count - 8, "\(count) bytes gave rows")
      } catch let error as SourceError {
        #expect(error == .malformed(table: "cut"))
      }
    }
  }

  /// Whatever a byte is changed to, the stream is read or refused.
  @Test func aChangedStreamNeverCrashes() throws {
    let stream = try #require(Self.stream)
    for place in stride(from: 0, to: stream.count, by: 1) {
      for value: UInt8 in [0x00, 0x7f, 0xff] {
        var changed = stream
        changed[changed.startIndex + place] = value
        do { _ = try ArrowStreamFile.table(changed, name: "changed") } catch is SourceError {}
      }
    }
  }
}

extension String {
  /// A path beside a source file.
  func sibling(_ name: String) -> URL {
    URL(fileURLWithPath: self).deletingLastPathComponent().appendingPathComponent(name)
  }
}
