// The search page: asks Pagefind, one index a language, and shows what it says as text.
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  const status = document.querySelector(".found");
  const list = document.getElementById("results");
  const more = document.querySelector(".on");
  const choices = document.querySelector(".choices");
  const WIDE = matchMedia("(min-width: 48em)");
  const AT_ONCE = 20;
  const WORDS = 30;
  const PLACES = 3;
  // Signs between the parts of a record, and between the blocks of a part.
  const PART = "\u241E";
  const BLOCK = "\u241F";
  let indexes = null;
  let asked = 0;
  let found = [];

  if (location.protocol === "file:") {
    // Browsers read neither modules nor other files there.
    status.textContent = status.dataset.file;
    return;
  }
  form.hidden = false;

  // A module for each language: the program that finds the stems of its words is a part of it.
  async function open() {
    const base = new URL(form.dataset.index, document.baseURI).href;
    const root = document.documentElement;
    const own = root.lang;
    return Promise.all(form.dataset.languages.split(" ").filter(Boolean).map(async (language) => {
      const module = await import(`${base}pagefind.js?${language}`);
      root.lang = language;
      const index = module.createInstance({ basePath: base, noWorker: true });
      root.lang = own;
      return { language, search: index.search };
    }));
  }

  // Words of scripts without spaces are told apart as the index has them.
  function split(words, language) {
    if (!/^(zh|ja|ko|th|km|lo|my)\b/.test(language) || !Intl.Segmenter) return words;
    const segmenter = new Intl.Segmenter(language, { granularity: "word" });
    return Array.from(segmenter.segment(words), ({ segment }) => segment).join(" ");
  }

  function readForm() {
    const filters = {};
    for (const select of form.querySelectorAll("select")) {
      if (select.value) filters[select.name] = select.value;
    }
    return { words: form.elements.q.value.trim(), filters };
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll("input, select")) {
      field.value = query.get(field.name) || "";
      if (field.value === "" && field.options) field.selectedIndex = 0;
    }
    // Where there is no room beside the results, filters are folded away unless one is in use.
    if (choices) choices.open = WIDE.matches || Object.keys(readForm().filters).length > 0;
  }

  function writeAddress({ words, filters }) {
    const query = new URLSearchParams(words ? { q: words, ...filters } : filters).toString();
    const url = query ? `?${query}` : location.pathname;
    if (location.search !== (query ? url : "")) history.pushState(null, "", url);
  }

  async function search() {
    const mine = ++asked;
    const { words, filters } = readForm();
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    if (!words && !Object.keys(filters).length) return;
    status.textContent = status.dataset.waits;
    try {
      indexes ??= open();
      const answers = await Promise.all((await indexes).map(({ language, search: ask }) =>
        ask(words ? split(words, language) : null, { filters })));
      if (mine !== asked) return;
      found = answers.flatMap((answer) => answer.results).sort((one, other) => other.score - one.score);
      await show(0, mine);
      if (mine === asked) say(found.length);
    } catch (error) {
      if (mine !== asked) return;
      console.warn(error);
      indexes = null;
      status.textContent = status.dataset.fails;
    }
  }

  function say(count) {
    const { lang } = document.documentElement;
    const { none, other, [new Intl.PluralRules(lang).select(count)]: words = other } = status.dataset;
    // Figures are those of the pages, which are 0 to 9 in every language.
    const figure = count.toLocaleString(`${lang}-u-nu-latn`);
    status.textContent = count ? words.replace("#", figure) : none;
  }

  async function show(from, mine) {
    const results = await Promise.all(found.slice(from, from + AT_ONCE).map((result) => result.data()));
    if (mine !== asked) return;
    list.append(...results.map(draw));
    more.hidden = found.length <= from + AT_ONCE;
  }

  // Everything that comes out of the index is put in as text.
  function draw({ raw_url: url, content, raw_content: marked, locations, meta, filters }) {
    const told = { ...tell(content, marked), hits: new Set(locations) };
    const parts = part(told, filters.parts?.[0] || "");
    const gist = parts[0]?.kind === "g" ? parts.shift() : null;
    const link = make("a", gist ? "" : meta.title);
    if (gist) write(link, told, gist.from, gist.to);
    link.href = url;
    link.dir = "auto";
    const title = make("p", "", "hit");
    title.append(link);
    const item = make("li");
    item.append(title, head(meta, filters), ...choose(parts).map((each) => excerpt(told, each)));
    return item;
  }

  function head({ kind, by }, { from, place }) {
    const line = make("p", "", "from");
    line.append(make("span", list.dataset[kind] || "", "kind"));
    for (const [words, name] of [[from?.[0]], [place?.[0]], [by, "by"]]) {
      if (words) line.append(" · ", make("bdi", words, name));
    }
    return line;
  }

  // The parts of a record, each with what it is and the words that it begins and ends at.
  function part({ words, hits }, kinds) {
    const ends = [...words.keys()].filter((at) => words[at].trim() === PART);
    return [...ends, words.length].map((to, at) => {
      const from = at ? ends[at - 1] + 1 : 0;
      const inside = [...hits].filter((hit) => hit >= from && hit < to);
      return { kind: kinds[at] || "q", from, to, first: inside.length ? Math.min(...inside) : null };
    });
  }

  // Where something was found; where nothing was, as by a filter alone, how the record begins.
  function choose(parts) {
    const found = parts.filter(({ first }) => first !== null);
    return found.length ? found.slice(0, PLACES) : parts.slice(0, 1);
  }

  // Only what Pagefind made fit for HTML still tells words apart in scripts without spaces.
  function tell(content, marked) {
    if (!marked.includes("\u200B")) return { words: content.split(/\s+/), spaced: true };
    const bare = marked.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return { words: bare.split("\u200B"), spaced: false };
  }

  function excerpt(told, { kind, from, to, first }) {
    const start = Math.max(from, Math.min((first ?? from) - 6, to - WORDS));
    const end = Math.min(to, start + WORDS);
    const place = make("p", start > from ? "… " : "", kind === "q" ? "words theirs" : "words");
    place.dir = "auto";
    write(place, told, start, end);
    if (end < to) place.append(" …");
    return place;
  }

  function write(place, { words, spaced, hits }, start, end) {
    for (let at = start; at < end; at += 1) {
      const word = words[at].trim() === BLOCK ? "·" : words[at];
      place.append(hits.has(at) ? make("mark", word) : word, spaced && at + 1 < end ? " " : "");
    }
  }

  function make(tag, words = "", kind = "") {
    const element = document.createElement(tag);
    element.textContent = words;
    if (kind) element.className = kind;
    return element;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    writeAddress(readForm());
    search();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit();
  });
  more.addEventListener("click", async () => {
    const at = list.children.length;
    await show(at, asked);
    list.children[at]?.querySelector("a").focus();
  });
  addEventListener("popstate", () => {
    readAddress();
    search();
  });
  readAddress();
  search();
})();
