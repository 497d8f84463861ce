// Holds the report of the demo, opened in Chromium, against what its readers do: search, filter, point, click, type, link, print,
// read without script, by night, on a phone and by screen reader. What it says is tested in Rust.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open, pictures, report, repository, start } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, file;
before(async () => {
  file = join(report(join(repository, "data")), "report.html");
  browser = await start();
});
after(() => browser?.close());

const hash = page => page.evaluate(() => decodeURIComponent(location.hash));
const faded = (page, what) => page.$$eval(what, all => [all.length, all.filter(one => one.classList.contains("off")).length]);
const rows = page => page.$$eval("table.themes tbody tr", all => all.filter(row => !row.hidden).map(row => row.querySelector("th").textContent.trim()));
const watched = (name, body, options) => test(name, async () => {
  const { page, seen, close } = await open(browser, file, options);
  await body(page);
  assert.deepEqual(seen, [], "the page asked for something, or complained");
  await close();
});

watched("the page opens from disk, whole, and asks for nothing", async page => {
  assert.match(await page.title(), /^Papertide report/);
  for (const id of ["tools", "moved", "themes", "charts", "theme-pages", "map", "papers", "method", "data", "settings"]) {
    assert.ok(await page.isVisible(`#${id}`), id);
  }
  assert.ok((await page.$$("figure.chart svg")).length >= 8);
  assert.equal(await hash(page), "");
});

