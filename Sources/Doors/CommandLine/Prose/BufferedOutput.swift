import Foundation
import Understudy

/// Standard output, written in large pieces.
final class BufferedOutput: ProseOutput {
  private var bytes: [UInt8] = []
  private static let size = 1 << 16

  func append(_ more: some Sequence<UInt8>) {
    bytes += more
    if bytes.count >= Self.size { flush() }
  }

  func append(_ text: String) { append(text.utf8) }

  func flush() {
    Console.write(Data(bytes), to: .standardOutput)
    bytes.removeAll(keepingCapacity: true)
  }
}
