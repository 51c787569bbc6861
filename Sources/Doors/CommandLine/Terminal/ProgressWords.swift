import Synthesis
import Understudy

/// The wording of a progress line.
package enum ProgressWords {
  static func title(_ phase: SynthesisProgress.Phase) -> String {
    switch phase {
    case .domain: "Learning each column"
    case .fitting: "Learning how columns go together"
    case .training: "Training"
    case .sampling: "Drawing and writing rows"
    case .attacking: "Attacking the release"
    case .auditing: "Auditing"
    }
  }

  /// Returns the measure of a phase's fraction: while learning, the spent part of the phase's
  /// budget.
  static func measure(_ phase: SynthesisProgress.Phase) -> String {
    switch phase {
    case .domain, .fitting: "of its budget used"
    case .training: "of its steps"
    case .sampling, .attacking, .auditing: "done"
    }
  }

  /// Returns a plain line.
  package static func sentence(_ progress: SynthesisProgress) -> String {
    let detail = progress.detail.isEmpty ? "" : ", \(progress.detail)"
    return
      "\(title(progress.phase)): \(Numbers.percent(progress.fraction)) \(measure(progress.phase))\(detail)"
  }

  /// Returns a bar that fits into `width` characters. In a narrow line, words make room for it.
  package static func bar(_ progress: SynthesisProgress, secondsLeft: Double?, width: Int, ink: Ink)
    -> String
  {
    let percent = Numbers.percent(progress.fraction)
    let padded = String(repeating: " ", count: max(0, 6 - percent.count)) + percent
    let head = title(progress.phase)
    let left = secondsLeft.map { "about \(Numbers.duration($0)) left" } ?? ""
    let tails = [
      [measure(progress.phase), progress.detail, left], [progress.detail, left], [left], [],
    ].map { parts in
      parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
    func room(_ tail: String) -> Int { width - head.count - padded.count - tail.count - 3 }
    guard let tail = tails.first(where: { room($0) >= 8 }) else {
      return String("\(head) \(padded)".prefix(width))
    }
    let room = room(tail)
    let bar = Blocks.bar(progress.fraction, width: min(room, 24))
    return "\(ink.bold(head)) \(ink.blue(bar))\(padded) \(ink.faint(tail))"
  }
}
