import Attacks
import Basics
import Policies

/// The rows of the evidence table, and those of a gate's verdict, as templates show them.
struct EvidenceView {
  struct Row {
    var source: String
    var requirement: String
    var status: String
    var statusClass: String
    var basis: String
    var remedy: String?
  }

  var summary: String
  var rows: [Row]

  init(_ lines: [EvidenceLine]) {
    func count(_ status: EvidenceLine.Status) -> Int { lines.count { $0.status == status } }
    summary =
      "\(count(.met)) of \(NumberText.plural(lines.count, "line is", "lines are")) met, \(count(.notMet)) not met, "
      + (count(.saysNothing) == 0 ? "" : "of \(count(.saysNothing)) the attacks say nothing, ")
      + "\(count(.notAssessed)) not assessed: those are for people to answer."
    rows = lines.map {
      Row(
        source: $0.source, requirement: $0.requirement, status: $0.status.words,
        statusClass: $0.status.rawValue, basis: $0.basis,
        remedy: nil)
    }
  }

  init(_ verdict: GateVerdict) {
    let (lines, failures) = (verdict.lines, verdict.failures.count)
    summary =
      failures == 0
      ? "All \(NumberText.count(lines.count)) requirements of the policy ‘\(verdict.policy)’ are met."
      : "\(NumberText.count(failures)) of \(NumberText.plural(lines.count, "requirement", "requirements")) of the policy "
        + "‘\(verdict.policy)’ \(failures == 1 ? "does" : "do") not pass. \(AttackFinding.rule)"
    // Requirements to be mended come first.
    let ordered = lines.filter { $0.outcome != .met } + lines.filter { $0.outcome == .met }
    rows = ordered.map {
      Row(
        source: "", requirement: $0.requirement.prefix(1).uppercased() + $0.requirement.dropFirst(),
        status: $0.outcome.words,
        statusClass: $0.outcome.rawValue, basis: $0.found,
        remedy: $0.remedy.isEmpty ? nil : $0.remedy)
    }
  }
}
