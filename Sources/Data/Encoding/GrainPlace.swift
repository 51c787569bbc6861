import Basics

/// The ticks of one piece of a bin, on the lattices of a grain.
struct GrainPlace {
  private let grain: Grain?
  private var low: Int64
  private var run: ClosedRange<Int64>
  private var chances: [Double] = []

  init(_ grain: Grain?, piece: OrderedCodec.Piece, bin: ClosedRange<Int64>) {
    self.grain = grain
    (low, run) = (piece.low, piece.low...piece.high)
    settle(piece, of: bin)
  }

  /// Goes on to a piece of the same bin.
  mutating func move(to piece: OrderedCodec.Piece, of bin: ClosedRange<Int64>) {
    if piece.low != low { settle(piece, of: bin) }
  }

  /// A single tick was counted as it is. A piece without a tick of any lattice, if all values lie
  /// on one, takes those of its bin.
  private mutating func settle(_ piece: OrderedCodec.Piece, of bin: ClosedRange<Int64>) {
    (low, run) = (piece.low, piece.low...piece.high)
    guard let grain, piece.low < piece.high else {
      chances = []
      return
    }
    chances = grain.chances(in: run)
    if chances.isEmpty { (run, chances) = (bin, grain.chances(in: bin)) }
  }

  func tick(near tick: Int64, using generator: inout SamplingGenerator) -> Int64 {
    guard let grain, !chances.isEmpty else { return tick }
    return grain.placed(tick, in: run, chances: chances, using: &generator)
  }
}
