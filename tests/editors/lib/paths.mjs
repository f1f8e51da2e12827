// Where everything is: the repository, the cache that setup.sh fills, the server under test.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const tests = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const root = path.resolve(tests, '../..');
export const cache = path.resolve(process.env.UNSPIN_TEST_CACHE ?? path.join(root, 'target/editors'));
export const screenshots = path.join(root, 'target/screenshots');
export const server = path.resolve(process.env.UNSPIN_BIN ?? path.join(root, 'target/release/unspin'));

if (!fs.existsSync(server)) {
  throw new Error(`there is no server at ${server}: build it with \`cargo build --release\`, or name one in UNSPIN_BIN`);
}

/** What the command line says of a text: the diagnostics as `unspin check --format json` has them. */
export function check(text) {
  // It ends with 1 when there are marks.
  const { stdout, stderr } = spawnSync(server, ['check', '--format', 'json', '-'], { input: text, encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout).files[0].diagnostics;
}

/** An article of the project, as it is in the repository. */
export function article(name) {
  return fs.readFileSync(path.join(root, 'tests/articles', name), 'utf8');
}

/** An article written for these tests. */
export function ownArticle(name) {
  return fs.readFileSync(path.join(tests, 'articles', name), 'utf8');
}

/** An empty folder that is gone when the process ends. */
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `unspin-${name}-`));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The code blocks of one language on the page of an editor, in order. */
export function codeOf(editor, language) {
  const page = fs.readFileSync(path.join(root, 'editors', editor, 'README.md'), 'utf8');
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code);
}

/** A home of its own for an editor: with an article, and the server on the PATH under its own name. */
export function homeWithServer(editor, article) {
  const home = temporaryFolder(editor);
  const bin = path.join(home, 'bin');
  fs.mkdirSync(bin);
  fs.symlinkSync(server, path.join(bin, 'unspin'));
  fs.writeFileSync(path.join(home, article), ownArticle(article));
  const xdg = { XDG_CONFIG_HOME: path.join(home, 'config'), XDG_DATA_HOME: path.join(home, 'data'), XDG_STATE_HOME: path.join(home, 'state') };
  return { home, article: path.join(home, article), env: { ...process.env, ...xdg, HOME: home, PATH: `${bin}:${process.env.PATH}`, LANG: 'C.UTF-8', TERM: 'xterm' } };
}

/** Waits until `question` gives something true, and gives that. */
export async function until(what, question, waitMs = 20_000) {
  const end = Date.now() + waitMs;
  for (;;) {
    const answer = await question();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${waitMs / 1000} s in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
