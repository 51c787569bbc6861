/// Whom an attack is aimed at.
package enum TargetGroup: String, CaseIterable, Encodable, Sendable {
  case rare
  case ordinary
}
