import Foundation
import HubPages
import HubRecords
import HubRights
import HubStore
import HubWork
import Testing

/// The page about the machine, and the folder that two users of the machine share.
@Suite struct HealthTests {
  private let hub: TestHub

  init() throws {
    hub = try TestHub()
    try hub.enter()
    try hub.register(automatic: 5)
    try hub.pretendBalance(20)
  }

  private func page(_ name: String, _ health: HubHealth) throws -> String {
    let sight = try #require(Sight(hub.store.state(), account: name, now: hub.clock.now))
    return try PageRenderer.html(
      Screens(sight, isConfirmed: false).health(health), sight: sight, token: "", path: "/health")
  }

  @Test func workersAreSeenUntilTheyEnd() async throws {
    #expect(try page("adam", hub.store.health()).contains("No worker is there"))
    let worker = try hub.worker()
    let task = Task { try await worker.run(pollSeconds: 0.01) }
    for _ in 0..<2000 where try hub.store.health().workers.isEmpty {
      try await Task.sleep(for: .milliseconds(5))
    }
    let health = try hub.store.health()
    #expect(health.workers.map(\.seen) == [hub.clock.now])
    #expect(try page("adam", health).contains("All is well"))
    task.cancel()
    _ = await task.result
    #expect(try hub.store.health().workers.isEmpty)
    // One that is killed stays, and is gone after a minute.
    try hub.store.noteWorker("killed", at: hub.clock.now)
    hub.clock.pass(HubHealth.workerSeconds + 1)
    let later = try page("aron", hub.store.health())
    #expect(later.contains("No worker is there") && later.contains("gone"))
  }

  /// It counts work and says nothing of what the work is about.
  @Test func theMachineIsShownAndNoData() throws {
    try hub.openProject()
    try hub.pretendStandIn()
    try hub.draftAnalysis("ask")
    try hub.act("rosa", .submit(request: "ask"))
    hub.clock.pass(7300)
    let health = try hub.store.health()
    #expect(health.waiting == 1 && health.running == 0 && health.logFault == nil)
    #expect(health.waitsSince == hub.clock.now - 7300)
    #expect(health.entries > 10 && health.databaseBytes ?? 0 > 0 && health.freeBytes ?? 0 > 0)
    for name in ["adam", "aron"] {
      let text = try page(name, health)
      #expect(text.contains("the oldest for 2 h") && text.contains("whole, and sealed"))
      for word in ["A clinic", "To know more", "ε", "rosa", hub.table.path] {
        #expect(!text.contains(word), "\(name) \(word)")
      }
    }
    var broken = health
    (broken.logFault, broken.freeBytes) = ("Entry 3 is missing.", 1000)
    let text = try page("adam", broken)
    #expect(text.contains("The log is broken") && text.contains("The disk is nearly full"))
  }

  /// What two users of the machine share is open to their group, and to nobody else.
  @Test(arguments: [nil, 0o770, 0o2775, 0o2770] as [Int?])
  func aSharedFolderIsOpenToItsGroup(given: Int?) throws {
    let root = hub.root.appending(path: "other")
    let isShared = given == 0o2770
    if let given {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: given], ofItemAtPath: root.path)
    }
    let store = try HubStore(HubFolder(root))
    _ = try store.firstCode(at: hub.clock.now)
    func mode(_ path: String) throws -> Int {
      let file = root.appending(path: path).path
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
      return try #require(mode as? NSNumber).intValue
    }
    for file in ["hub.sqlite", "hub.sqlite-wal", "hub.sqlite-shm"] {
      #expect(try mode(file) == (isShared ? 0o660 : 0o600), "\(file)")
    }
    for file in ["keys/seal.key", "keys/box.key"] {
      #expect(try mode(file) == (isShared ? 0o640 : 0o600), "\(file)")
    }
    #expect(try mode("vault") & 0o777 == 0o700)
  }
}
