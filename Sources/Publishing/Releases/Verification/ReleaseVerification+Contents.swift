import Accounting
import Basics
import Curation
import Encoding
import Foundation
import Ledger
import Manifests
import Policies
import SchemaFiles
import Tables

extension ReleaseVerification {
  /// Checks that every file named in the manifest is there with its hash, and that nothing else is.
  package static func checkFiles(of release: URL, manifest: Manifest) -> VerificationReport.Check {
    let own = ReleaseArtefact.seals.map(\.name)
    let names = Set((try? FileManager.default.contentsOfDirectory(atPath: release.path)) ?? [])
    var faults: [(file: String, what: String)] = []
    for (name, hash) in manifest.files.sorted(by: { $0.key < $1.key }) {
      let file = release.appendingPathComponent(name)
      if name.contains("/") || !names.contains(name) {
        faults.append((name, "is missing"))
      } else if !isAsSigned(file, hash: hash) {
        faults.append((name, "is not as it was signed"))
      }
    }
    for name in own where !isRegular(release.appendingPathComponent(name)) {
      faults.append((name, "is no ordinary file"))
    }
    for name in names.subtracting(manifest.files.keys).subtracting(own).sorted() {
      faults.append((name, "was added"))
    }
    guard faults.isEmpty else {
      let list = faults.map { "\($0.file) \($0.what)" }.joined(separator: "; ")
      let areMissing = faults.allSatisfy { $0.what == "is missing" }
      let remedy =
        areMissing
        ? "Get the whole folder from its owner: parts of a release cannot be verified."
        : "Get the release from its owner again."
      return .failed("files", "\(list). \(remedy)", files: faults.map(\.file))
    }
    return .passed(
      "files",
      "All \(manifest.files.count + own.count) files are as they were signed, and no other is there."
    )
  }

  /// Returns whether this is an ordinary file with that hash.
  package static func isAsSigned(_ file: URL, hash: String) -> Bool {
    isRegular(file) && (try? ContentDigest.sha256(of: file)) == hash
  }

