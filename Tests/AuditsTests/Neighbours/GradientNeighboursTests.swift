import AdversarialSynthesis
import Audits
import Curation
import Foundation
import NeuralNetworks
import Testing

/// The examination of gradients in the neighbours' audit, which does not run the program. The real
/// critic passes, and networks in which one more person changes the contributions of others are
/// caught.
@Suite struct GradientNeighboursTests {
  @Test(arguments: 1...4) func theCriticKeepsPeopleApart(_ number: Int) throws {
    let pair = try GradientNeighbours(seed: 3).look(at: number)
    print(
      "gradients: \(pair.description): moved by \(pair.moved) D, \(pair.disturbed) numbers disturbed"
    )
    #expect(!pair.isRefuted && pair.moved > 0 && pair.disturbed == 0)
  }

  /// The critic, with one more last bit in its first biases if the batch is longer than the
  /// curator's own check of rows (`RowsApart`).
  private final class LengthDependent: GradientComputation {
    private let (critic, other): (any GradientComputation, any GradientComputation)

    init(_ heads: ColumnHeads, _ parameters: FloatBuffer, _ capacity: Int) {
      critic = GradientNeighbours.critic(heads, parameters, capacity)
      let moved = FloatBuffer(parameters.values)
      let width = critic.blocks[0].outputs
      for place in heads.width * width..<(heads.width + 1) * width {
        moved.base[place] =
          moved.base[place] < 0 ? moved.base[place].nextDown : moved.base[place].nextUp
      }
      other = GradientNeighbours.critic(heads, moved, capacity)
    }

    var blocks: [GradientBlock] { critic.blocks }
    var rowCapacity: Int { critic.rowCapacity }

    func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
      (rows > 100 && rows % 2 == 1 ? other : critic).differentiate(codes, rows: rows, into: factors)
    }
  }

  @Test func aLastBitThatDependsOnTheBatchIsCaught() throws {
    let pair = try GradientNeighbours(seed: 3, make: { LengthDependent($0, $1, $2) }).look(at: 1)
    print(
      "planted: a last bit by the batch's length: moved by \(pair.moved) D, \(pair.disturbed) numbers disturbed"
    )
    #expect(pair.isRefuted && pair.moved > 1 && pair.disturbed > 0)
  }

  /// A fault that the curator detects itself, and refuses before anything is charged.
  private final class PlaceDependent: GradientComputation {
    private let critic: any GradientComputation

    init(_ heads: ColumnHeads, _ parameters: FloatBuffer, _ capacity: Int) {
      critic = GradientNeighbours.critic(heads, parameters, capacity)
    }

    var blocks: [GradientBlock] { critic.blocks }
    var rowCapacity: Int { critic.rowCapacity }

    func differentiate(_ codes: Span<UInt16>, rows: Int, into factors: GradientFactors) {
      critic.differentiate(codes, rows: rows, into: factors)
      factors.outputs(2)[rows - 1] *= 2
    }
  }

  @Test func whatTheCuratorSeesItselfItRefuses() {
    #expect(throws: GradientError.rowsInfluenceEachOther) {
      try GradientNeighbours(seed: 3, make: { PlaceDependent($0, $1, $2) }).look(at: 1)
    }
  }
}
