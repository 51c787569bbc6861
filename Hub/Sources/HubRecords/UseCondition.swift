/// The conditions of use of a data set, as the Data Use Ontology (DUO) of GA4GH has them: five
/// permissions, then what modifies them.
package enum UseCondition: String, Sendable, Codable, CaseIterable {
  case noRestriction = "NRES"
  case generalResearch = "GRU"
  case healthResearch = "HMB"
  case diseaseResearch = "DS"
  case populationOrigins = "POA"
  case researchType = "RS"
  case noMethods = "NMDS"
  case geneticStudies = "GSO"
  case noPopulationOrigins = "NPOA"
  case notForProfit = "NPU"
  case nonCommercial = "NCU"
  case notForProfitNonCommercial = "NPUNCU"
  case ethicsApproval = "IRB"
  case publication = "PUB"
  case collaboration = "COL"
  case returnOfResults = "RTN"
  case timeLimit = "TS"
  case moratorium = "MOR"
  case geographic = "GS"
  case institution = "IS"
  case approvedUsers = "US"
  case approvedProject = "PS"
  case clinicalCare = "CC"

  /// The identifier in the ontology, such as `DUO:0000042`.
  package var id: String { "DUO:00000\(term.number)" }

  /// The label in the ontology.
  package var label: String { term.label }

  /// The condition in plain words.
  package var title: String { term.title }

  /// Whether the condition says little without words of the owner, such as the disease.
  package var needsWords: Bool {
    switch self {
    case .diseaseResearch, .researchType, .timeLimit, .moratorium, .geographic, .institution,
      .approvedUsers, .approvedProject:
      true
    case .noRestriction, .generalResearch, .healthResearch, .populationOrigins, .noMethods,
      .geneticStudies, .noPopulationOrigins, .notForProfit, .nonCommercial,
      .notForProfitNonCommercial, .ethicsApproval, .publication, .collaboration, .returnOfResults,
      .clinicalCare:
      false
    }
  }

  // From duo.csv of github.com/EBISPOT/DUO, whose labels these are.
  private var term: (number: String, label: String, title: String) {
    switch self {
    case .noRestriction: ("04", "no restriction", "any use")
    case .generalResearch: ("42", "general research use", "any research")
    case .healthResearch:
      (
        "06", "health or medical or biomedical research", "health and medical research only"
      )
    case .diseaseResearch: ("07", "disease specific research", "research on one disease only")
    case .populationOrigins:
      (
        "11", "population origins or ancestry research only", "population origins or ancestry only"
      )
    case .researchType: ("12", "research specific restrictions", "one kind of study only")
    case .noMethods: ("15", "no general methods research", "not to develop methods or software")
    case .geneticStudies: ("16", "genetic studies only", "genetic studies only")
    case .noPopulationOrigins:
      (
        "44", "population origins or ancestry research prohibited",
        "nothing on population origins or ancestry"
      )
    case .notForProfit:
      ("45", "not for profit organisation use only", "by organisations not for profit")
    case .nonCommercial: ("46", "non-commercial use only", "no commercial use")
    case .notForProfitNonCommercial:
      (
        "18", "not for profit, non commercial use only",
        "by organisations not for profit, and no commercial use"
      )
    case .ethicsApproval:
      ("21", "ethics approval required", "approval of an ethics committee")
    case .publication: ("19", "publication required", "results must be published")
    case .collaboration: ("20", "collaboration required", "together with the data owner")
    case .returnOfResults:
      ("29", "return to database or resource", "results are returned to the owner")
    case .timeLimit: ("25", "time limit on use", "for a limited time")
    case .moratorium: ("24", "publication moratorium", "no publication before an agreed date")
    case .geographic: ("22", "geographical restriction", "within a region")
    case .institution: ("28", "institution specific restriction", "by approved institutions")
    case .approvedUsers: ("26", "user specific restriction", "by approved users")
    case .approvedProject: ("27", "project specific restriction", "within an approved project")
    case .clinicalCare: ("43", "clinical care use", "also for the care of patients")
    }
  }
}
