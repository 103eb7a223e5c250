// Takes the README's picture of the page: three visitors draw a weir, while the charts fill.

import { parseArgs } from 'node:util';
import { draw, launch, visit } from './chromium.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    spki: { type: 'string' },
    out: { type: 'string' },
    scheme: { type: 'string', default: 'light' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

// Each visitor's strokes: colour, pen, and an SVG path on a board of 1600 by 1000.
const water = [
  ['blue', 'medium', 'M60 300 C200 270 330 330 470 300 S640 300 700 330 C790 375 770 690 880 740 S1200 720 1320 745 1480 735 1540 745'],
  ['teal', 'medium', 'M60 370 C200 340 330 400 470 370 S590 370 640 405 C715 460 700 760 820 805 S1180 790 1300 812 1480 802 1540 812'],
  ['blue', 'medium', 'M60 440 C200 410 330 470 450 440 S540 445 580 480 C640 540 640 830 760 872 S1160 858 1280 880 1480 870 1540 880'],
  ['teal', 'fine', 'M905 690 q18 -26 36 0 M965 668 q16 -24 32 0 M1025 692 q14 -20 28 0'],
];
const sky = [
  ['amber', 'medium', 'M1250 190 a90 90 0 1 1 180 0 a90 90 0 1 1 -180 0'],
  ['amber', 'fine', 'M1340 72 v-34 M1458 190 h34 M1422 108 l24 -24 M1258 108 l-24 -24 M1222 190 h-34 M1422 272 l24 24 M1258 272 l-24 24 M1340 308 v34'],
];
const life = [
  ['vermilion', 'medium', 'M240 238 h190 l-36 52 h-118 z'],
  ['vermilion', 'medium', 'M336 228 V70 L446 206 H336'],
  ['green', 'medium', 'M1128 640 q56 -52 112 0 q-56 52 -112 0 M1240 640 l44 -34 v68 l-44 -34'],
  ['violet', 'fine', 'M820 150 q28 -34 56 0 q28 -34 56 0 M950 220 q20 -26 40 0 q20 -26 40 0'],
];
const LINES = ['one loop per thread', 'no locks', 'no dependencies'];

const browser = await launch(options.chromium, options.spki);
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: options.scheme });
  const anna = await visit(context, options.url, []);
  await anna.click('#board-clear');
  const [ben, cora] = [await visit(context, options.url, []), await visit(context, options.url, [])];
  const sketches = [[anna, water], [ben, sky], [cora, life]];
  for (let step = 0; step < 4; step++) {
    for (const [page, strokes] of sketches) if (strokes[step]) await sketch(page, ...strokes[step]);
    await anna.bringToFront();
    if (step < LINES.length) {
      await anna.fill('#echo-line', LINES[step]);
      await anna.press('#echo-line', 'Enter');
    }
    if (step % 2 === 1) await anna.click('#echo-burst');
    await anna.waitForTimeout(7000);
  }
  await sketch(cora, 'green', 'fine', 'M1330 560 q14 -20 28 0 q-14 20 -28 0');
  await anna.bringToFront();
  await anna.evaluate(() => document.activeElement.blur());
  await anna.mouse.move(640, 4);
  await anna.waitForTimeout(1000);
  await anna.screenshot({ path: options.out });
} finally {
  await browser.close();
}

async function sketch(page, color, pen, path) {
  await page.bringToFront();
  await page.click(`#board-colors [title=${color}]`);
  await page.click(`#board-sizes [title=${pen}]`);
  for (const line of path.split(/(?= M)/)) {
    await draw(page, await page.evaluate(sample, line.trim()));
  }
}

function sample(line) {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', line);
  const steps = Math.max(8, Math.round(path.getTotalLength() / 18));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const { x, y } = path.getPointAtLength((path.getTotalLength() * i) / steps);
    return [x / 1600, y / 1000];
  });
}
