extension DatasetResemblance: CustomStringConvertible {
  /// The overlap of the tables, in words for the owner, such as
  /// `about 97 % of the distinct rows and 80 % of the columns are in both`.
  package var description: String {
    var shared: [String] = []
    if persons > 0 { shared.append("about \(Self.percent(persons)) of the persons named") }
    if rows > 0 { shared.append("about \(Self.percent(rows)) of the distinct rows") }
    if combinations > 0 { shared.append("about \(Self.percent(combinations)) of the combinations of rare values") }
    if columns > 0 { shared.append("\(Self.percent(columns)) of the columns") }
    if values > 0 { shared.append("about \(Self.percent(values)) of the distinct values") }
    guard let last = shared.popLast() else { return "nothing is in both" }
    let list = shared.isEmpty ? last : shared.joined(separator: ", ") + " and " + last
    return list + " are in both"
  }

  /// Returns whole percent, never 0 or 100 unless exactly that.
  private static func percent(_ share: Double) -> String {
    let rounded = (share * 100).rounded()
    return "\(Int(share == 1 ? 100 : min(99, max(1, rounded)))) %"
  }
}
