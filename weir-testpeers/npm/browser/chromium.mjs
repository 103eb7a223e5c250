// Debian's Chromium, headless, as a visitor of a server on this machine.

import { chromium } from 'playwright-core';

/**
 * Starts the browser with an empty profile.
 *
 * @param {string} executable path of Chromium
 * @param {string} spki base64 of the SHA-256 of the server's public key, the one that it trusts
 * @param {string} [netLog] path of a file for what it does on the network
 */
export function launch(executable, spki, netLog) {
  return chromium.launch({
    executablePath: executable,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--ignore-certificate-errors-spki-list=${spki}`,
      '--host-resolver-rules=MAP localhost 127.0.0.1', // it tries ::1 first
      ...(netLog ? [`--log-net-log=${netLog}`] : []),
    ],
  });
}

/** Opens the page in a new tab, and waits until its three WebSockets have spoken. */
export async function visit(context, url, complaints) {
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.stack));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', request => {
    if (new URL(request.url()).host !== new URL(url).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForFunction(
    () => window.weir?.board.you && window.weir.echo.lines.length && window.weir.status.server);
  return page;
}

/**
 * Draws along points of the board by the mouse, and waits until the server has all of the stroke.
 *
 * @param {number[][]} points x and y of each as shares of the board's width and height
 */
export async function draw(page, points) {
  await page.bringToFront();
  const box = await page.locator('#board').boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...at(point));
  await page.mouse.up();
  await page.waitForFunction(() => weir.board.pending === 0);
}
