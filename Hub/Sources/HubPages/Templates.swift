import Mustache

/// The templates. All values are escaped: the form of the tag that is not has no place here.
enum Templates {
  static let parts = [
    "layout": layout, "block": block, "form": form, "field": field, "table": table,
  ]

  /// The library with all templates, parsed once.
  static let library = Result {
    MustacheLibrary(
      templates: try parts.mapValues { try MustacheTemplate(string: $0) })
  }

  private static let layout = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{page.title}} · {{site.siteName}}</title>
    <link rel="stylesheet" href="/hub.css">
    {{#page.follows}}<script src="/hub.js" defer></script>{{/page.follows}}
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="bar"><div class="inner">
    <a class="brand" href="/">{{site.siteName}}</a>
    {{#site.steps}}<nav aria-label="Steps"><ol class="steps">{{#items}}<li{{#stepIsHere}} aria-current="step"{{/stepIsHere}}>\
    {{#stepLink}}<a href="{{stepLink}}">{{stepText}}</a>{{/stepLink}}\
    {{^stepLink}}<span>{{stepText}}</span>{{/stepLink}}</li>{{/items}}</ol></nav>\
    {{/site.steps}}
    {{#site.leaving}}<form class="who" method="post" action="/leave"><input type="hidden" name="token" value="{{token}}">\
    <button class="plain">{{site.leaving}}</button></form>{{/site.leaving}}
    {{#person}}
    <nav aria-label="Hub"><ul>{{#menu}}<li><a href="{{menuLink}}"{{#isHere}} aria-current="page"{{/isHere}}>{{menuText}}\
    {{#menuCount}} <span class="count">{{menuCount}}</span>{{/menuCount}}</a></li>{{/menu}}</ul></nav>
    <form class="who" method="post" action="/sign-out"><input type="hidden" name="token" value="{{token}}">\
    <a href="/me">{{fullName}}</a> <button class="plain">Sign out</button></form>
    {{/person}}
    </div></header>
    <main id="main">
    {{#page.overline}}<p class="overline">{{page.overline}}</p>{{/page.overline}}
    <h1>{{page.title}}</h1>
    {{#page.lead}}<p class="lead">{{page.lead}}</p>{{/page.lead}}
    {{#page.blocks}}
    {{> block}}
    {{/page.blocks}}
    </main>
    <footer><p>{{site.footer}}</p></footer>
    </body>
    </html>

    """

  private static let block = """
    <section>
    {{#heading}}<h2>{{heading}}</h2>{{/heading}}
    {{#intro}}<p>{{intro}}</p>{{/intro}}
    {{#notice}}<div class="notice {{noticeKind}}"><p><strong>{{noticeTitle}}</strong></p><p>{{noticeText}}</p></div>{{/notice}}
    {{#facts}}<dl class="facts">{{#items}}<div><dt>{{term}}</dt><dd>{{factValue}}{{#remark}}<small>{{remark}}</small>{{/remark}}</dd></div>\
    {{/items}}</dl>{{/facts}}
    {{#cards}}<div class="cards">{{#items}}<article class="card"><h3><a href="{{cardLink}}">{{cardTitle}}</a></h3>\
    <p>{{cardText}}</p>{{#cardTags}}\
    <ul class="chips">{{#items}}<li>{{.}}</li>{{/items}}</ul>{{/cardTags}}</article>{{/items}}</div>{{/cards}}
    {{#table}}{{> table}}{{/table}}
    {{#timeline}}<ol class="timeline">{{#items}}<li><time>{{momentTime}}</time> {{#momentWho}}\
    <strong>{{momentWho}}</strong> {{/momentWho}}{{momentText}}\
    {{#quote}}<blockquote>{{quote}}</blockquote>{{/quote}}</li>{{/items}}</ol>{{/timeline}}
    {{#progress}}<div class="progress" data-stream="{{streamLink}}"><p role="status">{{phaseText}}</p>\
    <progress max="100" value="{{percent}}" aria-label="Progress of the work"></progress>\
    <p class="quiet">Reload the page to see how far it is, if it does not move by itself.</p></div>{{/progress}}
    {{#sketches}}<div class="sketches{{#sketchesAreWide}} wide{{/sketchesAreWide}}">\
    {{#items}}<figure{{#sketchIsMain}} class="main"{{/sketchIsMain}}>\
    <h3>{{sketchTitle}}</h3><p>{{sketchText}}</p><div class="parts">{{#parts}}\
    <div><svg viewBox="0 0 {{partWidth}} {{partHeight}}" width="{{partWidth}}" height="{{partHeight}}" \
    role="img" aria-label="{{partLabel}}">\
    {{#marks}}<rect class="{{markKind}}" x="{{markX}}" y="{{markY}}" width="{{markWidth}}" height="{{markHeight}}" \
    fill-opacity="{{markShade}}"/>{{/marks}}</svg><p>{{partText}}</p></div>{{/parts}}</div></figure>{{/items}}</div>{{/sketches}}
    {{#code}}<pre tabindex="0"><code>{{code}}</code></pre>{{/code}}
    {{#prose}}<p class="words">{{.}}</p>{{/prose}}
    {{#form}}{{> form}}{{/form}}
    {{#forms}}{{> form}}{{/forms}}
    {{#links}}<p class="links">\
    {{#items}}<a{{#isPrimary}} class="button"{{/isPrimary}} href="{{address}}">{{linkText}}</a> {{/items}}</p>{{/links}}
    {{#more}}<details><summary>{{summary}}</summary><pre tabindex="0"><code>{{moreText}}</code></pre></details>{{/more}}
    </section>

    """

  private static let table = """
    <table class="stack"><caption>{{caption}}</caption>
    <thead><tr>{{#heads}}<th scope="col"{{#headIsNumber}} class="n"{{/headIsNumber}}>{{headText}}</th>{{/heads}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#cells}}{{#isRowHead}}<th scope="row">{{/isRowHead}}{{^isRowHead}}<td data-label="{{columnHead}}"{{#cell.cellIsNumber}} class="n"\
    {{/cell.cellIsNumber}}>{{/isRowHead}}\
    {{#cell}}{{#cellTag}}<span class="tag {{cellTag}}">{{/cellTag}}{{#cellLink}}<a href="{{cellLink}}">{{/cellLink}}{{cellText}}\
    {{#cellLink}}</a>{{/cellLink}}{{#cellTag}}</span>{{/cellTag}}\
    {{#picture}}<svg viewBox="0 0 200 24" width="200" height="24" aria-hidden="true">\
    <line class="above" x1="{{aboveLow}}" x2="{{aboveHigh}}" \
    y1="7" y2="7"/><circle class="above" cx="{{aboveMiddle}}" cy="7" r="4"/>\
    {{#below}}<line class="below" x1="{{belowLow}}" x2="{{belowHigh}}" y1="18" y2="18"/><circle class="below" cx="{{belowMiddle}}" cy="18" \
    r="3"/>{{/below}}</svg>{{/picture}}{{/cell}}\
    {{#isRowHead}}</th>{{/isRowHead}}{{^isRowHead}}</td>{{/isRowHead}}{{/cells}}</tr>
    {{/rows}}
    </tbody></table>

    """

  private static let form = """
    <form class="{{formClass}}" method="{{method}}" action="{{action}}">
    {{#formTitle}}<h3>{{formTitle}}</h3>{{/formTitle}}
    {{#isSent}}<input type="hidden" name="token" value="{{token}}">{{/isSent}}
    {{#fields}}
    {{> field}}
    {{/fields}}
    {{#groups}}
    <fieldset class="card group" id="{{groupID}}"><legend><h3>{{groupTitle}}</h3></legend>
    {{#groupText}}<p class="quiet">{{groupText}}</p>{{/groupText}}\
    {{#groupLines}}<ul class="seen">{{#items}}<li>{{.}}</li>{{/items}}</ul>{{/groupLines}}
    {{#groupFields}}
    {{> field}}
    {{/groupFields}}
    </fieldset>
    {{/groups}}
    <p class="links"><button{{#isDanger}} class="danger"{{/isDanger}}>{{button}}</button>\
    {{#second}} <button class="second" name="{{secondName}}" value="yes">{{secondText}}</button>{{/second}}</p>
    </form>

    """

  private static let field = """
    {{#isHidden}}<input type="hidden" name="{{fieldName}}" value="{{fieldValue}}">{{/isHidden}}
    {{#isCheck}}<p class="check"><input type="checkbox" id="{{fieldID}}" name="{{fieldName}}" value="{{fieldValue}}"\
    {{#isChecked}} checked{{/isChecked}}>\
    <label for="{{fieldID}}">{{fieldLabel}}</label>{{#hint}} <small>{{hint}}</small>{{/hint}}</p>{{/isCheck}}
    {{#isChoice}}<fieldset class="field choice{{#fieldFault}} wrong{{/fieldFault}}" id="{{fieldID}}"{{#describedBy}} \
    aria-describedby="{{describedBy}}"{{/describedBy}}>\
    <legend>{{fieldLabel}}</legend>{{#hint}}<small id="{{fieldID}}-hint">{{hint}}</small>{{/hint}}\
    {{#fieldFault}}<strong class="fault" id="{{fieldID}}-fault">{{fieldFault}}</strong>{{/fieldFault}}
    {{#options}}<p class="check"><input type="radio" id="{{fieldID}}-{{optionValue}}" name="{{fieldName}}" value="{{optionValue}}"\
    {{#isSelected}} checked{{/isSelected}} required><label for="{{fieldID}}-{{optionValue}}">{{optionText}}</label></p>{{/options}}
    </fieldset>{{/isChoice}}
    {{#isShown}}<p class="field{{#fieldFault}} wrong{{/fieldFault}}"><label for="{{fieldID}}">{{fieldLabel}}\
    {{^isRequired}} <small>(if you like)</small>{{/isRequired}}</label>
    {{#hint}}<small id="{{fieldID}}-hint">{{hint}}</small>{{/hint}}
    {{#fieldFault}}<strong class="fault" id="{{fieldID}}-fault">{{fieldFault}}</strong>{{/fieldFault}}
    {{#isArea}}<textarea id="{{fieldID}}" name="{{fieldName}}" rows="5"{{#describedBy}} aria-describedby="{{describedBy}}"{{/describedBy}}\
    {{#isRequired}} required{{/isRequired}}>
    {{fieldValue}}</textarea>{{/isArea}}
    {{#isSelect}}<select id="{{fieldID}}" name="{{fieldName}}"{{#describedBy}} aria-describedby="{{describedBy}}"{{/describedBy}}>\
    {{#options}}<option value="{{optionValue}}"{{#isSelected}} selected{{/isSelected}}>{{optionText}}</option>\
    {{/options}}</select>{{/isSelect}}
    {{#inputType}}<input type="{{inputType}}" id="{{fieldID}}" name="{{fieldName}}" value="{{fieldValue}}" autocomplete="{{completion}}"\
    {{#isNumberField}} step="{{step}}" inputmode="decimal"{{/isNumberField}}{{#listID}} list="{{listID}}"{{/listID}}\
    {{#describedBy}} aria-describedby="{{describedBy}}"{{/describedBy}}{{#isRequired}} required{{/isRequired}}>{{/inputType}}
    {{#listID}}<datalist id="{{listID}}">{{#suggestions}}<option value="{{optionValue}}">{{/suggestions}}</datalist>{{/listID}}
    </p>{{/isShown}}

    """
}

/// A page and the person who looks at it, as the layout takes them.
struct Layout {
  let page: Page
  let person: Person?
  /// The token of the session's forms.
  let token: String
  var site = Site.hub

  struct Person {
    let fullName: String
    let menu: [Menu]
  }

  struct Menu {
    let menuText: String
    let menuLink: String
    let menuCount: Int?
    let isHere: Bool
  }
}

/// The pages that surround one page: the hub, or a guided start.
package struct Site: Sendable {
  let siteName: String
  let footer: String
  let steps: Wrapped<Step>?
  /// The words of the button that ends everything; nil if there is none.
  let leaving: String?

  package struct Step: Sendable {
    let stepText: String
    let stepLink: String?
    let stepIsHere: Bool

    /// - Parameter link: Nil if the step cannot be taken yet.
    package init(_ text: String, link: String?, isHere: Bool) {
      (stepText, stepLink, stepIsHere) = (text, link, isHere)
    }
  }

  package init(_ name: String, footer: String, steps: [Step] = [], leaving: String? = nil) {
    (siteName, self.footer, self.leaving) = (name, footer, leaving)
    self.steps = Wrapped(steps)
  }

  static let hub = Site(
    "Understudy hub",
    footer:
      "What leaves a table is differentially private and paid for from one ledger for everybody. "
      + "A release cannot be recalled; what was spent stays spent."
  )
}

extension Form: MustacheParent {
  /// The properties by name; a form with groups has no frame of its own.
  package func child(named name: String) -> Any? {
    switch name {
    case "action": action
    case "method": method
    case "formTitle": formTitle
    case "isSent": isSent
    case "fields": fields
    case "groups": groups
    case "button": button
    case "isDanger": isDanger
    case "second": second
    case "formClass": isBare ? "bare" : groups.isEmpty ? "card" : "groups"
    default: nil
    }
  }
}

extension Field: MustacheParent {
  /// The properties by name, and a few that follow from the kind.
  package func child(named name: String) -> Any? {
    switch name {
    case "fieldName": fieldName
    case "fieldLabel": fieldLabel
    case "fieldID": "field-\(fieldName)\(kind == .check ? "-\(idEnd)" : "")"
    case "fieldValue": fieldValue
    case "hint": hint.isEmpty ? nil : hint
    case "fieldFault": fieldFault.isEmpty ? nil : fieldFault
    case "options": options
    case "suggestions": suggestions
    case "completion": completion
    case "step": step
    case "isRequired": isRequired
    case "isChecked": isChecked
    case "isHidden": kind == .hidden
    case "isCheck": kind == .check
    case "isChoice": kind == .choice
    case "isShown": kind != .hidden && kind != .check && kind != .choice
    case "isArea": kind == .area
    case "isSelect": kind == .select
    case "isNumberField": kind == .number
    case "listID": suggestions.isEmpty ? nil : "list-\(fieldName)"
    case "describedBy":
      fieldFault.isEmpty
        ? (hint.isEmpty ? nil : "field-\(fieldName)-hint") : "field-\(fieldName)-fault"
    case "inputType":
      switch kind {
      case .text: "text"
      case .password: "password"
      case .number: "number"
      case .area, .select, .choice, .check, .hidden: nil
      }
    default: nil
    }
  }
}

extension Block: MustacheParent {
  /// The parts by name; lists are wrapped.
  package func child(named name: String) -> Any? {
    switch name {
    case "heading": heading
    case "intro": intro
    case "notice": notice
    case "facts": Wrapped(facts)
    case "cards": Wrapped(cards)
    case "table": table
    case "timeline": Wrapped(timeline)
    case "progress": progress
    case "sketches": Wrapped(sketches)
    case "sketchesAreWide": sketchesAreWide
    case "code": code
    case "prose": prose
    case "links": Wrapped(links)
    case "form": form
    case "forms": forms
    case "more": more
    default: nil
    }
  }
}
