/// The style sheet of all pages. Its colours and fonts are those of the reports
/// (Sources/Publishing/Reports/Pages/ReportStyle.swift); a test compares them.
package enum Style {
  package static let sheet =
    light + base + parts + small + "@media screen and (prefers-color-scheme:dark){" + dark + "}\n"

  static let light = """
    :root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#1d2733;--quiet:#56616e;--rule:#dfe1df;--accent:#1c6b75;
    --bar:#5fa9ae;--track:#eff1ef;--line:#1d2733;--missing:#b3b9be;--good:#1d6b3a;--caution:#8a4b08;--caution-bg:#fdf3e3;--serious:#a3201d;\
    --serious-bg:#fdecea;
    --edge:#7b858e}

    """

  static let dark = """
    :root{--paper:#13181d;--card:#1a2027;--ink:#e5e8ea;--quiet:#a3adb6;--rule:#2d353d;--accent:#79c6cb;--bar:#3d8b92;--track:#252d34;\
    --line:#f2e6cf;
    --missing:#5b656e;--good:#86d3a0;--caution:#efb265;--caution-bg:#2a2117;--serious:#ff9d94;--serious-bg:#331b1b;
    --edge:#77828c}
    .button,button{color:#0e1317}

    """

  private static let base = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue",Arial,sans-serif}
    main,footer,.inner{max-width:70rem;margin:0 auto;padding:0 1.25rem}
    h1,h2,.brand{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;\
    line-height:1.2;text-wrap:balance;overflow-wrap:anywhere}
    h1{font-size:clamp(1.7rem,4.5vw,2.3rem);margin:.25rem 0 .75rem}
    h2{font-size:1.35rem;margin:0 0 .5rem}
    h3{font-size:1rem;margin:0 0 .5rem;line-height:1.35;overflow-wrap:anywhere}
    p,ul,ol{max-width:42rem;margin:.5rem 0 1rem}
    a{color:var(--accent)}
    .overline{margin:0;overflow-wrap:anywhere;color:var(--accent);font-size:.85rem;font-weight:600;letter-spacing:.04em}
    .lead{font-size:1.15rem;line-height:1.5;max-width:46rem}
    .quiet,small{color:var(--quiet)}
    main{padding-top:2rem;min-height:60vh}
    section{margin:1.75rem 0}
    footer{color:var(--quiet);font-size:.9rem;padding-top:1.25rem;padding-bottom:2rem;border-top:1px solid var(--rule)}
    .skip{position:absolute;left:-100rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:1}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px}

    """

  private static let parts = """
    .bar{border-bottom:1px solid var(--rule);background:var(--card)}
    .inner{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.5rem;padding-top:.6rem;padding-bottom:.6rem}
    .brand{font-size:1.15rem;color:var(--ink);text-decoration:none;padding:.35rem 0}
    nav{flex:1 1 auto}
    nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;padding:0;margin:0;max-width:none}
    nav a{text-decoration:none;display:inline-block;padding:.35rem 0;border-bottom:2px solid transparent}
    nav a[aria-current]{border-color:var(--accent);font-weight:600}
    .count{background:var(--accent);color:var(--card);border-radius:999px;padding:0 .5rem;font-size:.8rem;font-weight:600}
    .who{display:flex;gap:.9rem;align-items:center;margin:0}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1.1rem 1.5rem;margin:1rem 0;padding:1rem 0 0;\
    border-top:1px solid var(--rule)}
    .facts dt{font-size:.85rem;color:var(--quiet)}
    .facts dd{margin:.1rem 0 0;font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;line-height:1.3}
    .facts dd small{display:block;font-size:.85rem;font-weight:400;line-height:1.4}
    .notice{border-left:4px solid var(--accent);background:var(--card);padding:.8rem 1.1rem;margin:1rem 0;border-radius:0 6px 6px 0;\
    max-width:46rem}
    .notice p{margin:0}.notice p+p{margin-top:.2rem}
    .notice.good{border-color:var(--good)}.notice.good strong{color:var(--good)}
    .notice.caution{border-color:var(--caution);background:var(--caution-bg)}.notice.caution strong{color:var(--caution)}
    .notice.serious{border-color:var(--serious);background:var(--serious-bg)}.notice.serious strong{color:var(--serious)}
    table{border-collapse:collapse;font-size:.95rem;width:100%}
    caption{text-align:left;color:var(--quiet);font-size:.9rem;padding:.3rem 0}
    th,td{text-align:left;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--rule);vertical-align:top;overflow-wrap:break-word}
    th{font-weight:600;color:var(--quiet)}tbody th{color:var(--ink)}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .tag{display:inline-block;border-radius:999px;padding:0 .6rem;font-size:.85rem;border:1px solid var(--edge);background:var(--card);\
    white-space:nowrap}
    .tag.good{border-color:var(--good);color:var(--good)}.tag.caution{border-color:var(--caution);color:var(--caution)}
    .tag.serious{border-color:var(--serious);color:var(--serious)}.tag.busy{border-color:var(--accent);color:var(--accent)}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1rem}
    .card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.1rem;min-width:0}
    .chips{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0 0}
    .chips li{border:1px solid var(--rule);border-radius:6px;padding:.05rem .55rem;font-size:.85rem;color:var(--quiet)}
    form.card{max-width:46rem;margin:1rem 0}
    .field label{display:block;font-weight:600}.field small{display:block;max-width:40rem}
    .field label small{display:inline;font-weight:400}
    .fault{display:block;color:var(--serious)}.fault::before{content:"✕ "}
    .check{display:flex;flex-wrap:wrap;gap:.15rem .6rem;align-items:baseline}
    .check label{flex:1 1 0}.check small{flex-basis:100%;padding-left:1.7rem}
    input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:5px;\
    padding:.45rem .6rem;width:100%;max-width:40rem;margin-top:.2rem}
    input[type=checkbox]{width:1.1rem;height:1.1rem;margin:0;accent-color:var(--accent)}
    .wrong input,.wrong textarea,.wrong select{border-color:var(--serious)}
    .button,button{font:inherit;font-weight:600;display:inline-block;background:var(--accent);color:#fff;border:1px solid transparent;\
    border-radius:5px;padding:.45rem 1.1rem;text-decoration:none;cursor:pointer}
    button.danger{background:none;color:var(--serious);border-color:var(--serious)}
    button.plain{background:none;color:var(--accent);border:0;padding:.35rem 0;font-weight:400;text-decoration:underline}
    .links{display:flex;flex-wrap:wrap;gap:.6rem 1.25rem;align-items:center;max-width:none}
    .timeline{list-style:none;padding:0 0 0 1.1rem;border-left:2px solid var(--rule);margin-left:.3rem}
    .timeline li{margin:0 0 .8rem}.timeline time{display:block;font-size:.85rem;color:var(--quiet)}
    blockquote{margin:.25rem 0 0;padding:.3rem .9rem;border-left:3px solid var(--rule);white-space:pre-line;overflow-wrap:anywhere}
    .words{white-space:pre-line;overflow-wrap:anywhere}
    pre{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.75rem 1rem;overflow:auto;font-size:.9rem;\
    max-height:24rem;max-width:46rem;white-space:pre-wrap;overflow-wrap:anywhere}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    details{margin:.75rem 0}summary{cursor:pointer;color:var(--accent);width:fit-content;padding:.3rem 0}
    progress{width:100%;max-width:30rem;height:1rem;accent-color:var(--accent)}
    svg{display:block;max-width:100%;height:auto}
    .steps{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;padding:0;margin:0;max-width:none;counter-reset:step}
    .steps li{counter-increment:step;color:var(--quiet)}.steps li::before{content:counter(step) "\\00a0"}
    .steps span{display:inline-block;padding:.35rem 0}
    .steps [aria-current]{font-weight:600;color:var(--ink)}.steps [aria-current] a{color:var(--ink);border-color:var(--accent)}
    fieldset{min-width:0}fieldset.field{border:0;padding:0;margin:1rem 0}
    fieldset.field>legend{font-weight:600;padding:0}
    .choice.wrong{border-left:3px solid var(--serious);padding-left:.8rem}
    input[type=radio]{width:1.1rem;height:1.1rem;margin:0;accent-color:var(--accent)}
    .choice .check{margin:.45rem 0;align-items:flex-start}.choice input{margin-top:.25rem}.choice .check label{font-weight:400}
    form.groups{max-width:62rem;margin:1rem 0}
    .group{margin:1.25rem 0;padding:.9rem 1.1rem 1rem}
    .group>legend{float:left;width:100%;padding:0}.group>legend+*{clear:both}
    .group h3{font-size:1.1rem;margin:0}
    .group .field{margin:.8rem 0 0}
    .seen{margin:.25rem 0 .75rem;padding-left:1.1rem;color:var(--quiet);font-size:.95rem;overflow-wrap:anywhere}
    button.second{background:none;color:var(--accent);border-color:var(--edge)}
    .sketches{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));gap:1rem;margin:1rem 0}
    figure{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:.9rem 1rem;min-width:0}
    figure.main{border-color:var(--accent)}
    @media(min-width:50rem){.group{display:grid;grid-template-columns:1fr 1fr;column-gap:1.5rem;align-items:start}\
    .group>legend,.group>.seen,.group>.quiet,.group>.check{grid-column:1/-1}
    #columns>.check,#conditions>.check{grid-column:auto;margin:.3rem 0}}
    .wide figure{grid-column:1/-1;max-width:44rem}.wide figure p{min-height:0}.wide figure p:empty{display:none}
    .parts{display:grid;grid-template-columns:1fr;gap:.5rem}.parts>div{min-width:0}
    @media(max-width:44rem){.parts{grid-template-columns:1fr 1fr}}
    @media(min-width:44rem){figure p{min-height:2.8em}.parts p{min-height:4.2em}}
    figure p{font-size:.85rem;color:var(--quiet);line-height:1.4;margin:.4rem 0 .9rem}.parts p{margin-bottom:0}
    rect.bar{fill:var(--bar)}rect.cell{fill:var(--accent)}rect.outline{fill:none;stroke:var(--ink);stroke-width:1.2}

    line.above{stroke:var(--accent);stroke-width:3}circle.above{fill:var(--accent)}
    line.below{stroke:var(--quiet);stroke-width:2}circle.below{fill:var(--quiet)}

    """

  private static let small = """
    @media(max-width:44rem){nav{flex-basis:100%;order:3}.who{margin-left:auto}main{padding-top:1.25rem}
    table.stack,.stack tbody,.stack tr,.stack td,.stack tbody th,.stack caption{display:block;border:0;padding:0}
    .stack thead{position:absolute;left:-100rem}.stack tr{padding:.7rem 0;border-bottom:1px solid var(--rule)}
    .stack td.n{text-align:left;white-space:normal}
    .stack td[data-label]:not(:empty)::before{content:attr(data-label) ": ";color:var(--quiet)}}
    @media(max-width:22rem){main,footer,.inner{padding-left:.9rem;padding-right:.9rem}}

    """

  /// The script of pages that follow a job: the server sends the progress, and the page is opened
  /// again at the end.
  package static let script = """
    for (const box of document.querySelectorAll("[data-stream]")) {
      const source = new EventSource(box.dataset.stream);
      source.onmessage = (event) => {
        const news = JSON.parse(event.data);
        if (news.ended) { source.close(); location.reload(); return; }
        box.querySelector("[role=status]").textContent = news.phase;
        box.querySelector("progress").value = news.percent;
      };
    }

    """
}
