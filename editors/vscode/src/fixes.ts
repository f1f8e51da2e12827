// Fixes with a place to type over. The library converts plain edits only, so code actions are asked for and converted here:
// a snippet edit becomes VS Code's own, which puts the cursor on its tab stop when the fix is chosen.

import * as vscode from 'vscode';
import {
  type AnnotatedTextEdit,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Command,
  type LanguageClient,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';

/** An edit of LSP 3.18 whose text has tab stops. */
interface SnippetTextEdit {
  range: Range;
  snippet: { kind: 'snippet'; value: string };
}

type AnyEdit = TextEdit | AnnotatedTextEdit | SnippetTextEdit;

/** Asks the server for code actions and remembers what each one was before it was converted. */
export class Fixes {
  private readonly originals = new WeakMap<vscode.CodeAction, CodeAction>();

  async provide(
    client: LanguageClient,
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<(vscode.Command | vscode.CodeAction)[] | undefined> {
    const to = client.code2ProtocolConverter;
    const params = {
      textDocument: to.asTextDocumentIdentifier(document),
      range: to.asRange(range),
      context: await to.asCodeActionContext(context, token),
    };
    const answer = await client
      .sendRequest(CodeActionRequest.type, params, token)
      .catch((error) => client.handleFailedRequest(CodeActionRequest.type, token, error, null));
    if (!answer || token.isCancellationRequested) {
      return undefined;
    }
    return Promise.all(answer.map((item) => (isCommand(item) ? client.protocol2CodeConverter.asCommand(item) : this.convert(client, item, token))));
  }

  async resolve(client: LanguageClient, action: vscode.CodeAction, token: vscode.CancellationToken): Promise<vscode.CodeAction> {
    const original = this.originals.get(action);
    if (!original) {
      return action;
    }
    // A fix for a text that has changed meanwhile is refused by the server; the action is then left without an edit.
    const resolved = await client
      .sendRequest(CodeActionResolveRequest.type, original, token)
      .catch((error) => client.handleFailedRequest(CodeActionResolveRequest.type, token, error, original));
    return token.isCancellationRequested ? action : this.convert(client, resolved, token);
  }

  private async convert(client: LanguageClient, item: CodeAction, token: vscode.CancellationToken): Promise<vscode.CodeAction> {
    const action = await client.protocol2CodeConverter.asCodeAction({ ...item, edit: undefined }, token);
    if (item.edit) {
      action.edit = await convertEdit(client, item.edit, token);
    }
    this.originals.set(action, item);
    return action;
  }
}

async function convertEdit(client: LanguageClient, edit: WorkspaceEdit, token: vscode.CancellationToken): Promise<vscode.WorkspaceEdit> {
  const from = client.protocol2CodeConverter;
  const changes = (edit.documentChanges ?? []) as { textDocument: { uri: string }; edits?: AnyEdit[] }[];
  // The library knows everything else: versions, annotations, files to create.
  if (!changes.some((change) => change.edits?.some(isSnippet))) {
    return from.asWorkspaceEdit(edit, token);
  }
  const converted = new vscode.WorkspaceEdit();
  for (const { textDocument, edits = [] } of changes) {
    converted.set(
      from.asUri(textDocument.uri),
      edits.map((one) =>
        isSnippet(one)
          ? new vscode.SnippetTextEdit(from.asRange(one.range), new vscode.SnippetString(one.snippet.value))
          : new vscode.TextEdit(from.asRange(one.range), one.newText),
      ),
    );
  }
  return converted;
}

function isCommand(item: Command | CodeAction): item is Command {
  return typeof item.command === 'string';
}

function isSnippet(edit: AnyEdit): edit is SnippetTextEdit {
  return 'snippet' in edit;
}
