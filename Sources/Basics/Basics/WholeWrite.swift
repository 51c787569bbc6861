import Foundation

/// Writes all of the given bytes to an open descriptor, however many calls that takes.
package enum WholeWrite {
  /// - Returns: Whether everything was written; if not, `errno` holds the reason.
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
