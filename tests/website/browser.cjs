// Looks at pages with Chromium, as the JSON in the second argument asks, and writes what it saw.
//
// Each look is {page, width, scheme, script, now, zone, wait, axe}: `now` sets the clock, which
// then runs `wait` milliseconds; `axe` looks for what is hard to use (WCAG) with axe-core.
"use strict";
const { chromium } = require("playwright-core");

const OPTIONS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update",
];

async function look(browser, base, look) {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.scheme ?? "light",
    javaScriptEnabled: look.script ?? true,
    timezoneId: look.zone ?? "UTC",
    bypassCSP: look.axe ?? false, // Only our own script passes; axe-core isn't ours.
  });
  const page = await context.newPage();
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) told.push(`asked ${request.url()}`);
  });
  if (look.now) await page.clock.install({ time: new Date(look.now) });
  await page.goto(base + look.page, { waitUntil: "load" });
  if (look.wait) await page.clock.runFor(look.wait);
  const seen = { told };
  if (look.script ?? true) {
    seen.width = await page.evaluate(() => document.documentElement.scrollWidth);
    seen.left = await page.evaluate(() =>
      [...document.querySelectorAll("[data-first]")].map((each) => [each.textContent, each.className]));
    seen.times = await page.evaluate(() =>
      [...document.querySelectorAll("time[data-moment]")].map((each) => each.textContent));
    seen.drawn_ms = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("paint");
      return entry ? entry.startTime : null;
    });
  }
  seen.text = await page.innerText("body");
  if (look.keys) {
    for (const key of look.keys) await page.keyboard.press(key);
    seen.focus = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80));
  }
  if (look.axe) {
    await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
    const report = await page.evaluate(() => axe.run());
    seen.violations = report.violations.map((each) =>
      `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
    seen.passes = report.passes.length;
  }
  if (look.picture) await page.screenshot({ path: look.picture });
  await context.close();
  return seen;
}

(async () => {
  const [base, looks] = [process.argv[2], JSON.parse(process.argv[3])];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: OPTIONS });
  const seen = [];
  for (const each of looks) seen.push(await look(browser, base, each));
  await browser.close();
  process.stdout.write(JSON.stringify(seen));
})();
