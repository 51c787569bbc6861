import HubRecords
import HubRights

/// What pages show around a thing: releases of a data set, its budget as a bar, the reasons of a
/// project, and what went through in an officer's name.
extension Screens {
  /// The words on a data set's card.
  func cardTags(_ record: DatasetRecord) -> [String] {
    let dataset = record.dataset
    let standIns = state.requests.values.count {
      $0.dataset == dataset.id && $0.spec.kind == .release && $0.stage == .released
    }
    let further = record.balance?.furtherEpsilon ?? 0
    let asks =
      record.policy == nil
      ? "not open yet" : further >= dataset.unitEpsilon ? "questions possible" : "no budget left"
    let made = standIns == 0 ? [] : [standIns == 1 ? "1 stand-in" : "\(standIns) stand-ins"]
    return DeclaredFacts(dataset.schema).tags + made + [asks]
      + dataset.conditions.map { "\($0.title) (\($0.rawValue))" }
  }

  /// The stand-ins and answers of a data set that this person may know of.
  func results(of dataset: String) -> [Block] {
    let released = sight.requests.filter {
      $0.dataset == dataset && $0.spec.kind.needsProject && $0.stage == .released
    }
    guard !released.isEmpty else { return [] }
    var block = list(released, "Newest first", ifNone: "")
    block.heading = "Stand-ins and answers"
    return [block]
  }

  /// The budget of a data set as a bar: used, waiting, left.
  func budgetBar(_ balance: Balance, waiting: Double) -> Sketch? {
    let granted = balance.grantedEpsilon
    guard granted > 0 else { return nil }
    let left = min(granted, max(0, balance.furtherEpsilon))
    let width = 300.0
    let used = (granted - left) / granted * width
    let queued = min(left, waiting) / granted * width
    let words =
      "\(Wording.epsilon(granted)) granted; the most that one more result could have is "
      + "\(Wording.epsilon(left)), and approved work waits for \(Wording.epsilon(waiting)) of it."
    return Sketch(
      "Used, waiting and left", text: "",
      [
        Sketch.Part(
          label: words, text: words, width: 300, height: 24,
          [
            Sketch.Mark(.bar, x: 0, y: 2, width: used, height: 20),
            Sketch.Mark(.cell, x: used, y: 2, width: queued, height: 20, shade: 0.6),
            Sketch.Mark(.outline, x: 0.6, y: 2, width: width - 1.2, height: 20),
          ])
      ])
  }

  /// The purpose of the project that asks, and what it stated about the conditions of use.
  func reasons(of project: ProjectRecord) -> [Block] {
    let asked = state.requests[project.project.id]
    return [
      Block("What the project is for", project.project.title).with {
        $0.prose = [project.project.purpose]
        $0.links = [Link("The project", "/projects/\(project.project.id)")]
      }
    ] + (asked.map(useMatches) ?? [])
  }

  /// Requests that an officer's policy approved unasked, newest first.
  func approvedUnasked() -> [Block] {
    let own = sight.requests.filter { request in
      if case .policy(_, let officer) = request.approval { return officer == sight.name }
      return false
    }
    guard !own.isEmpty else { return [] }
    var block = list(Array(own.prefix(20)), "The newest twenty", ifNone: "")
    block.heading = "Went through in your name"
    block.intro =
      "Your policy approved these unasked. To have them asked, set its units for that to 0."
    return [block]
  }
}
