/// A condition of use beside what a project states. An officer decides; this only says where to
/// look.
package struct UseMatch: Sendable, Equatable {
  package let condition: UseCondition
  /// The owner's words on the condition, if any.
  package let note: String?
  package let outcome: Outcome
  package let reason: String

  package enum Outcome: String, Sendable, Codable, CaseIterable {
    case fits
    /// What the project states cannot be under the condition.
    case conflicts
    /// Only a person can tell.
    case ask = "for a person to judge"
  }

  /// All conditions of a data set beside what a project states, in the order of the data set.
  package static func all(_ dataset: Dataset, _ use: IntendedUse) -> [UseMatch] {
    let allowsCare = dataset.conditions.contains(.clinicalCare)
    return dataset.conditions.map { condition in
      let (outcome, reason) = compare(condition, use, allowsCare: allowsCare)
      return UseMatch(
        condition: condition, note: dataset.conditionNotes?[condition.rawValue],
        outcome: outcome, reason: reason)
    }
  }

  private static func compare(_ condition: UseCondition, _ use: IntendedUse, allowsCare: Bool)
    -> (Outcome, String)
  {
    func stated(_ fits: Bool, _ words: String) -> (Outcome, String) {
      (fits ? .fits : .conflicts, words)
    }
    func promised(_ promise: IntendedUse.Promise) -> (Outcome, String) {
      let isPromised = use.promises.contains(promise)
      return stated(isPromised, isPromised ? "promised" : "not promised")
    }
    let organisation = use.isForProfit ? "an organisation for profit" : "not for profit"
    let purpose = use.isCommercial ? "commercial use" : "no commercial use"
    switch condition {
    case .noRestriction: return (.fits, "nothing is asked")
    case .generalResearch, .healthResearch, .diseaseResearch, .populationOrigins:
      return (permission(condition, use, allowsCare: allowsCare), use.aim.title)
    case .noMethods: return stated(use.aim != .methods, use.aim.title)
    case .noPopulationOrigins: return stated(use.aim != .ancestry, use.aim.title)
    case .geneticStudies:
      return stated(use.isGenetic, use.isGenetic ? "a genetic study" : "not a genetic study")
    case .notForProfit: return stated(!use.isForProfit, organisation)
    case .nonCommercial: return stated(!use.isCommercial, purpose)
    case .notForProfitNonCommercial:
      return stated(!use.isForProfit && !use.isCommercial, "\(organisation), \(purpose)")
    case .ethicsApproval:
      return stated(
        use.hasEthicsApproval, use.hasEthicsApproval ? "approved" : "not approved yet")
    case .publication: return promised(.publication)
    case .collaboration: return promised(.collaboration)
    case .returnOfResults: return promised(.returnOfResults)
    case .clinicalCare: return (.fits, use.aim.title)
    case .researchType, .timeLimit, .moratorium, .geographic, .institution, .approvedUsers,
      .approvedProject:
      return (.ask, use.words.isEmpty ? "nothing is stated" : use.words)
    }
  }

  /// Whether one of the four permissions for research covers an aim.
  private static func permission(
    _ condition: UseCondition, _ use: IntendedUse, allowsCare: Bool
  ) -> Outcome {
    if use.aim == .care { return allowsCare ? .fits : .conflicts }
    switch (condition, use.aim) {
    case (.generalResearch, _): return .fits
    case (.healthResearch, .health), (.healthResearch, .disease): return .fits
    case (.healthResearch, .methods): return .ask
    case (.diseaseResearch, .disease), (.diseaseResearch, .health), (.diseaseResearch, .methods):
      // Whether it is this disease stands in words.
      return .ask
    case (.populationOrigins, .ancestry): return .fits
    default: return .conflicts
    }
  }
}
