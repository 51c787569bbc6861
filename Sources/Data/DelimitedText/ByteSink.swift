import Basics
import CZlib
import Foundation
import Tables

/// Writes a file under a temporary name beside its place, compressed if the name ends in `.gz`, and
/// moves it there when it is complete. Output to a device, a pipe or the standard output is written
/// as it comes.
package final class ByteSink {
  private enum Handle {
    case plain(Int32)
    case gzip(gzFile)
  }

  private let url: URL
  /// The file's place behind all links, and its draft; nil for a stream.
  private let paths: (place: String, draft: String)?
  private var handle: Handle?

  package init(_ url: URL) throws(TableError) {
    self.url = url
    if StreamTarget.takes(url) {
      paths = nil
      handle = .plain(try ByteSink.openStream(url))
      return
    }
    let place = FileIdentity(url).resolved
    // mkstemp fills in the last six letters, so two writers never meet.
    var template = Array(
      place.deletingLastPathComponent().appending(path: ".understudy-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ByteSink.failure(url) }
    _ = fchmod(descriptor, 0o644)
    let draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    paths = (place.path, draft)
    if url.pathExtension.lowercased() == "gz" {
      guard let stream = gzdopen(descriptor, "wb6") else {
        close(descriptor)
        unlink(draft)
        throw ByteSink.failure(url)
      }
      handle = .gzip(stream)
    } else {
      handle = .plain(descriptor)
    }
  }

  /// `-` is the standard output.
  private static func openStream(_ url: URL) throws(TableError) -> Int32 {
    let descriptor =
      url.lastPathComponent == "-" ? dup(STDOUT_FILENO) : open(url.path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ByteSink.failure(url) }
    return descriptor
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
        // Both calls run, whatever the first returns. A stream has nothing to make durable.
        [paths == nil ? 0 : fsync(descriptor), close(descriptor)].allSatisfy { $0 == 0 }
      case .gzip(let stream): gzclose_w(stream) == Z_OK
      }
    guard isWritten, paths.map({ rename($0.draft, $0.place) == 0 }) ?? true else {
      let failure = ByteSink.failure(url)
      if let paths { unlink(paths.draft) }
      throw failure
    }
  }

  /// Leaves nothing behind. Does nothing after ``finish()``.
  package func cancel() {
    guard let handle else { return }
    self.handle = nil
    switch handle {
    case .plain(let descriptor): close(descriptor)
    case .gzip(let stream): gzclose_w(stream)
    }
    if let paths { unlink(paths.draft) }
  }

  private static func failure(_ url: URL) -> TableError {
    TableError(file: url.relativePath, problem: .unwritable(String(cString: strerror(errno))))
  }
}
