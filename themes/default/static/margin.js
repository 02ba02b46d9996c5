"use strict";
// Where there is room, as the style sheet says, notes stand at their words. All that is written is
// how far a note is from the top of its block (`--at`), how long the text waits after a block for
// notes (`--wait`), and where the lowest note ends (`--end`). Elsewhere the grid remains.
(() => {
  const TOP = ".noted > .notes > .note";
  const range = document.createRange();
  let text, blocks, waits;
  let notes = [];
  let focus; // the note that stands exactly at its words
  let held = false; // nothing moves away from under a pointer that is down

  const centre = ({ top, bottom }) => (top + bottom) / 2;
  const isPlaced = () =>
    notes.length && getComputedStyle(notes[0].parentElement).position === "relative";
  const find = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  // The middle of a number's line: of the character before it.
  const findLine = (note) => {
    const ref = find(note.querySelector(".number").hash ?? "");
    let word = ref?.previousSibling;
    while (word && word.nodeType !== Node.TEXT_NODE) word = word.lastChild;
    if (word?.length) {
      range.setStart(word, word.length - 1);
      range.setEnd(word, word.length);
      const box = [...range.getClientRects()].at(-1);
      if (box?.height) return centre(box);
    }
    // A number may be hidden while its note, to which a link leads, is not.
    if (ref?.getClientRects().length) return centre(ref.getClientRects()[0]);
    return note.parentElement.getBoundingClientRect().top;
  };

  // For each block, how long the text has waited before it.
  const sum = (each) => {
    let total = 0;
    return each.map((wait) => (total += wait) - wait);
  };

  const lay = () => {
    if (held || !isPlaced()) return;
    const top = text.getBoundingClientRect().top;
    const shown = notes.filter((note) => note.offsetHeight);
    const gap = parseFloat(getComputedStyle(notes[0].parentElement).rowGap);
    const heights = shown.map((note) => note.offsetHeight);
    const wanted = shown.map((note) => {
      const number = note.querySelector(".number").getBoundingClientRect();
      return findLine(note) - (centre(number) - note.getBoundingClientRect().top) - top;
    });
    const before = sum(waits); // the text that is measured waits already
    const of = shown.map((note) => blocks.indexOf(note.closest(".noted")));
    const stays = blocks.map((block) => block.matches(".heading"));
    const drift = parseFloat(getComputedStyle(text).getPropertyValue("--drift"));
    const free = wanted.map((want, at) => want - before[of[at]]);
    waits = postil.wait(free, heights, gap, of, stays, drift);
    waits.forEach((wait, at) => blocks[at].style.setProperty("--wait", `${wait}px`));
    const starts = shown.map((note) => note.parentElement.getBoundingClientRect().top - top);
    const after = sum(waits);
    const settled = free.map((want, at) => want + after[of[at]]);
    const places = postil.place(settled, heights, gap, shown.indexOf(focus)).map(Math.round);
    places.forEach((place, at) => shown[at].style.setProperty("--at", `${place - starts[at]}px`));
    const end = places.length ? places.at(-1) + heights.at(-1) : 0;
    text.style.setProperty("--end", `${end}px`);
  };

  // Bring what has the focus into view, where it comes to stand.
  const reveal = (element) => {
    const note = element.closest(TOP);
    const box = element.getBoundingClientRect();
    let { top } = box;
    if (note) {
      const start = note.parentElement.getBoundingClientRect().top;
      top += start + parseFloat(note.style.getPropertyValue("--at")) - note.getBoundingClientRect().top;
    }
    const pad = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const low = top + box.height - (innerHeight - pad);
    if (top < pad) scrollBy(0, top - pad);
    else if (low > 0) scrollBy(0, Math.min(low, top - pad));
  };

  const attend = (element) => {
    const ref = element?.closest(".ref");
    const note = ref ? find(ref.hash)?.closest(TOP) : element?.closest(TOP);
    if (!note) return;
    focus = note;
    text.classList.add("moving");
    lay();
    if (!held && isPlaced()) reveal(element);
  };

  // On the way to places that no reader asked for, notes would overlap.
  const jump = () => {
    text.classList.remove("moving");
    lay();
  };

  const release = () => {
    held = false;
    jump();
  };

  // At first, and when the page has been changed. The text has no styles but those written here.
  const gather = () => {
    text = document.querySelector(".text");
    if (!text) return;
    for (const element of [text, ...text.querySelectorAll("[style]")]) element.removeAttribute("style");
    notes = [...text.querySelectorAll(TOP)];
    blocks = [...text.querySelectorAll(".noted")];
    waits = blocks.map(() => 0);
    text.classList.toggle("placed", notes.length > 0);
    focus = document.getElementById(focus?.id) ?? document.querySelector(":target")?.closest(TOP);
    jump();
    sizes.disconnect();
    for (const element of [...text.querySelectorAll(".block"), ...notes]) sizes.observe(element);
  };

  const sizes = new ResizeObserver(jump);
  gather();
  document.addEventListener("postil:changed", gather);
  document.fonts.ready.then(lay);
  addEventListener("hashchange", () => attend(document.querySelector(":target")));
  document.addEventListener("focusin", (event) => attend(event.target));
  document.addEventListener("pointerdown", (event) => (held = text?.contains(event.target)));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => held && setTimeout(release));

  // From a number to its note nothing has to scroll.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`.ref, ${TOP} > .note-head > [role=doc-backlink]`);
    const other = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const target = link && find(link.hash);
    if (!target || other || !isPlaced()) return;
    event.preventDefault();
    const [x, y] = [scrollX, scrollY];
    location.hash = link.hash;
    scrollTo(x, y);
    held = false;
    target.focus({ preventScroll: true });
    attend(target);
  });
})();
