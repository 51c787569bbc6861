import Foundation
import VectorKernels

/// The discrete Fourier transform of a fixed length, a power of two.
package struct FourierTransform {
  package let count: Int
  private let cosines: [Double]
  private let sines: [Double]

  /// Twice the largest error of a transform, in units of 2^-53 of the 2-norm.
  var errorUnits: Double { 8 * Double(count.trailingZeroBitCount) }

  package init(count: Int) {
    precondition(count >= 2 && count & (count - 1) == 0, "the length is a power of two")
    self.count = count
    let step = 2 * Double.pi / Double(count)
    cosines = (0..<count / 2).map { cos(Double($0) * step) }
    sines = (0..<count / 2).map { sin(Double($0) * step) }
  }

  /// Complex numbers, with their parts stored separately.
  package struct Spectrum {
    package var real: [Double]
    package var imaginary: [Double]

    /// Squares every element.
    package mutating func square() { vk_complex_square(&real, &imaginary, real.count) }

    /// Multiplies by another spectrum, element by element.
    package mutating func multiply(by other: Spectrum) {
      vk_complex_multiply(&real, &imaginary, other.real, other.imaginary, real.count)
    }

    /// Returns the power, element by element, by repeated squaring.
    package func raised(to exponent: Int) -> Spectrum {
      precondition(exponent >= 1, "a power has an exponent above zero")
      var (result, power, left): (Spectrum?, Spectrum, Int) = (nil, self, exponent)
      while true {
        if left & 1 == 1 {
          if result == nil { result = power } else { result?.multiply(by: power) }
        }
        left >>= 1
        guard left > 0 else { return result ?? power }
        power.square()
      }
    }
  }

  /// Transforms real numbers.
  package func forward(_ values: [Double]) -> Spectrum {
    transform(values, [Double](repeating: 0, count: count))
  }

  /// Returns the real part of the inverse.
  package func inverse(_ spectrum: Spectrum) -> [Double] {
    // The transform of the conjugate is the conjugate of the inverse, times the length.
    let result = transform(spectrum.real, spectrum.imaginary.map { -$0 })
    return result.real.map { $0 / Double(count) }
  }

  private func transform(_ real: [Double], _ imaginary: [Double]) -> Spectrum {
    var (real, imaginary) = (real, imaginary)
    var (spareReal, spareImaginary) = (real, imaginary)
    let inSpare = vk_fourier(&real, &imaginary, &spareReal, &spareImaginary, cosines, sines, count)
    return inSpare == 1
      ? Spectrum(real: spareReal, imaginary: spareImaginary)
      : Spectrum(real: real, imaginary: imaginary)
  }
}
