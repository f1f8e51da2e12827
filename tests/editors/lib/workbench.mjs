// VS Code as a person uses it: keys, mouse, and what can be seen. Waits for what should appear, never for a time.

import fs from 'node:fs';
import path from 'node:path';
import { screenshots, until } from './paths.mjs';

const plainSpaces = (text) => text.replaceAll('\u00a0', ' ');

/** The workbench of a folder in a browser's page. */
export class Workbench {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
  }

  static async open(browser, url, folder) {
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(30_000);
    // A machine that is busy with something else takes its time over VS Code's first page.
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`, { timeout: 120_000 });
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    fs.mkdirSync(screenshots, { recursive: true });
    return new Workbench(page, folder);
  }

  /** Keeps what is seen now as target/screenshots/NAME.png. */
  async screenshot(name) {
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }

  /** Writes a file into the folder and opens it. */
  async openFile(name, text) {
    fs.writeFileSync(path.join(this.folder, name), text);
    await this.page.locator('.explorer-folders-view .monaco-list-row', { has: this.page.getByText(name, { exact: true }) }).dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Runs a command from the palette. */
  async command(title) {
    const input = this.page.locator('.quick-input-widget input[type=text]').first();
    // The key does nothing while the workbench is still binding its keys.
    await until('F1 opens the palette', async () => {
      await this.page.keyboard.press('F1');
      return input.waitFor({ state: 'visible', timeout: 2000 }).then(() => true, () => false);
    });
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** The text in view. */
  async visibleText() {
    const lines = await this.page.locator('.editor-instance .view-line').allInnerTexts();
    return plainSpaces(lines.join('\n'));
  }

  /** Where some words stand on the screen; null when they are not in view on one line. */
  async place(words) {
    return this.page.evaluate((words) => {
      for (const line of document.querySelectorAll('.editor-instance .view-line')) {
        const at = line.textContent.replaceAll('\u00a0', ' ').indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        let offset = 0;
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const end = offset + node.length;
          if (offset <= at && at < end) range.setStart(node, at - offset);
          if (offset < at + words.length && at + words.length <= end) range.setEnd(node, at + words.length - offset);
          offset = end;
        }
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return null;
    }, words);
  }

  /** Whether some words have a squiggle under them now. */
  async isMarked(words) {
    const place = await this.place(words);
    if (!place) return false;
    const squiggles = this.page.locator('.editor-instance :is(.squiggly-error, .squiggly-warning, .squiggly-info)');
    const boxes = await squiggles.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
    const middle = { x: place.x + place.width / 2, y: place.y + place.height / 2 };
    return boxes.some((box) => box.left <= middle.x && middle.x <= box.right && box.top <= middle.y && middle.y <= box.bottom);
  }

  async waitForMark(words) {
    await until(`a squiggle under “${words}”`, () => this.isMarked(words), 60_000);
  }

  async waitForNoMark(words) {
    await until(`no squiggle under “${words}”`, async () => !(await this.isMarked(words)));
  }

  /** Does something at the middle of some words, again if they moved meanwhile: what comes above a text late pushes it down. */
  async at(words, act) {
    await until(`“${words}” in view and at rest`, async () => {
      const place = await this.place(words);
      if (!place) return false;
      await act(place.x + place.width / 2, place.y + place.height / 2);
      return (await this.place(words))?.y === place.y;
    });
  }

  /** Puts the cursor into some words. */
  async clickOn(words) {
    await this.at(words, (x, y) => this.page.mouse.click(x, y));
  }

  /** Points at some words and gives what is said of them. */
  async hover(words) {
    await this.at(words, async (x, y) => {
      await this.page.mouse.move(x, y);
      await this.page.mouse.move(x + 2, y);
    });
    const shown = this.page.locator('.monaco-hover:not(.hidden)', { hasText: /\S/ }).first();
    await shown.waitFor();
    // The server's words come after the diagnostic's own.
    await until('the hover is complete', async () => !(await shown.innerText()).includes('Loading'));
    return plainSpaces(await shown.innerText());
  }

  async leaveHover() {
    await this.page.mouse.move(5, 400);
    await this.page.keyboard.press('Escape');
  }

  /** Opens the quick fixes of some words; gives their titles. */
  async quickFixes(words) {
    await this.clickOn(words);
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await until('the list of quick fixes', async () => {
      await this.page.keyboard.press('Control+.');
      return rows.first().waitFor({ timeout: 3000 }).then(() => true, () => false);
    });
    return (await rows.allInnerTexts()).map((title) => plainSpaces(title).trim());
  }

  /** Chooses one of the quick fixes that are shown. */
  async chooseFix(title) {
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
    await this.page.locator('.action-widget').first().waitFor({ state: 'hidden' });
  }

  /** What the status bar says of the document. */
  async verdict() {
    const entry = this.verdictEntry();
    return (await entry.count()) > 0 ? plainSpaces(await entry.innerText()).trim() : '';
  }

  verdictEntry() {
    return this.page.locator('.statusbar-item[id="unspin.unspin.verdict"]');
  }

  /** Saves the active file and gives what is on the disk then. */
  async saved(name) {
    await this.page.keyboard.press('Control+s');
    await until(`${name} is saved`, async () => (await this.page.locator('.tab.active.dirty').count()) === 0);
    return fs.readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** What the editor shows as selected, by way of the clipboard. */
  async selection() {
    await this.page.keyboard.press('Control+c');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Closes whatever a test left open over the editor. */
  async escape() {
    for (let times = 0; times < 3; times += 1) await this.page.keyboard.press('Escape');
  }

  async undo() {
    await this.page.keyboard.press('Control+z');
  }
}
