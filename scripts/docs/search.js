// Search over all pages. It works from disk: the index is a script, read when somebody first searches.
"use strict";
(() => {
  const root = document.currentScript.dataset.root;
  const box = document.querySelector('[role="search"]');
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const status = found.querySelector("p");
  const list = found.querySelector("ol");
  let parts = null;
  let isAsked = false;

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

  window.understudySearch = (rows) => {
    parts = rows.map(([weight, page, href, title, words]) => (
      { weight, page, href, title, words, names: plain(`${page} ${title}`), text: plain(words) }));
    show();
  };

  function load() {
    if (isAsked) return;
    isAsked = true;
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    document.head.append(script);
  }

  // How well a part answers: headings weigh more than words, whole words more than beginnings.
  function score(part, terms) {
    let sum = 0;
    for (const term of terms) {
      const inNames = place(part.names, term);
      const inText = place(part.text, term);
      if (!inNames && !inText) return 0;
      sum += 8 * inNames + inText;
    }
    if (plain(part.title) === terms.join(" ")) sum += 20;
    return part.weight * sum / (1 + Math.log10(1 + part.text.length / 500));  // Long parts hold every word.
  }

  function place(text, term) {
    let at = text.indexOf(term);
    let best = 0;
    while (at >= 0 && best < 3) {
      const begins = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);
      const ends = !/[\p{L}\p{N}]/u.test(text[at + term.length] ?? " ");
      best = Math.max(best, begins && ends ? 3 : begins ? 2 : 0.5);
      at = text.indexOf(term, at + 1);
    }
    return best;
  }

  function excerpt(part, terms) {
    const hits = terms.map((term) => part.text.indexOf(term)).filter((at) => at >= 0);
    const at = hits.length ? Math.min(...hits) : 0;
    const begin = at > 60 ? part.words.indexOf(" ", at - 60) + 1 : 0;
    const rest = part.words.slice(begin);
    const end = rest.length > 150 ? rest.lastIndexOf(" ", 150) : rest.length;
    return (begin ? "… " : "") + rest.slice(0, end) + (end < rest.length ? " …" : "");
  }

  function entry(part, terms) {
    const link = document.createElement("a");
    link.href = root + part.href;
    const title = document.createElement("b");
    title.textContent = part.title;
    link.append(title);
    if (part.page !== part.title) {
      const page = document.createElement("small");
      page.textContent = part.page;
      link.append(" ", page);
    }
    const words = document.createElement("span");
    mark(words, excerpt(part, terms), terms);
    link.append(words);
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  function mark(node, text, terms) {
    const pattern = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    for (const [number, piece] of text.split(new RegExp(`(${pattern})`, "i")).entries()) {
      if (number % 2) {
        const hit = document.createElement("mark");
        hit.textContent = piece;
        node.append(hit);
      } else node.append(piece);
    }
  }

  function show() {
    const terms = plain(query.value).split(/\s+/).filter(Boolean);
    found.hidden = !terms.length;
    if (!terms.length || !parts) return;
    const hits = parts.map((part) => ({ part, points: score(part, terms) }))
      .filter((hit) => hit.points).sort((a, b) => b.points - a.points);
    const shown = hits.slice(0, 20);
    status.textContent = !hits.length ? "Nothing found."
      : hits.length > shown.length ? `The best ${shown.length} of ${hits.length} places`
      : hits.length === 1 ? "1 place" : `${hits.length} places`;
    list.replaceChildren(...shown.map((hit) => entry(hit.part, terms)));
  }

  function step(by) {
    const stops = [query, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  }

  box.hidden = false;
  query.addEventListener("focus", load);
  query.addEventListener("input", show);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("a")?.click();
  });
  box.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !found.hidden) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape") {
      query.value = "";
      show();
      query.focus();
    }
  });
  list.addEventListener("click", () => { found.hidden = true; });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) found.hidden = true; });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
  });

  // The current page is in sight in a long list of contents.
  const contents = document.getElementById("contents");
  const here = contents.querySelector("[aria-current]");
  if (here) contents.scrollTop = here.offsetTop - contents.offsetTop - contents.clientHeight / 3;
})();
