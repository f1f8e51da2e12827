// Runs inside VS Code's extension host: what the editor's own interface gives of the installed extension.

const assert = require('node:assert/strict');
const vscode = require('vscode');

const tests = {
  async 'a diagnostic says where, what, by which rule, and where to read on'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    const [diagnostic] = await marks(document, 1);
    assert.equal(document.getText(diagnostic.range), 'counterfeit consciousness');
    assert.match(diagnostic.message, /artificial intelligence/);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(diagnostic.code.value, 'tortured-term');
    assert.match(diagnostic.code.target.toString(), /^https:\/\/.*tortured-term/);
  },

  async 'columns are right beyond the basic plane'() {
    const document = await open('🦀🦀 “Two” towns argue about counterfeit consciousness.\n');
    const [diagnostic] = await marks(document, 1);
    assert.equal(document.getText(diagnostic.range), 'counterfeit consciousness');
  },

  async 'the best fix is the preferred one and goes in as one edit'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    const [diagnostic] = await marks(document, 1);
    const actions = await codeActions(document, diagnostic.range, 'quickfix');
    assert.equal(actions[0].title, 'Replace with “artificial intelligence”');
    assert.equal(actions[0].isPreferred, true);
    assert.ok(await vscode.workspace.applyEdit(actions[0].edit));
    assert.equal(document.getText(), 'Two towns argue about artificial intelligence.\n');
    await marks(document, 0);
  },

  async '“fix all” is offered only where it is asked for'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    const [diagnostic] = await marks(document, 1);
    // A busy machine may answer with nothing while the document is still being read; VS Code asks again when it changes.
    let all = [];
    for (const end = Date.now() + 20_000; all.length === 0 && Date.now() < end; ) {
      all = await codeActions(document, diagnostic.range, 'source.fixAll.unspin');
    }
    assert.deepEqual(all.map((action) => action.title), ['Fix all safe Unspin marks']);
    const quick = await codeActions(document, diagnostic.range, 'quickfix');
    assert.ok(!quick.some((action) => action.title.startsWith('Fix all safe')));
    assert.deepEqual(await codeActions(document, diagnostic.range, 'refactor'), []);
  },

  async '“fix all” mends on saving'() {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('codeActionsOnSave', { 'source.fixAll.unspin': 'explicit' }, vscode.ConfigurationTarget.Global);
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    await marks(document, 1);
    const editor = vscode.window.activeTextEditor;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Now: '));
    await document.save();
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(document.getText(), 'Now: Two towns argue about artificial intelligence.\n');
  },

  async 'a setting is obeyed at once'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    await marks(document, 1);
    const settings = vscode.workspace.getConfiguration('unspin');
    await settings.update('rules', { 'tortured-term': 'off' }, vscode.ConfigurationTarget.Global);
    await marks(document, 0);
    await settings.update('rules', { 'tortured-term': 'error' }, vscode.ConfigurationTarget.Global);
    await until('an error', () => own(document)[0]?.severity === vscode.DiagnosticSeverity.Error);
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    await until('a warning', () => own(document)[0]?.severity === vscode.DiagnosticSeverity.Warning);
  },

  async 'who says it stands beside each statement, where that is asked for'() {
    const document = await open('Amara Okafor said the money for the quay was late. The vote was on Tuesday.\n');
    const hints = async () => {
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all);
      return found.map((hint) => (typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('')));
    };
    assert.deepEqual(await hints(), []);
    const settings = vscode.workspace.getConfiguration('unspin');
    await settings.update('inlayHints', true, vscode.ConfigurationTarget.Global);
    await until('a hint', async () => (await hints()).some((label) => label.includes('Okafor')));
    await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Global);
    await until('no hint', async () => (await hints()).length === 0);
  },

  async 'the outline lists who speaks, the hover says who says it'() {
    const document = await open('Amara Okafor said the money for the quay was late. The vote was on Tuesday.\n');
    let outline = [];
    await until('an outline', async () => {
      outline = (await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri)) ?? [];
      return outline.length > 0;
    });
    assert.match(outline[0].name, /Okafor/);
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(0, 25));
    const said = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content).join('\n');
    assert.match(said, /Okafor/);
  },

  async 'switched off, it says nothing'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    await marks(document, 1);
    const settings = vscode.workspace.getConfiguration('unspin');
    await settings.update('enable', false, vscode.ConfigurationTarget.Global);
    await marks(document, 0);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    await marks(document, 1);
  },

  async 'a phrase that is allowed in the workspace is marked nowhere in it'() {
    const document = await open('Two towns argue about counterfeit consciousness.\n');
    const [diagnostic] = await marks(document, 1);
    const actions = await codeActions(document, diagnostic.range, 'quickfix');
    const allow = actions.find((action) => action.title.startsWith('Allow'));
    await vscode.commands.executeCommand(allow.command.command, ...allow.command.arguments);
    await marks(document, 0);
    const file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'unspin.toml');
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), /counterfeit consciousness/);
    await vscode.workspace.fs.delete(file);
    await marks(document, 1);
  },

  async 'what is no article is left alone'() {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '"Two towns argue about counterfeit consciousness."' });
    const article = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'They argue about counterfeit consciousness.' });
    await marks(article, 1);
    assert.deepEqual(own(document), []);
  },

  async 'the path of a program is no setting of a workspace'() {
    const { packageJSON } = vscode.extensions.getExtension('unspin.unspin');
    assert.equal(packageJSON.contributes.configuration.properties['unspin.path'].scope, 'machine');
    assert.deepEqual(packageJSON.capabilities.untrustedWorkspaces.restrictedConfigurations, ['unspin.path']);
    await assert.rejects(async () => vscode.workspace.getConfiguration('unspin').update('path', '/bin/false', vscode.ConfigurationTarget.Workspace));
  },

  async 'a tab stop waits where a name is missing'() {
    const document = await open('The wall may fall. Many experts say the wall will not stand another winter.\n');
    const [diagnostic] = await marks(document, 1);
    const actions = await codeActions(document, diagnostic.range, 'quickfix');
    const action = actions.find((action) => action.title.startsWith('Name the source'));
    assert.ok(action, `“Name the source” among ${actions.map((action) => action.title)}`);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    const editor = vscode.window.activeTextEditor;
    await until('the place is selected', () => !editor.selection.isEmpty);
    const place = document.getText(editor.selection);
    await vscode.commands.executeCommand('type', { text: 'Engineers at the port' });
    assert.match(document.getText(), /^The wall may fall\. Engineers at the port say/, `in the place of ${place}`);
  },
};

let files = 0;

exports.run = async () => {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name}\n${error.stack}`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} tests failed`);
  }
};

async function open(text, name = `api-${(files += 1)}.txt`) {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function own(document) {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'unspin');
}

async function marks(document, count) {
  await until(`${count} marks`, () => own(document).length === count);
  return own(document);
}

function codeActions(document, range, kind) {
  const resolveCount = 20;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind, resolveCount);
}

async function until(what, question) {
  const end = Date.now() + 20_000;
  while (!(await question())) {
    if (Date.now() > end) {
      throw new Error(`waited 20 s in vain: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
