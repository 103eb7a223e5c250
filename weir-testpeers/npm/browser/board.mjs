// Opens the page of `weir serve` in Chromium as several visitors and checks what they see.
// Exits with 0 and a line for each check, or with 1 and what went wrong.

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { draw, launch, visit } from './chromium.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    spki: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    netlog: { type: 'string' },
  },
});
assert(options.url && options.spki, 'usage: board.mjs --url URL --spki HASH [--chromium PATH] [--netlog PATH]');

const complaints = [];
const browser = await launch(options.chromium, options.spki, options.netlog);
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [anna, ben] = [await visit(context, options.url, complaints), await visit(context, options.url, complaints)];

  await check('the board is there', async () => {
    await anna.click('#board-clear');
    await agreed(anna, ben, []);
  });

  await check('a stroke drawn in one tab is painted in the other', async () => {
    await draw(anna, [[0.2, 0.5], [0.4, 0.5], [0.8, 0.5]]);
    await painted(ben, 0.6, 0.5);
    await painted(anna, 0.6, 0.5);
    const [stroke] = await agreed(anna, ben);
    assert.equal(stroke.from, await anna.evaluate(() => weir.board.you));
  });

  await check('each visitor draws in a colour of its own', async () => {
    await draw(ben, [[0.2, 0.7], [0.8, 0.7]]);
    await painted(anna, 0.5, 0.7);
    const [first, second] = await agreed(ben, anna);
    assert.notEqual(first.color, second.color);
  });

  await check('who comes later sees the strokes so far', async () => {
    const cora = await visit(context, options.url, complaints);
    await painted(cora, 0.6, 0.5);
    await agreed(anna, cora);
    await cora.close();
  });

  await check('the board is wiped for everybody', async () => {
    await anna.bringToFront();
    await anna.click('#board-clear');
    await agreed(anna, ben, []);
    await painted(ben, 0.6, 0.5, false);
    await painted(ben, 0.5, 0.7, false);
  });

  await check('the keyboard draws too', async () => {
    await anna.focus('#board-wet');
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Space']) await anna.keyboard.press(key);
    await painted(ben, 0.505, 0.5);
  });

  await check('a line typed comes back, with its round trip', async () => {
    await anna.fill('#echo-line', 'Grüße, 水 🌊');
    await anna.press('#echo-line', 'Enter');
    await anna.waitForFunction(() => weir.echo.lines.some(line => line.text === 'Grüße, 水 🌊'));
    assert.match(await anna.locator('#echo-log li.back').last().innerText(), /水 🌊\s+[\d.]+ ms/);
  });

  await check('a thousand messages come back', async () => {
    await anna.click('#echo-burst');
    await anna.waitForFunction(() => document.querySelector('#echo-log').innerText.match(/1,000 messages.*[\s\S]*\/s/));
  });

  await check('the live connections show both tabs, and each tab its own', async () => {
    const tabs = await Promise.all([anna, ben].map(page => page.evaluate(() => weir.tab)));
    for (const page of [anna, ben]) {
      await page.waitForFunction(
        names => names.every(name => weir.status.connections.some(c => c.carries.includes(`/ws/board?tab=${name}`))),
        tabs);
      assert.equal(await page.locator('tr.yours', { hasText: '/ws/status' }).count(), 1);
    }
    const own = await anna.evaluate(
      () => weir.status.connections.find(c => c.carries.includes(`/ws/status?tab=${weir.tab}`)));
    assert.equal(own.protocol, 'h2');
    assert.match(own.tls, /^TLSv1\.[23]$/);
    assert(own.in > 0 && own.out > 0, `bytes counted: ${own.in} in, ${own.out} out`);
  });

  await check('a tab that closes disappears from the connections', async () => {
    const name = await ben.evaluate(() => weir.tab);
    await ben.close();
    await anna.waitForFunction(
      name => !weir.status.connections.some(c => c.carries.some(target => target.includes(name))), name);
  });

  await check('no error was logged and nobody else was asked', async () => assert.deepEqual(complaints, []));
} finally {
  await browser.close();
}

async function check(what, steps) {
  try {
    await steps();
  } catch (error) {
    console.error(`FAILED: ${what}`);
    throw error;
  }
  console.log(`ok: ${what}`);
}

/** Waits until the other page has the strokes of the page, or these, and returns them. */
async function agreed(page, other, strokes) {
  strokes ??= await page.evaluate(() => weir.board.strokes);
  await other.waitForFunction(
    expected => JSON.stringify(weir.board.strokes) === expected, JSON.stringify(strokes));
  return strokes;
}

/** Waits until the pixel at that share of the board has ink, or has none. */
function painted(page, x, y, ink = true) {
  return page.waitForFunction(
    ({ x, y, ink }) => {
      const canvas = document.getElementById('board-ink');
      const [, , , alpha] = canvas.getContext('2d').getImageData(x * canvas.width, y * canvas.height, 1, 1).data;
      return alpha > 0 === ink;
    },
    { x, y, ink });
}
