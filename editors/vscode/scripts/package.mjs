// Packs the extension for one platform, with the server's binary inside:
//
//   npm run package -- --binary target/release/unspin [--target linux-x64] [--out unspin.vsix]
//
// `--target` is a platform as VS Code names them; without it, the one this runs on.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const root = path.resolve(here, '../..');
// npm runs scripts in the package's folder; paths are meant from where the command was typed.
const typedIn = process.env.INIT_CWD ?? process.cwd();

const { values } = parseArgs({
  options: {
    binary: { type: 'string' },
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
  },
});
if (!values.binary) {
  console.error('package: say where the server is: --binary target/release/unspin');
  process.exit(2);
}
const binary = path.resolve(typedIn, values.binary);
const { version } = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8'));
const out = path.resolve(typedIn, values.out ?? `unspin-${values.target}-${version}.vsix`);

const server = path.join(here, 'server');
fs.rmSync(server, { recursive: true, force: true });
fs.mkdirSync(server);
const carried = path.join(server, values.target.startsWith('win32') ? 'unspin.exe' : 'unspin');
fs.copyFileSync(binary, carried);
fs.chmodSync(carried, 0o755);

const licences = ['LICENSE-MIT', 'LICENSE-APACHE'].map((name) => fs.readFileSync(path.join(root, name), 'utf8').trimEnd());
fs.writeFileSync(path.join(here, 'LICENSE.txt'), `Unspin is licensed under either of the two licences below, at your option.\n\n${licences.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`);
const changelog = path.join(root, 'CHANGELOG.md');
if (fs.existsSync(changelog)) {
  fs.copyFileSync(changelog, path.join(here, 'CHANGELOG.md'));
}

const run = (script, ...args) => execFileSync(process.execPath, [path.join(here, 'node_modules', script), ...args], { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
run('typescript/bin/tsc', '--noEmit');
fs.rmSync(path.join(here, 'dist'), { recursive: true, force: true });
execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
run('@vscode/vsce/vsce', 'package', '--no-dependencies', '--target', values.target, '--out', out);
