/// A page as the templates take it: a title, and blocks one below the other.
///
/// The names of all properties differ, because a template that does not find a name in a value
/// looks for it in the values around it.
package struct Page: Sendable {
  package var title: String
  package var overline: String?
  package var lead: String?
  package var blocks: [Block] = []
  /// Set for a page that follows a job.
  package var follows = false

  package init(
    _ title: String, overline: String? = nil, lead: String? = nil, _ blocks: [Block] = []
  ) {
    (self.title, self.overline, self.lead, self.blocks) = (title, overline, lead, blocks)
  }
}

/// One part of a page. All parts that are given are shown, in the order of the properties.
package struct Block: Sendable {
  package var heading: String?
  package var intro: String?
  package var notice: Notice?
  package var facts: [Fact]?
  package var cards: [Card]?
  package var table: Table?
  package var timeline: [Moment]?
  package var progress: Progress?
  package var sketches: [Sketch]?
  /// Whether each sketch takes the width of the page.
  package var sketchesAreWide = false
  package var code: String?
  package var prose: [String]?
  package var links: [Link]?
  package var form: Form?
  package var forms: [Form]?
  package var more: More?

  package init(_ heading: String? = nil, _ intro: String? = nil) {
    (self.heading, self.intro) = (heading, intro)
  }

  /// Returns the block with some of its parts set.
  package func with(_ change: (inout Block) -> Void) -> Block {
    var block = self
    change(&block)
    return block
  }

  package static func notice(_ kind: Notice.Kind, _ title: String, _ text: String) -> Block {
    Block().with { $0.notice = Notice(kind, title, text) }
  }
}

package struct Notice: Sendable {
  package enum Kind: String, Sendable { case plain, good, caution, serious }
  let noticeKind: String
  let noticeTitle: String
  let noticeText: String

  package init(_ kind: Kind, _ title: String, _ text: String) {
    (noticeKind, noticeTitle, noticeText) = (kind.rawValue, title, text)
  }
}

/// A term with its value, and a remark below it.
package struct Fact: Sendable {
  let term: String
  let factValue: String
  let remark: String?

  package init(_ term: String, _ value: String, _ remark: String? = nil) {
    (self.term, factValue, self.remark) = (term, value, remark)
  }
}

package struct Card: Sendable {
  let cardTitle: String
  let cardLink: String
  let cardText: String
  let cardTags: Wrapped<String>?

  package init(_ title: String, link: String, text: String, tags: [String] = []) {
    (cardTitle, cardLink, cardText, cardTags) = (title, link, text, Wrapped(tags))
  }
}

package struct Table: Sendable {
  let caption: String
  let heads: [Head]
  let rows: [Row]

  struct Head: Sendable {
    let headText: String
    let headIsNumber: Bool
  }

  struct Row: Sendable {
    let cells: [LabelledCell]
  }

  /// A cell with the head of its column, which stands before it on a phone.
  struct LabelledCell: Sendable {
    let columnHead: String
    let isRowHead: Bool
    let cell: Cell
  }

  /// - Parameter heads: The heads of the columns; one that begins with `#` is of numbers.
  package init(_ caption: String, _ heads: [String], _ rows: [[Cell]]) {
    self.caption = caption
    let plain = heads.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    self.heads = zip(heads, plain).map {
      Head(headText: $0.1, headIsNumber: $0.0.hasPrefix("#"))
    }
    self.rows = rows.map { cells in
      Row(
        cells: zip(plain, cells).enumerated().map { place, pair in
          LabelledCell(columnHead: pair.0, isRowHead: place == 0, cell: pair.1)
        })
    }
  }
}

package struct Cell: Sendable, ExpressibleByStringInterpolation {
  let cellText: String
  let cellLink: String?
  let cellTag: String?
  let cellIsNumber: Bool
  let picture: Picture?

  package init(
    _ text: String, link: String? = nil, tag: String? = nil, isNumber: Bool = false,
    picture: Picture? = nil
  ) {
    (cellText, cellLink, cellTag) = (text, link, tag)
    (cellIsNumber, self.picture) = (isNumber, picture)
  }

  package init(stringLiteral text: String) { self.init(text) }

  package static func number(_ text: String) -> Cell { Cell(text, isNumber: true) }
}

/// Two intervals, one above the other, on a scale from 0 to 200.
package struct Picture: Sendable {
  let aboveLow, aboveHigh, aboveMiddle: String
  let below: Below?

  struct Below: Sendable {
    let belowLow, belowHigh, belowMiddle: String
  }
}

package struct Moment: Sendable {
  let momentTime: String
  let momentWho: String?
  let momentText: String
  let quote: String?

  package init(time: String, who: String, text: String, quote: String? = nil) {
    (momentTime, momentText, self.quote) = (time, text, quote)
    momentWho = who.isEmpty ? nil : who
  }
}

/// The progress of a job, which the page's script keeps up to date.
package struct Progress: Sendable {
  let phaseText: String
  let percent: Int
  let streamLink: String

  package init(phase: String, percent: Int, stream: String) {
    (phaseText, self.percent, streamLink) = (phase, percent, stream)
  }
}

package struct Link: Sendable {
  let linkText: String
  let address: String
  /// Whether it looks like a button.
  let isPrimary: Bool

  package init(_ text: String, _ address: String, isPrimary: Bool = false) {
    (linkText, self.address, self.isPrimary) = (text, address, isPrimary)
  }
}

package struct More: Sendable {
  let summary: String
  let moreText: String

  package init(_ summary: String, _ text: String) { (self.summary, moreText) = (summary, text) }
}

/// A small picture made of rectangles, with a title above and a sentence below each part.
package struct Sketch: Sendable {
  let sketchTitle, sketchText: String
  let sketchIsMain: Bool
  let parts: [Part]

  package init(_ title: String, isMain: Bool = false, text: String, _ parts: [Part]) {
    (sketchTitle, sketchText, sketchIsMain, self.parts) = (title, text, isMain, parts)
  }

  package struct Part: Sendable {
    let partLabel, partText: String
    let partWidth, partHeight: Int
    let marks: [Mark]

    /// - Parameter label: The picture in words, for those who do not see it.
    package init(label: String, text: String, width: Int, height: Int, _ marks: [Mark]) {
      (partLabel, partText, self.marks) = (label, text, marks)
      (partWidth, partHeight) = (width, height)
    }
  }

  /// A rectangle; its shade is from 0 to 1.
  package struct Mark: Sendable {
    let markKind: String
    let markX, markY, markWidth, markHeight, markShade: String

    package enum Kind: String, Sendable { case bar, outline, cell }

    package init(
      _ kind: Kind, x: Double, y: Double, width: Double, height: Double, shade: Double = 1
    ) {
      func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }
      (markKind, markShade) = (kind.rawValue, text(shade))
      (markX, markY, markWidth, markHeight) = (text(x), text(y), text(width), text(height))
    }
  }
}

/// A list that the templates wrap in an element, if there is anything in it.
struct Wrapped<Item: Sendable>: Sendable {
  let items: [Item]

  init?(_ items: [Item]?) {
    guard let items, !items.isEmpty else { return nil }
    self.items = items
  }
}
