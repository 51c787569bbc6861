import ArgumentParser
import Foundation
import HubStart
import Hummingbird
import Logging

/// `understudy-hub start`: the questions of `understudy start`, as pages for one browser.
struct Start: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks on a page in your browser what a release of your table needs.",
    discussion: """
      It prints an address that opens once, in one browser of this machine, and ends when you press \
      Done or Ctrl-C. Nothing is written before the last page. Its own options come before the \
      table, those of `understudy start` behind it. \
      Examples:
        understudy-hub start patients.csv
        understudy-hub start patients.csv --dictionary codebook.json
        understudy-hub start --port 9000 patients.csv --force
      """)

  @Option(help: "The port. Default: any that is free.")
  var port = 0

  @Option(
    help: ArgumentHelp(
      "The program understudy. Default: the one beside this program, else on the PATH.",
      valueName: "file"))
  var understudy: String?

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The table, and options of `understudy start`.", valueName: "table"))
  var arguments: [String] = []

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port: from 0 to 65535") }
    if arguments.contains("--help") || arguments.contains("-h") {
      throw CleanExit.helpRequest(self)
    }
    guard let table = arguments.first, !table.hasPrefix("--") else {
      throw ValidationError("Name the table first, then options of `understudy start`.")
    }
    guard table != "-" else {
      throw ValidationError("A table from a pipe cannot be asked about: name a file.")
    }
    let unfit = arguments.first { ["--answers", "--forms", "--page", "--quiet"].contains($0) }
    if let unfit { throw ValidationError("\(unfit): the page asks. Leave it out") }
  }

  func run() async throws {
    let program: FormsProgram
    let sheet: Sheet
    do {
      program = try FormsProgram(try location(), arguments.filter { $0 != "--json" })
      sheet = try await program.sheet()
    } catch let fault as FormsProgram.Fault {
      throw ValidationError(fault.description)
    }
    let site = StartSite(program, sheet)
    var logger = Logger(label: "understudy-hub")
    // Whatever goes wrong with a page is said on the page.
    logger.logLevel = .critical
    let application = Application(
      router: site.router(),
      configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? 0
        print("Open this address in your browser. It opens once, and only on this machine:")
        print("http://localhost:\(port)/open/\(site.key)")
        fflush(nil)
      }, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await application.runService() }
      group.addTask {
        for await _ in site.left {}
        // The last page is on its way.
        try await Task.sleep(for: .milliseconds(300))
      }
      try await group.next()
      group.cancelAll()
      try? await group.waitForAll()
    }
    program.end()
    program.waitForEnd()
  }

  /// The program `understudy`.
  private func location() throws -> URL {
    if let understudy { return URL(filePath: understudy) }
    let beside = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0), directoryHint: .isDirectory) }
    let found = ([beside].compactMap(\.self) + paths).map { $0.appending(path: "understudy") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else {
      throw ValidationError(
        "The program understudy is not beside this one. Name it with --understudy.")
    }
    return found
  }
}
