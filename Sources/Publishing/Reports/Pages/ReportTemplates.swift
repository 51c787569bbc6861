import Mustache

/// The page templates. They are part of the program, so it needs no other file.
enum ReportTemplates {
  /// Returns the page for `content`, which holds the values that the template names. Throws if a
  /// template does not parse.
  static func render(_ template: String, content: Any) throws -> String {
    let library = MustacheLibrary(templates: [
      "head": try MustacheTemplate(string: head),
      "distributions": try MustacheTemplate(string: distributions),
      "cards": try MustacheTemplate(string: cards),
      "figures": try MustacheTemplate(string: figures),
      "evidence": try MustacheTemplate(string: evidence),
    ])
    return try MustacheTemplate(string: template).render(content, library: library)
  }

  private static let head = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>

    """

  /// A table of figures behind a picture.
  private static let figures = """
    <details><summary>{{summary}}</summary><div class="scroll" tabindex="0" role="region" aria-label="{{summary}}"><table>
    <thead><tr>{{#heads}}<th scope="col"{{#isNumber}} class="n"{{/isNumber}}>{{text}}</th>{{/heads}}</tr></thead>
    <tbody>{{#rows}}<tr>{{#cells}}<td{{#isNumber}} class="n"{{/isNumber}}>{{text}}</td>{{/cells}}</tr>{{/rows}}</tbody>
    </table></div></details>

    """

  /// Questions with their answers, one below the other on a phone.
  private static let evidence = """
    <p>{{summary}}</p>
    <table class="stack evidence"><thead><tr><th scope="col">requirement</th><th scope="col">answer</th>\
    <th scope="col">because</th></tr></thead>
    <tbody>{{#rows}}<tr><th scope="row">{{requirement}}{{#source}} <small>{{source}}</small>{{/source}}</th>\
    <td><span class="tag {{statusClass}}">{{status}}</span></td><td>{{basis}}{{#remedy}}. <strong>{{remedy}}</strong>{{/remedy}}</td></tr>\
    {{/rows}}</tbody></table>

    """

  private static let distributions = """
    <div class="cards">{{#first}}{{> cards}}{{/first}}</div>
    {{#hasMore}}<details class="more"><summary>{{moreSummary}}</summary><div class="cards">{{#more}}{{> cards}}{{/more}}</div></details>\
    {{/hasMore}}

    """

  private static let cards = """
    <article class="card"><h3>{{#aside}}<small>{{aside}}</small>{{/aside}}{{name}}</h3>{{{chart}}}{{#table}}{{> figures}}{{/table}}\
    </article>

    """
}