watched("without script everything is there to be read", async page => {
  assert.ok((await rows(page)).length > 5);
  assert.ok(await page.isHidden("#tools") && await page.isHidden("#papers"), "what could do nothing is not shown");
  const charts = await page.$$eval("figure.chart svg", all => all.map(svg => [svg.getAttribute("role"), svg.getAttribute("aria-labelledby").split(" ").every(id => document.getElementById(id).textContent)]));
  for (const chart of charts) assert.deepEqual(chart, ["img", true]);
  assert.match(await page.textContent("#chart-share g > title"), /^\d+ of \d+ papers?, [\d.]+% \(95% interval/);
  assert.ok((await page.innerText("main")).length > 5000);
}, { javaScriptEnabled: false });

watched("words are searched, and the address shows the same view again", async page => {
  const before = await rows(page);
  await page.fill("#words", "masked diffusion");
  const left = await rows(page);
  assert.ok(left.length > 0 && left.length < before.length && left.some(name => /diffusion/i.test(name)), left.join());
  assert.match(await page.textContent("#found"), /^[\d,]+ of 360 papers, \d+ of \d+ themes$/);
  const [dots, off] = await faded(page, "#map [data-paper]");
  assert.ok(off > 0 && off < dots);
  assert.equal(await hash(page), "#words=masked+diffusion");
  const again = await open(browser, file, { hash: "#words=masked+diffusion" });
  assert.deepEqual(await rows(again.page), left);
  assert.equal(await again.page.inputValue("#words"), "masked diffusion");
  await again.close();
  await page.fill("#words", "no such word anywhere");
  assert.deepEqual(await rows(page), []);
  await page.click("#clear");
  assert.deepEqual(await rows(page), before);
  assert.equal(await hash(page), "");
});

watched("dates are filtered: papers, bins and themes outside fade", async page => {
  await page.fill("#from", "2025-06-01");
  await page.fill("#to", "2025-07-31");
  assert.equal(await hash(page), "#from=2025-06-01&to=2025-07-31");
  const bins = await page.$$eval("#chart-heatmap [data-bin]:not(.off)", all => [...new Set(all.map(one => one.dataset.bin))]);
  assert.deepEqual(bins, ["7", "8"], "two months of twelve stay");
  const days = await page.$$eval("#listed .meta", all => all.map(one => one.textContent.slice(0, 10)));
  assert.ok(days.length > 0 && days.every(day => day >= "2025-06-01" && day <= "2025-07-31"), days.join());
  assert.deepEqual(days, [...days].sort().reverse(), "newest first");
});

watched("a theme that is clicked anywhere fades everything else; a second click or Escape clears", async page => {
  const places = ["table.themes tbody tr:nth-child(2) td:nth-child(2)", "#chart-stacked text[data-theme]", "#chart-share g[data-bin] rect", "#map text[data-theme]", "article.theme:nth-of-type(3) > h3", "#chart-ranks text[data-theme]", ".moved li"];
  for (const place of places) {
    const mark = page.locator(place).first();
    await mark.scrollIntoViewIfNeeded();
    // On a map, a click is for the dot beside it.
    await mark.dispatchEvent("click");
    const id = /theme=(\d+)/.exec(await hash(page))?.[1];
    assert.ok(id, place);
    assert.equal(await page.inputValue("#theme"), id);
    const state = await page.$$eval("[data-theme]", (all, id) => [all.filter(one => one.dataset.theme === id && one.classList.contains("off")).length, all.filter(one => one.dataset.theme !== id && !one.classList.contains("off")).length], id);
    assert.deepEqual(state, [0, 0], place);
    if (place.startsWith("table")) await mark.dispatchEvent("click");
    else await page.keyboard.press("Escape");
    assert.equal(await hash(page), "", place);
    assert.equal((await faded(page, "[data-theme]"))[1], 0);
  }
});

watched("what a chart shows beside the themes, bars and names, fades with the themes that are not looked at", async page => {
  const beside = () => page.$$eval("#chart-stacked text, #chart-stacked [data-rest]", all => all.filter(one => one.matches("[data-rest]") || /in no theme$|other themes?$/.test(one.textContent)).map(one => one.classList.contains("off")));
  const names = await page.$$eval("#chart-stacked text", all => all.map(one => one.textContent).filter(name => /in no theme$|other themes?$/.test(name)));
  assert.ok(names.includes("in no theme"), names.join());
  assert.ok((await beside()).length > 12 && !(await beside()).includes(true));
  await page.selectOption("#theme", { index: 1 });
  assert.ok(!(await beside()).includes(false));
  // Beside the bars, to the right of them: the name of the theme alone.
  const named = await page.$$eval("#chart-stacked text:not(.off)", all => all.filter(one => one.x.baseVal[0].value > one.ownerSVGElement.viewBox.baseVal.width / 2 && !one.hasAttribute("text-anchor")).map(one => one.dataset.theme));
  assert.deepEqual(named, [await page.inputValue("#theme")]);
  await page.keyboard.press("Escape");
  assert.ok(!(await beside()).includes(true));
});

watched("going to a section keeps the view", async page => {
  await page.fill("#words", "diffusion");
  await page.click("nav a[href='#map']");
  assert.equal(await hash(page), "#words=diffusion");
  assert.equal(await page.inputValue("#words"), "diffusion");
});

watched("a link to a theme goes to its section and shows it alone; back goes back", async page => {
  await page.click("table.themes tbody tr:nth-child(4) a");
  const id = /theme=(\d+)/.exec(await hash(page))[1];
  await page.waitForFunction(id => { const { top } = document.getElementById("theme-" + id).getBoundingClientRect(); return top >= 0 && top < innerHeight; }, id);
  await page.goBack();
  assert.equal(await hash(page), "");
  assert.equal((await faded(page, "[data-theme]"))[1], 0);
});

watched("pointing at a chart tells its numbers, at the map its paper; a click keeps it and puts it in the address", async page => {
  await page.locator("#chart-share").scrollIntoViewIfNeeded();
  await page.locator("#chart-share g[data-bin] rect.hit").nth(3).hover();
  assert.match(await page.textContent("#tip"), /· .*20\d\d.*\d+ of \d+ papers?, [\d.]+%/);
  await page.locator("svg.course").first().scrollIntoViewIfNeeded();
  // Where the theme's own point lies over the middle of its bin, the point is what is pointed at.
  await page.locator("svg.course g[data-bin] rect.hit").nth(2).hover({ force: true });
  assert.match(await page.textContent("#tip"), /\d+ of \d+ papers?/);
  await page.locator("#map").scrollIntoViewIfNeeded();
  const dot = page.locator("#map circle[data-paper][data-theme]").last();
  await dot.hover({ force: true });
  const title = await page.textContent("#tip .of");
  assert.ok(title.length > 10, title);
  const { x, y, width, height } = await dot.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  assert.match(await hash(page), /theme=\d+&paper=[0-9a-f]+/);
  assert.equal(await page.textContent("#tip .title"), title);
  await page.screenshot({ path: join(pictures, "chosen-1280-light.png") });
  const again = await open(browser, file, { hash: await hash(page) });
  assert.equal(await again.page.textContent("#tip .title"), title);
  await again.close();
});

watched("charts are reached and read by keyboard", async page => {
  await page.focus("#chart-heatmap svg [tabindex='0']");
  const first = await page.getAttribute(":focus", "aria-label");
  await page.keyboard.press("ArrowRight");
  const second = await page.getAttribute(":focus", "aria-label");
  assert.notEqual(first, second);
  assert.match(second, /\d+ of \d+ papers?/);
  assert.notEqual(await page.$eval(":focus", one => getComputedStyle(one).outlineStyle), "none");
  await page.keyboard.press("Enter");
  assert.match(await hash(page), /theme=\d+/);
  await page.keyboard.press("Escape");
  await page.focus("#map svg [tabindex='0']");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getAttribute(":focus", "data-paper"));
  const stops = await page.$$eval("figure.chart svg", all => all.map(svg => svg.querySelectorAll("[tabindex='0']").length));
  assert.ok(stops.every(n => n <= 1), "one stop of the tab key a chart");
});

