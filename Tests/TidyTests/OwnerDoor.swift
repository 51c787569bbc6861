/// The door around the curator, for what stays with the data's owner.
///
/// Every file in `Sources` that goes through it is listed here, with the number of lines and the reason. A new use is a change of
/// the privacy of the whole program: it is discussed before it is listed.
enum OwnerDoor {
  struct Use: Equatable {
    let path: String
    let count: Int
    let reason: String
  }

  static let allowed: [Use] = []

  /// On how many lines each file goes through the door, the declaration of the door itself left out.
  static func uses(in files: [SourceText]) -> [String: Int] {
    var uses: [String: Int] = [:]
    for file in files where file.isSource {
      let calls = file.violations(of: /\bopenForOwner\s*\(/, holding: ["openForOwner"], in: file.code, rule: "").count
      let declarations = file.violations(of: /\bfunc\s+openForOwner\b/, holding: ["openForOwner"], in: file.code, rule: "").count
      let count = calls - declarations
      if count > 0 { uses[file.path] = count }
    }
    return uses
  }
}
