// Real Neovim, configured as editors/neovim/README.md says: its code blocks are what is run.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cache, homeWithServer, root, tests } from './lib/paths.mjs';

const page = fs.readFileSync(path.join(root, 'editors/neovim/README.md'), 'utf8');

/** The Lua below a heading of the page. */
function lua(heading) {
  const section = page.split(/^## /m).find((section) => section.startsWith(heading));
  assert.ok(section, `the page has a heading “${heading}”`);
  return [...section.matchAll(/^```lua\n(.*?)^```/gms)].map(([, code]) => code).join('\n');
}

function run(nvim, init, lspFolder) {
  const { env, article } = homeWithServer('nvim', 'terms.txt');
  const config = path.join(env.XDG_CONFIG_HOME, 'nvim');
  fs.mkdirSync(config, { recursive: true });
  fs.writeFileSync(path.join(config, 'init.lua'), init);
  if (lspFolder) fs.cpSync(lspFolder, path.join(config, 'lsp'), { recursive: true });
  const result = spawnSync(nvim, ['--headless', article, '-c', `luafile ${path.join(tests, 'nvim.lua')}`], { env, encoding: 'utf8', timeout: 90_000 });
  assert.equal(result.status, 0, result.stdout + result.stderr);
}

const bundled = path.join(cache, 'neovim/bin/nvim');
const fixAll = lua('Use');

test('Neovim 0.11, by lsp/unspin.lua', () => {
  run(bundled, `${lua('Neovim 0.11 and later')}\n${fixAll}`, path.join(root, 'editors/neovim/lsp'));
});

test('Neovim 0.11, by the page’s code for older ones', () => {
  run(bundled, `${lua('Neovim 0.7 to 0.10')}\n${fixAll}`);
});

const debian = '/usr/bin/nvim';

test('Debian’s Neovim, by the page’s code for older ones', { skip: !fs.existsSync(debian) && `no ${debian}: setup.sh --more installs it` }, () => {
  run(debian, lua('Neovim 0.7 to 0.10'));
});
