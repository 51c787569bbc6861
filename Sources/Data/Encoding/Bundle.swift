/// Several labels as one, for columns that another column decides (a code and its description).
enum Bundle {
  private static let separator: Character = "\u{1F}"
  /// Stands for a missing cell.
  private static let missing = "\u{1E}"

  static func join(_ parts: [String?]) -> String {
    parts.map { $0 ?? missing }.joined(separator: String(separator))
  }

  static func split(_ label: String) -> [String?] {
    label.split(separator: separator, omittingEmptySubsequences: false).map {
      $0 == missing ? nil : String($0)
    }
  }
}
