import Accounting
import Curation
import Foundation
import Ledger
import Synchronization
import Tables
import TestPrograms
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Real child processes, killed by their number or racing each other. They end with the tests; no
/// clock limits how long they may take.
@Suite(.serialized) struct LedgerCrashTests {
  /// A child charges as fast as it can and reports each charge after it is durable, before it would
  /// draw noise. It is killed at moments spread over opening, reserving, charging and closing. The
  /// ledger must never hold less than the children reported.
  @Test func killedAtAnyInstantItNeverCountsTooLittle() async throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder, epsilon: 1e6, delta: 1e-6)
    let kills = 20
    var claimedBefore = 0
    for kill in 0..<kills {
      let started = folder.file("started-\(kill)")
      let killer = Killer(started, afterMilliseconds: UInt32(kill * 149 % 1040))
      await chargeUntilKilled(
        ledger: folder.ledger.path, started: started.path, claims: folder.file("claims").path,
        parent: getpid())
      #expect(killer.end() == 0)

      let claimed = try claims(in: folder.file("claims"))
      #expect(claimed.count >= claimedBefore)
      claimedBefore = claimed.count
      let reopened = try Ledger(at: folder.ledger)
      let account = try #require(try reopened.report(furtherDelta: Delta(1e-9)).datasets.first)
      let charges = account.sessions.flatMap(\.charges)
      // Children report the amount they asked for; a charge is the price of the resulting noise,
      // which is smaller by rounding.
      let told = claimed.reduce(0, +) * (1 - 1e-7)
      #expect(account.used.rho.value >= told)
      #expect(charges.map(\.cost.rho.value).reduce(0, +) >= told)
      // For each child, at most one charge was written and not yet reported.
      #expect(charges.count <= claimed.count + kill + 1)
      #expect(account.sessions.allSatisfy { $0.state != .open })
      let counted = account.sessions.map(\.counted.rho.value).reduce(0, +)
      #expect(abs(account.used.rho.value - counted) <= 1e-12 * counted)
    }
    let account = try #require(try ledger.report(furtherDelta: Delta(1e-9)).datasets.first)
    #expect(claimedBefore > 0, "no child came to charge anything")
    #expect(
      account.sessions.contains {
        $0.state == .abandoned && $0.counted == $0.reserved && $0.charged.rho < $0.reserved.rho
      })
    #expect(account.dataset == dataset)
    let abandoned = account.sessions.count { $0.state == .abandoned }
    print(
      "ledger: \(kills) kills, \(claimedBefore) durable charges claimed, \(abandoned) sessions abandoned"
    )
  }

  /// Two processes that take small reservations as fast as they can get exactly as many together as
  /// fit.
  @Test func twoProcessesCannotOverdrawTogether() async throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let step = try ledger.largestReservation(of: dataset, delta: .zero).value / 60.5
    async let first: Void = reserveUntilRefused(
      ledger: folder.ledger.path, step: step, mine: folder.file("first").path,
      other: folder.file("second").path, parent: getpid())
    async let second: Void = reserveUntilRefused(
      ledger: folder.ledger.path, step: step, mine: folder.file("second").path,
      other: folder.file("first").path, parent: getpid())
    _ = await (first, second)
    let counts = try ["first", "second"].map { try claims(in: folder.file($0)).count }
    #expect(counts.reduce(0, +) == 60)
    #expect(counts.allSatisfy { $0 > 0 }, "the processes did not run at once: \(counts)")
    #expect(try #require(try ledger.balance(of: dataset).usedEpsilon) <= 1)
    #expect(try ledger.largestReservation(of: dataset, delta: .zero).value < step)
  }
}

private func claims(in file: URL) throws -> [Double] {
  guard FileManager.default.fileExists(atPath: file.path) else { return [] }
  return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
    Double($0)
  }
}

/// Waits for the child to write its number, then for a while, then kills it. It has a thread of its
/// own: a task would wait until other tests leave a thread free, and the child would keep charging
/// meanwhile.
private final class Killer: Sendable {
  private struct State {
    var isOver = false
    /// The result of `kill`; nil before it was called.
    var result: Int32?
  }

  private let state = Mutex(State())

  init(_ started: URL, afterMilliseconds delay: UInt32) {
    Thread.detachNewThread { [self] in
      while !state.withLock(\.isOver) {
        if let text = try? String(contentsOf: started, encoding: .utf8), text.hasSuffix("\n"),
          let process = Int32(text.dropLast())
        {
          usleep(1000 * delay)
          state.withLock { if !$0.isOver { $0.result = kill(process, SIGKILL) } }
          return
        }
        usleep(2000)
      }
    }
  }

  /// Marks the child as ended: its number may belong to another process from now on.
  ///
  /// - Returns: 0 if this object killed the child; nil if the child ended before.
  func end() -> Int32? {
    state.withLock {
      $0.isOver = true
      return $0.result
    }
  }
}

private func append(_ line: String, to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  precondition(descriptor >= 0, "cannot write")
  let bytes = Array((line + "\n").utf8)
  precondition(write(descriptor, bytes, bytes.count) == bytes.count, "cannot write")
  close(descriptor)
}

/// Waits until a condition holds. The waiting process ends with its parent.
private func waitUntil(_ condition: () -> Bool) {
  while !condition() { usleep(1000) }
}

private func knownDataset(_ ledger: Ledger) throws -> DatasetIdentity {
  try ledger.register(ledger.fingerprint(of: OwnerTable(people())), name: "again")
}

/// In a child process: reports its number, then opens, charges and closes forever. Sessions cost
/// powers of two, so that sums are exact.
private func chargeUntilKilled(ledger: String, started: String, claims: String, parent: Int32) async
{
  await #expect(processExitsWith: .signal(SIGKILL)) { [ledger, started, claims, parent] in
    TestProgram.endsWith(parent: parent)
    append("\(getpid())", to: started)
    let ledger = try Ledger(at: URL(fileURLWithPath: ledger))
    let dataset = try knownDataset(ledger)
    while true {
      let session = try ledger.openSession(
        dataset: dataset, reserving: reservation(0.5), purpose: "to be killed")
      for charge in 0..<5 {
        let rho = 0.0009765625 * Double(1 << charge)
        try session.charge(question(costing: rho))
        append("\(rho)", to: claims)
      }
      try session.close()
    }
  }
}

/// In a child process: waits for the other, then reserves until nothing fits, and notes each
/// reservation. It also notes its end, so that nobody waits for it in vain.
private func reserveUntilRefused(
  ledger: String, step: Double, mine: String, other: String, parent: Int32
) async {
  defer { append("ended", to: mine + ".ended") }
  await #expect(processExitsWith: .success) { [ledger, step, mine, other, parent] in
    TestProgram.endsWith(parent: parent)
    func hasEnded() -> Bool { FileManager.default.fileExists(atPath: other + ".ended") }
    let ledger = try Ledger(at: URL(fileURLWithPath: ledger), busySeconds: 3600)
    let dataset = try knownDataset(ledger)
    append("ready", to: mine)
    waitUntil { FileManager.default.fileExists(atPath: other) || hasEnded() }
    while true {
      do {
        _ = try ledger.openSession(
          dataset: dataset, reserving: reservation(step), purpose: "a race")
        append("1", to: mine)
        // Continues after the other has a reservation too, so that both are in the race however
        // busy the machine is.
        waitUntil {
          (try? String(contentsOfFile: other, encoding: .utf8).contains("1")) == true || hasEnded()
        }
      } catch LedgerError.overdraw {
        return
      }
    }
  }
}
