"use strict";
// What is shown of the notes is chosen without script. This remembers it, for all pages of the site,
// and puts it into the address, which goes first and is remembered only when a reader chooses.
(() => {
  const FILTERS = ["layers", "kinds"];
  const key = `postil ${new URL("..", document.currentScript.src).pathname}`;
  const fields = (name) => [...document.querySelectorAll(`.controls .${name} input`)];
  const names = (box) => box.value.split(" ");
  const address = () => new URLSearchParams(location.search);

  // What was chosen elsewhere: how notes are shown, and the layers and kinds that are not.
  const recall = () => {
    try {
      const { show, off } = JSON.parse(localStorage.getItem(key)) ?? {};
      return { show: String(show ?? "all"), off: Array.isArray(off) ? off.map(String) : [] };
    } catch {
      return { show: "all", off: [] };
    }
  };

  const remember = () => {
    const boxes = FILTERS.flatMap(fields);
    const here = new Set(boxes.flatMap(names));
    const off = recall().off.filter((name) => !here.has(name));
    for (const box of boxes) if (!box.checked) off.push(...names(box));
    try {
      localStorage.setItem(key, JSON.stringify({ show: chosen(), off }));
    } catch {
      // Some browsers keep nothing.
    }
  };

  const chosen = () => fields("show").find((radio) => radio.checked)?.value ?? "all";

  const choose = (show) => {
    for (const radio of fields("show")) if (radio.value === show) radio.checked = true;
  };

  const read = () => {
    const wanted = address();
    const shared = ["show", ...FILTERS].some((name) => wanted.has(name));
    const { show, off } = shared ? { show: wanted.get("show") ?? "all", off: [] } : recall();
    choose(show);
    for (const filter of FILTERS) {
      const boxes = fields(filter);
      const only = wanted.get(filter)?.split(",");
      const known = boxes.some((box) => names(box).some((name) => only?.includes(name)));
      for (const box of boxes)
        box.checked =
          known || wanted.get(filter) === ""
            ? names(box).some((name) => only.includes(name))
            : !names(box).every((name) => off.includes(name));
    }
    quieten();
  };

  const share = () => {
    const url = new URL(location.href);
    const put = (name, value, usual) =>
      usual ? url.searchParams.delete(name) : url.searchParams.set(name, value);
    put("show", chosen(), chosen() === "all");
    for (const filter of FILTERS) {
      const on = fields(filter).filter((box) => box.checked);
      put(filter, on.flatMap(names).join(","), on.length === fields(filter).length);
    }
    url.search = url.search.replaceAll("%2C", ",");
    try {
      history.replaceState(history.state, "", url);
    } catch {
      // Some browsers change no address of a file.
    }
  };

  // Words that several notes are about are marked as long as one of these is shown; the style sheet
  // knows this of each layer and each kind, but not of each pair of them.
  const quieten = () => {
    const shown = new Set();
    for (const ref of document.querySelectorAll(".text .ref"))
      if (ref.checkVisibility()) shown.add(ref.textContent);
    for (const words of document.querySelectorAll(".passage.two[data-notes]"))
      words.classList.toggle("quiet", !words.dataset.notes.split(" ").some((note) => shown.has(note)));
  };

  read();
  addEventListener("pageshow", read); // a browser may have put back what stood here
  document.addEventListener("postil:changed", read);
  document.addEventListener("change", (event) => {
    if (!event.target.closest(".controls")) return;
    quieten();
    remember();
    share();
  });
})();
