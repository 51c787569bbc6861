import Mechanisms

/// The side of the model's owner: makes answers to the blocks of one request, without a key and
/// without seeing a record.
///
/// An answer is the product, plus a fresh encryption of zero, plus flooding noise over the proved
/// bound, with one prime dropped and only the coefficients that carry scores. By the lemmas of
/// `docs/proofs/lattice-noise.md` it could be made from the scores alone, so that it tells nothing
/// else about the weights.
package struct Responder: ~Copyable {
  private let weights: WeightPolynomial
  private let zero: SealedPair
  private let random: SecureRandom

  /// - Parameter zero: The encryption of zero that came with the request.
  package init(weights: consuming WeightPolynomial, zero: SealedBlock, random: SecureRandom) {
    self.weights = weights
    self.zero = zero.opened()
    self.random = random
  }

  /// Returns the scores of the first `records` records of a block, encrypted.
  package borrowing func answer(_ block: SealedBlock, records: Int) -> SealedScores {
    let pair = blinded(block, records: records)
    return SealedScores(dropping: pair, records: records, spacing: weights.spacing)
  }

  /// Returns the flooded product, in coefficients, before a prime is dropped. Only the coefficients
  /// of `body` that carry scores are flooded: the others must never be sent.
  package borrowing func blinded(_ block: SealedBlock, records: Int) -> SealedPair {
    precondition(records >= 0 && records <= LatticeParameters.degree / weights.spacing)
    let question = block.opened()
    var body = RingElement()
    var mask = RingElement()
    body.add(question.body, times: weights.element)
    mask.add(question.mask, times: weights.element)
    var blind = RingElement()
    blind.fill { random.ternary() }
    blind.transform()
    body.add(zero.body, times: blind)
    mask.add(zero.mask, times: blind)
    body.invert()
    mask.invert()
    blind.fill { random.centredBinomial() }
    mask.add(blind)
    for record in 0..<records { flood(&body, at: record * weights.spacing) }
    return SealedPair(body: body, mask: mask)
  }

  /// Adds the intercept, fresh noise and the flooding to one coefficient.
  private borrowing func flood(_ body: inout RingElement, at place: Int) {
    let flooding = random.flooding()
    let noise = random.centredBinomial()
    for prime in 0...1 {
      let (ring, target) = (PrimeRing.both[prime], body.residues(prime))
      let constant = ring.product(
        ring.residue(weights.intercept), LatticeParameters.scaleResidues[prime])
      let drawn = ring.sum(prime == 0 ? flooding.first : flooding.second, ring.residue(noise))
      target[place] = ring.sum(target[place], ring.sum(constant, drawn))
    }
  }
}
