// The status bar: what the server says of the document that is looked at.

import * as vscode from 'vscode';
import { isArticle } from './client';

/** What the server sends after each analysis. */
export interface StatusParams {
  uri: string;
  version: number | null;
  /** One line: `reads as spun: 41 of 46 sentences`, `clean`. */
  verdict: string;
  /** How many marks each rule has set. */
  marks: Record<string, number>;
}

/** What the server is doing. */
export type ServerState = 'starting' | 'running' | 'failed' | 'off';

/** An entry that stands in the status bar while an article is in the active editor. */
export class StatusEntry implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('verdict', vscode.StatusBarAlignment.Right, 90);
  private readonly verdicts = new Map<string, StatusParams>();
  private readonly listeners: vscode.Disposable[];
  private state: ServerState = 'starting';

  constructor() {
    this.item.name = 'Unspin';
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.workspace.onDidCloseTextDocument((document) => this.verdicts.delete(document.uri.toString())),
      vscode.workspace.onDidOpenTextDocument(() => this.show()),
    ];
  }

  say(state: ServerState): void {
    this.state = state;
    if (state !== 'running') {
      this.verdicts.clear();
    }
    this.show();
  }

  update(params: StatusParams): void {
    // The server may write the address in another way ("%3A" for ":"); parsing makes them one.
    this.verdicts.set(vscode.Uri.parse(params.uri).toString(), params);
    this.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.item, ...this.listeners).dispose();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isArticle(document) || this.state === 'off') {
      this.item.hide();
      return;
    }
    const failed = this.state === 'failed';
    this.item.backgroundColor = failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const status = this.verdicts.get(document.uri.toString());
    const marks = Object.entries(status?.marks ?? {}).filter(([, count]) => count > 0);
    this.item.command = marks.length > 0 ? 'unspin.nextMark' : 'unspin.showLog';
    if (failed) {
      this.item.text = '$(error) Unspin';
      this.item.tooltip = 'Unspin is not running; click for the log, which says why';
    } else if (!status) {
      this.item.text = '$(loading~spin) Unspin';
      this.item.tooltip = this.state === 'starting' ? 'The server is starting' : 'The document is being looked at';
    } else {
      this.item.text = `${marks.length > 0 ? '$(quote)' : '$(check)'} Unspin: ${status.verdict}`;
      this.item.tooltip = tooltip(marks);
    }
    this.item.show();
  }
}

function tooltip(marks: [string, number][]): vscode.MarkdownString {
  if (marks.length === 0) {
    return new vscode.MarkdownString('No marks. Click for the log.');
  }
  const rows = marks.sort(([, a], [, b]) => b - a).map(([rule, count]) => `| ${rule} | ${count} |`);
  return new vscode.MarkdownString(['| Rule | Marks |', '| --- | ---: |', ...rows, '', 'Click for the next mark.'].join('\n'));
}
