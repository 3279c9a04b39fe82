/** The configurations of samples/, good and broken, through preflight and rehearse as a user runs them. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokenConfigurations } from '../../samples/make/broken-configurations.js';
import { runCertwright } from '../support/run.js';
import { listSamples } from '../support/samples.js';
import { parseEnvelope, type PrintedEnvelope, type PrintedFinding } from '../support/schema.js';

interface PrintedError {
  readonly isConsequence: boolean;
  readonly explainedBy: readonly PrintedFinding[];
}
interface PrintedRehearsals {
  readonly rehearsals: readonly {
    readonly connected: boolean;
    readonly server: { readonly errors: readonly PrintedError[] };
    readonly client: { readonly errors: readonly PrintedError[] };
  }[];
}

/** Runs a command on a sample; its output fits the schema and its exit status what it says. */
function run<Result = unknown>(command: string, folder: string, options: readonly string[]): PrintedEnvelope<Result> {
  const files = listSamples(folder);
  const fileOf = (side: string): string =>
    `samples/${folder}/${files.find((file) => file.startsWith(`${side}.`)) ?? ''}`;
  const sides = ['--server', fileOf('server'), '--client', fileOf('client')];
  const ran = runCertwright([command, '--json', '--root', 'samples', ...sides, ...options]);
  const envelope = parseEnvelope<Result>(ran);
  expect([envelope.command, ran.status]).toEqual([command, envelope.ok ? 0 : 1]);
  return envelope;
}

const readme = readFileSync(new URL('../../samples/README.md', import.meta.url), 'utf8');
const [section = ''] = readme.split(/^## /m).filter((each) => each.startsWith('config\n'));
/** Name and options of each row of the README's table. */
const good = Array.from(section.matchAll(/^\| `([^`]+)` *\|[^|]*\|([^|]*)\|/gm), ([, name = '', options = '']) => {
  const words = options.replaceAll('`', '').split(' ').filter(Boolean);
  return { name, options: words.includes('--target') ? words : ['--target', 'sip1.fly.example.com', ...words] };
});

describe('config', () => {
  test('is all of it tried', () => {
    const folders = new Set(listSamples('config').map((file) => file.slice(0, file.indexOf('/'))));
    expect(good.map(({ name }) => name).sort()).toEqual([...folders].sort());
  });

  test.each(good)('$name preflights clean and rehearses connected', ({ name, options }) => {
    const { ok, findings } = run('preflight', `config/${name}`, options);
    expect([ok, findings.filter(({ severity }) => severity !== 'info')]).toEqual([true, []]);
    const rehearsed = run<PrintedRehearsals>('rehearse', `config/${name}`, options);
    expect([rehearsed.ok, rehearsed.findings]).toEqual([true, []]);
    const targets = options.filter((word) => word === '--target').length;
    expect(rehearsed.result.rehearsals.map(({ connected }) => connected)).toEqual(Array(targets).fill(true));
  });
});

/** Why a handshake does not show the fault. */
const unshown: Readonly<Record<string, string>> = {
  'wrong-case-value': 'the name goes unchecked, and fits',
  'unknown-value': 'the rehearsal goes on with the default',
  'older-names': 'they are read',
  'both-names-set': 'the new name counts, and its file is right',
  'blanks-in-transport': 'nobody asks the client for its certificate, and simple TLS connects',
  'server-trusted-ca-missing': 'a server that verifies nobody does not use it',
  'thumbprint-pasted': 'it is the right one, once it is cleaned',
  'missing-intermediate-trusted': "the client's trusted-ca fills the gap",
  'missing-root': 'the client has the root',
  'unrelated-certificate': 'OpenSSL passes over it',
  'distribution-point-remote': 'Windows fetches CRLs, OpenSSL does not',
  'name-check-missing': 'no name is compared, and the right server answers',
  'name-check-on-server': 'it does nothing there',
  'common-name-only': 'the Security Pack takes it',
  'cipher-list-for-tls-1.3': 'it does nothing there',
  'sips-through-proxy': 'SIP begins after the handshake',
  'pool-ports-differ': 'the ports are those of the target machines',
  'sip-port-tls-differs': 'the ports are those of the target machines',
  'endpoint-without-certificate': 'the rehearsed call is outgoing',
};

/** Where the handshake meets what follows from the fault, which has a finding of its own. */
const followed: Readonly<Record<string, string>> = {
  'wrong-case-option': 'option/mandatory-missing',
  'misspelt-option': 'option/mandatory-missing',
  'split-over-levels': 'option/mandatory-missing',
  'transport-without-key': 'option/mandatory-missing',
  'relative-path': 'input/not-found',
  'target-name-on-old-pack': 'host/target-ip',
};

/** No handshake can be made: the store has no such certificate. */
const withoutHandshake = ['thumbprint-malformed', 'thumbprint-not-in-store'];

describe('broken/config', () => {
  const samples = Object.entries(brokenConfigurations).map(([name, sample]) => ({ name, ...sample }));

  test.each(samples)('$name: $expected', ({ name, target, options, expected }) => {
    const words = ['--target', target, ...options.split(' ').filter(Boolean)];
    const folder = `broken/config/${name}`;
    expect(run('preflight', folder, words).findings.map(({ code }) => code)).toContain(expected);
    const { ok, findings, result } = run<PrintedRehearsals>('rehearse', folder, words);
    const codes = findings.map(({ code }) => code);
    expect(codes).not.toContain('rehearse/unexplained');
    const isUnshown = name in unshown;
    expect(ok, unshown[name] ?? 'a handshake shows it').toBe(isUnshown);
    if (isUnshown) return;
    if (withoutHandshake.includes(name)) {
      expect([codes, result.rehearsals]).toEqual([['rehearse/windows-store-needed'], []]);
      return;
    }
    const errors = result.rehearsals.flatMap(({ server, client }) => [...server.errors, ...client.errors]);
    const causes = errors
      .filter(({ isConsequence }) => !isConsequence)
      .flatMap(({ explainedBy }) => explainedBy.map(({ code }) => code));
    expect(causes).toContain(followed[name] ?? expected);
  });

  test('has no reason for a sample that is not there', () => {
    const listed = [...Object.keys(unshown), ...Object.keys(followed), ...withoutHandshake];
    expect(listed.filter((name) => !(name in brokenConfigurations))).toEqual([]);
  });
});
