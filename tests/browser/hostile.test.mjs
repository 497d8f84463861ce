// Holds reports of papers that are made of payloads against what an attacker wants: nothing runs, loads or becomes markup, with
// the security policy and, separately, with it taken out, so that neither wall leans on the other.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open, report, run, start } from "./browser.mjs";
import { links, payloads } from "./payloads.mjs";

const TOPICS = [
  ["graph networks", "message passing sparse graph edge rewiring attention node spectral bottleneck curvature aggregation neighbour depth readout"],
  ["protein folding", "amino acid chain residue contact structure protein sequence alignment docking backbone helix solvent ligand energy"],
  ["speech recognition", "phoneme acoustic frame transcript audio noise speaker utterance dialect vocoder pitch decoder lexicon pause accent"],
  ["robot grasping", "gripper tactile contact grasp planning object torque manipulation camera pose wrist arm friction household bin"],
];
/** Different words for every paper, so that none is merged with another. */
const words = (topic, i) => {
  const pool = topic.split(" ");
  return Array.from({ length: 30 }, (_, j) => pool[(i * 7 + j * (1 + (i % 13)) + ((i * j) % 5)) % pool.length] + (j % 6 ? "" : ` case ${i}${j}`)).join(" ");
};
const TIMES = 4;
let browser, folder, scratch, papers;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), "papertide-hostile-"));
  papers = Array.from({ length: payloads.length * TIMES }, (_, i) => {
    const [topic, pool] = TOPICS[i % TOPICS.length], payload = payloads[Math.floor(i / TIMES)];
    const day = new Date(Date.UTC(2025, 0, 6 + Math.floor(i / 2))).toISOString().slice(0, 10);
    return {
      id: `${payload}${i}`,
      title: `${payload} ${topic} number ${i}`,
      abstract: `${words(pool, i)}. ${payload} We study ${topic} with ${words(pool, i + 1)}.`,
      date: day,
      link: links[i % links.length],
      authors: [payload],
      organisation: payload,
    };
  });
  const file = join(scratch, "hostile.jsonl");
  writeFileSync(file, papers.map(paper => JSON.stringify(paper)).join("\n") + "\n");
  folder = report(file);
  browser = await start();
});
after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Points at and clicks everything that could listen, shows all papers, then tells what ran. */
async function provoke(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("body *")) {
      for (const kind of ["mouseover", "mouseenter", "pointermove", "focus", "toggle", "load", "error"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    for (let more = document.getElementById("more"); more && !more.hidden; ) more.click();
  });
  await page.waitForTimeout(300);
  return page.evaluate(() => window.ran ?? null);
}

