import Foundation
import HubRecords

/// The description of a crate: its files, the work that made them, and the people.
struct CrateMetadata {
  struct File {
    /// The path in the crate.
    let name: String
    let bytes: Int
    /// SHA-256, in hexadecimal.
    let digest: String

    /// The name without the folder.
    var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }
  }

  let facts: ReleaseFacts
  /// The title of the data set.
  let title: String
  let request: RequestRecord
  let state: HubState
  /// All files but the description itself.
  let files: [File]

  var document: JSONPart {
    [
      "@context": [
        "https://w3id.org/ro/crate/1.1/context",
        ["sha256": "https://w3id.org/ro/terms/workflow-run#sha256"],
      ],
      "@graph": .list(
        [descriptor, root] + files.map(entity) + [table, tool, making] + approvals + people),
    ]
  }

  private let crateProfile = "https://w3id.org/ro/crate/1.1"
  private let processProfile = "https://w3id.org/ro/wfrun/process/0.5"

  private var descriptor: JSONPart {
    [
      "@id": .text(Crate.metadata), "@type": "CreativeWork", "about": .id("./"),
      "conformsTo": .id(crateProfile),
    ]
  }

  private var root: JSONPart {
    [
      "@id": "./", "@type": "Dataset", "name": .text("Stand-in for \(title)"),
      "description": .text(
        "A table of invented people who resemble those of \(title), with its evidence. \(facts.promise)"
      ),
      "datePublished": .text(facts.created), "conformsTo": .id(processProfile),
      "license": .text("The agreement of the project that received it"),
      "hasPart": .list(files.map { .id($0.name) }),
      "mentions": .list([.id("#making")] + approvals.indices.map { .id("#approval-\($0 + 1)") }),
    ]
  }

  private func entity(_ file: File) -> JSONPart {
    let types = [
      "csv": "text/csv", "json": "application/json", "html": "text/html", "md": "text/markdown",
    ]
    let words = [
      "synthetic.csv": "The stand-in itself", "report.html": "The report that travels with it",
      "model-card.md": "What it is, and what it is not for",
      "manifest.json": "What was done, signed", "manifest.signature.json": "The signature",
      "model.json": "The model, for further rows", "report.json": "The figures of the report",
      Croissant.name: "The table described for loaders",
    ]
    let end = file.name.split(separator: ".").last.map(String.init) ?? ""
    return [
      "@id": .text(file.name), "@type": "File",
      "name": .text(words[file.lastName] ?? file.lastName),
      "encodingFormat": .text(types[end] ?? "application/octet-stream"),
      "contentSize": .text("\(file.bytes)"), "sha256": .text(file.digest),
    ]
  }

  /// The real table, by its title alone.
  private var table: JSONPart {
    [
      "@id": "#table", "@type": "Dataset", "name": .text(title),
      "description": "The table of people that the stand-in was learned from. It is not here.",
    ]
  }

  private var tool: JSONPart {
    [
      "@id": "#understudy", "@type": "SoftwareApplication", "name": .text(facts.software.name),
      "version": .text(facts.software.version), "softwareVersion": .text(facts.software.version),
    ]
  }

  private var making: JSONPart {
    [
      "@id": "#making", "@type": "CreateAction", "name": "Learning and drawing the stand-in",
      "instrument": .id("#understudy"), "agent": .id(Self.address(of: request.author)),
      "object": .id("#table"), "result": .list(files.map { .id($0.name) }),
      "endTime": .text(facts.created),
      "actionStatus": .id("http://schema.org/CompletedActionStatus"),
    ]
  }

  /// Who approved the request, each an action of its own.
  private var approvals: [JSONPart] {
    approvers.enumerated().map { place, approver in
      [
        "@id": .text("#approval-\(place + 1)"), "@type": "AssessAction",
        "name": .text(approver.words), "agent": .id(Self.address(of: approver.account)),
        "object": .id("#making"), "actionStatus": .id("http://schema.org/CompletedActionStatus"),
      ]
    }
  }

  private var approvers: [(account: String, words: String)] {
    switch request.approval {
    case .people(let names): names.map { ($0, "Approval of the request") }
    case .policy(let version, let officer):
      [(officer, "Approval by policy version \(version)")]
    case nil: []
    }
  }

  private var people: [JSONPart] {
    Set([request.author] + approvers.map(\.account)).sorted().map { account in
      [
        "@id": .text(Self.address(of: account)), "@type": "Person",
        "name": .text(state.accounts[account]?.fullName ?? account),
      ]
    }
  }

  private static func address(of account: String) -> String { "#account-\(account)" }
}
