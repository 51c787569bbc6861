import MarginalSynthesis
import Releases
import Testing

@Suite struct AutomaticEngineTests {
  @Test(arguments: [(1, Engine.independent), (2, .aim), (14, .aim), (300, .aim), (301, .mst)])
  func followsItsRule(_ columns: Int, _ engine: Engine) {
    let choice = AutomaticEngine(columns: columns)
    #expect(choice.engine == engine)
    #expect(choice.reason.contains(engine.rawValue) && choice.reason.hasSuffix("."))
  }
}
