// The client of the language server: which documents it is told of, and what this editor can do beyond the standard.

import * as vscode from 'vscode';
import {
  type ClientCapabilities,
  type DocumentSelector,
  type FeatureState,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { Fixes } from './fixes';
import type { StatusEntry, StatusParams } from './status';

const LANGUAGES = ['plaintext', 'markdown', 'wikitext', 'mediawiki'];
/** Not `git:` or `output:`: what cannot be edited need not be marked. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs'];

const selector: DocumentSelector = SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));

/** Whether the server is told of this document. */
export function isArticle(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);
}

/** A client of the server at `serverPath`, not yet started. */
export function createClient(serverPath: string, log: vscode.OutputChannel, status: StatusEntry): LanguageClient {
  const fixes = new Fixes();
  const options: LanguageClientOptions = {
    documentSelector: selector,
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // The settings as they are at the start; later the server asks for them. The verdict stands in the status bar: above the first line
    // it would push the text down as it comes and goes.
    initializationOptions: { ...vscode.workspace.getConfiguration('unspin'), codeLens: false },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/unspin.toml') },
    middleware: {
      provideCodeActions: (document, range, context, token) => fixes.provide(client, document, range, context, token),
      resolveCodeAction: (action, token) => fixes.resolve(client, action, token),
    },
  };
  // The name says where the trace setting is: unspin.trace.server.
  const client = new LanguageClient('unspin', 'Unspin', { command: serverPath, args: ['lsp'] }, options);
  client.registerFeature(new Announcements());
  client.onNotification('unspin/status', (params: StatusParams) => status.update(params));
  return client;
}

/** Tells the server what this client understands that the library does not announce. */
class Announcements implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const workspaceEdit = (capabilities.workspace ??= {}).workspaceEdit ??= {};
    // Of LSP 3.18, which this version of the library does not know.
    (workspaceEdit as { snippetEditSupport?: boolean }).snippetEditSupport = true;
    capabilities.experimental = { ...capabilities.experimental, unspinStatus: true, unspinSnippetEdits: true };
  }

  initialize(): void {}

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {}
}
