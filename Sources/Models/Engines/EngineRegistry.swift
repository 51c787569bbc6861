import AdversarialSynthesis
import MarginalSynthesis
import Synthesis

extension Engine {
  /// Every engine, in the order in which they are offered. A new one is added here and nowhere
  /// else.
  package static let all: [Engine] = [
    .aim,
    .mst,
    .independent,
    .gan,
    .gem,
  ]

  /// The registered engine of this name; nil if there is none.
  package init?(named name: String) {
    guard let engine = Engine.all.first(where: { $0.name == name }) else { return nil }
    self = engine
  }

  /// The engines that learn a graphical model from marginals.
  package static var ofMarginals: [Engine] {
    all.filter { $0.synthesizer.modelKind == MarginalFit.self }
  }

  /// The kinds of model that the engines fit, by their keys in `model.json`.
  package static let modelKinds: [String: any FittedModel.Type] = Dictionary(
    all.map { ($0.synthesizer.modelKind.place.key, $0.synthesizer.modelKind) },
    uniquingKeysWith: { first, _ in first })
}
