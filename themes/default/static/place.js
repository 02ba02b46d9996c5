"use strict";
var postil = postil || {};

// Where notes stand that want to stand at their words and may not overlap: the places, in their
// order, with the least sum of squared distances, in the unit of what is given, from 0 downwards.
//
// Less the room that the notes above it take, a note is free of them but for the order. So this is
// isotonic regression: neighbours that are out of order are pooled at their mean, in one pass. The
// note number `focus` stands where it wants to; the others part, and none of them passes it.
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
      ? bound(pool(free), 0, Infinity)
      : part(free.slice(0, focus), Math.max(0, free[focus]), free.slice(focus + 1));
  return fitted.map((place, at) => place + above[at]);

  // Cutting off a regression at bounds is exact: it is the regression within these bounds.
  function bound(places, least, most) {
    return places.map((place) => Math.min(most, Math.max(least, place)));
  }

  function part(before, pin, after) {
    return [...bound(pool(before), 0, pin), pin, ...bound(pool(after), pin, Infinity)];
  }

  function pool(values) {
    const pools = [];
    for (const value of values) {
      let last = { sum: value, count: 1 };
      while (pools.length && mean(pools.at(-1)) > mean(last)) {
        const { sum, count } = pools.pop();
        last = { sum: sum + last.sum, count: count + last.count };
      }
      pools.push(last);
    }
    return pools.flatMap((each) => Array(each.count).fill(mean(each)));
  }

  function mean({ sum, count }) {
    return sum / count;
  }
};

// How long the text waits after each block, so that notes which take more room than their words do
// not drift away from them for good: each note can then stand at most `drift` above its words or
// below the end of its block. `blocks` numbers the block of each note, `ends` says where each ends.
postil.wait = (wanted, heights, gap, blocks, ends, drift) => {
  let [next, low, waited] = [0, -Infinity, 0];
  return ends.map((end, block) => {
    for (; blocks[next] === block; next++)
      low = Math.max(low + gap, wanted[next] + waited - drift) + heights[next];
    const wait = Math.max(0, Math.ceil(low - end - waited - drift));
    waited += wait;
    return wait;
  });
};
