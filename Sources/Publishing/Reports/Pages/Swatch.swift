/// Small pictures that represent a colour in a legend.
enum Swatch {
  static func filled(_ name: String) -> String {
    #"<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><title>colour</title>"#
      + #"<rect width="14" height="14" class="\#(name)"/></svg>"#
  }

  static let mark =
    #"<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><title>mark</title>"#
    + #"<rect x="5" width="4" height="14" class="mark"/></svg>"#

  static let limit =
    #"<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><title>limit</title><path d="M7 0v14" class="limit"/></svg>"#

  static let line =
    #"<svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true"><title>line</title><path d="M1 7h16" class="original"/></svg>"#
}
