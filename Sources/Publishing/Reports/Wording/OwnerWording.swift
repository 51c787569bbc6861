import Attacks
import Basics
import Policies
import Quality

/// Says in plain words how a synthetic table compares with its original.
enum OwnerWording {
  /// Returns one sentence.
  static func verdict(_ report: OwnerReport) -> String {
    guard let verdict = report.verdict else {
      guard report.attacks?.hasComparison ?? true else {
        return "The attacks are not judged: there is no control to compare with."
      }
      guard let worst = report.attacks?.attacks.max(by: { $0.risk.high < $1.risk.high }) else {
        return closeness(report.quality)
      }
      return
        "No policy was given; of all attacks, ‘\(AttackWording.title(worst.name))’ came furthest: \(Gate.interval(worst.risk)) more often "
        + "on the people of the table than on strangers."
    }
    let (count, failures) = (NumberText.count(verdict.lines.count), verdict.failures.count)
    if verdict.isPassed, failures == 0 {
      return
        "The release meets all \(count) requirements of the policy ‘\(verdict.policy)’ and was published."
    }
    if verdict.isPassed {
      return
        "The release is published. \(NumberText.count(failures)) of \(count) requirements of the policy ‘\(verdict.policy)’, which were "
        + "assessed when it was out, \(failures == 1 ? "does" : "do") not pass: you alone are told."
    }
    return
      "The release was refused: \(NumberText.count(failures)) of \(count) requirements of the policy ‘\(verdict.policy)’ "
      + "\(failures == 1 ? "does" : "do") not pass. Nothing was published; what was charged stays charged."
  }

  /// Says which attacks were made, and which leak would have been noticed.
  static func attacked(_ report: AttackReport) -> String {
    let attempts = report.attacks.reduce(0) { $0 + $1.attempts }
    var text =
      "\(NumberText.plural(report.attacks.count + report.membership.count, "attack was", "attacks were")) made, with "
      + "\(NumberText.plural(attempts, "attempt", "attempts")) on people of the table"
    text +=
      report.controlRows.map {
        " and on \(NumberText.plural($0, "row", "rows")) of people who are not in it."
      }
      ?? ", without strangers to compare with."
    if let blunt = report.attacks.filter({ $0.attempts > 0 }).max(by: {
      $0.smallestDetectable < $1.smallestDetectable
    }) {
      text +=
        " The bluntest, ‘\(AttackWording.title(blunt.name))’, would have shown a leak of \(NumberText.percent(blunt.smallestDetectable))."
    }
    return text
  }

  static func closeness(_ quality: QualityReport) -> String {
    var text =
      "Column by column, \(ofHundred(quality.means.oneWay)) of 100 rows would have to change to match the original"
    if quality.columns.count > 1 {
      text += "; for two columns together, \(ofHundred(quality.means.twoWay))"
    }
    if quality.columns.count > 2 { text += "; for three, \(ofHundred(quality.means.threeWay))" }
    if let worst = quality.worstColumn, worst.distance > 0 {
      text += ". The column furthest off is ‘\(worst.name)’ (\(ofHundred(worst.distance)))"
    }
    return text + "."
  }

  /// Returns why a release by persons differs from the original even if nothing was lost.
  static func sampling(_ guarantee: ReportGuarantee?) -> String? {
    guard case .person(let column, let maximum)? = guarantee?.unit else { return nil }
    return
      "Of all rows that share ‘\(column)’, at most \(NumberText.count(maximum)) \(maximum == 1 ? "was" : "were") used, and this page "
      + "compares with all of them. Whoever has more rows weighs less in the release than in the original, and the release has fewer rows: "
      + "a part of each distance below is due to that, not to noise."
  }

