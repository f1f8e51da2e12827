// A real VS Code, served to a browser (code-server), with one extension and a fresh profile.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { cache, root, server, temporaryFolder, until } from './paths.mjs';

const node = path.join(cache, 'node/bin/node');
const entry = path.join(cache, 'code-server/out/node/entry.js');

// Quiet: no welcome page, no assistants, nothing that asks the network.
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'files.autoSave': 'off',
};

/** Packs the extension with the server under test; gives the .vsix. */
export function packageExtension() {
  const extension = path.join(root, 'editors/vscode');
  const env = { ...process.env, PATH: `${path.join(cache, 'node/bin')}:${process.env.PATH}`, npm_config_update_notifier: 'false' };
  const quiet = { cwd: extension, env, stdio: ['ignore', 'pipe', 'pipe'] };
  const lock = path.join(extension, 'package-lock.json');
  const installed = path.join(extension, 'node_modules/.package-lock.json');
  if (!fs.existsSync(installed) || fs.statSync(installed).mtimeMs < fs.statSync(lock).mtimeMs) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], quiet);
  }
  const vsix = path.join(root, 'target/unspin-test.vsix');
  execFileSync('npm', ['run', '--silent', 'package', '--', '--binary', server, '--out', vsix], quiet);
  return vsix;
}

/** Installs the extension and starts VS Code. `stop()` ends it. */
export async function startVsCode(vsix) {
  const profile = temporaryFolder('vscode');
  const [data, extensions, home] = ['data', 'extensions', 'home'].map((name) => path.join(profile, name));
  for (const folder of [path.join(data, 'User'), path.join(data, 'Machine'), extensions, home]) {
    fs.mkdirSync(folder, { recursive: true });
  }
  fs.writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify(SETTINGS));
  const env = { ...process.env, HOME: home };
  const common = [entry, '--config', '/dev/null', '--user-data-dir', data, '--extensions-dir', extensions];
  execFileSync(node, [...common, '--install-extension', vsix], { env, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const log = fs.openSync(path.join(root, 'target/code-server.log'), 'w');
  const options = [
    '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check',
    '--disable-workspace-trust', '--disable-getting-started-override', '--vscode-option', 'enable-smoke-test-driver',
  ];
  const child = spawn(node, [...common, ...options], { env, stdio: ['ignore', log, log] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  await until('VS Code answers', () => fetch(`${url}/healthz`).then((answer) => answer.ok, () => false), 60_000);
  return {
    url,
    /** Where the extension was installed. */
    extension: path.join(extensions, fs.readdirSync(extensions).find((name) => name.startsWith('unspin.'))),
    /** Settings of the machine, which is where a path of a program belongs; obeyed at once. */
    setMachineSettings: (settings) => fs.writeFileSync(path.join(data, 'Machine/settings.json'), JSON.stringify(settings)),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function freePort() {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return port;
}
