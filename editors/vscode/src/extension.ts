// Starts the server, restarts it when something that it was started with changes, and says plainly when it cannot run.
// Everything that can be in the server is in the server, so that every editor has it.

import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { createClient } from './client';
import { goToMark } from './marks';
import { ServerError, findServer } from './server';
import { type ServerState, StatusEntry } from './status';

let extension: Unspin | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  extension = new Unspin(context);
  await extension.restart();
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
}

class Unspin {
  private readonly log = vscode.window.createOutputChannel('Unspin');
  private readonly status = new StatusEntry();
  private client: LanguageClient | undefined;
  /** Starts and stops run one after the other, however quickly they are asked for. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {
    const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(name, run);
    context.subscriptions.push(
      this.log,
      this.status,
      command('unspin.restart', () => this.restart()),
      command('unspin.showLog', () => this.log.show()),
      command('unspin.nextMark', () => goToMark('next')),
      command('unspin.previousMark', () => goToMark('previous')),
      command('unspin.fixAll', fixAll),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('unspin.path') || change.affectsConfiguration('unspin.enable')) {
          void this.restart();
        }
      }),
    );
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopClient();
      if (vscode.workspace.getConfiguration('unspin').get('enable', true)) {
        await this.startClient();
      } else {
        this.show('off');
      }
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopClient());
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private async startClient(): Promise<void> {
    this.show('starting');
    try {
      const server = await findServer(this.context);
      this.log.appendLine(`${server.version}: ${server.path}`);
      const client = createClient(server.path, this.log, this.status);
      this.client = client;
      // The library starts a server that died again, a few times; when it gives up, the state stays at "stopped".
      client.onDidChangeState(({ newState }) => {
        if (this.client === client) {
          this.show(newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'failed');
        }
      });
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.show('failed');
      const message = error instanceof Error ? error.message : String(error);
      this.log.appendLine(message);
      // Not awaited: the message stands until somebody has read it.
      void this.explain(message, error instanceof ServerError && error.fromSetting);
    }
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose(2000);
    } catch (error) {
      // A server that crashed or hangs cannot be asked to stop; its process is ended by the client all the same.
      this.log.appendLine(`The server did not stop in the ordinary way: ${error instanceof Error ? error.message : error}`);
    }
  }

  private show(state: ServerState): void {
    this.status.say(state);
    // Commands that need a server are in the palette while there is one.
    void vscode.commands.executeCommand('setContext', 'unspin.running', state === 'running');
  }

  private async explain(message: string, fromSetting: boolean): Promise<void> {
    const settings = 'Open Settings', log = 'Show Log', again = 'Try Again';
    const choice = await vscode.window.showErrorMessage(`Unspin cannot run: ${message}`, ...(fromSetting ? [settings] : []), again, log);
    if (choice === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'unspin.path');
    } else if (choice === again) {
      await this.restart();
    } else if (choice === log) {
      this.log.show();
    }
  }
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.unspin', apply: 'first' });
}
