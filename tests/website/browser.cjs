// Visits pages with Chromium. Each line of its input asks for a visit, in JSON, and gets an answer
// in one line of JSON: what was found. It ends with its input.
//
// A visit is {page, devices, script, zone, now, later, keys, axe, picture}. `devices` are pairs of
// a width and a colour scheme. `now` sets the clock, which then runs to each moment of `later`.
// `axe` are the devices on which axe-core searches for what is hard to use (WCAG).
"use strict";
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");
const { chromium } = require("playwright-core");

const OPTIONS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update",
];
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const [BASE] = process.argv.slice(2);

async function openTab(browser) {
  const page = await (await browser.newContext()).newPage();
  const devtools = await page.context().newCDPSession(page);
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => told.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(BASE)) told.push(`asked ${request.url()}`);
  });
  return { page, devtools, told };
}

async function found(visit, { page, devtools, told }) {
  told.length = 0;
  const devices = visit.devices ?? [[1280, "light"]];
  const answer = { told, widths: [], violations: [], passes: [], later: [], focus: [] };
  const use = async ([width, colorScheme]) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
  };
  const left = () => page.evaluate(() =>
    [...document.querySelectorAll("[data-first]")].map((each) => [each.textContent, each.className]));

  await use(devices[0]);
  await devtools.send("Emulation.setScriptExecutionDisabled", { value: visit.script === false });
  await devtools.send("Emulation.setTimezoneOverride", { timezoneId: visit.zone ?? "UTC" });
  if (visit.now) await page.clock.install({ time: new Date(visit.now) });
  await page.goto(BASE + visit.page, { waitUntil: "load" });
  answer.text = await page.innerText("body");
  if (visit.picture) await page.screenshot({ path: visit.picture });
  if (visit.script === false) return answer;

  answer.left = await left();
  answer.times = await page.evaluate(() =>
    [...document.querySelectorAll("time[data-moment]")].map((each) => each.textContent));
  for (const key of visit.keys ?? []) {
    await page.keyboard.press(key);
    answer.focus.push(await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80)));
  }
  for (const moment of visit.later ?? []) {
    const now = await page.evaluate(() => Date.now());
    await page.clock.runFor(new Date(moment) - now);
    answer.later.push(await left());
  }
  for (const device of devices) {
    await use(device);
    answer.widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
    if (!visit.axe?.some((each) => each.join() === device.join())) continue;
    // A tag for the script would be against the policy of the page.
    if (!answer.passes.length) await devtools.send("Runtime.evaluate", { expression: AXE });
    const report = await page.evaluate(() => axe.run());
    answer.violations.push(...report.violations.map((each) =>
      `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" ")}`));
    answer.passes.push(report.passes.length);
  }
  return answer;
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: OPTIONS });
  const tabs = {}; // Two, which take long to open: a clock that was set in one stays.
  for await (const line of createInterface({ input: process.stdin })) {
    const visit = JSON.parse(line);
    const tab = (tabs[Boolean(visit.now)] ??= await openTab(browser));
    process.stdout.write(`${JSON.stringify(await found(visit, tab))}\n`);
  }
  await browser.close();
})();
