// The settings of the VS Code extension that are also keys of unspin.toml have the same names, values and words, from one
// source: the schema that `cargo xtask codegen` writes. Where they differ, this test writes the fresh ones and fails once.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const extension = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../editors/vscode');
const schema = JSON.parse(fs.readFileSync(path.join(extension, 'schemas/unspin.schema.json'), 'utf8'));

const oneLine = (text) => text.replaceAll('\n', ' ');
const values = (name) => schema.$defs[name].oneOf.map((value) => value.const);
const wins = (description) => `${oneLine(description)} What \`unspin.toml\` says wins.`;

function shared() {
  const { sensitivity, rules } = schema.properties;
  const level = { type: 'string', enum: values('RuleLevel'), enumDescriptions: schema.$defs.RuleLevel.oneOf.map((value) => oneLine(value.description)) };
  return {
    'unspin.sensitivity': {
      type: 'string',
      enum: values('Sensitivity'),
      enumDescriptions: schema.$defs.Sensitivity.oneOf.map((value) => oneLine(value.description)),
      default: 'balanced',
      scope: 'resource',
      markdownDescription: wins(sensitivity.description),
    },
    'unspin.rules': {
      type: 'object',
      properties: Object.fromEntries(rules.propertyNames.enum.map((rule) => [rule, level])),
      additionalProperties: false,
      default: {},
      scope: 'resource',
      markdownDescription: wins(rules.description),
    },
    'unspin.words.allow': {
      type: 'array',
      items: { type: 'string' },
      default: [],
      scope: 'resource',
      markdownDescription: `${oneLine(schema.$defs.Words.properties.allow.description)} Those of \`unspin.toml\` are allowed, too.`,
    },
  };
}

function fresh(file, text, current) {
  if (text !== current) fs.writeFileSync(file, text);
  assert.equal(current, text, `${path.basename(file)} was stale and is written anew; run the tests again and commit it`);
}

const manifestFile = path.join(extension, 'package.json');

test('the manifest has the settings of unspin.toml', () => {
  const current = fs.readFileSync(manifestFile, 'utf8');
  const manifest = JSON.parse(current);
  const { properties } = manifest.contributes.configuration;
  const { 'unspin.enable': enable, ...rest } = properties;
  manifest.contributes.configuration.properties = { 'unspin.enable': enable, ...shared(), ...Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in shared()))) };
  fresh(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`, current);
});

test('the page lists the settings of the manifest', () => {
  const file = path.join(extension, 'README.md');
  const current = fs.readFileSync(file, 'utf8');
  const { properties } = JSON.parse(fs.readFileSync(manifestFile, 'utf8')).contributes.configuration;
  const cell = (text) => text.replaceAll('|', '\\|');
  const rows = Object.entries(properties).map(([name, setting]) => `| \`${name}\` | ${cell(setting.markdownDescription)} | \`${cell(JSON.stringify(setting.default))}\` |`);
  const table = ['| Setting | Meaning | Default |', '| --- | --- | --- |', ...rows].join('\n');
  const [before, after] = [current.split('<!-- settings: begin -->')[0], current.split('<!-- settings: end -->')[1]];
  fresh(file, `${before}<!-- settings: begin -->\n${table}\n<!-- settings: end -->${after}`, current);
});
