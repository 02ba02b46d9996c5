// What the tests ask of a page. An answer is a list of faults in words: none is as it should be.
globalThis.probes = (() => {
  const clipped = (element) => {
    for (let around = element; around; around = around.parentElement)
      if (getComputedStyle(around).clipPath !== "none") return true;
    return false;
  };
  const name = (element) => {
    const id = element.closest("[id]")?.id ?? "";
    return `<${element.localName} ${element.className}> in #${id}`;
  };

  // Every line of text that can be seen, as a box on the page.
  const lines = () => {
    const found = [];
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); ) {
      const parent = text.parentElement;
      if (!text.data.trim() || !parent.checkVisibility() || parent.closest(".skip")) continue;
      // What is written at a slope has boxes that cross; how charts are laid out is tested elsewhere.
      if (clipped(parent) || parent.closest("svg")) continue;
      range.selectNodeContents(text);
      const frame = parent.closest(".scroll, .wide")?.getBoundingClientRect();
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const box = { text, left, right, top, bottom, words: text.data.trim().slice(0, 40) };
        if (frame) {
          box.left = Math.max(left, frame.left);
          box.right = Math.min(right, frame.right);
          box.top = Math.max(top, frame.top);
          box.bottom = Math.min(bottom, frame.bottom);
        }
        if (box.right - box.left > 1 && box.bottom - box.top > 1) found.push(box);
      }
    }
    return found;
  };

  // Numbers torn from their words by the end of a line; a cell may be too narrow for both.
  const tears = () => {
    const range = document.createRange();
    const torn = (ref) => {
      let word = ref.previousSibling;
      while (word && word.nodeType !== Node.TEXT_NODE) word = word.lastChild;
      if (!word?.data.trim() || ref.closest("td, th")) return false;
      range.setStart(word, word.length - 1);
      range.setEnd(word, word.length);
      return [...ref.getClientRects()].at(-1).top > range.getBoundingClientRect().bottom;
    };
    return [...document.querySelectorAll(".ref")].filter(torn).map((ref) => `torn: ${ref.id}`);
  };

  // Words on words: of two lines of different texts one covers half the height of the other.
  const crossings = () => {
    const faults = [];
    const all = lines().sort((one, two) => one.top - two.top);
    all.forEach((one, at) => {
      for (let next = at + 1; next < all.length && all[next].top < one.bottom; next++) {
        const two = all[next];
        if (one.text === two.text) continue;
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - two.top;
        const low = Math.min(one.bottom - one.top, two.bottom - two.top);
        if (across > 2 && down > low / 2) faults.push(`"${one.words}" and "${two.words}"`);
      }
    });
    return faults;
  };

  // Notes on notes, on the words, on what stands below the text.
  const collisions = () => {
    const faults = [];
    const notes = [...document.querySelectorAll("aside.note")];
    const others = [...document.querySelectorAll(".words, .foot, .title, .cited, .comment-head")];
    const boxes = new Map([...notes, ...others].map((it) => [it, it.getBoundingClientRect()]));
    notes.forEach((note, at) => {
      const own = boxes.get(note);
      for (const other of [...notes.slice(at + 1), ...others]) {
        if (note.contains(other) || other.contains(note)) continue;
        const box = boxes.get(other);
        const across = Math.min(own.right, box.right) - Math.max(own.left, box.left);
        const down = Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top);
        if (across > 0.5 && down > 0.5) faults.push(`${name(note)} over ${name(other)}`);
      }
    });
    return faults;
  };

  // Nothing leaves the page sideways; what scrolls by itself has a name and is reached by Tab.
  const overflows = () => {
    const faults = [];
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth > width)
      faults.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
    for (const line of lines())
      if (line.left < -1 || line.right > width + 1) faults.push(`"${line.words}" leaves the page`);
    for (const element of document.querySelectorAll("body *")) {
      if (!/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || clipped(element)) continue;
      if (!element.checkVisibility()) continue;
      const scrolls = element.scrollWidth > element.clientWidth + 1;
      const named = document.getElementById(element.getAttribute("aria-labelledby"))?.textContent;
      const ready = element.tabIndex === 0 && (element.getAttribute("aria-label") || named);
      if (scrolls && !ready) faults.push(`${name(element)} scrolls and has no name or stop`);
      if (!scrolls && ready) faults.push(`${name(element)} is a stop and does not scroll`);
    }
    return faults;
  };

  // How far the middle of each note's first line is from that of its words, down the page.
  const distances = () => {
    const middle = ({ top, bottom }) => (top + bottom) / 2;
    const range = document.createRange();
    return [...document.querySelectorAll(".noted > .notes > .note")]
      .filter((note) => note.offsetHeight)
      .map((note) => {
        const number = note.querySelector(".number");
        const ref = document.getElementById(decodeURIComponent(number.hash.slice(1)));
        let word = ref.previousSibling;
        while (word && word.nodeType !== Node.TEXT_NODE) word = word.lastChild;
        if (word) range.setStart(word, word.length - 1);
        if (word) range.setEnd(word, word.length);
        const line = [...(word ? range : ref).getClientRects()].at(-1) ?? ref.getClientRects()[0];
        return middle(number.getBoundingClientRect()) - middle(line);
      });
  };

  // How high each part of the text is in which neither words nor notes stand, and what is above it.
  const bands = () => {
    const found = [];
    const text = document.querySelector(".text");
    const box = (element) => ({ ...element.getBoundingClientRect().toJSON(), words: name(element) });
    const inked = [
      ...lines().filter((line) => text.contains(line.text)),
      ...[...text.querySelectorAll("img, pre")].filter((it) => it.checkVisibility()).map(box),
    ].sort((one, two) => one.top - two.top);
    inked.reduce((low, next) => {
      found.push([next.top - low.bottom, low.words]);
      return next.bottom > low.bottom ? next : low;
    }, inked[0]);
    return found;
  };

  const openAll = () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  };

  // Gists that cannot be seen; numbers and notes that do not lead to each other.
  const unreachable = () => {
    const faults = [];
    const seen = (element) => {
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility() && width > 1 && height > 1 && !clipped(element);
    };
    for (const gist of document.querySelectorAll(".note .gist"))
      if (!seen(gist)) faults.push(`hidden: ${gist.textContent}`);
    for (const ref of document.querySelectorAll(".ref")) {
      const note = document.getElementById(decodeURIComponent(ref.hash.slice(1)));
      const back = [...(note?.querySelectorAll("[role=doc-backlink]") ?? [])];
      if (!note || !seen(ref) || !seen(note)) faults.push(`number to nowhere: ${ref.id}`);
      else if (!back.some((link) => link.hash === `#${ref.id}` && seen(link)))
        faults.push(`no way back to ${ref.id}`);
    }
    const shown = new Set([...document.querySelectorAll(".ref")].map((ref) => ref.hash));
    for (const note of document.querySelectorAll(".text aside.note:not(.note .note)"))
      if (!shown.has(`#${note.id}`)) faults.push(`no number for ${note.id}`);
    return faults;
  };

  // What the Tab key has come to.
  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 8), box.top + box.height / 2];
    const there = document.elementFromPoint(x, y);
    const works =
      element.matches("a[href], summary, button, input") ||
      element.scrollWidth > element.clientWidth + 1;
    return {
      at: [...document.querySelectorAll("*")].indexOf(element),
      what: name(element),
      name: (
        element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent
      ).trim(),
      works,
      seen: box.width > 1 && box.height > 1 && element.checkVisibility(),
      free: Boolean(there && (element.contains(there) || there.contains(element))),
    };
  };

  // Blocks, the notes of a block, and the stops in each follow each other down the page.
  const disorder = () => {
    const faults = [];
    const descend = (group) => {
      const tops = group.map((element) => element.getBoundingClientRect().top);
      tops.forEach((top, at) => {
        if (at && top < tops[at - 1] - 1) faults.push(`${name(group[at])} stands above its forerunner`);
      });
    };
    descend([...document.querySelectorAll(".block")]);
    for (const notes of document.querySelectorAll(".text .notes")) descend([...notes.children]);
    for (const words of document.querySelectorAll(".words p"))
      descend([...words.querySelectorAll(".ref")]);
    return faults;
  };

  // The levels of headings, where one is skipped.
  const skippedHeadings = () => {
    const faults = [];
    let last = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const level = Number(heading.localName[1]);
      if (level > last + 1) faults.push(`h${level} after h${last}: ${heading.textContent}`);
      last = level;
    }
    if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
    return faults;
  };

  // Contrast of a passage's underline, and of the line beside a note, with the paper.
  const faintLines = () => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    const luminance = (colour, ground) => {
      canvas.fillStyle = ground;
      canvas.fillRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const faults = new Set();
    const check = (element, colour) => {
      const listing = element.closest("pre");
      const around = listing ? getComputedStyle(listing).backgroundColor : paper;
      const [own, ground] = [luminance(colour, around), luminance(around, around)];
      const ratio = (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
      if (ratio < 3) faults.add(`${element.className}: ${ratio.toFixed(2)}`);
    };
    for (const passage of document.querySelectorAll(".passage"))
      check(passage, getComputedStyle(passage).textDecorationColor);
    for (const note of document.querySelectorAll(".note"))
      check(note, getComputedStyle(note).borderInlineStartColor);
    return [...faults];
  };

  return {
    bands, collisions, crossings, disorder, distances, faintLines, lines, openAll, overflows, skippedHeadings, stop,
    tears, unreachable,
  };
})();
