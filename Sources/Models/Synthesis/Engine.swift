/// An engine of the registry: a synthesizer that a request can hold and compare, by its name.
///
/// Each engine adds a constant such as `Engine.aim` beside its synthesizer.
package struct Engine: Sendable, Hashable, CustomStringConvertible {
  package let synthesizer: any Synthesizer

  package init(_ synthesizer: any Synthesizer) { self.synthesizer = synthesizer }

  /// The engine's name in requests, manifests and on the command line.
  package var name: String { synthesizer.name }
  package var description: String { name }

  package static func == (first: Engine, second: Engine) -> Bool { first.name == second.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
