// From mark to mark. VS Code's own "next problem" stops at what other extensions say, too.

import * as vscode from 'vscode';

const SOURCE = 'unspin';

/** Puts the cursor on the next or previous mark of the active document, around its end if need be, and shows what is said of it. */
export async function goToMark(direction: 'next' | 'previous'): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const mark = neighbour(marksOf(editor.document), editor.selection, direction);
  if (!mark) {
    vscode.window.setStatusBarMessage('Unspin: no marks in this document', 3000);
    return;
  }
  // After a click in the status bar the keys would otherwise go there, and Ctrl+. with them.
  await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn, selection: mark });
  await vscode.commands.executeCommand('editor.action.showHover');
}

function marksOf(document: vscode.TextDocument): vscode.Range[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === SOURCE)
    .map((diagnostic) => diagnostic.range)
    .sort((a, b) => a.start.compareTo(b.start) || a.end.compareTo(b.end));
}

function neighbour(marks: vscode.Range[], from: vscode.Selection, direction: 'next' | 'previous'): vscode.Range | undefined {
  const ahead = (mark: vscode.Range) => {
    const order = mark.start.compareTo(from.start);
    return direction === 'next' ? order > 0 || (order === 0 && from.isEmpty) : order < 0;
  };
  const ordered = direction === 'next' ? marks : marks.reverse();
  return ordered.find(ahead) ?? ordered[0];
}
