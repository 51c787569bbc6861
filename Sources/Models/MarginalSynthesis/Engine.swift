/// The method that learns the joint distribution.
package enum Engine: String, CaseIterable, Sendable, Codable {
  /// The adaptive iterative mechanism: measures the marginals that the model gets most wrong
  /// (McKenna, Mullins, Sheldon, Miklau 2022).
  case aim
  /// A tree of the strongest pairs (McKenna, Miklau, Sheldon 2021).
  case mst
  /// Each variable alone: the baseline.
  case independent
  /// A generator trained against a critic whose gradients are clipped and noisy (DP-SGD; Abadi et
  /// al. 2016; Bie, Kamath, Zhang 2023).
  case gan
  /// A generator fitted to noisy marginals that are chosen adaptively (GEM; Liu, Vietri, Wu 2021):
  /// a model of fixed size.
  case gem
}

extension Engine {
  /// The engines that learn a graphical model from marginals.
  package static let ofMarginals: [Engine] = [.aim, .mst, .independent]

  /// The share of the post-domain budget spent on choosing rather than measuring.
  package var selectionShare: Double {
    switch self {
    case .aim, .gem: AnnealedBudget.selectionShare
    case .mst: MaximumSpanningTree.selectionShare
    case .independent, .gan: 0
    }
  }
}
