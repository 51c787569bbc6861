import Quality

/// What a reader may conclude from the synthetic table, and what not.
struct ConclusionWording {
  let sentences: [String]

  init(_ report: ReleaseReport, _ relations: Relations?) {
    let hasMargins = report.distributions.contains { $0.missing.margin != nil }
    sentences =
      (hasMargins ? [Self.shares] : []) + [relations?.sentence].compactMap(\.self)
      + [Self.intervals, Self.questions]
  }

  private static let shares =
    "About single columns: the thin line on each bar spans the shares that the original may have, in 95 of 100 cases: it knows the noise, "
    + "the drawing of rows, and that values within an interval may lie anywhere. Two bars whose lines overlap do not differ for certain. "
    + "Values too rare to be named, and ranges that were cut, come on top: the error above each picture counts them."

  private static let intervals =
    "Conclude only with an interval that knows the noise: understudy estimate gives one for shares, means and tables of columns that "
    + "were measured together, and says of all others that they are not known. The intervals of other programs, which take these rows "
    + "for people, are too narrow; a p-value computed on them means nothing."

  private static let questions =
    "If a conclusion matters, ask the original: understudy ask puts the same analysis to the real rows, under the same budget, and "
    + "says beforehand how wide its interval will be."
}
