import AdversarialSynthesis
import Curation
import DomainLearning
import Encoding
import Engines
import Foundation
import Manifests
import MarginalSynthesis
import Releases
import Synthesis
import Tables
import Testing
import Understudy

/// A new engine is one type and one line: nothing else in the house has to know it.
@Suite struct EngineSeamTests {
  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(Admissions.made(people: 300).csv, as: "stays.csv")
    try shop.write(Admissions.schema(unit: .row), as: "stays.yaml")
    return shop
  }

  @Test func `an engine that the house has never seen plans and makes a release`() throws {
    let shop = try shop()
    var request = try shop.request(
      "stays.csv", schema: "stays.yaml", epsilon: 2, engine: Engine(EvenSynthesizer()))
    let plan = try Synthesis.plan(request)
    #expect(plan.engine == "even")
    #expect(plan.limits == ["Nothing but the codes is kept."])
    #expect(plan.prices.map(\.epsilon) == [0.5, 1, 2, 4, 8])
    #expect(plan.prices[2].meanPairError == plan.estimates.last?.meanPairError)
    // The more is paid, the smaller the errors.
    let errors = plan.prices.map(\.meanOneWayError)
    #expect(errors == errors.sorted(by: >) && Set(errors).count > 1)
    #expect(plan.estimates.allSatisfy { $0.cpuSeconds > 1_000 && $0.memoryMegabytes > 2_000 })

    request.rows = 50
    #expect(try Synthesis.run(request).rows == 50)
    #expect(try shop.synthetic().rowCount == 50)
    let manifest = try shop.manifest()
    #expect(manifest.engine == "even")
    #expect(manifest.events.allSatisfy { $0.purpose == .domain || $0.purpose == .oneWay })
    let model = try #require(
      JSONSerialization.jsonObject(with: shop.data("release/model.json")) as? [String: Any])
    #expect(model["even"] != nil && model["model"] == nil && model["network"] == nil)
    #expect(try ReleaseVerification(release: shop.file("release")).run().isPassed)
  }

  @Test func `too many steps are refused before anything is charged, as the engine says`() throws {
    let shop = try shop()
    var request = try shop.request(
      "stays.csv", schema: "stays.yaml", engine: Engine(EvenSynthesizer()))
    request.options.trainingSteps = 1_000_000
    #expect(throws: ReleaseError.tooManySteps(1_000_000)) { try Synthesis.run(request) }
    #expect(!shop.exists("ledger.sqlite"))
  }

  @Test func `the registry knows each engine by its name`() {
    #expect(Engine.all.map(\.name) == ["aim", "mst", "independent", "gan", "gem"])
    #expect(Engine.all.allSatisfy { Engine(named: $0.name) == $0 })
    #expect(Engine(named: "even") == nil)
    #expect(Engine.ofMarginals == [.aim, .mst, .independent])
    #expect(Set(Engine.modelKinds.keys) == ["model", "network"])
    #expect(Set(Engine.modelKinds.values.map { $0.place.format }) == [1, 2])
  }

  /// What programs are promised is a list of its own; it names no engine that is not there.
  @Test func `programs can name every engine`() {
    #expect(ReleaseEngine.allCases.map(\.rawValue) == Engine.all.map(\.name) + ["auto"])
  }
}

/// Draws every code equally often.
private struct EvenSynthesizer: Synthesizer {
  let name = "even"
  let budget = EngineBudget(spendsRest: false)

  func fit(_ inputs: FitInputs) -> EvenModel {
    EvenModel(sizes: inputs.learned.domain.sizes, total: max(inputs.learned.total, 1))
  }

  func estimate(_ table: PlannedTable) -> FitEstimate {
    FitEstimate(
      marginals: 0, seconds: [1_000], megabytes: [2_000], limits: ["Nothing but the codes is kept."]
    )
  }

  func unaffordableSteps(_ table: PlannedTable) -> Int? {
    table.options.trainingSteps.flatMap { $0 > 1_000 ? $0 : nil }
  }
}

private struct EvenModel: FittedModel {
  static var place: (format: Int, key: String) { (3, "even") }
  let sizes: [Int]
  let total: Double

  func isModel(of domain: Domain) -> Bool { sizes == domain.sizes }
  func weighted(by shares: [Int: [Double]]) -> EvenModel { self }
  func sampler(keeping rules: CodeRules) -> any CodeSampler { EvenSampler(sizes: sizes) }
}

private struct EvenSampler: CodeSampler {
  let sizes: [Int]
  let blockRows = 20

  func block(_ index: Int, rows: Int, seed: UInt64) -> [[UInt16]] {
    let places = index * blockRows..<min(rows, (index + 1) * blockRows)
    return sizes.map { size in places.map { UInt16($0 % size) } }
  }
}
