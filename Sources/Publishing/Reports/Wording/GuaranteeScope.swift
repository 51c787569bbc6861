/// Everything that a release's guarantee does not cover, stated once. The report, the model card
/// and the documents contain this list, and a test keeps them in agreement.
package struct GuaranteeScope {
  /// A few words, the same everywhere.
  package let title: String
  /// One or two sentences that a privacy officer can quote.
  package let detail: String

  package static let outside = [
    GuaranteeScope(
      title: "What the owner is shown",
      detail:
        "Inspection, the owner’s report, `evaluate`, `attack`, messages on the screen, refusals and their exit codes, and the stop "
        + "at a table that resembles an earlier one compare with the rows exactly. They stay with the owner and are no part of a release."
    ),
    GuaranteeScope(
      title: "That the file is a table",
      detail:
        "A file with a ragged row, an open quotation mark, bytes that are not UTF-8 or no rows at all is refused. The names and the "
        + "order of its columns are taken as public."),
    GuaranteeScope(
      title: "What the schema states",
      detail:
        "Types, formats, bounds, categories, rules and the unit of privacy that the owner declares are taken as public. Those that "
        + "were seen in the rows instead are a hazard, which the release names."),
    GuaranteeScope(
      title: "Decisions made after a look at the rows",
      detail:
        "`--strict`, and a policy that judges attacks before publication, publish only if the rows allow it, and without a schema a "
        + "file is refused where it is in doubt what is a row. The release names each as a hazard."),
    GuaranteeScope(
      title: "What is true of people in general",
      detail:
        "That smokers fall ill more often is what the table is for, and it applies to people who were never in it."
    ),
    GuaranteeScope(
      title: "People whom the unit does not cover",
      detail:
        "The promise is for one row, or for all rows of one person as a column tells persons apart. Somebody under two names, or of "
        + "whom other people’s rows tell, is protected less; so is a group, by the figures that the report gives."
    ),
    GuaranteeScope(
      title: "Other uses of the same people’s data",
      detail:
        "What is released under another ledger, from a copy of the ledger put back, or of a table that was declared to hold other "
        + "people adds to what this release reveals."),
    GuaranteeScope(
      title: "Time and traces on the machine",
      detail:
        "How long a run takes and how much memory it uses depend on the rows and are not hidden from whoever watches it; nor are "
        + "temporary files and swap from whoever administers the machine."),
    GuaranteeScope(
      title: "Attackers who break ciphers",
      detail:
        "The noise and the samples are drawn from ChaCha20 and AES under keys of the operating system, and signatures and sketches "
        + "rest on Ed25519 and HMAC. The promise holds against whoever cannot break these."),
    GuaranteeScope(
      title: "Faults of this program and of what it runs on",
      detail:
        "Proofs, tests and audits speak for the program, no more. It has not been reviewed by outsiders; the compiler, the "
        + "libraries, the system’s generator and the processor are trusted."),
    GuaranteeScope(
      title: "What makes no promise",
      detail: "A seeded run, `--no-privacy`, `scan` and `redact` promise nothing, and say so."),
  ]
}