watched("the table is sorted by its headings", async page => {
  const column = async n => (await page.$$eval("table.themes tbody tr", (all, n) => all.map(row => row.cells[n].textContent), n)).map(text => parseInt(text.replace(",", ""), 10));
  await page.click("table.themes thead th:nth-child(2) button");
  const down = await column(1);
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  await page.click("table.themes thead th:nth-child(2) button");
  assert.deepEqual(await column(1), down.reverse());
  assert.equal(await page.getAttribute("table.themes thead th:nth-child(2)", "aria-sort"), "ascending");
  assert.equal(await hash(page), "#sort=1");
  await page.reload();
  assert.deepEqual(await column(1), down);
});

test("axe finds nothing serious, by day and by night, on a desk and on a phone", async () => {
  for (const colorScheme of ["light", "dark"]) for (const width of [1280, 390]) for (const hash of width > 390 ? ["", "#theme=1"] : [""]) {
    const { page, close } = await open(browser, file, { colorScheme, hash, viewport: { width, height: 900 } });
    await page.evaluate(axe);
    // What is faded on purpose is not to be read.
    const rules = hash ? { "color-contrast": { enabled: false } } : {};
    const found = await page.evaluate(rules => window.axe.run(document, { rules }), rules);
    const grave = found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")).join(" | ")}`);
    assert.deepEqual(grave, [], `${colorScheme} ${width} ${hash}`);
    assert.ok(found.passes.length > 20, "axe did look");
    await close();
  }
});

test("nothing is wider than the window, and pictures are there to be looked at", async () => {
  for (const width of [1280, 390]) for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, file, { viewport: { width, height: 900 }, colorScheme });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
    await page.screenshot({ path: join(pictures, `report-${width}-${colorScheme}.png`), fullPage: true });
    await page.fill("#words", "diffusion");
    await page.screenshot({ path: join(pictures, `filtered-${width}-${colorScheme}.png`) });
    await close();
  }
});

test("it prints on paper: whole, black on white, without what only a screen can do", async () => {
  const { page, close } = await open(browser, file, { colorScheme: "dark", hash: "#words=diffusion&theme=1" });
  const pdf = await page.pdf({ path: join(pictures, "report.pdf"), format: "A4", printBackground: true });
  assert.ok(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length >= 5);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.ok(await page.isHidden("#tools") && await page.isHidden("#papers"));
  const hidden = await page.$$eval("tr[data-theme], article[data-theme]", all => all.filter(one => getComputedStyle(one).display === "none" || getComputedStyle(one).opacity !== "1").length);
  assert.equal(hidden, 0, "what a filter hides on the screen is on the paper");
  const ground = await page.$eval("body", one => getComputedStyle(one).backgroundColor);
  assert.equal(ground, "rgb(255, 255, 255)");
  await close();
});

// Eyes with one kind of cone missing: Machado, Oliveira and Fernandes (2009), severity 1, in linear sRGB. Distance: OKLab.
const EYES = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const times = (matrix, v) => matrix.map(row => row.reduce((sum, a, i) => sum + a * v[i], 0));
const linear = rgb => rgb.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
const oklab = v => times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], v).map(Math.cbrt));
const luminance = rgb => linear(rgb).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);

test("the themes' colours as they are shown stay apart for every kind of eye and stand out, by day and by night", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, file, { colorScheme });
    const rgb = text => text.match(/\d+/g).slice(0, 3).map(Number);
    const dots = (await page.$$eval("table.themes tbody tr .dot circle", all => all.map(dot => getComputedStyle(dot).fill))).map(rgb);
    const grounds = (await page.$$eval("body, figure.chart", all => all.slice(0, 2).map(one => getComputedStyle(one).backgroundColor))).map(rgb);
    assert.ok(dots.length >= 8);
    for (const dot of dots) for (const ground of grounds) {
      const [high, low] = [luminance(dot), luminance(ground)].sort((a, b) => b - a);
      assert.ok(high / low >= 3, `${colorScheme} ${dot} on ${ground}: ${high / low}`);
    }
    for (const [eye, matrix] of Object.entries(EYES)) {
      const seen = dots.slice(0, 8).map(dot => oklab(times(matrix, linear(dot)).map(c => Math.min(1, Math.max(0, c)))));
      for (let a = 0; a < 8; a++) for (let b = 0; b < a; b++) {
        const apart = Math.hypot(...seen[a].map((v, i) => v - seen[b][i]));
        assert.ok(apart >= 0.08, `${colorScheme} ${eye}: ${dots[a]} and ${dots[b]} are ${apart.toFixed(3)} apart`);
      }
    }
    await close();
  }
});
