// Real Vim with ALE in a terminal (tmux), configured as editors/vim/README.md says: its code is what is run.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { codeOf, homeWithServer, until } from './lib/paths.mjs';

const missing = !fs.existsSync('/usr/share/vim-ale') && 'no Vim with ALE: setup.sh --more installs it';

test('Vim with ALE, by the page', { skip: missing }, async () => {
  const { home, env, article } = homeWithServer('vim', 'terms.txt');
  const vimrc = path.join(home, 'vimrc');
  fs.writeFileSync(vimrc, ['set nocompatible', 'packadd! ale', 'filetype on', ...codeOf('vim', 'vim')].join('\n'));
  const socket = path.join(home, 'tmux');
  const tmux = (...args) => execFileSync('tmux', ['-S', socket, ...args], { env, encoding: 'utf8' });
  const type = (...keys) => tmux('send-keys', '-t', 'vim', ...keys);
  const screen = () => tmux('capture-pane', '-p', '-t', 'vim');
  const shows = (words) => until(`“${words}” on the screen`, () => screen().includes(words)).catch((error) => assert.fail(`${error.message}\n${screen()}`));
  tmux('new-session', '-d', '-s', 'vim', '-x', '120', '-y', '30', 'vim', '-N', '-u', vimrc, article);
  try {
    await shows('counterfeit consciousness');
    // ALE puts a sign beside a line with a finding, and says it when the cursor is there.
    type(':call cursor(1, search("counterfeit"))', 'Enter', '/counterfeit', 'Enter');
    await shows('is a tortured “artificial intelligence”');
    type(':ALEHover', 'Enter');
    await shows('a known tortured phrase for');
    type(':pclose', 'Enter', ':ALECodeAction', 'Enter');
    await shows('1) Replace with');
    type('1', 'Enter');
    await shows('use artificial intelligence.');
    type(':w', 'Enter');
    await until('the file is saved', () => fs.readFileSync(article, 'utf8').includes('use artificial intelligence.'));
  } finally {
    tmux('kill-server');
  }
});
