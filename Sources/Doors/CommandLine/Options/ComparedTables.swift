import ArgumentParser
import DatabaseTables

/// An original and a synthetic table, given by their options or by their order.
struct ComparedTables: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The original and the synthetic table, in this order, instead of the two options.",
      valueName: "file"))
  var files: [String] = []

  @Option(
    name: .customLong("original"),
    help: ArgumentHelp("The original table, from which the release was made.", valueName: "file"))
  var namedOriginal: String?

  @Option(
    name: .customLong("synthetic"),
    help: ArgumentHelp("The synthetic table. Columns are matched by name.", valueName: "file"))
  var namedSynthetic: String?

  func validate() throws {
    let named = [namedOriginal, namedSynthetic].compactMap(\.self).count
    guard (files.count, named) != (2, 0), (files.count, named) != (0, 2) else {
      guard [original, synthetic].contains(where: { !["-", "/dev/stdin"].contains($0) }) else {
        throw ValidationError(
          "both tables are standard input, which holds one: name a file for the other")
      }
      return
    }
    if files.isEmpty, named == 1 {
      throw ValidationError(
        "Missing expected argument '\(namedOriginal == nil ? "--original" : "--synthetic") <file>'")
    }
    throw ValidationError(
      "Name the two tables that are compared, the original first: ORIGINAL SYNTHETIC, or --original ORIGINAL --synthetic SYNTHETIC"
    )
  }

  var original: String { namedOriginal ?? files[0] }
  var synthetic: String { namedSynthetic ?? files[1] }

  /// What is said of a database is about the original, or about the synthetic table if that alone
  /// is in one.
  func detailsOfOriginal(_ source: SourceOptions) -> SourceOptions? {
    isSyntheticMeant ? nil : source
  }
  func detailsOfSynthetic(_ source: SourceOptions) -> SourceOptions? {
    isSyntheticMeant ? source : nil
  }

  private var isSyntheticMeant: Bool {
    !DatabaseAddress.isOne(original) && DatabaseAddress.isOne(synthetic)
  }
}
