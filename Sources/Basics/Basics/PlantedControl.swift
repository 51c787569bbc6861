#if PLANTED_FAULTS
  import Foundation

  /// A fault that a review once found in this program, planted again so that the neighbours' audit can show that it catches it
  /// (`scripts/planted-faults.sh`, docs/decisions/0022-neighbour-fuzzer.md).
  ///
  /// Builds without the condition, which are all that anybody is given, hold none of this.
  package enum PlantedControl: String, CaseIterable {
    /// One row's quotation marks decide how everybody's cells are read, under the owner's schema too.
    case reading
    /// One row that does not fit the schema ends the run, and no hazard says so.
    case refusal
    /// What a schema calls observed reaches the release without a hazard.
    case observedFacts = "observed-facts"
    /// A gate holds a distance from the truth against its limit, however fine, and nobody pays for the answer.
    case exactFloor = "exact-floor"
    /// Rows of people go through products whose result for a row depends on the batch.
    case libraryKernel = "library-kernel"

    /// The one that this process plants: named by the environment variable `UNDERSTUDY_PLANTED_FAULT`; nil without it.
    package static let chosen: PlantedControl? = {
      guard let name = ProcessInfo.processInfo.environment["UNDERSTUDY_PLANTED_FAULT"], !name.isEmpty else { return nil }
      guard let control = PlantedControl(rawValue: name) else { preconditionFailure("no planted fault has this name") }
      return control
    }()
  }
#endif
