// Turns a report file into a page of a real Chromium that is watched: every request beyond the file, every message of the
// console, every dialog and every error is kept. Does not judge them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const repository = resolve(here, "../..");
/** Where screenshots go, to be looked at. */
export const pictures = join(here, "out");
mkdirSync(pictures, { recursive: true });

const program = process.env.PAPERTIDE ?? join(repository, "target/debug/papertide");
const browser_file = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

/** Runs the program's `report` on some input and returns the run folder. */
export function report(...inputs) {
  if (!existsSync(program)) throw new Error(`${program} is not there: run \`cargo build\` first, or set PAPERTIDE`);
  const folder = join(mkdtempSync(join(tmpdir(), "papertide-browser-")), "run");
  const done = spawnSync(program, ["report", ...inputs, "-o", folder, "--quiet"], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`papertide report: exit code ${done.status}\n${done.stderr}`);
  process.on("exit", () => rmSync(dirname(folder), { recursive: true, force: true }));
  return folder;
}

/** Runs another verb of the program. */
export function run(...args) {
  const done = spawnSync(program, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`papertide ${args[0]}: exit code ${done.status}\n${done.stderr}`);
}

export async function start() {
  if (!browser_file) throw new Error("no Chromium: apt-get install chromium, or set CHROMIUM to its file");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath: browser_file, args });
}

/** Opens a file. `seen` fills with whatever the page does that a report must not do. */
export async function open(browser, file, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const seen = [];
  page.on("request", request => { if (request.url().split("#")[0] !== address) seen.push(`request: ${request.url().slice(0, 200)}`); });
  page.on("console", message => seen.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", error => seen.push(`error: ${error.message}`));
  page.on("dialog", dialog => { seen.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => seen.push("a window was opened"));
  await page.goto(address + hash);
  return { page, seen, close: () => context.close() };
}
