import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that opened a session, used to tell a session whose process died from one that is
/// running.
///
/// Process numbers are reused after a while, so on Linux the boot and the start time of the process
/// are included.
struct ProcessIdentity: Sendable, Equatable {
  let host: String
  let process: Int32
  /// Empty if the system does not tell.
  let started: String

  static func current() -> ProcessIdentity {
    let process = getpid()
    return ProcessIdentity(host: hostName(), process: process, started: startToken(of: process))
  }

  /// Whether the process still runs; nil if it ran on another host.
  var isRunning: Bool? {
    guard host == Self.hostName() else { return nil }
    guard kill(process, 0) == 0 || errno == EPERM else { return false }
    return started == Self.startToken(of: process)
  }

  private static func hostName() -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let status = buffer.withUnsafeMutableBytes {
      gethostname($0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count - 1)
    }
    guard status == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func startToken(of process: Int32) -> String {
    #if os(Linux)
      guard let boot = contents("/proc/sys/kernel/random/boot_id"),
        let status = contents("/proc/\(process)/stat"),
        let nameEnd = status.lastIndex(of: ")")
      else { return "" }
      // Field 22 of proc(5), counted from 1, is the start time; field 3 is the first after the
      // name.
      let fields = status[status.index(after: nameEnd)...].split(separator: " ")
      return fields.count > 19
        ? "\(boot.trimmingCharacters(in: .whitespacesAndNewlines)) \(fields[19])" : ""
    #else
      return ""
    #endif
  }

  private static func contents(_ path: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.readToEnd() else {
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }
}
