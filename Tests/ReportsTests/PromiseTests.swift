import Policies
import Reports
import Testing

/// Which sizes of ε and δ are judged, and that every sentence follows from them.
@Suite struct PromiseTests {
  @Test func deltaIsHeldAgainstTheNumberOfRows() {
    #expect(
      PromiseLimits.strongDelta(rows: nil) == 1e-6 && PromiseLimits.strongDelta(rows: 100) == 1e-6)
    #expect(abs(PromiseLimits.strongDelta(rows: 1_000_000) / 1e-9 - 1) < 1e-9)
    #expect(!PromiseLimits.needAcceptance(epsilon: 20, delta: 1e-3))
    #expect(
      PromiseLimits.needAcceptance(epsilon: 20.1, delta: 1e-9)
        && PromiseLimits.needAcceptance(epsilon: 1, delta: 0.002))
  }

  private func page(epsilon: Double, delta: Double, isLarge: Bool?) throws -> (
    html: String, card: String
  ) {
    let report = ReportSamples.release(
      guarantee: ReportGuarantee(
        epsilon: epsilon, delta: delta, unit: .row, accounting: "zCDP", hasLargeDelta: isLarge,
        eachRowIsAPerson: nil))
    return (try report.html(), ModelCard(report).text)
  }

  @Test func theLeadSentenceFollowsTheSizes() throws {
    let strong = try page(epsilon: 1, delta: 1e-9, isLarge: nil)
    for text in [strong.html, strong.card] {
      #expect(text.contains("is limited by differential privacy, and it meets every requirement"))
    }
    #expect(strong.html.contains("verdict good"))
    let loose = try page(epsilon: 8, delta: 1e-9, isLarge: nil)
    for text in [loose.html, loose.card] {
      #expect(text.contains("only loosely limited by differential privacy"))
    }
    #expect(!loose.html.contains("verdict good"))
    let delta = try page(epsilon: 1, delta: 1e-4, isLarge: true)
    for text in [delta.html, delta.card] {
      #expect(text.contains("apart from a chance that is larger than a strong promise allows"))
    }
    #expect(
      !delta.html.contains("verdict good") && delta.html.contains("too large for a strong promise"))
    let hardly = try page(epsilon: 1, delta: 0.999, isLarge: true)
    for text in [hardly.html, hardly.card] {
      #expect(text.contains("is hardly limited (ε = 1, δ = 0.999)"))
    }
    #expect(hardly.html.contains("verdict serious") && !hardly.html.contains("at most 1 in 1<"))
  }
}
