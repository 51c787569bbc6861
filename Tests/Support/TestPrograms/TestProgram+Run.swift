import CTestPrograms
import Foundation

extension TestProgram {
  /// The result of a run.
  package struct Outcome: Sendable {
    package let ending: Ending
    package let output: String
    package let errors: String
    package var status: Int32 { ending.status }
  }

  /// A program of the package from the package manager's folder beside the test bundle; nil if it
  /// was not built.
  package static func built(_ name: String) -> URL? {
    besideTests(name) { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
        && !isFolder.boolValue
        && FileManager.default.isExecutableFile(atPath: file.path)
    }
  }

  /// A file or folder that the package manager put beside the test bundle: the nearest one with
  /// this name that meets the condition.
  package static func besideTests(
    _ name: String,
    where isRight: (URL) -> Bool = { FileManager.default.fileExists(atPath: $0.path) }
  ) -> URL? {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    for start in [bundle, Bundle.main.executableURL, Bundle.main.bundleURL].compactMap({ $0 }) {
      var folder = start
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent(name)
        if isRight(candidate) { return candidate }
        folder = folder.deletingLastPathComponent()
      }
    }
    return nil
  }

  /// Runs to the end. The streams go to files, which never fill up as pipes do; `setting` may name
  /// them.
  package static func run(_ path: String, _ arguments: [String], _ setting: Setting = Setting())
    throws -> Outcome
  {
    let streams = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-streams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    var setting = setting
    if setting.output.path == "/dev/null" { setting.output = try emptyFile("out", in: streams) }
    if setting.errors.path == "/dev/null" { setting.errors = try emptyFile("err", in: streams) }
    let ending = try TestProgram(path, arguments, setting).wait()
    return Outcome(
      ending: ending, output: try text(setting.output), errors: try text(setting.errors))
  }

  private static func emptyFile(_ name: String, in folder: URL) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try Data().write(to: file)
    return file
  }

  /// Empty for a device.
  private static func text(_ file: URL) throws -> String {
    file.path.hasPrefix("/dev/") ? "" : String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// The first call in a process that the test framework started: the process ends when its parent
  /// does, in whatever way, and after this much processor time.
  package static func endsWith(parent: Int32, processorSeconds: Int = 3600) {
    test_program_end_with(parent, processorSeconds)
  }

  /// Copies this process, for tests of state that copies share. Returns 0 in the copy, which ends
  /// with the thread that made it.
  ///
  /// - Parameter outlivesParent: if true, the copy does not end with it, for tests of
  ///   ``endsWith(parent:processorSeconds:)``.
  package static func copyOfThisProcess(outlivesParent: Bool = false) -> Int32 {
    test_program_fork(3600, outlivesParent ? 1 : 0)
  }

  /// Whether a process is gone, or has ended and nobody waits for it.
  package static func isGone(_ process: Int32) -> Bool { test_program_is_gone(process) != 0 }
}
