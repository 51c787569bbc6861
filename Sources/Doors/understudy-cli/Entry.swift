import CommandLine
import Foundation

/// The `understudy` executable.
@main
enum Entry {
  static func main() {
    keepFreedMemory()
    exit(CommandLineTool.run(Array(ProcessInfo.processInfo.arguments.dropFirst())))
  }

  /// Makes glibc reuse large freed blocks rather than give them back: columns come and go by the
  /// megabyte, and the kernel takes as long to hand out a fresh page as we take to fill it. No
  /// module has its header, so the function is looked up; other systems lack it.
  private static func keepFreedMemory() {
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    let (trimThreshold, mapThreshold): (Int32, Int32) = (-1, -3)
    _ = mallopt(mapThreshold, 1 << 25)
    _ = mallopt(trimThreshold, 1 << 28)
  }
}
