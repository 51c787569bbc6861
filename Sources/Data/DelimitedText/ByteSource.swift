import CZlib
import Foundation
import Tables

/// The bytes of a file in order, decompressed if its name ends in `.gz`.
package final class ByteSource {
  private enum Handle {
    case plain(Int32)
    case gzip(gzFile)
  }

  package let file: String
  private let handle: Handle
  /// The stored size of the file, in bytes.
  package let storedSize: Int
  package let isCompressed: Bool

  package init(_ url: URL) throws(TableError) {
    let file = url.relativePath
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw TableError(
        file: file,
        problem: errno == ENOENT ? .missingFile : .unreadable(String(cString: strerror(errno))))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw TableError(file: file, problem: .directory)
    }
    let descriptor = open(url.path, O_RDONLY)
    guard descriptor >= 0 else {
      throw TableError(file: file, problem: .unreadable(String(cString: strerror(errno))))
    }
    self.file = file
    storedSize = Int(status.st_size)
    isCompressed = url.pathExtension.lowercased() == "gz"
    if isCompressed && storedSize > 0 {
      guard let stream = gzdopen(descriptor, "rb") else {
        close(descriptor)
        throw TableError(file: file, problem: .damagedGzip)
      }
      gzbuffer(stream, 1 << 17)
      handle = .gzip(stream)
    } else {
      handle = .plain(descriptor)
    }
  }

  deinit {
    switch handle {
    case .plain(let descriptor): close(descriptor)
    case .gzip(let stream): gzclose_r(stream)
    }
  }

  /// Fills `buffer` as far as the file goes. Fewer bytes than requested mean the end of the file.
  package func read(into buffer: UnsafeMutablePointer<UInt8>, count: Int) throws(TableError) -> Int
  {
    var filled = 0
    while filled < count {
      let got: Int
      switch handle {
      case .plain(let descriptor):
        got = Foundation.read(descriptor, buffer + filled, count - filled)
      case .gzip(let stream):
        got = try readPacked(stream, into: buffer + filled, count: count - filled)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        throw TableError(file: file, problem: .unreadable(String(cString: strerror(errno))))
      }
      if got == 0 { break }
      filled += got
    }
    return filled
  }

  private func readPacked(_ stream: gzFile, into buffer: UnsafeMutablePointer<UInt8>, count: Int)
    throws(TableError) -> Int
  {
    let got = Int(gzread(stream, buffer, UInt32(min(count, 1 << 30))))
    if gzdirect(stream) == 1 { throw TableError(file: file, problem: .notGzip) }
    var status: Int32 = Z_OK
    _ = gzerror(stream, &status)
    guard got >= 0, status == Z_OK || status == Z_STREAM_END else {
      throw TableError(file: file, problem: .damagedGzip)
    }
    return got
  }
}
