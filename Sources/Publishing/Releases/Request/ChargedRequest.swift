import Curation
import Encoding
import Foundation
import Ledger
import Manifests
import Tables

/// A request whose answers the ledger of its owner pays for.
protocol ChargedRequest {
  var ledger: URL { get }
  /// The folder of the owner's keys; nil for the one beside the ledger.
  var keys: URL? { get }
  /// Repeats the run, which is then not private.
  var seed: UInt64? { get }
  /// Watches or replaces answers, for tests. The run is then not private.
  var probe: (any CuratorProbe)? { get }
  /// How the contribution of a person with several rows is bounded.
  var personBound: PersonBound { get }
}

extension ChargedRequest {
  var personBound: PersonBound { .rows }

  /// The folder of the owner's keys: the named folder, or else the one beside the ledger.
  var keysInUse: URL { keys ?? SigningKey.folder(beside: ledger) }

  /// Returns the curator, the only door to the rows of this run.
  func curator(
    of table: consuming SensitiveTable, blueprint: Blueprint, session: LedgerSession
  ) -> Curator {
    if let probe {
      return Curator(
        audited: table, blueprint: blueprint, budget: session, seed: seed, probe: probe,
        bound: personBound)
    }
    if let seed {
      return Curator(
        seeded: table, blueprint: blueprint, budget: session, seed: seed, bound: personBound)
    }
    return Curator(table, blueprint: blueprint, budget: session, bound: personBound)
  }
}

extension SynthesisRequest: ChargedRequest {}
