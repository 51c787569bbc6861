import Foundation

/// A zip archive of files that are stored as they are, written one after another (PKWARE's
/// APPNOTE 6.3.3, without compression, encryption or the extensions for 4 GiB and more).
struct ZipArchive: Sendable {
  /// The most bytes of an archive.
  static let mostBytes = Int(UInt32.max) - (1 << 20)

  /// A file of the archive.
  struct Entry: Sendable {
    let name: String
    let bytes: Int
    let checksum: UInt32
  }

  private var directory = Data()
  private var offset = 0
  private var count = 0

  /// The bytes that stand before a file's own.
  mutating func head(of entry: Entry) -> Data {
    let name = Data(entry.name.utf8)
    var shared = Data()
    shared.put16(20)  // version 2.0
    shared.put16(1 << 11)  // names are UTF-8
    shared.put16(0)  // stored
    shared.put32(0x0021_0000)  // 1980-01-01: a file's time says nothing
    shared.put32(entry.checksum)
    shared.put32(UInt32(entry.bytes))
    shared.put32(UInt32(entry.bytes))
    shared.put16(UInt16(name.count))
    shared.put16(0)
    var head = Data()
    head.put32(0x0403_4b50)
    head.append(shared)
    head.append(name)
    directory.put32(0x0201_4b50)
    directory.put16(20)
    directory.append(shared)
    directory.put16(0)
    directory.put16(0)
    directory.put16(0)
    directory.put32(0)
    directory.put32(UInt32(offset))
    directory.append(name)
    offset += head.count + entry.bytes
    count += 1
    return head
  }

  /// The bytes behind the last file.
  func end() -> Data {
    var end = directory
    end.put32(0x0605_4b50)
    end.put16(0)
    end.put16(0)
    end.put16(UInt16(count))
    end.put16(UInt16(count))
    end.put32(UInt32(directory.count))
    end.put32(UInt32(offset))
    end.put16(0)
    return end
  }
}

/// CRC-32 as zip archives have it (ISO 3309, reflected, polynomial 0xEDB88320).
struct Checksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
    }
  }

  private var state: UInt32 = ~0

  var value: UInt32 { ~state }

  mutating func update(_ data: Data) {
    state = Self.table.withUnsafeBufferPointer { table in
      data.withUnsafeBytes { bytes in
        bytes.reduce(state) { ($0 >> 8) ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
      }
    }
  }
}

extension Data {
  fileprivate mutating func put16(_ value: UInt16) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  fileprivate mutating func put32(_ value: UInt32) {
    put16(UInt16(truncatingIfNeeded: value))
    put16(UInt16(truncatingIfNeeded: value >> 16))
  }
}
