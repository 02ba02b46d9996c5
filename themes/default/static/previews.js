// Previews: the words that a link to a passage leads to, beside the link, while it is pointed at or
// focused. Escape takes them away; the pointer may enter them. Files cannot be fetched from `file:`.
(() => {
  if (location.protocol === "file:") return;
  const pages = new Map();
  let box, link, timer;

  const fetchPage = (url) => {
    if (url.href.split("#")[0] === location.href.split("#")[0]) return Promise.resolve(document);
    if (!pages.has(url.pathname)) {
      pages.set(url.pathname, fetch(url.pathname)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => new DOMParser().parseFromString(text, "text/html"))
        .catch(() => pages.delete(url.pathname) && null));
    }
    return pages.get(url.pathname);
  };

  // The passage as nodes, without what belongs to its own page: numbers, marks, ids, links, pictures.
  const cutOut = (page, id) => {
    const place = page?.getElementById(id);
    const words = place?.querySelector(".words") || place?.closest(".words");
    if (!words) return null;
    const cut = document.importNode(words, true);
    for (const mark of cut.querySelectorAll(".ref, .locator, .fn, script, style, iframe")) mark.remove();
    for (const image of cut.querySelectorAll("img, picture, svg")) image.replaceWith(image.alt || "");
    for (const a of cut.querySelectorAll("a, .passage")) a.replaceWith(...a.childNodes);
    for (const named of [cut, ...cut.querySelectorAll("[id], [tabindex]")]) {
      named.removeAttribute("id");
      named.removeAttribute("tabindex");
    }
    cut.lang = words.closest("[lang]")?.lang || "";
    return cut;
  };

  const hide = () => {
    clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    box?.remove();
    box = link = null;
  };
  const place = () => {
    const at = link.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, innerWidth - box.offsetWidth - 16));
    const below = at.bottom + box.offsetHeight < innerHeight || at.top < box.offsetHeight;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(below ? at.bottom : at.top - box.offsetHeight) + scrollY}px`;
  };
  const show = async (a) => {
    if (a === link) return clearTimeout(timer);
    hide();
    link = a;
    const url = new URL(a.href);
    const cut = cutOut(await fetchPage(url), decodeURIComponent(url.hash.slice(1)));
    if (!cut || link !== a) return;
    box = document.createElement("div");
    box.className = "preview";
    box.id = "preview";
    box.setAttribute("role", "tooltip");
    box.append(cut);
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", later);
    document.querySelector("main").append(box);
    a.setAttribute("aria-describedby", "preview");
    place();
  };
  // Long enough for a pointer on its way to the preview.
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => document.activeElement !== link && hide(), 300);
  };

  const leads = (event) => {
    const a = event.target.closest?.("main a[href*='#']:not(.locator, .ref, [role])");
    return a && a.origin === location.origin && /\/sources\/[^/]+\.html$/.test(a.pathname) ? a : null;
  };
  document.addEventListener("pointerover", (event) => {
    const a = leads(event);
    if (!a || event.pointerType === "touch" || a === link) return a && clearTimeout(timer);
    clearTimeout(timer);
    timer = setTimeout(() => show(a), 250);
  });
  document.addEventListener("pointerout", (event) => leads(event) && later());
  document.addEventListener("focusin", (event) => {
    const a = leads(event);
    if (a) show(a);
    else hide();
  });
  document.addEventListener("focusout", (event) => leads(event) && hide());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
