// Real Emacs with Eglot, configured as editors/emacs/README.md says: its code is what is run.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { codeOf, homeWithServer, tests } from './lib/paths.mjs';

const missing = !fs.existsSync('/usr/share/emacs/site-lisp/elpa') && 'no Emacs with Eglot: setup.sh --more installs it';

test('Emacs with Eglot, by the page', { skip: missing }, () => {
  const { home, env, article } = homeWithServer('emacs', 'terms.txt');
  const init = path.join(home, 'init.el');
  // The first block is what everybody needs; the others are choices.
  fs.writeFileSync(init, codeOf('emacs', 'elisp')[0]);
  const result = spawnSync('emacs', ['-Q', '--batch', '-l', path.join(tests, 'emacs.el'), article, init], { env, encoding: 'utf8', timeout: 90_000 });
  assert.equal(result.status, 0, result.stdout + result.stderr);
});