/** What text from outside must not have become. */
const markup = page => page.evaluate(() => {
  const bad = Array.from(document.querySelectorAll("iframe, object, embed, base, link, img, image, video, audio, math, foreignObject, animate, details, marquee, template, meta[http-equiv=refresh], svg script, use"), one => one.outerHTML.slice(0, 120));
  for (const one of document.querySelectorAll("*")) for (const { name, value } of one.attributes) {
    if (name.startsWith("on") || name === "style" && !one.id || name === "srcdoc" || (/href$/.test(name) && !/^(#|https?:\/\/)/.test(value))) bad.push(`${one.tagName} ${name}=${value.slice(0, 80)}`);
  }
  return { bad, scripts: document.scripts.length, links: [...new Set(Array.from(document.querySelectorAll("a[href^=h]"), a => a.getAttribute("href")))] };
});

const withoutPolicy = text => {
  const bare = text.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  assert.notEqual(bare, text, "there is a policy to take out");
  return bare;
};

test("there are enough payloads", () => assert.ok(new Set(payloads).size >= 60, `${payloads.length}`));

for (const policy of [true, false]) {
  test(`nothing runs in report.html ${policy ? "with" : "without"} its policy`, async () => {
    const file = join(scratch, `report-${policy}.html`), text = readFileSync(join(folder, "report.html"), "utf8");
    writeFileSync(file, policy ? text : withoutPolicy(text));
    const { page, seen, close } = await open(browser, file);
    assert.equal(await provoke(page), null, "a payload ran");
    assert.deepEqual(seen, []);
    const { bad, scripts, links: linked } = await markup(page);
    assert.deepEqual(bad, []);
    assert.equal(scripts, 2, "the data and the script of the report");
    assert.deepEqual(linked, ["https://example.org/plain"]);
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains("live")), "the script itself runs");
    await close();
  });
}

/** A title as the program reads it, white space aside: entities are what they show, paragraphs have no marks. */
function read(title) {
  const named = { lt: "<", gt: ">", amp: "&", quot: "\"", apos: "'" };
  const entity = (whole, name) => /^#x/i.test(name) ? String.fromCodePoint(parseInt(name.slice(2), 16)) : /^#/.test(name) ? String.fromCodePoint(Number(name.slice(1))) : named[name] ?? whole;
  const decoded = title.replace(/&(#?\w+);/g, entity);
  return decoded.replace(/<\/?p(\s("[^"]*"|[^>"])*)?>/g, "").replace(/\s/g, "");
}

test("payloads are shown as the text that they are", async () => {
  const { page, close } = await open(browser, join(folder, "report.html"));
  await provoke(page);
  const shown = new Set(await page.$$eval("#listed .title", titles => titles.map(title => title.textContent)));
  assert.equal(shown.size, papers.length, "every paper is listed");
  for (const payload of payloads.filter(one => /^[\x20-\x7e]*$/.test(one) && !/\s{2}|^\s/.test(one))) {
    assert.ok([...shown].some(title => read(title).startsWith(read(payload))), payload);
  }
  await close();
});

test("a payload in the address is only searched for", async () => {
  const { page, seen, close } = await open(browser, join(folder, "report.html"));
  for (const payload of payloads) {
    const view = new URLSearchParams(["words", "theme", "from", "paper", "sort"].map(key => [key, payload])).toString();
    await page.evaluate(view => { location.hash = view; }, view);
    await page.waitForFunction(payload => document.getElementById("words").value === payload.replace(/[\r\n]/g, ""), payload);
    assert.equal(await page.evaluate(() => window.ran ?? null), null, payload);
  }
  assert.deepEqual(seen.filter(one => !/does not conform to the required format/.test(one)), []);
  await close();
});

test("nothing runs in a chart that is opened by itself", async () => {
  for (const name of readdirSync(join(folder, "charts")).filter(name => name.endsWith(".svg"))) {
    const { page, seen, close } = await open(browser, join(folder, "charts", name));
    await page.waitForTimeout(50);
    assert.equal(await page.evaluate(() => window.ran ?? null), null, name);
    assert.deepEqual(seen, [], name);
    await close();
  }
});

test("nothing runs in the mail's page", async () => {
  const mail = join(scratch, "digest.eml"), file = join(scratch, "mail.html");
  run("mail", folder, "--to", "team@example.org", "-o", mail, "--quiet");
  const text = readFileSync(mail, "latin1"), part = text.split(/^--[^\r\n]+\r?\n/m).find(one => /content-type: text\/html/i.test(one.split(/\r?\n\r?\n/)[0]));
  assert.ok(part, "the mail has a page");
  const [head, ...rest] = part.split(/\r?\n\r?\n/), body = rest.join("\r\n\r\n");
  const decoded = /base64/i.test(head) ? Buffer.from(body, "base64").toString("utf8")
    : /quoted-printable/i.test(head) ? Buffer.from(body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8") : body;
  assert.match(decoded, /<h1/);
  writeFileSync(file, decoded);
  const { page, seen, close } = await open(browser, file);
  assert.equal(await provoke(page), null);
  assert.deepEqual(seen.filter(one => !/^request: cid:|ERR_UNKNOWN_URL_SCHEME/.test(one)), []);
  await close();
});