  static func facts(_ report: OwnerReport) -> [Fact] {
    let quality = report.quality
    var facts: [Fact] = []
    if let guarantee = report.guarantee {
      facts.append(
        Fact(
          name: "Privacy loss ε", value: NumberText.parameter(guarantee.epsilon),
          note: guarantee.isPrivate
            ? "δ \(NumberText.small(guarantee.delta))" : "made with a seed: not private"))
    }
    facts.append(
      Fact(
        name: "Distance, one column", value: NumberText.decimal(quality.means.oneWay, digits: 3),
        note: "mean of \(NumberText.plural(quality.columns.count, "column", "columns"))"))
    if quality.columns.count > 1 {
      facts.append(
        Fact(name: "Two columns", value: NumberText.decimal(quality.means.twoWay, digits: 3)))
    }
    if quality.columns.count > 2 {
      facts.append(
        Fact(name: "Three columns", value: NumberText.decimal(quality.means.threeWay, digits: 3)))
    }
    if let result = quality.usefulness {
      let name = result.measure == .areaUnderCurve ? "Trained on it: AUC" : "Trained on it: R²"
      facts.append(
        Fact(
          name: name, value: NumberText.decimal(result.trainedOnSynthetic, digits: 3),
          note: "on the original: \(NumberText.decimal(result.trainedOnOriginal, digits: 3))"))
    }
    facts.append(
      Fact(
        name: "Rows", value: NumberText.count(quality.syntheticRows),
        note: "original: \(NumberText.count(quality.originalRows))"))
    return facts
  }

  static func worstPair(_ quality: QualityReport) -> String {
    guard let worst = quality.worstPair, worst.distance > 0 else { return "" }
    return
      "The pair furthest off is ‘\(worst.first)’ with ‘\(worst.second)’: \(ofHundred(worst.distance)) of 100 rows."
  }

  static func associations(_ quality: QualityReport) -> String {
    guard let most = quality.pairs.max(by: { abs($0.difference) < abs($1.difference) }),
      abs(most.difference) >= 0.005
    else {
      return "No relation changed noticeably."
    }
    return
      "The relation that changed most is ‘\(most.first)’ with ‘\(most.second)’: \(NumberText.decimal(most.original.cramersV, digits: 2)) "
      + "in the original, \(NumberText.decimal(most.synthetic.cramersV, digits: 2)) here."
  }

  static func usefulness(_ result: Usefulness) -> String {
    let rows =
      "\(NumberText.count(result.testRows)) real rows "
      + (result.testedOnHoldout
        ? "that were set aside"
        : "of the original (a fixed fifth; the synthetic table may have been learned from them)")
    let scale =
      result.measure == .areaUnderCurve
      ? "The figure is the area under the ROC curve: 0.5, where the bars begin, is guessing; 1 is perfect"
        + (result.classes.count > 1
          ? "; it is the mean of each of \(result.classes.count) values of the target against the rest."
          : ".")
      : "The figure is the share of the target’s variance that is explained: 0 is guessing its mean, 1 is perfect."
    return
      "Boosted trees were trained to predict ‘\(result.target)’, once on the original and once on the synthetic table, and both were "
      + "tested on \(rows). \(scale)"
  }

  static let noUsefulness =
    "No model was trained: no target column was named, or it has one value only. Name what researchers will predict with --target COLUMN."

  static func copies(_ copies: RowCopies) -> [String] {
    var sentences = [
      copies.ofOriginal == 0
        ? "No synthetic row equals a row of the original in every compared column."
        : "\(NumberText.percent(copies.ofOriginal)) of the synthetic rows equal a row of the original in every compared column."
    ]
    if let holdout = copies.ofHoldout, let coincidence = copies.coincidence {
      sentences.append(
        "\(NumberText.percent(holdout)) equal a row that was set aside and never learned from. Of these rows themselves, "
          + "\(NumberText.percent(coincidence)) equal a row of the original: that much is coincidence between honest rows. "
          + (copies.ofOriginal > coincidence
            ? "The synthetic rows have more copies than that: look at which combinations are so common, or so few."
            : "The synthetic rows have no more copies than that."))
    } else if copies.ofOriginal > 0 {
      sentences.append(
        "Some copies are coincidence: people who are alike in all that is written down. Rows set aside before the release tell how many."
      )
    }
    return sentences
  }

  /// Returns a distance as rows of a hundred.
  static func ofHundred(_ distance: Double) -> String {
    NumberText.decimal(distance * 100, digits: 1)
  }
}
