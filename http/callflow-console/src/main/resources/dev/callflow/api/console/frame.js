// Collects what has to be drawn, and draws it once for each frame, however many events arrive meanwhile.

const waiting = new Set();
let asked = false;

/** Calls a function before the next frame, once. */
export function soon(draw) {
  waiting.add(draw);
  if (!asked) {
    asked = true;
    requestAnimationFrame(run);
  }
}

function run() {
  asked = false;
  const now = [...waiting];
  waiting.clear();
  now.forEach((draw) => draw());
}
