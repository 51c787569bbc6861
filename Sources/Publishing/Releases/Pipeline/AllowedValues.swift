import Encoding
import Tables

/// The values that a model's rows can hold in a column, for someone who asked for another value.
/// They are in the model, which travels.
struct AllowedValues {
  private let codec: Codec
  private let type: ColumnType

  init(_ codec: Codec, type: ColumnType) { (self.codec, self.type) = (codec, type) }

  /// The largest number of labels listed.
  private static let mostListed = 20

  /// Returns a sentence or two on the values to ask for; nil if there are only missing cells.
  func advice(instead value: String) -> String? {
    switch codec {
    case .labels(let labels): return labels.texts.isEmpty ? nil : advice(labels, instead: value)
    case .ordered(let ordered):
      guard let low = ordered.bins.first?.range.lowerBound,
        let high = ordered.bins.last?.range.upperBound
      else { return nil }
      if case .boolean(let words) = type {
        return "Ask for \(words.whenFalse) or \(words.whenTrue)."
      }
      return
        "Ask for a value from \(type.format(tick: low)) to \(type.format(tick: high)), or for a range as low..high."
    }
  }

  private func advice(_ labels: LabelCodec, instead value: String) -> String {
    let texts = LabelCodec.visible(labels.texts)
    let nearest =
      SchemaWords.nearest(to: value, in: LabelCodec.visible(labels.labels)).map {
        "Did you mean '\($0)'? "
      } ?? ""
    let listed =
      texts.count <= Self.mostListed
      ? "Ask for one of: \(texts.joined(separator: ", "))."
      : "Ask for one of the \(texts.count) labels that synthetic.csv holds."
    let group =
      labels.group(of: value) ?? labels.otherLabel.flatMap { LabelCodec.visible([$0]).first }
    return nearest + listed
      + (group.map { " Labels too rare to be named are counted together as '\($0)'." } ?? "")
  }
}
