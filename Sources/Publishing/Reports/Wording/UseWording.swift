import Basics

/// How to use and cite a release, and the uses that are not allowed.
struct UseWording {
  let title: String
  let date: String
  let software: String
  let guarantee: ReportGuarantee
  /// The error of a measured count, as a standard deviation in rows; nil if nothing was counted
  /// with noise.
  let sigma: Double?

  var citation: String {
    guard guarantee.isPrivate else { return "Do not cite: a trial run." }
    let unit = GuaranteeWording(guarantee).unitNoun
    return
      "Synthetic stand-in for ‘\(title)’, made on \(date) with \(software). Differentially private: ε = "
      + "\(NumberText.parameter(guarantee.epsilon)), δ = \(NumberText.small(guarantee.delta)), per \(unit)."
  }

  var advice: [String] {
    [
      "Explore, teach, develop and test with it, and plan analyses; name the release, its ε and its software wherever a figure is shown.",
      "Confirm what matters on the original, by asking its owner, before anybody relies on it.",
    ]
      + (sigma.map {
        [
          "Expect counts to be off: those that were measured carry noise of about \(Self.rows($0)), and a group much smaller than "
            + "\(Self.rows(2 * $0)) says little."
        ]
      } ?? [])
  }

  let prohibitions = [
    "to look for a person, or to claim that a row is one.",
    "to decide anything about an individual.",
    "to report rare events, extremes or small groups as facts: they are the first to be lost in the noise.",
    "to count on relations that were not measured: the report lists those that were.",
    "to join it with further releases of the same table as if they were free: what they reveal adds up.",
  ]

  private static func rows(_ value: Double) -> String {
    NumberText.plural(max(1, Int(value.rounded())), "row", "rows")
  }
}
