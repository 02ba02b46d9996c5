// Keys that lead from note to note, from cell to cell and from passage to passage, and buttons that
// copy citations. Whatever they do can be done without them.
(() => {
  const OFF = "postil-keys-off";
  const STOPS = { j: ["aside.note[id], section.cell[id]", 1], k: ["aside.note[id], section.cell[id]", -1],
    n: ["a.ref[id]", 1], p: ["a.ref[id]", -1] };
  // Storage is forbidden in some browsers for files: then a choice holds for one page.
  let off = false;
  try { off = localStorage.getItem(OFF) === "1"; } catch { /* it stays on */ }
  const remember = (is) => {
    off = is;
    try { is ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* one page */ }
  };

  const template = document.getElementById("keys_list");
  let dialog;
  const show = () => {
    if (!dialog) {
      dialog = document.importNode(template.content, true).firstElementChild;
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
    const types = target.isContentEditable || target.closest?.("input, textarea, select, [role=textbox]");
    if (off || types || dialog?.open || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === "?" && template) show();
    else if (Object.hasOwn(STOPS, key)) step(key);
    else return;
    event.preventDefault();
  });

  const foot = document.querySelector(".foot ul");
  if (template && foot) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "keys-way";
    button.textContent = template.content.querySelector("h2").textContent;
    button.addEventListener("click", show);
    item.append(button);
    foot.append(item);
  }

  const copy = async (words) => {
    getSelection().selectAllChildren(words);
    try { await navigator.clipboard.writeText(words.textContent); return true; }
    catch { return document.execCommand("copy"); }
  };
  for (const words of document.querySelectorAll(".cite pre")) {
    const { copy: name, copied } = words.closest(".cite").dataset;
    const button = document.createElement("button"), said = document.createElement("span");
    said.setAttribute("role", "status");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", async () => {
      said.textContent = (await copy(words)) ? ` ${copied}` : "";
    });
    words.after(button, said);
  }
})();
