import Foundation
import TestPrograms
import Testing

/// The programs that a test starts die with it, however the test ends, even if the process that
/// runs the tests is killed.
@Suite struct ProgramsEndTests {
  /// Starts a program of its own in the background, writes down both process numbers, and waits. It
  /// ends by itself after some minutes and reports that, so a fault fails this test instead of
  /// hanging it.
  private static let script = """
    (sleep 400; echo over > over) & echo $! > child.tmp; mv child.tmp child
    set -m; (sleep 400; echo over > over) & echo $! > other.tmp; mv other.tmp other
    echo $$ > self.tmp; mv self.tmp self
    """

  private func process(_ name: String, in shop: Workshop) throws -> Int32 {
    try #require(Int32(try shop.text(name).trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  private static func start(_ line: String, in shop: Workshop, seconds: Int = 7200) throws
    -> TestProgram
  {
    var setting = TestProgram.Setting()
    (setting.folder, setting.processorSeconds) = (shop.url, seconds)
    return try TestProgram("/bin/bash", ["-c", line], setting)
  }

  private func expectGone(_ names: [String], in shop: Workshop) throws {
    for name in names {
      let process = try process(name, in: shop)
      while !TestProgram.isGone(process), !shop.exists("over") { usleep(5000) }
      #expect(TestProgram.isGone(process), "\(name) outlived what started it")
    }
    #expect(!shop.exists("over"))
  }

  /// The regression test: a process like the one that runs the tests is killed and cannot clean up.
  @Test func aKilledRunnerLeavesNothingRunning() async throws {
    let shop = try Workshop()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [folder = shop.url.path as String, parent = getpid() as Int32] in
      TestProgram.endsWith(parent: parent)
      var setting = TestProgram.Setting()
      setting.folder = URL(fileURLWithPath: folder)
      let program = try TestProgram(
        "/bin/bash", ["-c", ProgramsEndTests.script + "\nwait"], setting)
      let hasBegun = program.wait { FileManager.default.fileExists(atPath: folder + "/self") }
      if hasBegun { kill(getpid(), SIGKILL) }
    }
    try expectGone(["self", "child", "other"], in: shop)
  }

  /// The test framework starts exit tests, so an exit test has to detect for itself that its parent
  /// is gone.
  @Test func anExitTestOfAKilledRunnerEnds() async throws {
    let shop = try Workshop()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [folder = shop.url.path as String, parent = getpid() as Int32] in
      TestProgram.endsWith(parent: parent)
      // This process plays the runner, which is killed, and its copy plays the exit test.
      let runner = getpid()
      let child = TestProgram.copyOfThisProcess(outlivesParent: true)
      if child == 0 {
        TestProgram.endsWith(parent: runner)
        while true { usleep(1000) }
      }
      try Data("\(child)\n".utf8).write(to: URL(fileURLWithPath: folder + "/self"))
      kill(runner, SIGKILL)
    }
    try expectGone(["self"], in: shop)
  }

  @Test func whatAProgramLeftRunningEndsWithIt() throws {
    let shop = try Workshop()
    let program = try Self.start(Self.script, in: shop)
    #expect(program.wait() == .exited(0))
    try expectGone(["self", "child", "other"], in: shop)
  }

  @Test func aProgramThatNobodyWaitsForEndsWithItsTest() throws {
    let shop = try Workshop()
    var program: TestProgram? = try Self.start(Self.script + "\nwait", in: shop)
    #expect(program?.wait { shop.exists("self") } == true)
    let (own, child) = (try process("self", in: shop), try process("child", in: shop))
    #expect(program?.processIdentifier == own && program?.isRunning == true)
    // The check for ended processes can fail: these two are still running.
    #expect(!TestProgram.isGone(own) && !TestProgram.isGone(child))
    program = nil
    try expectGone(["self", "child", "other"], in: shop)
  }

  @Test func aProgramThatRunsForEverIsEndedByItsProcessorTime() throws {
    let shop = try Workshop()
    #expect(
      try Self.start("while :; do :; done", in: shop, seconds: 1).wait() == .killed(signal: SIGXCPU)
    )
  }

  @Test func endingsAndStreamsAreThoseOfTheProgram() throws {
    let outcome = try TestProgram.run("/bin/bash", ["-c", "echo out; echo err >&2; exit 7"])
    #expect(outcome.status == 7 && outcome.output == "out\n" && outcome.errors == "err\n")
    #expect(
      try TestProgram.run("/bin/bash", ["-c", "kill -9 $$"]).ending == .killed(signal: SIGKILL))
    let program = try TestProgram("/bin/sleep", ["400"])
    program.send(SIGTERM)
    #expect(program.wait().status == 128 + SIGTERM)
    #expect(throws: TestProgram.CannotStart.self) { try TestProgram("/nowhere/program", []) }
  }

  @Test func rootObeysPermissionsIfAsked() throws {
    let shop = try Workshop()
    try shop.write("secret", as: "file")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: shop.file("file").path)
    var setting = TestProgram.Setting()
    (setting.folder, setting.obeysPermissions) = (shop.url, true)
    #expect(try TestProgram.run("/bin/cat", ["file"], setting).status == 1)
  }
}
