import Foundation

/// Writes all of some bytes to an open descriptor, however many calls that takes.
package enum WholeWrite {
  /// - Returns: whether all was written; if not, `errno` says why.
  package static func all(of bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var done = 0
    while done < bytes.count {
      let step = write(descriptor, base + done, bytes.count - done)
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else { return false }
      done += step
    }
    return true
  }
}
