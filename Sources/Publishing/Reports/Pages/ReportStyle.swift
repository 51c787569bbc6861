/// The style sheet that both reports share: light and dark, phone and paper.
package enum ReportStyle {
  package static var sheet: String {
    base + charts + HeatColours.light + "@media screen and (prefers-color-scheme:dark){" + darkInks
      + HeatColours.dark + "}" + paper
  }

  private static let base = """
    :root{color-scheme:light dark;--paper:#fbfaf7;--card:#ffffff;--ink:#1d2733;--quiet:#56616e;--rule:#dfe1df;--accent:#1c6b75;
    --bar:#5fa9ae;--track:#eff1ef;--line:#1d2733;--missing:#b3b9be;--good:#1d6b3a;--caution:#8a4b08;--caution-bg:#fdf3e3;--serious:#a3201d;\
    --serious-bg:#fdecea;
    --b0:#0f4a54;--b1:#2f7f88;--b2:#74b3b5;--b3:#dcae73;--b4:#b9762f;--b5:#8b8fa8}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue",Arial,sans-serif}
    main,header.top,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
    header.top{padding-top:3rem}
    h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;line-height:1.2;\
    text-wrap:balance}
    h1{font-size:clamp(1.8rem,5vw,2.6rem);margin:.25rem 0 .75rem}
    h2{font-size:1.5rem;margin:0 0 .5rem}
    h3{font-size:1rem;margin:0 0 .5rem;line-height:1.35;overflow-wrap:anywhere}
    p,ul,ol{max-width:42rem;margin:.5rem 0 1rem}
    .overline{margin:0;color:var(--accent);font-size:.85rem;font-weight:600;letter-spacing:.04em}
    .lead{font-size:1.2rem;line-height:1.5;max-width:46rem}
    .verdict{border-left:5px solid var(--accent);padding:.15rem 0 .15rem 1rem;max-width:48rem}
    .verdict.good{border-color:var(--good)}.verdict.serious{border-color:var(--serious);color:var(--serious)}
    .verdict.good::before{content:"✓ ";color:var(--good);font-weight:700}.verdict.serious::before{content:"✕ ";font-weight:700}
    .quiet,small{color:var(--quiet)}
    section{margin:3.25rem 0;padding-top:1.5rem;border-top:1px solid var(--rule)}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1.25rem 1.5rem;margin:2rem 0 0;padding:1.25rem 0 0;\
    border-top:1px solid var(--rule)}
    .facts div{min-width:0}
    .facts dt{font-size:.85rem;color:var(--quiet)}
    .facts dd{margin:.1rem 0 0;font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;line-height:1.3}
    .facts dd small{display:block;font-size:.85rem;font-weight:400;line-height:1.4}
    .scope{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));gap:1rem 2.5rem;margin:1rem 0 0}
    .scope dt{font-weight:600}.scope dd{margin:.1rem 0 0;font-size:.92rem;color:var(--quiet)}
    .notice{border-left:4px solid var(--accent);background:var(--card);padding:.9rem 1.1rem;margin:1rem 0;border-radius:0 6px 6px 0;\
    max-width:46rem}
    .notice h3,.notice p{margin:0}.notice h3+p{margin-top:.25rem}
    .notice.caution{border-color:var(--caution);background:var(--caution-bg)}.notice.caution h3{color:var(--caution)}
    .notice.serious{border-color:var(--serious);background:var(--serious-bg)}.notice.serious h3{color:var(--serious)}
    .banner{background:var(--serious-bg);color:var(--serious);padding:.75rem 1.25rem;text-align:center;font-weight:600;\
    border-bottom:1px solid var(--serious)}
    details{margin:.75rem 0;font-size:.9rem}
    summary{cursor:pointer;color:var(--accent);width:fit-content;padding:.2rem 0}
    summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.9rem;width:100%}
    th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--rule);vertical-align:top;overflow-wrap:anywhere}
    th{font-weight:600;color:var(--quiet)}thead th{overflow-wrap:normal}
    tbody th{color:var(--ink)}
    td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .tag{display:inline-block;border-radius:999px;padding:0 .6rem;font-size:.8rem;border:1px solid var(--rule);background:var(--card);\
    white-space:nowrap}
    .tag.modelled{border-color:var(--accent);color:var(--accent)}.tag.replaced,.tag.derived{border-color:var(--caution);\
    color:var(--caution)}
    .tag.empty{border-style:dashed;border-color:var(--serious);color:var(--serious)}
    .tag.partly{border-color:var(--caution);color:var(--caution)}
    .uses{margin:1.75rem 0 0;padding:1.1rem 1.25rem;background:var(--card);border:1px solid var(--rule);border-radius:8px}
    .uses h2{font-size:1.15rem}.uses p{margin:.25rem 0 .75rem}
    .uses dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.9rem 2rem;margin:0}
    .uses dt{font-weight:600}.uses dt .tag{display:table;margin:.2rem 0 .1rem}
    .uses dd{margin:.15rem 0 0;font-size:.92rem;color:var(--quiet);overflow-wrap:anywhere}
    .names{list-style:none;padding:0;margin:0;max-width:none;display:flex;flex-wrap:wrap;gap:.1rem .9rem}
    .sign td{height:3.2rem;border-left:1px solid var(--rule)}.sign th:first-child{width:11rem}
    .tag.met{border-color:var(--good);color:var(--good)}.tag.met::before{content:"✓ "}
    .tag.not-met{border-color:var(--serious);color:var(--serious);font-weight:600}.tag.not-met::before{content:"✕ "}
    .tag.not-assessed{border-style:dashed;color:var(--quiet)}
    .tag.says-nothing{border-style:dashed;border-color:var(--serious);color:var(--serious);font-weight:600}
    .evidence th small{display:block;font-weight:400}.evidence td:nth-child(2){white-space:nowrap}
    .first{margin:1.5rem 0 0}.first h2{font-size:1.15rem}.first p{margin-bottom:.6rem}
    pre{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.75rem 1rem;overflow-x:auto;font-size:.9rem}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
    .chips{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.5rem;max-width:none}
    .chips li{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.2rem .65rem;font-size:.9rem;\
    overflow-wrap:anywhere}
    footer{color:var(--quiet);font-size:.9rem;padding-top:1.25rem;padding-bottom:3rem}
    @media(min-width:60rem){table.stack td[data-label]{white-space:nowrap}}
    @media(max-width:40rem){header.top{padding-top:1.75rem}section{margin:2.25rem 0}.lead{font-size:1.1rem}
    table.stack,.stack tbody,.stack tr,.stack td,.stack tbody th{display:block;border:0;padding:0}
    .stack thead{display:none}.stack tr{padding:.6rem 0;border-bottom:1px solid var(--rule)}.stack td.n{text-align:left}
    .stack td[data-label]:not(:empty)::before{content:attr(data-label) ": ";color:var(--quiet)}}

    """

  private static let charts = """
    svg{display:block;font:11px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink);max-width:none}
    svg .quiet{fill:var(--quiet)}svg .figure{font-variant-numeric:tabular-nums}
    .bar{fill:var(--bar)}.bar.missing{fill:var(--missing)}.track{fill:var(--track)}.axis{stroke:var(--quiet);stroke-width:1;fill:none}
    .original{stroke:var(--line);stroke-width:1.6;fill:none;stroke-linejoin:round}.self{fill:none}
    .whisker{stroke:var(--line);stroke-width:1;fill:none}.hatch{stroke:var(--card);stroke-width:1.2;fill:none}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15.5rem),1fr));gap:1rem;align-items:start}
    .card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.1rem .4rem;min-width:0;break-inside:avoid}
    .card svg{width:100%;height:auto}.card details{margin:.4rem 0 .3rem}
    .card h3 small{display:block;font-weight:400}
    .cards.points{grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr))}.points table{font-size:.85rem}
    .points .card{overflow-x:auto}.points th,.points td{overflow-wrap:break-word;padding-right:.6rem}.points td.n{white-space:nowrap}
    .bar.over{fill:var(--serious)}text.over{fill:var(--serious);font-weight:600}.mark{fill:var(--line)}
    .limit{stroke:var(--caution);stroke-width:2;fill:none}.grid{stroke:var(--rule);stroke-width:1;fill:none}
    svg.risks{width:100%;height:auto;max-width:36rem;font-size:12px}
    svg.ranked{width:100%;height:auto;max-width:34rem;font-size:12px}
    svg.budget{width:100%;height:2.1rem;border-radius:4px}
    svg.heat{font-size:10.5px}svg.legend{border-radius:2px}
    .scale span{white-space:nowrap}.scale{display:flex;gap:.6rem;align-items:center;font-size:.85rem;color:var(--quiet)}
    .split{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1rem 2.5rem;align-items:start}
    .split>div{min-width:0}.split.wide{grid-template-columns:minmax(0,1fr)}.scroll svg.heat.small{max-width:max(100%,27rem);height:auto}
    .maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.5rem}
    .maps.wide{grid-template-columns:minmax(0,1fr)}.maps:not(.wide) svg.heat{width:100%;height:auto}.maps>div{min-width:0}
    .key{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.6rem 1.5rem;\
    max-width:none}
    .key li{display:grid;grid-template-columns:.9rem 1fr;gap:0 .6rem;align-items:baseline;align-content:start}
    .key svg{width:.9rem;height:.9rem;border-radius:3px;align-self:center}.key small{grid-column:2}
    .legend-line{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;align-items:center;font-size:.9rem;margin:.25rem 0 1rem}
    .legend-line span{display:inline-flex;align-items:center;gap:.4rem}
    .b0{fill:var(--b0)}.b1{fill:var(--b1)}.b2{fill:var(--b2)}.b3{fill:var(--b3)}.b4{fill:var(--b4)}.b5{fill:var(--b5)}

    """

  private static let darkInks = """
    :root{--paper:#13181d;--card:#1a2027;--ink:#e5e8ea;--quiet:#a3adb6;--rule:#2d353d;--accent:#79c6cb;--bar:#3d8b92;--track:#252d34;\
    --line:#f2e6cf;
    --missing:#5b656e;--good:#86d3a0;--caution:#efb265;--caution-bg:#2a2117;--serious:#ff9d94;--serious-bg:#331b1b;
    --b0:#a6dedd;--b1:#55a7ac;--b2:#2b6c73;--b3:#8d6230;--b4:#e0a35a;--b5:#8f95b5}
    """

  /// Returns rules that print a line of text and the page's number below every page.
  static func paperFooter(_ text: String) -> String {
    let font = "font:8pt system-ui,sans-serif;color:#56616e"
    return "@page{margin-bottom:20mm;@bottom-left{content:\"\(escaped(text))\";\(font)}"
      + "@bottom-right{content:counter(page) \" of \" counter(pages);\(font)}}"
  }

  /// Returns a text as a string of a style sheet that nothing can break out of: every character but
  /// plain ones is written by its number.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value)
          || " .,-".unicodeScalars.contains(scalar))
      return isPlain ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
    }.joined()
  }

  private static let paper = """
    @page{margin:16mm}
    @media print{:root{color-scheme:light}body{background:#fff;font-size:10pt}section{margin:1.5rem 0;break-inside:auto}\
    h2,h3{break-after:avoid}
    .card,.notice,tr,svg{break-inside:avoid}.cards{grid-template-columns:repeat(3,1fr)}.scroll{overflow:visible}svg.heat{max-width:100%;\
    height:auto}
    .banner{border:2px solid}summary{color:inherit}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    details:not([open]):not(.more){display:none}}
    """
}
