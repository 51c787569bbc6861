import HubLog
import HubPages
import HubRecords
import HubRights

/// The parts of replies, and the replies beyond those of data sets, projects and requests.
extension Bodies {
  struct UseBody: Encodable {
    /// The short name, such as `HMB`.
    let code: String
    /// The identifier in the Data Use Ontology.
    let id: String
    let label: String
    let words: String
    let note: String?

    init(_ condition: UseCondition, _ note: String?) {
      (code, id, label) = (condition.rawValue, condition.id, condition.label)
      (words, self.note) = (condition.title, note)
    }
  }

  struct ColumnBody: Encodable {
    let name: String
    let type: String
    let isModelled: Bool

    init(_ column: SchemaLines.Column) {
      (name, type) = (column.name, column.keys["type"]?.value ?? "")
      isModelled = column.isModelled
    }
  }

  struct PolicyBody: Encodable {
    let version: Int
    let officer: String
    let officers: Int
    let checkers: Int
    let automaticUnits: Int
    let checksOutput: Bool
    let responseDays: Int

    init(_ policy: Policy) {
      (version, officer, officers) = (policy.version, policy.officer, policy.officers)
      (checkers, automaticUnits) = (policy.checkers, policy.automaticUnits)
      (checksOutput, responseDays) = (policy.checksOutput, policy.responseDays)
    }
  }

  struct MatchBody: Encodable {
    let code: String
    let result: UseMatch.Outcome
    let stated: String

    static func all(_ request: RequestRecord, _ sight: Sight) -> [MatchBody]? {
      guard case .access(_, _, _, _, let use?) = request.spec,
        let dataset = sight.state.datasets[request.dataset]?.dataset
      else { return nil }
      return UseMatch.all(dataset, use).map {
        MatchBody(code: $0.condition.rawValue, result: $0.outcome, stated: $0.reason)
      }
    }
  }

  /// The result to expect, from stand-ins and schemas alone.
  struct Estimate: Encodable {
    let units: Int
    /// Whether the same question was answered before.
    let isFree: Bool
    let pairError: Double?
    let measure: String?
    let numbers: [Number]?
    let advice: String?
    /// The reason for having no prediction.
    let fault: String?

    struct Number: Encodable {
      let name: String
      let onStandIn: Double?
      /// Half the width of the interval without noise.
      let usualReach: Double?
      /// Half the width of the interval to expect, with the noise.
      let expectedReach: Double?
    }

    init(_ request: RequestRecord, _ extras: RequestExtras, _ sight: Sight) {
      units = request.spec.units
      isFree = sight.state.answer(to: request) != nil
      (pairError, advice) = (extras.pairError, extras.plan?.advice)
      (measure, fault) = (extras.plan?.standIn.measure, extras.planFault)
      numbers = extras.plan.flatMap { plan in
        plan.prediction(at: sight.state.epsilon(of: request)).map { predicted in
          predicted.findings.numbers.map { number in
            let own = plan.standIn.numbers.first { $0.name == number.name }
            return Number(
              name: number.name, onStandIn: own?.estimate, usualReach: own?.reach,
              expectedReach: number.reach)
          }
        }
      }
    }
  }

  struct Progress: Encodable {
    let stage: Stage
    let phase: String
    let percent: Int
  }

  struct LogBody: Encodable {
    let number: Int
    let time: Int
    let who: String
    let what: String
    let request: String?
    let hash: String

    init(_ entry: LogEntry) throws {
      let event = entry.event
      (number, time, who) = (entry.number, event.time, event.who)
      (what, request) = (event.event.words, event.event.request)
      hash = LogEntry.hash(ofLine: try entry.line())
    }
  }

  // MARK: Bodies of acts

  struct Change: Codable {
    let spec: Spec
  }

  struct Return: Codable {
    let version: Int
    let reason: String
  }

  struct Member: Codable {
    let account: String
  }

  struct Acceptance: Codable {
    /// SHA-256 of the agreement that was read.
    let digest: String
  }
}
