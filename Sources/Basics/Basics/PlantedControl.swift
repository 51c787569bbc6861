#if PLANTED_FAULTS
  import Foundation

  /// A fault that a review once found in this program, planted again to show that the neighbours'
  /// audit catches it (`scripts/planted-faults.sh`, docs/decisions/0022-neighbour-fuzzer.md).
  ///
  /// Builds without the condition, the only ones that anybody is given, contain none of this.
  package enum PlantedControl: String, CaseIterable {
    /// One row's quotation marks decide how all cells are read, even under the owner's schema.
    case reading
    /// One row that does not fit the schema ends the run, and no hazard reports it.
    case refusal
    /// Facts that a schema calls observed reach the release without a hazard.
    case observedFacts = "observed-facts"
    /// A gate compares a distance from the truth, however fine, with its limit, and nobody pays for
    /// it.
    case exactFloor = "exact-floor"
    /// Rows of people go through products whose result for one row depends on the batch.
    case libraryKernel = "library-kernel"

    /// The fault that this process plants, named by the environment variable
    /// `UNDERSTUDY_PLANTED_FAULT`; nil without it.
    package static let chosen: PlantedControl? = {
      guard let name = ProcessInfo.processInfo.environment["UNDERSTUDY_PLANTED_FAULT"],
        !name.isEmpty
      else { return nil }
      guard let control = PlantedControl(rawValue: name) else {
        preconditionFailure("no planted fault has this name")
      }
      return control
    }()
  }
#endif