  /// Returns whether this is an ordinary file. Links and folders were not signed, whatever they
  /// lead to.
  private static func isRegular(_ file: URL) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: file.path))?[.type] as? FileAttributeType
      == .typeRegular
  }

  /// Adds up the events again and compares the sum with the claim.
  package static func checkEvents(_ manifest: Manifest) -> VerificationReport.Check {
    let claim = manifest.guarantee
    func fault(_ what: String) -> VerificationReport.Check {
      .failed(
        "events",
        "\(what). The claim of this release does not follow from its events: do not rely on it.",
        files: [ReleaseArtefact.manifest.name])
    }
    var spent = PrivacyCost.zero
    var filter = claim.loss.map { PrivacyFilter(limit: $0.reserved) }
    for (number, event) in manifest.events.enumerated() {
      let charged = claim.loss == nil ? event.event.cost : filter?.charge(event.event)
      guard let cost = charged else {
        return fault("Event \(number + 1) does not fit into what was reserved for the release")
      }
      guard cost.rho.value == event.rho, cost.delta.value == event.delta else {
        return fault(
          "Event \(number + 1) costs rho \(cost.rho) and delta \(cost.delta), not what manifest.json says"
        )
      }
      spent = spent + cost
    }
    guard isClose(spent.rho.value, claim.rho), isClose(spent.delta.value, claim.eventsDelta),
      isClose(manifest.spending.byPurpose.values.reduce(0, +), claim.rho)
    else {
      return fault(
        "The events add up to rho \(spent.rho) and delta \(spent.delta), not to what manifest.json says"
      )
    }
    guard claim.delta < 1, let epsilon = epsilon(of: spent, claim: claim) else {
      return fault("The events leave nothing of the delta that is claimed")
    }
    if let attempts = manifest.attempts,
      attempts.count < 1
        || attempts.rho * (1 + 1e-9) < claim.rho
        || attempts.eventsDelta * (1 + 1e-9) < claim.eventsDelta
    {
      return fault("The attempts together are said to cost less than this release alone")
    }
    guard isWithinClaim(epsilon, claim) else {
      return fault(
        "The events come to epsilon \(epsilon) at delta \(claim.delta), but \(claim.epsilon) is claimed"
      )
    }
    if let loss = claim.loss, !agrees(loss, with: manifest) {
      return fault(
        "What manifest.json says of other deltas, of several people or of single columns does not follow from its events"
      )
    }
    let sum =
      "The \(manifest.events.count) events come to epsilon \(NumberText.parameter(epsilon.value)) at delta "
    return claim.isPrivate
      ? .passed(
        "events",
        sum
          + "\(NumberText.parameter(claim.delta)); claimed is \(NumberText.parameter(claim.epsilon))."
      )
      : .passed(
        "events",
        sum
          + "\(NumberText.parameter(claim.delta)), but the run was seeded: this release is NOT PRIVATE, and says so."
      )
  }

  /// Returns the epsilon at the claimed delta: of the whole reservation, since the later events
  /// were not fixed; before format 4, of the events.
  private static func epsilon(of spent: PrivacyCost, claim: Manifest.Guarantee) -> Epsilon? {
    guard let delta = try? Delta(claim.delta) else { return nil }
    guard let reserved = claim.loss?.reserved else {
      return try? Accountant(spent: spent).epsilon(delta: delta)
    }
    let left = max(0, OutwardSum.down(delta.value, -reserved.delta.value))
    return left > 0 || reserved.rho.value == 0
      ? GaussianCurve.epsilon(rho: reserved.rho, delta: Delta(checked: left)) : nil
  }

  /// Applies the same test that set the budget, if a delta set it.
  private static func isWithinClaim(_ epsilon: Epsilon, _ claim: Manifest.Guarantee) -> Bool {
    guard let reserved = claim.loss?.reserved, let claimed = try? Epsilon(claim.epsilon) else {
      return epsilon.value <= claim.epsilon
    }
    let left = Delta(checked: max(0, OutwardSum.down(claim.delta, -reserved.delta.value)))
    return GaussianCurve.allows(rho: reserved.rho, epsilon: claimed, delta: left)
  }

  /// Returns whether a record follows from the events of its manifest.
  private static func agrees(_ loss: LossRecord, with manifest: Manifest) -> Bool {
    guard let schema = schema(of: manifest), let blueprint = try? Blueprint(schema: schema)
    else { return false }
    let again = LossRecord(
      questions: manifest.events.map { ($0.question, $0.event) }, reserved: loss.reserved,
      delta: manifest.guarantee.delta,
      blueprint: blueprint)
    return loss.agrees(with: again)
  }

  /// Returns the schema whose columns have losses of their own.
  private static func schema(of manifest: Manifest) -> Schema? {
    let (text, name) = (manifest.schema.text, ReleaseArtefact.manifest.name)
    guard manifest.format >= Manifest.linkedFormat else {
      return try? SchemaFile.parse(text, file: name)
    }
    return try? SchemaFile.parseLinked(text, file: name).promised
  }

  /// Checks that the manifest's statements about its policy follow from the policy's text, as far
  /// as others can tell.
  package static func checkPolicy(_ manifest: Manifest) -> VerificationReport.Check? {
    guard let gate = manifest.gate else { return nil }
    func fault(_ what: String) -> VerificationReport.Check {
      .failed(
        "policy", "\(what). Do not rely on what this release says of its policy.",
        files: [ReleaseArtefact.manifest.name])
    }
    guard gate.sha256 == ContentDigest.sha256(of: gate.text),
      let policy = try? PolicyFile.parse(gate.text, file: gate.policy)
    else {
      return fault(
        "The policy's text in manifest.json is not the one that it names, or cannot be read")
    }
    let claim = manifest.guarantee
    guard claim.isPrivate, claim.epsilon <= policy.highestEpsilon ?? .infinity,
      claim.delta <= policy.highestDelta ?? 1,
      gate.lines.allSatisfy({ $0.outcome == .met })
    else { return fault("The release does not meet the policy '\(gate.policy)' that it names") }
    guard hasPaidScores(manifest, gate, policy) else {
      return fault(
        "The distances that the policy '\(gate.policy)' limits are not those that were paid for")
    }
    let distances =
      gate.scores == nil ? "Epsilon and delta meet" : "Epsilon, delta and distances meet"
    return .passed(
      "policy",
      "\(distances) the policy '\(gate.policy)'; the owner attests \(gate.attested.count) further requirements."
    )
  }

  /// Returns whether an answer was paid for under each limit on a distance and is within it. This
  /// holds from format 4 on; before, the owner attested them.
  private static func hasPaidScores(_ manifest: Manifest, _ gate: GateRecord, _ policy: Policy)
    -> Bool
  {
    guard manifest.format >= 4 else { return true }
    let scores = gate.scores ?? []
    let limits = [
      "column-distance": policy.utility.highestColumnDistance,
      "pair-distance": policy.utility.highestPairDistance,
    ]
    return scores.allSatisfy { $0.isMet && limits[$0.name] == $0.limit }
      && scores.count == manifest.events.count { $0.purpose == .judgement }
      && (policy.utility.highestColumnDistance == nil) == !scores.contains {
        $0.name == "column-distance"
      }
  }

  /// Compares sums that may differ in the order of their additions.
  private static func isClose(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-9 * max(abs(first), abs(second))
  }

  /// Checks that the ledger's chain is whole, and that the release's session charged exactly the
  /// manifest's events.
  func checkLedger(_ ledger: URL, manifest: Manifest) throws -> VerificationReport.Check {
    let audit = try LedgerAudit(at: ledger)
    let name = ledger.lastPathComponent
    guard audit.isChained else {
      return .notAssessed(
        "ledger", "\(name) is of a format without a chain; it gets one when it is next used.")
    }
    if let fault = audit.fault {
      return .failed(
        "ledger",
        "\(name): \(fault). Restore the ledger from a backup that holds every release made so far.",
        files: [name])
    }
    guard let events = audit.events(of: manifest.marks) else {
      let detail = "\(name) is whole, but does not hold the charges of this release"
      return mustHoldRelease
        ? .failed(
          "ledger", "\(detail): it is another ledger, or one that was put back to an older state.",
          files: [name])
        : .notAssessed("ledger", "\(detail). Name the ledger that it was charged to with --ledger.")
    }
    guard events == manifest.events.map({ $0.event as PrivacyEvent? }) else {
      return .failed(
        "ledger", "\(name) holds other charges for this release than manifest.json says.",
        files: [name])
    }
    return .passed(
      "ledger",
      "The chain of \(audit.entries) entries is whole and holds the \(events.count) charges of this release."
    )
  }
}
