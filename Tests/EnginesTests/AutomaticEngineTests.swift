import AdversarialSynthesis
import Engines
import MarginalSynthesis
import Synthesis
import Testing

@Suite struct AutomaticEngineTests {
  @Test(
    arguments: [
      (1, nil, Engine.independent), (1, 1_000_000, .independent), (2, nil, .aim),
      (75, 1_000_000, .aim), (76, nil, .aim),
      (76, 99_999, .aim), (76, 100_000, .gan), (300, 100_000, .gan), (300, nil, .aim),
      (301, nil, .mst), (301, 1_000_000, .mst),
    ] as [(Int, Int?, Engine)])
  func followsItsRule(_ columns: Int, _ rows: Int?, _ engine: Engine) {
    let choice = AutomaticEngine(columns: columns, rows: rows)
    #expect(choice.engine == engine)
    #expect(choice.reason.contains(engine.name) && choice.reason.hasSuffix("."))
  }
}
