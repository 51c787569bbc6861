import BigInt
import LatticeEncryption
import Mechanisms
import Testing

@Suite struct PrimeRingTests {
  @Test func theModuliArePrimesOfTheRightForm() {
    for ring in PrimeRing.both {
      #expect(BigUInt(ring.prime).isPrime())
      #expect(ring.prime % 16_384 == 1)
      #expect(ring.prime > 1 << 51 && ring.prime < 1 << 52)
    }
    #expect(LatticeParameters.firstPrime > LatticeParameters.secondPrime)
    #expect((Oracle.modulus - 1).bitWidth - 1 == 104)
  }

  @Test func productsEqualThoseOfLargeNumbers() {
    let draws = Draws(1)
    for ring in PrimeRing.both {
      let edges = [0, 1, 2, ring.prime / 2, ring.prime - 2, ring.prime - 1]
      let numbers = edges + draws.words(below: ring.prime, count: 200)
      for first in numbers {
        for second in numbers {
          let expected = UInt64(BigUInt(first) * BigUInt(second) % BigUInt(ring.prime))
          #expect(ring.product(first, second) == expected)
          #expect(ring.product(first, PrimeRing.Factor(second, prime: ring.prime)) == expected)
        }
      }
    }
  }

  @Test func sumsAndSignsStayBelowThePrime() {
    for ring in PrimeRing.both {
      let last = ring.prime - 1
      #expect(ring.sum(last, last) == ring.prime - 2)
      #expect(ring.sum(last, 1) == 0)
      #expect(ring.difference(0, last) == 1)
      #expect(ring.difference(5, 5) == 0)
      #expect(ring.residue(-21) == ring.prime - 21)
      #expect(ring.residue(0) == 0)
    }
  }

  /// The transform of a polynomial is its values at the odd powers of a root of X^8192 + 1.
  @Test func theTransformEvaluatesAtTheRoots() {
    let draws = Draws(2)
    for ring in PrimeRing.both {
      let words = WipedWords(count: Oracle.degree)
      let (place, value) = (draws.whole(1...8191), draws.words(below: ring.prime, count: 2))
      words.base[0] = value[0]
      words.base[place] = value[1]
      ring.transform(words.base)
      let values = Set((0..<Oracle.degree).map { words.base[$0] })
      // Power 1 of the root stands where 1 has its bits reversed.
      let generator = BigUInt(ring.roots[Oracle.degree / 2].value)
      for odd in [1, 3, 4095, 16_383] {
        let point = generator.power(BigUInt(odd * place % 16_384), modulus: BigUInt(ring.prime))
        let expected = (BigUInt(value[0]) + BigUInt(value[1]) * point) % BigUInt(ring.prime)
        #expect(values.contains(UInt64(expected)))
      }
    }
  }

  @Test func transformedProductsAreNegacyclic() {
    let draws = Draws(3)
    var first = RingElement()
    var second = RingElement()
    var product = RingElement()
    let small = (0..<Oracle.degree).map { _ in draws.whole(-1...1) }
    for prime in 0...1 {
      let ring = PrimeRing.both[prime]
      for place in 0..<Oracle.degree {
        first.residues(prime)[place] = draws.random.uniform(below: ring.prime)
        second.residues(prime)[place] = ring.residue(Int64(small[place]))
      }
    }
    let plain = (0..<Oracle.degree).map { Oracle.coefficient(first, $0) }
    first.transform()
    second.transform()
    product.add(first, times: second)
    product.invert()
    for place in [0, 1, 2, 4000, 8190, 8191] {
      let expected = Oracle.product(place, { plain[$0] }, small).modulus(Oracle.modulus)
      #expect(Oracle.coefficient(product, place) == expected)
    }
    first.invert()
    #expect((0..<Oracle.degree).allSatisfy { Oracle.coefficient(first, $0) == plain[$0] })
  }
}
