import Basics
import Tables

/// The two-way map between the values of one variable and small integer codes. It learns nothing:
/// everything it knows is public.
package enum Codec: Sendable, Equatable, Codable {
  case ordered(OrderedCodec)
  case labels(LabelCodec)

  /// The number of codes.
  package var size: Int {
    switch self {
    case .ordered(let codec): codec.size
    case .labels(let codec): codec.size
    }
  }

  /// The code that stands for missing, if there is one: always the last.
  package var missingCode: Int? {
    switch self {
    case .ordered(let codec): codec.hasMissing ? codec.size - 1 : nil
    case .labels(let codec): codec.hasMissing ? codec.size - 1 : nil
    }
  }

  package func encode(_ cells: Cells) -> CodeColumn {
    switch (self, cells) {
    case (.ordered(let codec), .ticks(let ticks)): codec.column(of: ticks)
    case (.labels(let codec), .labels(let codes, let dictionary)):
      codec.column(of: codes, dictionary: dictionary)
    default: preconditionFailure("a codec of another type of column")
    }
  }

  package func decode(_ codes: [UInt16], using generator: inout SamplingGenerator) -> Cells {
    switch self {
    case .ordered(let codec): .ticks(codec.decode(codes, using: &generator))
    case .labels(let codec): codec.decode(codes)
    }
  }
}
