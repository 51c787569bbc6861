/// The version of the software that makes a release.
public enum SoftwareVersion {
  public static let current = "0.1.0"
}
