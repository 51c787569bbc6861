import Foundation

/// The real tables and reference values, beside the checkout or in the folder that
/// UNDERSTUDY_SHARED names.
package enum SharedFolder {
  package static let data: URL = {
    if let path = ProcessInfo.processInfo.environment["UNDERSTUDY_SHARED"] {
      return URL(fileURLWithPath: path).appendingPathComponent("data")
    }
    return (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    .appendingPathComponent("shared/data")
  }()

  package static func data(_ path: String) -> URL { data.appendingPathComponent(path) }

  package static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: data(path).path)
  }
}

/// Tests that take more than half a minute run only if UNDERSTUDY_LONG_TESTS is 1.
package enum LongRun {
  package static let isWanted = ProcessInfo.processInfo.environment["UNDERSTUDY_LONG_TESTS"] == "1"
}
