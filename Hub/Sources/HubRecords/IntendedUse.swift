/// The use that a project intends, as its author states it, to be compared with the conditions of
/// use of the data set.
package struct IntendedUse: Sendable, Codable, Equatable {
  package var aim: Aim
  /// Whether the author's organisation is run for profit.
  package var isForProfit: Bool
  /// Whether the results are meant for a product or a service that is sold.
  package var isCommercial: Bool
  package var isGenetic: Bool
  /// Whether an ethics committee has approved the study.
  package var hasEthicsApproval: Bool
  package var promises: [Promise]
  /// The disease, the region, the institution and the like that conditions ask for; may be empty.
  package var words: String

  package init(
    aim: Aim, isForProfit: Bool = false, isCommercial: Bool = false, isGenetic: Bool = false,
    hasEthicsApproval: Bool = false, promises: [Promise] = [], words: String = ""
  ) {
    (self.aim, self.isForProfit, self.isCommercial) = (aim, isForProfit, isCommercial)
    (self.isGenetic, self.hasEthicsApproval) = (isGenetic, hasEthicsApproval)
    (self.promises, self.words) = (promises, words)
  }

  package enum Aim: String, Sendable, Codable, CaseIterable {
    case health, disease, ancestry, methods, otherResearch, care

    package var title: String {
      switch self {
      case .health: "health or medical research"
      case .disease: "research on one disease"
      case .ancestry: "population origins or ancestry"
      case .methods: "development of methods or software"
      case .otherResearch: "other research"
      case .care: "the care of patients"
      }
    }
  }

  package enum Promise: String, Sendable, Codable, CaseIterable {
    case publication, collaboration, returnOfResults

    package var title: String {
      switch self {
      case .publication: "We shall publish the results"
      case .collaboration: "We shall work together with the data owner"
      case .returnOfResults: "We shall return results to the data owner"
      }
    }
  }
}
