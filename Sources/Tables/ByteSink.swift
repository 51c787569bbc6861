import CZlib
import Foundation

/// Writes a file under a temporary name beside its place, packed where the name ends in `.gz`, and moves it there when all is written.
package final class ByteSink {
  private enum Handle {
    case plain(Int32)
    case gzip(gzFile)
  }

  private let url: URL
  private let temporaryPath: String
  private var handle: Handle?

  package init(_ url: URL) throws(TableError) {
    self.url = url
    // mkstemp fills in the last six letters, so that two writers never meet.
    var template = Array(url.deletingLastPathComponent().appending(path: ".understudy-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ByteSink.failure(url) }
    _ = fchmod(descriptor, 0o644)
    temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if url.pathExtension.lowercased() == "gz" {
      guard let stream = gzdopen(descriptor, "wb6") else {
        close(descriptor)
        unlink(temporaryPath)
        throw ByteSink.failure(url)
      }
      handle = .gzip(stream)
    } else {
      handle = .plain(descriptor)
    }
  }

  deinit { cancel() }

  package func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(TableError) {
    guard let handle, let base = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      let count = min(bytes.count - written, 1 << 30)
      let step =
        switch handle {
        case .plain(let descriptor): Foundation.write(descriptor, base + written, count)
        case .gzip(let stream): Int(gzwrite(stream, base + written, UInt32(count)))
        }
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else { throw ByteSink.failure(url) }
      written += step
    }
  }

  /// Makes the file durable and gives it its name.
  package func finish() throws(TableError) {
    guard let handle else { return }
    self.handle = nil
    let isWritten =
      switch handle {
      case .plain(let descriptor):
        // Both run, whatever the first says.
        [fsync(descriptor), close(descriptor)].allSatisfy { $0 == 0 }
      case .gzip(let stream): gzclose_w(stream) == Z_OK
      }
    guard isWritten, rename(temporaryPath, url.path) == 0 else {
      let failure = ByteSink.failure(url)
      unlink(temporaryPath)
      throw failure
    }
  }

  /// Leaves nothing behind; does nothing after ``finish()``.
  package func cancel() {
    guard let handle else { return }
    self.handle = nil
    switch handle {
    case .plain(let descriptor): close(descriptor)
    case .gzip(let stream): gzclose_w(stream)
    }
    unlink(temporaryPath)
  }

  private static func failure(_ url: URL) -> TableError {
    TableError(file: url.relativePath, problem: .unwritable(String(cString: strerror(errno))))
  }
}
