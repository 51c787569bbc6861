import Accounting
import Attacks
import Curation
import Encoding
import Mechanisms
import Tables

/// Audits of the curator's questions, each through a curator that owns its table, draws the
/// person's rows and charges a budget.
package enum QuestionAudits {
  package static var all: [Audit] {
    [
      audit("curator-row-count", "How many rows are used", rowCount),
      audit("curator-histogram", "How rows fall into runs", histogram),
      audit("curator-grain", "How rows fall onto lattices", grain),
      audit("curator-labels", "Which labels are frequent", labels),
      audit("curator-marginal", "Counts of combinations", marginal),
      audit("curator-label-histogram", "How rows fall into groups of labels", labelHistogram),
      audit(
        "curator-grouped-marginal", "Counts of combinations of groups of codes", groupedMarginal),
      audit("curator-worst", "Which marginal is approximated worst", worst),
      audit(
        "curator-several", "Three questions one after the other, their answers weighed together",
        several),
    ]
  }

  static let rho = Rho(checked: 0.5)
  private static let people = 15
  private static let usualRuns = 40_000

  /// Returns an audit with this name, of a transcript audit that tests may break.
  package static func audit(_ name: String, _ summary: String, _ subject: TranscriptAudit) -> Audit
  {
    Audit(
      name: name,
      summary: "\(summary), a person with five rows, of which two are used, more or fewer.",
      method: .manyRuns,
      usualRuns: usualRuns, run: subject.run)
  }

  private static func subject(
    _ allotted: PrivacyCost, claim: PrivacyClaim? = nil,
    observes: TranscriptAudit.Observation = .likelihood,
    ask: @escaping @Sendable (Curator) throws -> Void
  ) -> TranscriptAudit {
    TranscriptAudit(
      without: SimulatedPeople.table(people: people, withThePerson: false),
      with: SimulatedPeople.table(people: people, withThePerson: true),
      blueprint: SimulatedPeople.blueprint, allotted: allotted,
      claim: claim, observes: observes, ask: ask)
  }

  // MARK: Counts in which one cell moves by all of the person's rows

  /// The exact law of the noise that a budget buys.
  private static var countsClaim: PrivacyClaim? {
    let noise = try? DiscreteGaussian.calibrated(
      sensitivity: Sensitivity(checked: Double(SimulatedPeople.unitRows)), rho: rho)
    return noise.map {
      PrivacyClaim(discreteGaussian: $0.sigmaSquared, shift: SimulatedPeople.unitRows)
    }
  }

  package static var rowCount: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) { _ = try $0.rowCount(rho: rho) }
  }

  package static var histogram: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) {
      _ = try $0.histogram(of: 0, runs: [0...2, 3...6, 7...9], rho: rho)
    }
  }

  static var grain: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) {
      _ = try $0.grain(
        of: 0, lattices: [.every(step: 4, offset: 0), .every(step: 2, offset: 0)], in: [0...9],
        rho: rho)
    }
  }

  static var labels: TranscriptAudit {
    subject(PrivacyCost(rho: rho, delta: Delta(checked: 1e-3)), claim: countsClaim) {
      _ = try $0.labels(of: 2, rho: rho, delta: Delta(checked: 1e-3))
    }
  }

  static var labelHistogram: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) {
      guard case .labels(let known) = SimulatedPeople.domain.codecs[2] else {
        preconditionFailure("labels of invented people")
      }
      let groups = known.labels.dropFirst().map { LabelGroup(beginning: $0) }
      let codec = LabelCodec(
        labels: Array(known.labels.prefix(1)), groups: groups, otherLabel: "", hasMissing: true)
      _ = try $0.histogram(of: 2, by: codec, rho: rho)
    }
  }

  static var marginal: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) {
      $0.adopt(SimulatedPeople.domain)
      _ = try $0.marginal(of: [0, 2, 3], rho: rho)
    }
  }

  static var groupedMarginal: TranscriptAudit {
    subject(PrivacyCost(rho: rho), claim: countsClaim) {
      $0.adopt(SimulatedPeople.domain)
      let codec = SimulatedPeople.domain.codecs[0]
      guard
        let groups = CodeGroups(
          variable: 0, codec: codec, counts: [Double](repeating: 1, count: codec.size), most: 2)
      else {
        preconditionFailure("one group of invented people")
      }
      $0.group([groups])
      _ = try $0.marginal(of: [3, SimulatedPeople.domain.count], rho: rho)
    }
  }

  // MARK: A choice

  static let choiceEpsilon = 1.0

  /// The person makes the approximation of one marginal worse and that of another, which nearly
  /// always wins, better.
  package static var worst: TranscriptAudit {
    let rho = Rho(checked: choiceEpsilon * choiceEpsilon / 8)
    let candidates = self.candidates
    let claim = PrivacyClaim(
      [.init(epsilon: choiceEpsilon, delta: 0)] + PrivacyClaim(PrivacyCost(rho: rho)).pairs)
    return subject(PrivacyCost(rho: rho), claim: claim) {
      $0.adopt(SimulatedPeople.domain)
      _ = try $0.worst(of: candidates, rho: rho)
    }
  }

  /// The first candidate matches exactly without the person; the second expects more rows than the
  /// person's cell holds.
  private static var candidates: [MarginalCandidate] {
    let table = SimulatedPeople.table(people: people, withThePerson: false)
    func counts(_ attribute: Int) -> [Double] {
      let codec = SimulatedPeople.domain.codecs[attribute]
      let codes = codec.encode(table.columns[attribute + 1].cells)
      var counts = [Double](repeating: 0, count: codec.size)
      for row in 0..<codes.count { counts[codes[row]] += 1 }
      return counts
    }
    var second = counts(3)
    second[1] += 5 * Double(SimulatedPeople.unitRows) / choiceEpsilon
    return [
      MarginalCandidate(attributes: [0], weight: 1, penalty: 0, expected: counts(0)),
      MarginalCandidate(attributes: [3], weight: 1, penalty: 0, expected: second),
    ]
  }

  // MARK: Several

  package static var several: TranscriptAudit {
    subject(PrivacyCost(rho: rho), observes: .counts) {
      let share = rho.share(1.0 / 3)
      _ = try $0.histogram(of: 0, runs: [0...2, 3...6, 7...9], rho: share)
      $0.adopt(SimulatedPeople.domain)
      _ = try $0.marginal(of: [2], rho: share)
      _ = try $0.marginal(of: [3], rho: share)
    }
  }
}
