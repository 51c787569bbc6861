extension ReportTemplates {
  static let owner = """
    {{> head}}
    <body>
    <div class="banner" role="note">Stays with you: not private. This page was measured on the original rows. Do not pass it on with the \
    release.</div>
    <header class="top">
    <p class="overline">Comparison with the original, for its owner</p>
    <h1>{{heading}}</h1>
    <p class="lead verdict {{verdictClass}}">{{verdict}}</p>
    <div class="split first">
    {{#analogy}}<div><h2>The promise in plain words</h2><p>{{analogy}}</p></div>{{/analogy}}
    <div>{{#trial}}<h2>What was attacked</h2><p>{{.}}</p>{{/trial}}
    {{#closeness}}<h2>How close it comes</h2><p>{{closeness}}</p>{{/closeness}}</div>
    </div>
    <dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}{{#note}}<small>{{note}}</small>{{/note}}</dd></div>{{/facts}}</dl>
    </header>
    <main>
    {{#gate}}<section id="gate"><h2>The policy, line by line</h2>
    {{> evidence}}
    </section>{{/gate}}
    {{#attacks}}<section id="attacks"><h2>What attackers could do</h2>
    <p>{{sentence}}</p>
    <p class="legend-line"><span>{{{syntheticSwatch}}}95 % interval</span><span>{{{markSwatch}}}risk</span>\
    <span>{{{limitSwatch}}}limit for the upper end</span></p>
    <div class="scroll" tabindex="0" role="region" aria-label="Risks of attacks">{{{chart}}}</div>
    {{#table}}{{> figures}}{{/table}}
    {{#worst}}{{> figures}}{{/worst}}
    <p>{{copies}}</p>
    {{#notes}}<p class="quiet">{{.}}</p>{{/notes}}
    </section>{{/attacks}}
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
    {{#hasGroups}}<section id="groups"><h2>Is it right about every group?</h2>
    <p>How far the target’s spread is off among the people of a group, and how far two groups of that size are apart by chance. \
    Groups of fewer than {{fewestRows}} rows are not judged.</p>
    {{#groups}}{{> figures}}{{/groups}}
    </section>{{/hasGroups}}
    <section id="copies"><h2>Copied rows</h2>
    {{#copies}}<p>{{.}}</p>{{/copies}}
    </section>
    {{#hasBudget}}<section id="budget"><h2>Where the budget went</h2>
    {{{budgetBar}}}
    <ul class="key">{{#budgetKey}}<li>{{{swatch}}}<span><strong>{{stage}}</strong> {{share}}</span><small>{{detail}}</small></li>\
    {{/budgetKey}}</ul>
    </section>{{/hasBudget}}
    {{#hasEvidence}}<section id="evidence"><h2>What a privacy officer must answer for</h2>
    {{#evidence}}{{> evidence}}{{/evidence}}
    </section>{{/hasEvidence}}
    </main>
    <footer>Made on {{date}} with {{software}}. Not private: stays with the owner of the data.</footer>
    </body>
    </html>

    """
}
