// Turns any report file into screenshots in out/, for the eye: node look.mjs FILE. Does not test.
import { join } from "node:path";
import { open, pictures, start } from "./browser.mjs";

const [file, name = "look"] = process.argv.slice(2);
const browser = await start();
for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, file, { viewport: { width, height: 900 }, colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await close();
  }
}
await browser.close();
