import Words

/// The redaction mode of each type.
package struct RedactionPlan: Sendable, Equatable {
  private var modes: [IdentifierType: RedactionMode]
  private let usual: RedactionMode

  package init(_ usual: RedactionMode = .tag, _ modes: [IdentifierType: RedactionMode] = [:]) {
    self.usual = usual
    self.modes = modes
  }

  package subscript(type: IdentifierType) -> RedactionMode {
    get { modes[type] ?? usual }
    set { modes[type] = newValue }
  }

  /// Whether any mode depends on a key.
  package var needsKey: Bool { IdentifierType.allCases.contains { [.fake, .pseudonym, .shift].contains(self[$0]) } }
}
