import Accounting
import Foundation
import Ledger
import MarginalSynthesis
import Policies
import Releases
import Synthesis
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the owner's pages go, and who can read them.
@Suite struct OwnerFolderTests {
  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 200).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: Admissions.person), as: "stays.yaml")
    try shop.write(GateRunTests.loose, as: "policy.yaml")
    try FileManager.default.createDirectory(
      at: shop.file("books"), withIntermediateDirectories: false)
    return shop
  }

  private func request(_ shop: Workshop, output: String = "release") throws -> SynthesisRequest {
    var request = try shop.request("stays.csv", schema: "stays.yaml", epsilon: 1, output: output)
    request.ledger = shop.file("books/ledger.sqlite")
    request.comparesWithOriginal = true
    request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    let ledger = try Ledger(at: request.ledger)
    if let dataset = try ledger.report(furtherDelta: Delta(1e-9)).datasets.first?.dataset {
      try ledger.grant(dataset, epsilon: Epsilon(2), delta: Delta(1e-8))
    }
    return request
  }

  private func mode(_ url: URL) -> mode_t {
    var status = stat()
    return lstat(url.path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  /// They go beside the ledger, in a folder for each release, and none is ever overwritten.
  @Test func pagesGoToTheLedgerAndNeverOverOthers() throws {
    let shop = try shop()
    let places = try (0..<3).map { round -> URL in
      var request = try request(shop, output: "release")
      request.replacesOutput = round > 0
      return try #require(try Synthesis.run(request).ownerReport)
    }
    let folder = shop.file("books/owner")
    #expect(
      places.map { $0.deletingLastPathComponent().lastPathComponent }
        == ["release-2027-01-15", "release-2027-01-15-2", "release-2027-01-15-3"])
    #expect(
      Set(places.map { $0.deletingLastPathComponent().deletingLastPathComponent().path }) == [
        folder.path
      ])
    #expect(try shop.names() == ["books", "policy.yaml", "release", "stays.csv", "stays.yaml"])
    #expect(mode(folder) == 0o700)
    for place in places {
      #expect(mode(place.deletingLastPathComponent()) == 0o700 && mode(place) == 0o600)
      #expect(
        mode(place.deletingLastPathComponent().appendingPathComponent("owner-report.json")) == 0o600
      )
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3, "drafts are left"
    )
  }

  /// `cp -r release*` copies none of the owner's files, whatever the name of the release and
  /// wherever the ledger is.
  @Test(arguments: ["release", "o", "owner", "owner/release", "for", "f"])
  func nothingOfTheOwnersIsTakenAlong(_ name: String) throws {
    let shop = try shop()
    var request = try request(shop, output: name)
    request.ledger = shop.file("ledger.sqlite")
    let page = try #require(try Synthesis.run(request).ownerReport)
    let release = shop.file(name)
    let taken = try FileManager.default.contentsOfDirectory(
      atPath: release.deletingLastPathComponent().path
    )
    .filter { $0.hasPrefix(release.lastPathComponent) }
    #expect(taken == [release.lastPathComponent])
    #expect(
      !page.path.hasPrefix(release.path + "/") && FileManager.default.fileExists(atPath: page.path))
  }

  @Test func anotherPlaceMayBeNamedButNotInTheRelease() throws {
    let shop = try shop()
    var request = try request(shop)
    request.ownerFolder = shop.file("desk/drawer")
    #expect(
      try Synthesis.run(request).ownerReport?.path
        == shop.file("desk/drawer/owner-report.html").path)
    #expect(mode(shop.file("desk")) == 0o700)
    request = try self.request(shop, output: "second")
    request.ownerFolder = shop.file("desk/drawer")
    #expect(
      try Synthesis.run(request).ownerReport?.path
        == shop.file("desk/drawer-2/owner-report.html").path)
    try FileManager.default.createSymbolicLink(at: shop.file("link"), withDestinationURL: shop.url)
    for inside in ["third", "third/notes", "third/a/../b", "link/third/notes"] {
      request = try self.request(shop, output: "third")
      request.ownerFolder = shop.file(inside)
      let error = ReleaseError.ownerFolderInRelease(shop.file(inside).path)
      #expect(throws: error) { try Synthesis.run(request) }
    }
    #expect(!shop.exists("third"))
  }

  /// While a release is judged, only its owner can read the draft, and it holds no figure of the
  /// comparison.
  @Test func theDraftIsClosedAndHoldsNoFigures() throws {
    let shop = try shop()
    var request = try request(shop)
    request.policy = try PolicyFile(named: shop.file("policy.yaml").path)
    var seen: [String: [String]] = [:]
    var modes: Set<mode_t> = []
    _ = try Synthesis.run(request) { progress in
      guard progress.phase == .attacking else { return }
      for name in try shop.names() where name.hasSuffix(".partial") {
        modes.insert(mode(shop.file(name)))
        seen[name] = try FileManager.default.contentsOfDirectory(atPath: shop.file(name).path)
      }
    }
    #expect(seen.count == 1 && seen.values.allSatisfy { $0 == ["synthetic.csv"] })
    #expect(modes == [0o700])
    #expect(mode(shop.file("release")) & 0o700 == 0o700)
  }

  /// Whatever the umask of the process, the owner's files are closed, and a release is as open as
  /// other folders.
  @Test(
    .enabled(if: Command.built != nil, Command.absence), arguments: ["000", "022", "027", "077"])
  func theMaskOpensNothing(_ mask: String) throws {
    let shop = try shop()
    let program = try #require(Command.built).url.path
    let words =
      "synthesize stays.csv --schema stays.yaml --epsilon 1 --engine independent -o release --quiet --allow-empty"
    let outcome = try Command(url: URL(fileURLWithPath: "/bin/sh"))
      .run(
        ["-c", "umask 022; mkdir -p usual; umask \(mask); exec '\(program)' \(words)"], in: shop)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let owner = shop.file("owner")
    let folder = owner.appendingPathComponent(
      try #require(try FileManager.default.contentsOfDirectory(atPath: owner.path).first))
    #expect(mode(owner) == 0o700 && mode(folder) == 0o700)
    for name in ["owner-report.html", "owner-report.json"] {
      #expect(mode(folder.appendingPathComponent(name)) == 0o600, "\(name)")
    }
    #expect(mode(shop.file("release")) == 0o777 & ~(mode_t(mask, radix: 8) ?? 0))
  }

  @Test(.enabled(if: Command.built != nil, Command.absence))
  func theCommandSaysWhereAndRefusesWhatTravels() throws {
    let shop = try shop()
    let command = try #require(Command.built)
    let words = [
      "synthesize", "stays.csv", "--schema", "stays.yaml", "--epsilon", "1", "--engine",
      "independent", "-o", "release",
    ]
    let inside = try command.run(words + ["--owner-report", "release/mine"], in: shop)
    #expect(
      inside.status == 1 && inside.errors.contains("would travel with the release")
        && !shop.exists("ledger.sqlite"))
    #expect(
      try command.run(words + ["--owner-report", "x", "--no-owner-report"], in: shop).status == 2)
    let made = try command.run(words + ["--owner-report", "mine", "--allow-empty"], in: shop)
    #expect(
      made.status == 0
        && made.output.contains("For you alone, not private: mine/owner-report.html"),
      "\(made.output)")
    let pages = [
      "--original", "stays.csv", "--synthetic", "release/synthetic.csv", "--report", "page.html",
    ]
    #expect(try command.run(["evaluate"] + pages, in: shop).status == 0)
    #expect(mode(shop.file("page.html")) == 0o600)
  }
}
