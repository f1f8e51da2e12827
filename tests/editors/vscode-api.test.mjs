// Runs vscode-api/tests.js inside the extension host of a real VS Code.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { openBrowser } from './lib/browser.mjs';
import { packageExtension, startVsCode } from './lib/code-server.mjs';
import { temporaryFolder, tests } from './lib/paths.mjs';

const WAIT_MS_MAX = 180_000;

test('the extension through VS Code’s interface', async (t) => {
  const vsCode = await startVsCode(packageExtension());
  const browser = await openBrowser();
  const folder = temporaryFolder('workspace');
  try {
    const page = browser.pages()[0];
    const lines = [];
    await page.exposeFunction('codeAutomationLog', (_, args) => lines.push(args.join(' ')));
    const exit = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(() => resolve('no end'), WAIT_MS_MAX).unref();
    });
    const remote = (file) => `vscode-remote://${new URL(vsCode.url).host}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(path.join(tests, 'vscode-api'))],
      ['extensionTestsPath', remote(path.join(tests, 'vscode-api/tests.js'))],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${vsCode.url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const code = await exit;
    const results = lines.filter((line) => /^(not )?ok /.test(line));
    for (const result of results) t.diagnostic(result);
    assert.ok(results.length > 0, `no test was run:\n${lines.join('\n')}`);
    assert.deepEqual(results.filter((line) => line.startsWith('not ok')), []);
    assert.equal(code, 0);
  } finally {
    await browser.close();
    await vsCode.stop();
  }
});
