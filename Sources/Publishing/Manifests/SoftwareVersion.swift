/// The version of the software that makes a release.
package enum SoftwareVersion {
  #if PLANTED_FAULTS
    /// No version: this build contains faults on purpose, so that audits can be seen to catch them.
    package static let current = "0.1.0+planted-faults"
  #else
    /// Major, minor and patch, as in `CHANGELOG.md`.
    package static let current = "0.1.0"
  #endif
}
