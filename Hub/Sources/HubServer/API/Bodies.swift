import HubLog
import HubRecords
import HubRights

/// The replies of the programming interface. Fields that a person may not see are left out.
enum Bodies {
  struct Problem: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let detail: String
  }

  struct Me: Encodable {
    let account: String
    let fullName: String
    let roles: [Role]
  }

  struct List<Item: Encodable>: Encodable {
    let items: [Item]
  }

  struct DatasetBody: Encodable {
    let id: String
    let title: String
    let summary: String
    let conditions: [UseCondition]
    let agreement: String
    let schema: String
    let isOpen: Bool
    let uses: [UseBody]
    let columns: [ColumnBody]
    let policy: PolicyBody?
    /// ε; for those who may see it.
    let furtherEpsilon: Double?
    let grantedEpsilon: Double?

    init(_ record: DatasetRecord, _ sight: Sight) {
      let dataset = record.dataset
      (id, title, summary) = (dataset.id, dataset.title, dataset.summary)
      (conditions, agreement, schema) = (dataset.conditions, dataset.agreement, dataset.schema)
      isOpen = record.policy != nil
      uses = dataset.conditions.map { UseBody($0, dataset.conditionNotes?[$0.rawValue]) }
      columns = (SchemaLines(dataset.schema)?.columns ?? []).map(ColumnBody.init)
      policy = record.policy.map(PolicyBody.init)
      let balance = sight.may(.seeEpsilon) ? record.balance : nil
      (furtherEpsilon, grantedEpsilon) = (balance?.furtherEpsilon, balance?.grantedEpsilon)
    }
  }

  struct ProjectBody: Encodable {
    let id: String
    let title: String
    let purpose: String
    let dataset: String
    let lead: String
    let stage: Stage
    let until: Int
    let units: Int
    let unitsUsed: Int
    let agreement: String
    let members: [Member]

    struct Member: Encodable {
      let account: String
      let hasAccepted: Bool
    }

    init(_ record: ProjectRecord, _ sight: Sight) {
      let project = record.project
      (id, title, purpose) = (project.id, project.title, project.purpose)
      (dataset, lead, until) = (project.dataset, project.lead, project.until)
      (units, agreement) = (project.units, project.agreement)
      stage = record.stage(at: sight.now)
      unitsUsed = sight.state.units(usedBy: project.id)
      members = record.members.keys.sorted().map {
        Member(account: $0, hasAccepted: record.hasAccepted($0))
      }
    }
  }

  struct RequestBody: Encodable {
    let id: String
    let kind: Spec.Kind
    let summary: String
    let stage: Stage
    let version: Int
    let author: String
    let dataset: String
    let project: String?
    let spec: Spec
    let approvals: Int
    let answeredBy: String?
    /// What the project states beside each condition of use, for access requests.
    let conditions: [MatchBody]?
    /// ε; for those who may see it.
    let epsilon: Double?

    init(_ request: RequestRecord, _ sight: Sight) {
      (id, kind, summary) = (request.id, request.spec.kind, request.summary)
      (stage, version, author) = (request.stage, request.version, request.author)
      (dataset, project, spec) = (request.dataset, request.project, request.spec)
      (approvals, answeredBy) = (request.votes.count, request.answeredBy)
      conditions = MatchBody.all(request, sight)
      epsilon =
        sight.may(.seeEpsilon, on: request) && request.spec.units > 0
        ? sight.state.epsilon(of: request) : nil
    }
  }

  struct EventBody: Encodable {
    let time: Int
    let who: String
    let what: String
    let text: String?

    init(_ item: TimelineItem, _ request: RequestRecord, _ sight: Sight) {
      (time, who, what) = (item.time, item.who, item.what)
      // The words of a failure may name the source.
      text =
        item.what == "failed" && !sight.may(.seeEpsilon, on: request) ? nil : item.text
    }
  }

  struct FileBody: Encodable {
    let name: String
    let bytes: Int
  }

  /// A request as it is drafted.
  struct Draft: Codable {
    let dataset: String?
    let project: String?
    let spec: Spec
  }

  struct Comment: Codable {
    let text: String
  }
}
