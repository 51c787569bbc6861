extension ReportTemplates {
  static let owner = """
    {{> head}}
    <body>
    <div class="banner" role="note">Stays with you: not private. This page was measured on the original rows. Do not pass it on with the \
    release.</div>
    <header class="top">
    <p class="overline">Comparison with the original, for its owner</p>
    <h1>{{heading}}</h1>
    <p class="lead">{{verdict}}</p>
    <dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}{{#note}}<small>{{note}}</small>{{/note}}</dd></div>{{/facts}}</dl>
    </header>
    <main>
    <section id="columns"><h2>Columns, worst first</h2>
    <p>How many of 100 rows would have to change their value for the column’s spread to match the original’s: its total variation \
    distance.</p>
    {{#sampling}}<p>{{.}}</p>{{/sampling}}
    <div>{{{columnBars}}}</div>
    {{#columnTable}}{{> figures}}{{/columnTable}}
    </section>
    <section id="distributions"><h2>Distributions side by side</h2>
    <p class="legend-line"><span>{{{syntheticSwatch}}}synthetic</span><span>{{{originalSwatch}}}original</span></p>
    {{#distributions}}{{> distributions}}{{/distributions}}
    </section>
    {{#hasPairs}}<section id="pairs"><h2>Pairs of columns</h2>
    <p>The same distance for every two columns together. {{pairSentence}}</p>
    {{#pairMap}}<div class="split{{#isWide}} wide{{/isWide}}"><div>{{{legend}}}\
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">{{{picture}}}</div></div><div>{{#bars}}<h3>{{barsTitle}}</h3>\
    {{{bars}}}{{/bars}}{{#table}}{{> figures}}{{/table}}</div></div>{{/pairMap}}
    </section>
    <section id="associations"><h2>Which columns go together</h2>
    <p>Cramér’s V, from 0 (nothing to do with each other) to 1 (one decides the other). {{associationSentence}}</p>
    <div class="maps{{#isWide}} wide{{/isWide}}">{{#associationMaps}}<div><h3>{{caption}}</h3>{{{legend}}}\
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">{{{picture}}}</div></div>{{/associationMaps}}</div>
    {{#associationTable}}{{> figures}}{{/associationTable}}
    </section>{{/hasPairs}}
    <section id="usefulness"><h2>Does it train a model?</h2>
    {{#usefulness}}<p>{{sentence}}</p><div>{{{chart}}}</div>{{#table}}{{> figures}}{{/table}}{{/usefulness}}
    {{^usefulness}}<p>{{usefulnessMissing}}</p>{{/usefulness}}
    </section>
    <section id="copies"><h2>Copied rows</h2>
    {{#copies}}<p>{{.}}</p>{{/copies}}
    </section>
    </main>
    <footer>Made on {{date}} with {{software}}. Not private: stays with the owner of the data.</footer>
    </body>
    </html>

    """
}
