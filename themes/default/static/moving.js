// Keys that lead to notes, cells and passages, and buttons that copy citations.
(() => {
  const OFF = "postil-keys-off";
  const STOPS = { j: ["aside.note[id], section.cell[id]", 1], k: ["aside.note[id], section.cell[id]", -1],
    n: ["a.ref[id]", 1], p: ["a.ref[id]", -1] };
  // Some browsers store nothing for files: then a choice holds for one page.
  let off = false;
  try { off = localStorage.getItem(OFF) === "1"; } catch {}
  const remember = (is) => {
    off = is;
    try { is ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch {}
  };

  const list = () => document.getElementById("keys_list")?.content.firstElementChild;
  let dialog;
  const show = () => {
    if (!dialog?.isConnected) {
      dialog = document.importNode(list(), true);
      const box = dialog.querySelector("[name=keys]");
      box.checked = !off;
      box.addEventListener("change", () => remember(!box.checked));
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  };

  let at = null;
  const step = (key) => {
    const [names, way] = STOPS[key];
    const stops = [...document.querySelectorAll(names)].filter((stop) => stop.getClientRects().length);
    const here = document.activeElement?.closest?.(names) || (at?.matches(names) ? at : null);
    const next = here ? stops[stops.indexOf(here) + way] : stops[way > 0 ? 0 : stops.length - 1];
    if (next) {
      if (next.tabIndex < 0) next.tabIndex = -1;
      at = next;
      next.focus();
    } else if (!stops.length) document.querySelector(way > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const types = target.isContentEditable || target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [role=textbox]");
    if (off || types || dialog?.open || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === "?" && list()) show();
    else if (Object.hasOwn(STOPS, key)) step(key);
    else return;
    event.preventDefault();
  });

  const copy = async (words) => {
    getSelection().selectAllChildren(words);
    try { await navigator.clipboard.writeText(words.textContent); return true; }
    catch { return document.execCommand("copy"); }
  };

  const make = (name, press) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", press);
    return button;
  };

  // At first, and when the page has been changed.
  const equip = () => {
    if (!dialog?.open) dialog?.remove();
    const foot = document.querySelector(".foot ul");
    if (list() && foot && !foot.querySelector(".keys-way")) {
      const item = document.createElement("li");
      item.append(make(list().querySelector("h2").textContent, show));
      item.firstChild.className = "keys-way";
      foot.append(item);
    }
    for (const words of document.querySelectorAll(".cite pre:last-child")) {
      const { copy: name, copied } = words.closest(".cite").dataset;
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      words.after(make(name, async () => (said.textContent = (await copy(words)) ? ` ${copied}` : "")), said);
    }
  };
  equip();
  document.addEventListener("postil:changed", equip);
})();
