/** Whatever is wrong with an input: a finding with its place, exit 1 or 2, never a stack trace, under every command. */
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCertwright } from '../support/run.js';
import { samplePath } from '../support/samples.js';
import { parseEnvelope } from '../support/schema.js';
import { makeScratch } from '../support/scratch.js';

/** How each command is called with one input. */
const calls: Readonly<Record<string, (input: string) => string[]>> = {
  chain: (input) => ['chain', input],
  bundle: (input) => ['bundle', input],
  'bundle list': (input) => ['bundle', 'list', input],
  'bundle check': (input) => ['bundle', 'check', input],
  'bundle diff': (input) => ['bundle', 'diff', input, samplePath('etc/sec/ca/trusted-ca.pem')],
  'crl check': (input) => ['crl', 'check', samplePath('etc/sec/certs/sip1-chain.pem'), '--crl', input],
  'crl show': (input) => ['crl', 'show', input],
  'crl join': (input) => ['crl', 'join', input],
  host: (input) => ['host', input, 'sip1.fly.example.com'],
  inspect: (input) => ['inspect', input],
};

/** Inputs that hold nothing at all that can be used. */
const hopeless: Readonly<Record<string, (path: (name: string) => string) => string>> = {
  'a file that is not there': (path) => path('absent.pem'),
  'a path through a file': (path) => {
    writeFileSync(path('file'), '');
    return path('file/inside.pem');
  },
  'an empty file': (path) => {
    writeFileSync(path('empty.pem'), '');
    return path('empty.pem');
  },
  'a file of blanks': (path) => {
    writeFileSync(path('blank.pem'), ' \r\n\t\n');
    return path('blank.pem');
  },
  'binary junk': () => samplePath('broken/pem/binary-junk.pem'),
  'an HTML page': () => samplePath('broken/pem/html-error-page.pem'),
  'a file larger than can be read': (path) => {
    writeFileSync(path('huge.pem'), '');
    truncateSync(path('huge.pem'), 5 * 1024 ** 3);
    return path('huge.pem');
  },
  'a directory without a certificate': (path) => {
    mkdirSync(path('directory'));
    writeFileSync(path('directory/notes.txt'), 'nothing here');
    return path('directory');
  },
  'a link that leads to itself': (path) => {
    symlinkSync(path('loop.pem'), path('loop.pem'));
    return path('loop.pem');
  },
  'a truncated block alone': (path) => {
    writeFileSync(path('cut.pem'), '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgI\n');
    return path('cut.pem');
  },
};

describe('an input that cannot be used', () => {
  const rows = Object.keys(hopeless).flatMap((what) => Object.keys(calls).map((command) => ({ what, command })));

  it.each(rows)('$what is told by $command', ({ what, command }) => {
    const scratch = makeScratch();
    const input = hopeless[what]?.(scratch.path) ?? '';
    const run = runCertwright([...(calls[command]?.(input) ?? []), '--json', '--at', '2026-11-21']);
    expect(run.stderr).toBe('');
    expect([1, 2]).toContain(run.status);
    const { ok, findings } = parseEnvelope(run);
    expect(ok).toBe(false);
    const told = findings.filter(({ severity, origin }) => severity !== 'info' && origin?.file.startsWith(input));
    expect(told.length, JSON.stringify(findings)).toBeGreaterThan(0);
    for (const { message } of told) expect(message).not.toMatch(/undefined|\[object|\bat .*\.js:/);
  });
});

describe('a damaged file', () => {
  const damaged = [
    'four-dashes',
    'utf-16-little-endian',
    'indented',
    'blank-lines',
    'joined-boundaries',
    'truncated-last-block',
  ];

  it.each(damaged)('%s.pem is told in words under every command that reads certificates', (name) => {
    const input = samplePath(`broken/pem/${name}.pem`);
    for (const command of ['chain', 'bundle', 'host', 'inspect']) {
      const { status, stderr } = runCertwright([...(calls[command]?.(input) ?? []), '--at', '2026-11-21']);
      expect(status, command).toBe(1);
      expect(stderr).toContain(`${input}:`);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});
