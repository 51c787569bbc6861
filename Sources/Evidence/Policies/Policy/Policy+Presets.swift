extension Policy {
  /// Policies to start from.
  package enum Preset: String, Sendable, CaseIterable {
    /// For the public: anyone may have the release.
    case open
    /// For partners under contract. The default for every requirement that a file leaves out.
    case partners
    /// For colleagues who may see the original, such as developers who need test data.
    case `internal`

    /// The policy as a file to read and edit.
    package var text: String {
      switch self {
      case .open: Self.openText
      case .partners: Self.partnersText
      case .internal: Self.internalText
      }
    }
  }

  /// Creates the policy of a preset from its file.
  package init(_ preset: Preset) {
    guard let policy = try? PolicyFile.parse(preset.text, file: preset.rawValue, defaults: nil)
    else {
      preconditionFailure("the preset \(preset.rawValue) cannot be read")
    }
    self = policy
  }
}

extension Policy.Preset {
  private static let head = """
    # A policy of understudy: what a release must meet before it is published.
    # Edit it, and give it with `understudy synthesize … --policy FILE`.
    # What a file leaves out is as in the preset `partners`; `any` asks for nothing.
    version: 2

    """

  private static let openText =
    head + """
      policy: open            # for the public: whoever likes may have the release

      # What is promised
      epsilon: {at most: 1}
      delta: {at most: 1e-8}
      unit: person            # person: the schema names who; declared: or says that each row is a person; any
      provenance: [declared, learned]   # of all facts; `inferred`, or `observed`, is a look at the rows that nobody paid for
      other people: absent    # absent: no budget rests on --other-people, for which nobody but the owner answers; any: it is shown
      identifiers: absent     # no column of names, numbers of persons or prose is modelled; or any

      # What was tried against it. 0.09 is what EMA (policy 0070) and Health Canada accept: one in a group of eleven.
      attacks:
        hold out: 20 %        # each person's chance to be kept out of training, for comparison
        risk: {at most: 0.09} # upper end of the 95 % interval of every attack; one that could not show so little says nothing
        membership: {at most: 0.01}     # people named at 1 wrong in 1,000, upper end of the 95 % interval
        copies: as control    # no more rows of the original than chance explains; or any
        judged: before publication      # nobody pays for that decision, a hazard; or after publication: the owner alone is told

      # How good it must be: distances are judged by answers that are paid for, a prediction after publication, for the owner alone
      utility:
        column distance: {at most: 0.15}
        pair distance: {at most: 0.3}
        prediction: any

      """

  private static let partnersText =
    head + """
      policy: partners        # for partners under contract

      # What is promised
      epsilon: {at most: 3}
      delta: {at most: 1e-6}
      unit: declared          # person: the schema names who; declared: or says that each row is a person; any
      provenance: [declared, learned]   # of all facts; `inferred`, or `observed`, is a look at the rows that nobody paid for
      other people: any       # absent: no budget rests on --other-people, for which nobody but the owner answers; any: it is shown
      identifiers: absent     # no column of names, numbers of persons or prose is modelled; or any

      # What was tried against it. 0.09 is what EMA (policy 0070) and Health Canada accept: one in a group of eleven.
      attacks:
        hold out: 20 %        # each person's chance to be kept out of training, for comparison
        risk: {at most: 0.09} # upper end of the 95 % interval of every attack; one that could not show so little says nothing
        membership: {at most: 0.01}     # people named at 1 wrong in 1,000, upper end of the 95 % interval
        copies: as control    # no more rows of the original than chance explains; or any
        judged: before publication      # nobody pays for that decision, a hazard; or after publication: the owner alone is told

      # How good it must be: distances are judged by answers that are paid for, a prediction after publication, for the owner alone
      utility:
        column distance: {at most: 0.15}
        pair distance: {at most: 0.3}
        prediction: any       # such as {at least: 80 %}: of what the original teaches about the target

      """

  private static let internalText =
    head + """
      policy: internal        # for colleagues who may see the original

      # What is promised
      epsilon: {at most: 8}
      delta: {at most: 1e-5}
      unit: any               # person: the schema names who; declared: or says that each row is a person; any
      provenance: [declared, learned, inferred]   # `inferred`, or `observed`, is a look at the rows that nobody paid for
      other people: any       # absent: no budget rests on --other-people, for which nobody but the owner answers; any: it is shown
      identifiers: absent     # no column of names, numbers of persons or prose is modelled; or any

      # What was tried against it. 0.2 is one in a group of five.
      attacks:
        hold out: 20 %        # each person's chance to be kept out of training, for comparison
        risk: {at most: 0.2}  # upper end of the 95 % interval of every attack; one that could not show so little says nothing
        membership: {at most: 0.05}     # people named at 1 wrong in 1,000, upper end of the 95 % interval
        copies: as control    # no more rows of the original than chance explains; or any
        judged: before publication      # nobody pays for that decision, a hazard; or after publication: the owner alone is told

      # How good it must be: distances are judged by answers that are paid for, a prediction after publication, for the owner alone
      utility:
        column distance: any
        pair distance: any
        prediction: any

      """
}
