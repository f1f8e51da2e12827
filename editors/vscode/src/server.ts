// Which server is run: the one that came with the extension, or the one that a person who trusts the folder names.

import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

/** A server that answers. */
export interface Server {
  path: string;
  /** What it says of itself: `unspin 0.1.0`. */
  version: string;
}

/** Why there is no server to run, as a clause to be shown. */
export class ServerError extends Error {
  constructor(message: string, readonly fromSetting: boolean) {
    super(message);
  }
}

const VERSION_WAIT_MS_MAX = 10_000;

/** The server to run. Fails with a {@link ServerError} when it is missing or does not run on this machine. */
export async function findServer(context: vscode.ExtensionContext): Promise<Server> {
  // VS Code holds the setting back in a folder that is not trusted; that it does is too important to rest on one check.
  const setting = vscode.workspace.isTrusted ? vscode.workspace.getConfiguration('unspin').get('path', '').trim() : '';
  if (setting !== '') {
    const chosen = setting.startsWith('~') ? path.join(os.homedir(), setting.slice(1)) : setting;
    if (!path.isAbsolute(chosen)) {
      throw new ServerError(`the setting unspin.path holds “${setting}”, which is not an absolute path`, true);
    }
    return tryServer(chosen, true);
  }
  const name = process.platform === 'win32' ? 'unspin.exe' : 'unspin';
  return tryServer(context.asAbsolutePath(path.join('server', name)), false);
}

async function tryServer(file: string, fromSetting: boolean): Promise<Server> {
  const advice = fromSetting
    ? 'correct the setting unspin.path, or empty it to use the server that came with the extension'
    : `install the extension's package for ${process.platform}-${process.arch}, or name an unspin program in the setting unspin.path`;
  try {
    await fs.access(file, fs.constants.X_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ServerError(`${file} ${missing ? 'does not exist' : 'may not be executed'}; ${advice}`, fromSetting);
  }
  let version: string;
  try {
    version = (await promisify(execFile)(file, ['--version'], { timeout: VERSION_WAIT_MS_MAX })).stdout.trim();
  } catch (error) {
    // Built for another processor, a library that is not there: the system's words are the best there are.
    const failure = error as { code?: string | number; stderr?: string; message: string };
    const reason = failure.stderr?.trim() || failure.message;
    throw new ServerError(`${file} does not run on this machine (${reason}); ${advice}`, fromSetting);
  }
  if (!version.startsWith('unspin ')) {
    throw new ServerError(`${file} is some other program; ${advice}`, fromSetting);
  }
  return { path: file, version };
}
