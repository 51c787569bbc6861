import Basics
import Manifests
import Policies
import Tables

/// The texts of the drafts.
extension Paperwork {
  private var source: String {
    "*Filled from the signed manifest of the release (signer's key \(key)). Brackets are yours to fill in. This is a draft to adapt, "
      + "not legal advice.*"
  }

  var agreement: String {
    """
    # Clauses for a data use agreement: \(table)

    \(source)

    1. **Subject.** [The provider] gives [the recipient] \(size), made from "\(table)" on \(date) with Understudy \(version), with \
    its report, manifest and signature ("the release").
    2. **Nature of the data.** \(nature) The release is (\(epsilon), \(delta))-differentially private. \(protects) The recipient has \
    taken note of the report, and of what weakens the promise:

    \(hazards)

    3. **Purpose.** The recipient uses the release for [purpose] only.
    4. **No attempt on persons.** The recipient does not try to find out whether a person is in the data from which the release was \
    made, or anything about such a person, and does not link the release with other data for that end. That such attempts are bounded \
    by mathematics makes them no more permitted.
    5. **Conclusions.** The recipient reports the release's epsilon (\(epsilon)) and delta (\(delta)) with every result, uses \
    intervals that include the noise, and bases no decision about a single person on the release.
    6. **Passing on.** The recipient passes the release on [not at all / under these terms only], and only as a whole folder, so that \
    it can be verified.
    7. **Integrity.** The recipient verifies the release with the key \(key), which [the provider] confirmed on [date] by [means], \
    and tells [the provider] if it does not verify.
    8. **No warranty of truth.** Single values are not facts. Columns about which nothing could be learned are empty: \(unlearned).
    9. **Questions to the real data.** The recipient may hand in analyses. [The provider] decides whether to answer them from the \
    budget of the people concerned.
    10. **End.** [Term, deletion, governing law.]

    """
  }

  var assessment: String {
    """
    # Paragraphs for the impact assessment: \(table)

    \(source)

    ## Description of the processing

    From "\(table)", which [the controller] keeps for [purpose], \(size) was made on \(date) with Understudy \(version) (method: \
    \(Self.inline(manifest.engine))). \(nature) It is to be given to [recipients] for [purpose of use], on the basis of [legal basis].

    ## Necessity and proportionality

    [Recipients] need the form of the data and the relations in it, and no single person's record. [Why a pseudonymised extract, \
    which leaves every record in place, is not needed.] What the release cannot say may be asked of the real data by their owner, at \
    a price in the same budget.

    ## Risk to persons

    The release is (\(epsilon), \(delta))-differentially private. \(protects) Whatever is concluded from the release is at most \
    \(factor) times as likely with that \(unit) in the data as without, apart from a chance of \(delta). An even guess whether it is \
    in the data becomes right at most \(guess) % of the time. This holds against anybody, whatever else they know, as long as they \
    cannot break the ciphers that the noise is drawn from. Further use of the release does not weaken it; further releases about the \
    same people add to it.

    \(accounts.joined(separator: "\n\n"))

    The following weakens the promise, and was assessed as [assessment]:

    \(hazards)

    Not covered are what is true of people in general, other releases of the same people's data by other owners, and the residual \
    risks that the documentation of Understudy lists under "outside the guarantee".

    ## Measures

    - The budget of these people is kept in a ledger, which refuses questions beyond it. [Who grants, who keeps it, how it is backed up.]
    - The folder is signed. Recipients check it with the key \(key), which they get by another way.
    - The comparison with the original is not private and stays with [the owner].
    - Recipients are bound by [the agreement on use].

    """
  }

  private var unit: String {
    manifest.guarantee.unit == "row" && kind != .linkedTables ? "row" : "person"
  }

  /// What else the manifest tells of how the promise came about, a paragraph each.
  private var accounts: [String] {
    var found: [String] = []
    if let attempts = manifest.attempts {
      found.append(
        "Published together with the attempts since the last publication (\(NumberText.count(attempts.count)) in all), the promise "
          + "is epsilon "
          + "\(NumberText.parameter(attempts.epsilon)) at delta \(NumberText.parameter(attempts.delta))."
      )
    }
    if let review = manifest.schema.reviewed {
      found.append(
        "\(Self.inline(review.by)) read the schema on \(review.on) and answers for what it says of the table."
      )
    }
    if let cost = manifest.schema.learned {
      found.append(
        "Facts of the schema were learned beforehand, at a further epsilon of \(NumberText.parameter(cost.epsilon)) and delta of "
          + "\(NumberText.parameter(cost.delta)) for the same people.")
    }
    if let gate = manifest.gate {
      found.append(
        "The release meets what the policy '\(Self.inline(gate.policy))' requires before publication."
      )
    }
    return found
  }

  var letter: String {
    """
    # Letter to the review board

    \(source)

    [Place, date]

    To [the review board]

    **Use of synthetic data made from "\(table)"**

    Dear members of the board,

    we ask for [approval / a statement that no approval is needed] to use the release described here for [study].

    It is \(size), made on \(date) from the records of [whom, from when, how many] by [who] with Understudy \(version). \(nature)

    What can be learned from it about any one person is limited by differential privacy, with epsilon = \(epsilon) and delta = \
    \(delta). \(protects) In plain words: suppose that somebody holds it equally likely that a \(unit) is in the records and that it \
    is not. After studying the release, with whatever else they know, they are right at most \(guess) times in a hundred. Without the \
    release it would be 50.

    We draw the board's attention to what weakens this promise:

    \(hazards)

    The release does not stop anybody from learning what is true of people in general, such as that an illness is more frequent in \
    some group. Results that matter will be confirmed on the real data by [the owner], under the same limits.

    The people concerned [were informed / gave consent / were not asked, because …].

    Yours sincerely,

    [name]

    """
  }
}
