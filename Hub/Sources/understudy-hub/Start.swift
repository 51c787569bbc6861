import ArgumentParser
import Dispatch
import Foundation
import HubStart
import Hummingbird
import Logging
import Synchronization

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
      throw refusal(fault.description)
    }
    let site = StartSite(program, sheet)
    let signals = endOnSignals(site)
    let fault = Mutex<String?>(nil)
    Task {
      do {
        try await serve(site)
      } catch {
        fault.withLock { $0 = "The port \(port) cannot be used: another program may have it." }
      }
      site.end()
    }
    for await _ in site.left {}
    for source in signals { source.cancel() }
    program.end()
    program.waitForEnd()
    if let fault = fault.withLock(\.self) { throw refusal(fault) }
    // The last page is on its way. Connections that a browser keeps open are not waited for.
    try await Task.sleep(for: .milliseconds(300))
    Foundation.exit(0)
  }

  private func serve(_ site: StartSite) async throws {
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
    try await application.run()
  }

  /// Ends the start at Ctrl-C, and when the system asks for it.
  private func endOnSignals(_ site: StartSite) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { site.end() }
      source.resume()
      return source
    }
  }

  /// Says why there is no start. The command line was understood, so its usage is not shown.
  private func refusal(_ words: String) -> ExitCode {
    FileHandle.standardError.write(Data("Error: \(words)\n".utf8))
    return .failure
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
