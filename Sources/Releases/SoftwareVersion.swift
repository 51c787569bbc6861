/// The version of the software that makes a release.
public enum SoftwareVersion {
  /// Major, minor and patch, as in `CHANGELOG.md`.
  public static let current = "0.1.0"
}
