// The one script that a page has while it is served: it follows the builds. It is sent without
// comments and without the space at the beginning of lines.
(() => {
  const doc = document;
  const root = doc.documentElement;
  const first = doc.currentScript.src.split("?")[1];
  let version = first, said, last, source, work = Promise.resolve();

  // Where an element is, in words that hold in the next page too: below which id, which of its name.
  const place = (e) => {
    const top = e.closest("[id]") || doc.body;
    return [top.id, e.localName, [...top.getElementsByTagName(e.localName)].indexOf(e)];
  };
  const find = ([id, name, at]) => {
    const top = id ? doc.getElementById(id) : doc.body;
    return at < 0 ? top : top?.getElementsByTagName(name)[at];
  };

  // What was published of each node that was. The page's own scripts add nodes, classes and styles:
  // what is not published stays as it is until they are told that the page has changed.
  const published = new WeakMap();
  const know = (node, copy) => {
    published.set(node, copy);
    node.childNodes.forEach((child, at) => know(child, copy.childNodes[at]));
  };
  const skip = (node) => {
    while (node && !published.has(node)) node = node.nextSibling;
    return node;
  };

  // Make `old` what `fresh` is, and keep every node that is in both.
  const morph = (old, fresh) => {
    const was = published.get(old);
    published.set(old, fresh);
    if (old.nodeType !== 1) return was.data !== fresh.data && (old.data = fresh.data);
    for (const { name } of was.attributes)
      if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes)
      if (was.getAttribute(name) !== value) old.setAttribute(name, value);
    if (fresh.localName === "template")
      return old.content.replaceChildren(...fresh.content.childNodes);
    let at = skip(old.firstChild), last;
    // With a node goes what was added behind it.
    const drop = () => {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    };
    for (const child of fresh.childNodes) {
      const like = (node) => node?.nodeName === child.nodeName && node.id === child.id;
      let match = at;
      if (child.id) while (match && !like(match)) match = skip(match.nextSibling);
      if (like(match)) {
        while (at !== match) drop();
        at = skip(match.nextSibling);
        morph((last = match), child);
      } else {
        const node = doc.importNode(child, true);
        know(node, child);
        // What was added at the end stays there.
        old.insertBefore(node, at ?? (last ? last.nextSibling : old.firstChild));
        last = node;
      }
    }
    while (at) drop();
  };

  const scripts = (of) => [...of.scripts].map((e) => e.src.split("?")[0]).join();
  const top = (e) => e.getBoundingClientRect().top;

  const change = async (next) => {
    if (!next || next === version) return;
    const page = await fetch(location.pathname);
    if (page.redirected) return location.replace(page.url);
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    if (scripts(fresh) !== scripts(doc)) return location.reload();
    // A style or picture that was loaded before has to have another address to be loaded again.
    const assets = next.split(".")[1];
    if (!first.endsWith(assets))
      for (const e of fresh.querySelectorAll("link[rel=stylesheet], img")) {
        const name = e.src ? "src" : "href";
        e.setAttribute(name, e.getAttribute(name) + "?" + assets);
      }
    const opened = [...document.querySelectorAll("details")].map((e) => [place(e), e.open]);
    const focus = doc.activeElement;
    const where = place(focus);
    // What stands aside may stand elsewhere then: it is the text that stays.
    let anchor = doc.body;
    for (const e of doc.querySelectorAll("body [id]:not(aside, aside *)"))
      if (e.getClientRects()[0] && Math.abs(top(e)) < Math.abs(top(anchor))) anchor = e;
    const { id } = anchor, height = top(anchor);
    morph(root, fresh.documentElement);
    for (const [at, open] of opened) {
      const e = find(at);
      if (e?.localName === "details") e.open = open;
    }
    doc.dispatchEvent(new Event("postil:changed"));
    if (!focus.isConnected) find(where)?.focus({ preventScroll: true });
    anchor = scrollY && doc.getElementById(id);
    if (anchor) scrollBy({ top: top(anchor) - height, behavior: "instant" });
    version = next;
  };

  // Problems lie over the page in a tree of their own. They come as names and words: a word is a
  // text node, whatever is in it.
  const make = ([name, facts, ...inside]) => {
    const e = doc.createElement(name);
    for (const key in facts) e.setAttribute(key, facts[key]);
    e.append(...inside.map((each) => (each.pop ? make(each) : each)));
    return e;
  };
  let panel;
  const close = () => {
    sessionStorage.postil = said;
    panel.replaceChildren();
  };

  const hear = (e) => {
    const news = JSON.parse(e.data);
    said = news.said;
    if (!said) sessionStorage.postil = said;
    if (last !== e.data)
      panel.replaceChildren(said === sessionStorage.postil ? "" : make(news.panel));
    last = e.data;
    work = work.then(() => change(news.version)).catch(() => {});
  };

  // A browser has six connections for one server: a page that nobody sees needs none.
  const listen = () => {
    if (doc.hidden) source = source?.close();
    else if (!source || source.readyState > 1) {
      source = new EventSource("/.postil/events?" + location.pathname);
      source.onmessage = hear;
      source.onerror = (e) => e.target.readyState === 2 && setTimeout(listen, 1000);
    }
  };

  // The page has been read, and its own scripts, which are all deferred, have not run.
  const start = () => {
    know(root, doc.implementation.createHTMLDocument().importNode(root, true));
    panel = root.appendChild(make(["div"])).attachShadow({ mode: "open" });
    panel.addEventListener("click", (e) => e.target.localName === "button" && close());
    addEventListener("keydown", (e) => e.key === "Escape" && close());
    onpageshow = doc.onvisibilitychange = listen;
    listen();
  };
  doc.addEventListener("readystatechange", start, { once: true });
})();
