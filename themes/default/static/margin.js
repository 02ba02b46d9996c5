"use strict";
// Where there is room, notes stand at their words. It is the style sheet that says where there is
// room; all that is written is how far each note is from the top of its block (`--at`), how long the
// text waits after a block for notes that take more room than it has (`--wait`), and where the
// lowest note ends (`--end`). On paper, on narrow screens and without this script the grid remains.
(() => {
  const text = document.querySelector(".text");
  const TOP = ".noted > .notes > .note";
  const notes = text ? [...text.querySelectorAll(TOP)] : [];
  if (!notes.length) return;
  const range = document.createRange();
  const blocks = text.querySelectorAll(".noted");
  const order = new Map([...blocks].map((block, at) => [block, at]));
  let waits = Array(blocks.length).fill(0);
  let focus = null; // the note that stands exactly at its words
  let held = false; // nothing moves away from under a pointer that is down

  const centre = ({ top, bottom }) => (top + bottom) / 2;
  const isPlaced = () => getComputedStyle(notes[0].parentElement).position === "relative";
  const find = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  // The middle of the line on which a note's number stands: that of the character before it.
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
    // The number of a note may be hidden while the note is shown, for a link leads to it.
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
    const of = shown.map((note) => order.get(note.closest(".noted")));
    const ends = [...blocks].map(
      (block, at) => block.getBoundingClientRect().bottom - top - before[at] - waits[at],
    );
    const drift = parseFloat(getComputedStyle(text).getPropertyValue("--drift"));
    const free = wanted.map((want, at) => want - before[of[at]]);
    waits = postil.wait(free, heights, gap, of, ends, drift);
    waits.forEach((wait, at) => blocks[at].style.setProperty("--wait", `${wait}px`));
    const starts = shown.map((note) => note.parentElement.getBoundingClientRect().top - top);
    const after = sum(waits);
    const settled = free.map((want, at) => want + after[of[at]]);
    const places = postil.place(settled, heights, gap, shown.indexOf(focus)).map(Math.round);
    places.forEach((place, at) => shown[at].style.setProperty("--at", `${place - starts[at]}px`));
    const end = places.length ? places.at(-1) + heights.at(-1) : 0;
    text.style.setProperty("--end", `${end}px`);
  };

  // Bring what has the focus into view where it comes to stand, which may be another place than now.
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

  // Places that are new because notes or blocks are: on the way to them notes would overlap.
  const jump = () => {
    text.classList.remove("moving");
    lay();
  };

  const release = () => {
    held = false;
    jump();
  };

  text.classList.add("placed");
  focus = document.querySelector(":target")?.closest(TOP) ?? null;
  lay();
  const sizes = new ResizeObserver(jump);
  for (const element of [...text.querySelectorAll(".block"), ...notes]) sizes.observe(element);
  document.fonts.ready.then(lay);
  addEventListener("hashchange", () => attend(document.querySelector(":target")));
  text.addEventListener("focusin", (event) => attend(event.target));
  text.addEventListener("pointerdown", () => (held = true));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => held && setTimeout(release));

  // A number and its note stand side by side: from one to the other nothing has to scroll.
  text.addEventListener("click", (event) => {
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
