import Basics
import Quality

/// Sentences on strangers, people whom a release must not know, who appear in it or in its
/// original.
package enum StrangerWording {
  /// Returns sentences for the control of attacks.
  package static func control(_ rows: StrangerRows) -> [String] {
    var sentences: [String] = []
    if rows.originalIsBeyondChance {
      sentences.append(
        "control: \(found(rows, rows.inOriginal)) in the original, where chance explains \(about(rows.expectedInOriginal)): they are no "
          + "strangers, and risks, which are measured against theirs, look lower than they are. Give people who are not in the original."
      )
    }
    if rows.releaseIsBeyondChance {
      sentences.append(
        "control: \(found(rows, rows.inRelease)) in the release, where chance explains \(about(rows.expectedInRelease)): it was made with "
          + "them, and risks, which are measured against theirs, look lower than they are. Give people whom the release was not made from."
      )
    }
    return sentences
  }

  /// Returns sentences for rows that were held out for testing.
  package static func heldOut(_ rows: StrangerRows) -> [String] {
    var sentences: [String] = []
    if rows.originalIsBeyondChance {
      sentences.append(
        "Of the rows held out, \(found(rows, rows.inOriginal)) in the original, where chance explains \(about(rows.expectedInOriginal)): "
          + "they are not held out, and what is tested on them looks better than it is.")
    }
    if rows.releaseIsBeyondChance {
      sentences.append(
        "Of the rows held out, \(found(rows, rows.inRelease)) in the synthetic table, where chance explains "
          + "\(about(rows.expectedInRelease)): it was made with them, and what is tested on them looks better than it is."
      )
    }
    return sentences
  }

  private static func found(_ rows: StrangerRows, _ count: Int) -> String {
    "\(NumberText.count(count)) of \(NumberText.count(rows.strangers)) \(count == 1 ? "stands" : "stand")"
  }

  private static func about(_ expected: Double) -> String {
    "about \(NumberText.decimal(expected, digits: expected < 10 && expected > 0 ? 1 : 0))"
  }
}
