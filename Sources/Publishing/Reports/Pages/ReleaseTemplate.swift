extension ReportTemplates {
  static let release = """
    {{> head}}
    <body>
    <header class="top">
    <p class="overline">Report of a synthetic table</p>
    <h1>{{heading}}</h1>
    <p class="lead verdict {{verdictClass}}">{{verdict}}</p>
    {{#notPrivate}}<div class="notice serious" role="note"><h3>Not private</h3>\
    <p>This table was made with a seed, so that the run can be repeated. Whoever knows the seed can undo the noise: nothing below is a \
    promise. Use it for tests only.</p></div>{{/notPrivate}}
    {{#fitness}}<div class="uses"><h2>What it is good for</h2><p>{{fitness}}</p>
    <dl>{{#uses}}<div><dt>{{title}} <span class="tag {{answerClass}}">{{answer}}</span></dt><dd>{{detail}}</dd></div>{{/uses}}</dl></div>\
    {{/fitness}}
    <div class="split first">
    {{#analogy}}<div><h2>The promise in plain words</h2><p>{{analogy}}</p></div>{{/analogy}}
    <div><h2>What was attacked</h2>{{#trial}}<p>{{.}}</p>{{/trial}}</div>
    </div>
    <dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}{{#note}}<small>{{note}}</small>{{/note}}</dd></div>{{/facts}}</dl>
    </header>
    <main>
    <section id="promise"><h2>What is promised, exactly</h2>
    <div class="split"><div>{{#promises}}<p>{{.}}</p>{{/promises}}</div>
    {{#belief}}<div><h3>How sure an attacker can become that one {{unit}} is in the table</h3>
    <div>{{{chart}}}</div>
    <p class="quiet">The line marks what the attacker believed before. The bar is the whole range that this release can move the belief \
    to, whatever else the attacker knows{{#deltaNote}}, {{deltaNote}}{{/deltaNote}}.</p>
    {{#table}}{{> figures}}{{/table}}</div>{{/belief}}</div>{{#hasLosses}}
    <h3>Several people, and single columns</h3>
    {{#losses}}<p>{{.}}</p>{{/losses}}
    {{#lossTables}}{{> figures}}{{/lossTables}}{{/hasLosses}}
    </section>
    <section id="outside"><h2>What lies outside the promise</h2>
    <dl class="scope">{{#outside}}<div><dt>{{title}}</dt><dd>{{detail}}</dd></div>{{/outside}}</dl>
    </section>
    <section id="hazards"><h2>What you accept</h2>
    {{#hazards}}<div class="notice {{severity}}"><h3>{{label}}{{title}}</h3><p>{{detail}}</p></div>{{/hazards}}
    {{^hazards}}<p>Nothing beyond the promise above: no hazard was recorded for this release.</p>{{/hazards}}
    </section>
    {{#hasDeclared}}<section id="declared"><h2>What the owner declared as public</h2>
    <p>{{declaredCount}} about the original were taken from its owner, who answers for them. Nothing was paid for them, and the promise \
    does not cover them.</p>
    <table class="stack"><tbody>{{#declared}}<tr><th scope="row">{{kind}}</th><td><ul class="names">{{#names}}<li>{{.}}</li>{{/names}}\
    </ul></td></tr>{{/declared}}</tbody></table>
    </section>{{/hasDeclared}}
    {{#hasAttested}}<section id="attested"><h2>What the owner attests</h2>
    <p>These requirements of the policy were checked against the original. The figures stay with the owner; that the release was published \
    says that each was met.</p>
    <ul>{{#attested}}<li>{{.}}</li>{{/attested}}</ul>
    </section>{{/hasAttested}}
    {{#hasLater}}<section id="later"><h2>What was assessed after publication</h2>
    <p>These requirements of the policy did not decide about publishing. What came of them the owner knows; nothing here says whether they \
    are met.</p>
    <ul>{{#later}}<li>{{.}}</li>{{/later}}</ul>
    </section>{{/hasLater}}
    {{#hasScores}}<section id="scores"><h2>How close it is</h2>
    <p>Mean distances of the table from the rows that it was learned from, in the intervals and categories of the model: answers with \
    noise, and paid for.</p>
    <ul>{{#scores}}<li>{{.}}</li>{{/scores}}</ul>
    </section>{{/hasScores}}
    {{#hasBudget}}<section id="budget"><h2>What was learned, and what was paid for it</h2>
    <p>Every answer taken from the original rows has a price, and the prices add up to the budget. {{accounting}}</p>
    {{{budgetBar}}}
    <ul class="key">{{#budgetKey}}<li>{{{swatch}}}<span><strong>{{stage}}</strong> {{share}}</span><small>{{detail}}</small></li>\
    {{/budgetKey}}</ul>
    {{#events}}{{> figures}}{{/events}}
    </section>{{/hasBudget}}
    {{#hasColumns}}<section id="columns"><h2>How each column was treated</h2>
    <p>{{columnSummary}}{{#review}} {{review}}{{/review}}</p>
    {{#emptyNote}}<div class="notice caution"><p>{{emptyNote}}</p></div>{{/emptyNote}}
    <table class="stack"><thead><tr><th scope="col">column</th><th scope="col">treatment</th><th scope="col">what was kept of it</th>\
    <th scope="col">bounds and categories</th></tr></thead>
    <tbody>{{#columns}}<tr><th scope="row">{{name}}{{#isTarget}} <span class="tag">target</span>{{/isTarget}} <small>{{type}}</small></th>\
    <td><span class="tag {{treatment}}">{{treatment}}</span></td><td>{{detail}}</td><td data-label="bounds and categories">{{provenance}}\
    </td></tr>{{/columns}}</tbody></table>
    </section>{{/hasColumns}}
    {{#hasDistributions}}<section id="distributions"><h2>What the synthetic table looks like</h2>
    <p>Shares of the synthetic rows. Values that a quarter of the rows or more have in common are drawn apart from the rest.\
    {{#distributions}}{{#hasMargins}} The thin line on a bar spans the shares that the original may have.{{/hasMargins}}\
    {{/distributions}}</p>
    {{#distributions}}{{> distributions}}{{/distributions}}
    </section>{{/hasDistributions}}
    {{#associations}}<section id="associations"><h2>Which columns go together</h2>
    <p>Measured on the synthetic table (Cramér’s V): 0 when two columns have nothing to do with each other, 1 when one decides the \
    other.{{#hasGrounds}} Hatched: the two were not counted together, and what they show follows from others. Blank: none, or no more than \
    noise alone would show.{{/hasGrounds}}</p>
    <div class="split{{#isWide}} wide{{/isWide}}"><div>{{{legend}}}\
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">{{{picture}}}</div></div><div>{{#bars}}<h3>{{barsTitle}}</h3>\
    {{{bars}}}{{/bars}}{{#table}}{{> figures}}{{/table}}</div></div>
    </section>{{/associations}}
    {{#hasCliques}}<section id="relations"><h2>Which relations were measured</h2>
    <p>These groups of columns were counted together, with noise. Other relations follow from them, or are lost.{{#emptyNote}} \
    {{emptyNote}}{{/emptyNote}}</p>
    <ul class="chips">{{#cliques}}<li>{{.}}</li>{{/cliques}}</ul>
    {{#cliqueTable}}{{> figures}}{{/cliqueTable}}
    </section>{{/hasCliques}}
    {{#hasError}}<section id="error"><h2>How close to expect it</h2>
    {{#errorSentences}}<p>{{.}}</p>{{/errorSentences}}
    {{#errorTable}}{{> figures}}{{/errorTable}}
    {{#errorMap}}<div class="split{{#isWide}} wide{{/isWide}}"><div><h3>{{caption}}</h3>{{{legend}}}\
    <div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">{{{picture}}}</div></div><div>{{#bars}}<h3>{{barsTitle}}</h3>\
    {{{bars}}}{{/bars}}{{#table}}{{> figures}}{{/table}}</div></div>{{/errorMap}}
    </section>{{/hasError}}
    <section id="conclusions"><h2>What may be concluded</h2>
    {{#conclusions}}<p>{{.}}</p>{{/conclusions}}
    </section>
    {{#hasEvidence}}<section id="evidence"><h2>What a privacy officer must answer for</h2>
    {{#evidence}}{{> evidence}}{{/evidence}}
    </section>{{/hasEvidence}}
    <section id="use"><h2>How to use and cite it</h2>
    <ul>{{#advice}}<li>{{.}}</li>{{/advice}}</ul>
    <h3>Cite as</h3><p>{{citation}}</p>
    {{#sampleCommand}}<h3>Draw more rows</h3><p>More rows cost no privacy: they come from the fitted model, not from the original.</p>\
    <pre><code>{{sampleCommand}}</code></pre>{{/sampleCommand}}
    {{#verifyCommand}}<h3>Check that nothing was changed</h3><pre><code>{{verifyCommand}}</code></pre>{{/verifyCommand}}
    {{#hasFiles}}<h3>Files</h3><table class="stack"><tbody>{{#files}}<tr><th scope="row"><code>{{name}}</code></th><td>{{purpose}}\
    </td></tr>{{/files}}</tbody></table>{{/hasFiles}}
    </section>
    <section id="misuse"><h2>What it must not be used for</h2>
    <p>No row of this table is a person, and figures computed on it are estimates. It must not be used</p>
    <ul>{{#prohibitions}}<li>{{.}}</li>{{/prohibitions}}</ul>
    </section>
    <section id="signatures"><h2>Signatures</h2>
    <p>Who signs has read this report of ‘{{heading}}’ of {{date}}, and accepts what stands under “What you accept”. \
    The owner of the data also answers for what was declared as public.</p>
    <table class="sign"><thead><tr><th scope="col">as</th><th scope="col">name</th><th scope="col">date</th><th scope="col">signature</th>\
    </tr></thead><tbody><tr><th scope="row">owner of the data</th><td></td><td></td><td></td></tr>\
    <tr><th scope="row">privacy officer</th><td></td><td></td><td></td></tr>\
    <tr><th scope="row">recipient</th><td></td><td></td><td></td></tr></tbody></table>
    </section>
    </main>
    <footer>Made on {{date}} with {{software}}. This page holds only what is public or was paid for from the budget\
    {{#hasAttested}}, apart from what the owner attests{{/hasAttested}}.</footer>
    </body>
    </html>

    """
}
