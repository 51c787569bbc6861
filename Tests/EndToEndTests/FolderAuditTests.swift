import Attacks
import Audits
import Curation
import Foundation
import MarginalSynthesis
import Releases
import Synthesis
import Testing

/// The audits of `Sources/Evidence/Audits/Transcripts` from the other side: their people are in a
/// file that the real reader reads under a schema, and the whole release folder is compared instead
/// of the curator's answers.
@Suite struct FolderAuditTests {
  private static let people = 100
  /// The 3 audits of the honest program share 1e-6.
  private static let falseAlarm = 1e-6 / 3

  /// Makes a release of the file and reads everything that travels.
  private func sighting(_ engine: Engine, isWith: Bool, probe: (any CuratorProbe)? = nil) throws
    -> Sighting
  {
    let shop = try Workshop()
    try shop.write(
      SimulatedPeople.csv(people: Self.people, withThePerson: isWith), as: "people.csv")
    try shop.write(SimulatedPeople.schema, as: "people.yaml")
    var request = try shop.request("people.csv", schema: "people.yaml", epsilon: 1, engine: engine)
    request.probe = probe
    _ = try Synthesis.run(request)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: shop.file("release").path) {
      files[name] = try shop.data("release/\(name)")
    }
    if probe != nil {
      // A run with a probe declares itself not private, which would excuse it.
      files["manifest.json"] = files["manifest.json"].map {
        Data(String(decoding: $0, as: UTF8.self).replacing("seeded-run", with: "").utf8)
      }
    }
    return try #require(
      RunOutput(status: 0, output: "", errors: "", files: files, modes: [:], leftovers: [])
        .sighting(marks: [], run: FuzzedRun()))
  }

  private func evidence(
    _ engine: Engine, rounds: Int, probe: () -> (any CuratorProbe)? = { nil }
  ) throws -> NeighbourEvidence {
    var evidence = NeighbourEvidence(
      claim: PrivacyClaim.Pair(epsilon: 1, delta: 1e-9), falseAlarm: Self.falseAlarm)
    while !evidence.isRefuted, evidence.rounds < rounds {
      evidence.add(
        with: try sighting(engine, isWith: true, probe: probe()),
        without: try sighting(engine, isWith: false, probe: probe()))
    }
    return evidence
  }

  @Test(arguments: [(Engine.independent, 40), (.mst, 20)]) func theFolderShowsNoMoreThanIsClaimed(
    _ engine: Engine, _ rounds: Int
  ) throws {
    let evidence = try evidence(engine, rounds: rounds)
    #expect(
      !evidence.isRefuted && evidence.epsilon <= 1,
      "\(engine): \(String(describing: evidence.leader))")
  }

  @Test(.enabled(if: SharedData.runsLong, SharedData.long))
  func theFolderShowsNoMoreThanIsClaimedInManyRuns() throws {
    let evidence = try evidence(.aim, rounds: 600)
    print("from file to folder: aim, 600 runs on each file, at least \(evidence.epsilon) of 1")
    #expect(!evidence.isRefuted && evidence.epsilon <= 1)
  }

  /// Answers every count exactly.
  private final class Loud: CuratorProbe {
    func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
      if case .counts = noisy { exact } else { noisy }
    }
  }

  /// The test can fail: counts without noise are visible in the folder.
  @Test func countsWithoutNoiseAreSeenInTheFolder() throws {
    let evidence = try evidence(.independent, rounds: 80) { Loud() }
    print(
      "planted, from file to folder: no noise of counts, refuted after \(evidence.refutedAfter ?? -1) runs on each file"
    )
    #expect(evidence.isRefuted)
  }
}
