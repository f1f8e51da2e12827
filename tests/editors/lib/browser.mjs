// Debian's Chromium, driven by playwright-core.

import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { cache, temporaryFolder } from './paths.mjs';

const { chromium } = createRequire(path.join(cache, 'driver.js'))('playwright-core');

/** A browser with one empty page. */
export async function openBrowser() {
  return chromium.launchPersistentContext(temporaryFolder('chromium'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ],
  });
}
