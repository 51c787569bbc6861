import Foundation
import HubLog
import HubRecords

/// A choice of entries of the log: those of one account, about one data set, or both.
package struct LogFilter: Sendable, Equatable {
  package let who: String?
  package let dataset: String?

  package init(who: String? = nil, dataset: String? = nil) {
    (self.who, self.dataset) = (who, dataset)
  }

  /// A choice as an address names it; names that the hub does not know choose nothing.
  package init(who: String?, dataset: String?, in state: HubState) {
    let isKnown =
      who.map { [HubName.worker, HubName.console].contains($0) || state.accounts[$0] != nil }
      ?? false
    self.who = isKnown ? who : nil
    self.dataset = dataset.flatMap { state.datasets[$0] == nil ? nil : $0 }
  }

  package var isEmpty: Bool { who == nil && dataset == nil }

  /// The end of an address that keeps the choice. Names of accounts and data sets need no escape;
  /// the hub's own have brackets.
  var query: String {
    [("who", who), ("dataset", dataset)].compactMap { name, value in
      value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "&\(name)=\($0)" }
    }.joined()
  }

  package func shows(_ entry: LogEntry, _ state: HubState) -> Bool {
    (who == nil || who == entry.event.who)
      && (dataset == nil || dataset == Self.dataset(of: entry.event.event, state))
  }

  /// The data set that an event is about, if any.
  private static func dataset(of event: Event, _ state: HubState) -> String? {
    if let request = event.request { return state.requests[request]?.dataset }
    switch event {
    case .datasetRegistered(let dataset): return dataset.id
    case .datasetDescribed(let id, _), .policySet(let id, _), .balanceSeen(let id, _): return id
    case .projectOpened(let project): return project.dataset
    case .memberAdded(let id, _), .memberRemoved(let id, _), .agreementAccepted(let id, _),
      .projectClosed(let id, _):
      return state.projects[id]?.project.dataset
    default: return nil
    }
  }
}

extension Screens {
  /// The form that chooses entries.
  func logChoice(_ filter: LogFilter) -> Block {
    let people =
      [("", "everybody"), (HubName.worker, "the worker"), (HubName.console, "the console")]
      + state.accounts.values.sorted { $0.fullName < $1.fullName }.map { ($0.name, $0.fullName) }
    let datasets =
      [("", "any")]
      + state.datasets.values.map { ($0.dataset.id, $0.dataset.title) }.sorted { $0.1 < $1.1 }
    return Block().with {
      $0.form = Form(
        "Show these", to: "/log", isSent: false,
        [
          .select("who", "By", people, value: filter.who ?? ""),
          .select("dataset", "Data set", datasets, value: filter.dataset ?? ""),
        ])
    }
  }
}
