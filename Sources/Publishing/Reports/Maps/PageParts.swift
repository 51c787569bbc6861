import Basics
import Foundation

/// Parts that the pages of maps and of trips share.
struct PageParts {
  let guarantee: ReportGuarantee
  let hazards: [ReportHazard]
  let files: [ReleaseFile]

  /// "ε = 1, δ = 0.000001".
  var size: String {
    "ε = \(NumberText.parameter(guarantee.epsilon)), δ = \(NumberText.small(guarantee.delta))"
  }

  var banner: String {
    guarantee.isPrivate
      ? ""
      : "<div class=\"banner\" role=\"note\">NOT PRIVATE: this run was seeded or watched. Do not share it.</div>"
  }

  /// - Parameter own: the points that are special to this kind of page.
  func outside(_ own: [(title: String, detail: String)]) -> String {
    (own + GuaranteeScope.outside.map { ($0.title, $0.detail) }).map {
      "<div><dt>\(SVG.escape($0.title))</dt><dd>\(SVG.escape($0.detail))</dd></div>"
    }.joined()
  }

  var hazardNotices: String {
    if hazards.isEmpty {
      return "<p>Nothing beyond the promise above: no hazard was recorded for this release.</p>"
    }
    return hazards.map {
      "<div class=\"notice \($0.severity.rawValue)\"><h3>\(SVG.escape($0.title))</h3><p>\(SVG.escape($0.detail))</p></div>"
    }.joined()
  }

  var fileTable: String {
    let rows = files.map {
      "<tr><th scope=\"row\">\(SVG.escape($0.name))</th><td>\(SVG.escape($0.purpose))</td></tr>"
    }
    return "<table class=\"stack\"><tbody>\(rows.joined())</tbody></table>"
  }

  static func paragraphs(_ sentences: [String]) -> String {
    sentences.map { "<p>\(SVG.escape($0))</p>" }.joined()
  }

  static func metres(_ value: Double) -> String {
    value >= 1000 ? "\(NumberText.parameter(value / 1000)) km" : "\(NumberText.parameter(value)) m"
  }
}
