/// The group of people at whom an attack is aimed.
package enum TargetGroup: String, CaseIterable, Encodable, Sendable {
  case rare
  case ordinary
}
