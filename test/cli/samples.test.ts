/** Every command that samples/README.md proposes is run, and every broken sample must show its own fault. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCertwright } from '../support/run.js';
import { parseEnvelope } from '../support/schema.js';

const readme = readFileSync(new URL('../../samples/README.md', import.meta.url), 'utf8');
const at = ['--at', '2026-11-21', '--json'];

/** Words of a command line; double quotes keep blanks together. */
const wordsOf = (command: string): string[] =>
  Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');

/** Every `certwright …` in the tables and lines of the README that names its files in full. */
const commands = Array.from(readme.matchAll(/`certwright ([^`]+)`/g), ([, command]) => command ?? '').filter(
  (command) => !command.includes('SAMPLE'),
);

/** What exits 1 although it stands under `etc`: the sample is there to show it. */
const failing = [
  'host samples/etc/sec/certs/wildcard.pem',
  'host samples/etc/sec/certs/sip-domain.pem',
  'crl check samples/etc/sec/certs/revoked-chain.pem',
  'bundle diff',
];

describe('what samples/README.md proposes', () => {
  it.each(commands)('certwright %s', (command) => {
    // A handshake happens now.
    const instant = command.startsWith('rehearse ') ? [] : ['--at', '2026-11-21'];
    const { status, stderr } = runCertwright([...wordsOf(command), ...instant]);
    expect(stderr).not.toContain('a bug in certwright');
    expect(status, stderr).toBe(failing.some((start) => command.startsWith(start)) ? 1 : 0);
  });

  it('proposes something for every command', () => {
    const names = new Set(commands.map((command) => wordsOf(command)[0]));
    expect([...names].sort()).toEqual(['bundle', 'chain', 'crl', 'host', 'inspect', 'preflight', 'rehearse', 'verify']);
  });
});

/** The code that tells the fault of each broken sample, under the command that its section proposes. */
const faults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  chain: {
    'root-first.pem': 'chain/not-arranged',
    'missing-intermediate.pem': 'chain/missing-issuer',
    'missing-root.pem': 'chain/missing-issuer',
    'expired-leaf.pem': 'certificate/expired',
    'expired-intermediate.pem': 'certificate/expired',
    'not-yet-valid.pem': 'certificate/not-yet-valid',
    'same-name-other-key.pem': 'chain/near-miss',
    'path-too-long.pem': 'chain/path-too-long',
    'issuer-is-no-ca.pem': 'chain/issuer-is-no-ca',
    'damaged-signature.pem': 'chain/bad-signature',
    'duplicate-certificates.pem': 'chain/duplicate',
    'unrelated-certificate.pem': 'chain/unrelated',
    'several-leaves.pem': 'chain/several-leaves',
  },
  key: {
    'key-of-another-certificate.pem': 'chain/key-matches-none',
    'weak-key-rsa-1024.pem': 'certificate/weak-key',
    'sha-1-signature.pem': 'certificate/weak-signature',
  },
  bundle: {
    'intermediate-without-root.pem': 'bundle/missing-root',
    'leaf-in-bundle.pem': 'bundle/not-a-ca',
    'expired-root.pem': 'certificate/expired',
    'expired-intermediate.pem': 'certificate/expired',
    'same-name-other-key.pem': 'bundle/same-name-other-key',
    'duplicate-root.pem': 'bundle/duplicate',
  },
  host: {
    'wildcard-only.pem': 'host/wildcard-not-accepted',
    'cn-ignored.pem': 'host/common-name-ignored',
    'short-name.pem': 'host/short-name',
    'ip-address-only.pem': 'host/common-name-ignored',
    'no-dns-name.pem': 'host/common-name-ignored',
    'case-differs.pem': 'host/case-differs',
    'one-letter-off.pem': 'host/one-letter',
  },
  crl: {
    'stale.crl.pem': 'crl/stale',
    'not-yet-valid.crl.pem': 'crl/not-yet-valid',
    'signed-by-another-key.crl.pem': 'crl/wrong-key',
    'damaged-signature.crl.pem': 'crl/bad-signature',
    'of-another-issuer.crl.pem': 'crl/missing',
    'delta.crl.pem': 'crl/delta',
    'indirect.crl.pem': 'crl/extended-support-needed',
    'ca-certificates-only.crl.pem': 'crl/out-of-scope',
    'unknown-critical-extension.crl.pem': 'crl/unhandled-critical-extension',
    'wrong-label.crl.pem': 'pem/crl-label',
    'root-crl-missing.crl.pem': 'crl/missing',
  },
  pem: {
    'four-dashes.pem': 'pem/dash-count',
    'byte-order-mark.pem': 'pem/byte-order-mark',
    'crlf.pem': 'pem/crlf',
    'utf-16-little-endian.pem': 'pem/utf-16',
    'indented.pem': 'pem/indented-armour',
    'one-line-base64.pem': 'pem/line-length',
    'blank-lines.pem': 'pem/blank-lines',
    'joined-boundaries.pem': 'pem/joined-blocks',
    'bare-base64.pem': 'pem/bare-base64',
    'truncated-last-block.pem': 'pem/truncated-block',
    'damaged-second-block.pem': 'pem/bad-character',
    'text-around-blocks.pem': 'pem/text-outside-blocks',
    'x509-certificate-label.pem': 'pem/x509-certificate-label',
    'trusted-certificate-label.pem': 'pem/trusted-certificate',
    'public-key.pem': 'input/unexpected-object',
    'certificate-request.pem': 'input/unexpected-object',
    'private-key-only.pem': 'input/unexpected-object',
    'empty.pem': 'input/empty',
    'binary-junk.pem': 'input/no-objects',
    'html-error-page.pem': 'input/no-objects',
  },
};

/** Files that certwright answers with exit 0: the fault is one for others, or only worth knowing. */
const harmless = [
  'chain/duplicate',
  'certificate/weak-key',
  'certificate/weak-signature',
  'host/case-differs',
  'bundle/duplicate',
  'bundle/not-a-ca',
  'crl/extended-support-needed',
  'bundle/same-name-other-key',
  'crl/extended-support-needed',
  'pem/trusted-certificate',
  'pem/byte-order-mark',
  'pem/crlf',
  'pem/line-length',
  'pem/text-outside-blocks',
  'pem/x509-certificate-label',
];

function argumentsFor(section: string, sample: string): string[] {
  const path = `samples/broken/${section}/${sample}`;
  const sip1 = 'samples/etc/sec/certs/sip1-chain.pem';
  const rootCRL = sample === 'root-crl-missing.crl.pem' ? '' : ',samples/etc/sec/crl/example-root-ca-1.crl.pem';
  return {
    chain: ['chain', '--check', path],
    key: ['chain', '--check', path, '--key', path],
    bundle: ['bundle', 'check', path, '--peer', sip1],
    host: ['host', path, 'sip1.fly.example.com'],
    crl: ['crl', 'check', sip1, '--crl', `${path}${rootCRL}`],
    // What stands in these files is judged where a chain is wanted.
    pem: ['chain', path, '-o', '/dev/null'],
  }[section] as string[];
}

describe('broken samples', () => {
  const rows = Object.entries(faults).flatMap(([section, samples]) =>
    Object.entries(samples).map(([sample, code]) => ({ section, sample, code })),
  );

  it.each(rows)('$section/$sample is told by $code', ({ section, sample, code }) => {
    const run = runCertwright([...argumentsFor(section, sample), ...at]);
    const envelope = parseEnvelope(run);
    expect(envelope.findings.map((finding) => finding.code)).toContain(code);
    const fine = envelope.findings.every(({ severity }) => severity !== 'error');
    expect(run.status === 0).toBe(fine);
    if (!harmless.includes(code) && sample !== 'unrelated-certificate.pem') expect(run.status).not.toBe(0);
  });

  it('are all named here', () => {
    const listed = Array.from(readme.matchAll(/^\| `([^`]+)`\s+\|/gm), ([, name]) => name ?? '');
    const missing = rows.filter(({ sample }) => !listed.includes(sample));
    expect(missing).toEqual([]);
  });
});
