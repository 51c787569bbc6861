extension Schema {
  /// Whether a population may have this name: 1 to 100 characters, one line, no space at either
  /// end.
  package static func isPopulationName(_ name: String) -> Bool {
    (1...100).contains(name.count) && name.first?.isWhitespace == false
      && name.last?.isWhitespace == false
      && name.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .lineSeparator
      }
  }
}
