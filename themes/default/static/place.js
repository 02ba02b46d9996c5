"use strict";
var postil = postil || {};

// Isotonic regression: neighbours that are out of order are pooled at their mean, in one pass.
postil.mean = ({ sum, count }) => sum / count;
postil.pool = (pools, value) => {
  let last = { sum: value, count: 1 };
  while (pools.length && postil.mean(pools.at(-1)) > postil.mean(last)) {
    const { sum, count } = pools.pop();
    last = { sum: sum + last.sum, count: count + last.count };
  }
  pools.push(last);
  return pools;
};

// Where notes stand that want to stand at their words and may not overlap: the places, in their
// order, with the least sum of squared distances, in the unit of what is given, from 0 downwards.
// Less the room that the notes above it take, a note is free of them but for the order. The note
// number `focus` stands where it wants to; the others part, and none of them passes it.
postil.place = (wanted, heights, gap, focus = -1) => {
  const above = [];
  let room = 0;
  for (const height of heights) {
    above.push(room);
    room += height + gap;
  }
  const free = wanted.map((want, at) => want - above[at]);
  const fitted =
    focus < 0
      ? fit(free, 0, Infinity)
      : part(free.slice(0, focus), Math.max(0, free[focus]), free.slice(focus + 1));
  return fitted.map((place, at) => place + above[at]);

  // Cutting off a regression at bounds is exact: it is the regression within these bounds.
  function fit(values, least, most) {
    const bound = (place) => Math.min(most, Math.max(least, place));
    const pools = values.reduce(postil.pool, []);
    return pools.flatMap((each) => Array(each.count).fill(bound(postil.mean(each))));
  }

  function part(before, pin, after) {
    return [...fit(before, 0, pin), pin, ...fit(after, pin, Infinity)];
  }
};

// How long the text waits after each block, so that its notes, placed as above, push the next ones
// no further than `drift` below their words: not for notes that have nothing below them, and not
// after a block that `stays` with what follows it. `blocks` numbers the block of each note.
postil.wait = (wanted, heights, gap, blocks, stays, drift) => {
  const [pools, waits] = [[], stays.map(() => 0)];
  let [room, waited] = [0, 0];
  wanted.forEach((want, at) => {
    const last = blocks[at - 1];
    if (at && last !== blocks[at] && !stays[last]) {
      const place = Math.max(0, postil.mean(pools.at(-1))) + room;
      waits[last] = Math.max(0, Math.ceil(place - want - waited - drift));
      waited += waits[last];
    }
    postil.pool(pools, want + waited - room);
    room += heights[at] + gap;
  });
  return waits;
};
