/** Puts every finding that the samples bring up into words: no value missing, and as the index of the codes shows it. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { checkBundle } from '../../../src/bundle/check-bundle.js';
import { orderChain } from '../../../src/chain/order-chain.js';
import { readInputs } from '../../../src/files/read-inputs.js';
import type { Finding } from '../../../src/finding/finding.js';
import { checkCertificates as checkHost } from '../../../src/hostname/check-certificates.js';
import { hostProfiles } from '../../../src/hostname/verdict.js';
import { plainPalette } from '../../../src/report/palette.js';
import { formatFindings } from '../../../src/report/text/findings.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { checkCertificates as checkRevocation } from '../../../src/revocation/check-certificates.js';
import { joinCRLs } from '../../../src/revocation/join-crls.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { listSamples, samplePath } from '../../support/samples.js';

const at = new Date('2026-11-21T00:00:00Z');
const hosts = ['sip1.fly.example.com', 'SIP1', 'fly.example.com.', '192.168.8.57', 'sip:a@eu.web.fly.example.com:5061'];

const read = (name: string) => readInputs([samplePath(name)], { expect: ['certificate'] });

/** What every command's core says about one file. */
async function examine(name: string, served: readonly Certificate[]): Promise<readonly Finding[]> {
  const { certificates, crls, findings } = await read(name);
  const issuers = served.slice(1);
  return [
    ...findings,
    ...orderChain(certificates, { at, issuers }).findings,
    ...orderChain(certificates, { at, trusted: issuers, root: 'omit' }).findings,
    ...checkBundle(certificates, { at, name, peers: [served] }).findings,
    ...checkRevocation({ certificates: served, crls, at, scope: 'chain' }).findings,
    ...joinCRLs(crls, { at, for: served }).findings,
    ...hostProfiles.flatMap((profile) => checkHost(certificates, hosts, { profile, which: 'first' }).findings),
  ];
}

let findings: readonly Finding[] = [];
beforeAll(async () => {
  const { certificates: served } = await read('etc/sec/certs/sip1-chain.pem');
  const examined: (readonly Finding[])[] = [];
  for (const name of listSamples('')) examined.push(await examine(name, served));
  findings = examined.flat();
});

test('the samples bring up findings of every area but der', () => {
  const codes = new Set(findings.map(({ code }) => code));
  const areas = new Set(Array.from(codes, (code) => code.slice(0, code.indexOf('/'))));
  expect([...areas].sort()).toEqual(['bundle', 'certificate', 'chain', 'crl', 'host', 'input', 'key', 'pem']);
  expect(codes.size).toBeGreaterThan(60);
});

test('no message or hint lacks a value', () => {
  const lacking = findings
    .map((finding) => ({ code: finding.code, ...describeFinding(finding) }))
    .filter(({ message, hint = '' }) => /undefined|null|NaN|Invalid Date|\[object/.test(`${message} ${hint}`));
  expect(lacking).toEqual([]);
});

test('a message is one line without a final full stop', () => {
  const shapes = new Set(findings.map((finding) => describeFinding(finding).message));
  expect([...shapes].filter((message) => message === '' || /\n|\.$/.test(message))).toEqual([]);
});

test('the index of the codes shows a finding as it is printed', async () => {
  const name = 'broken/chain/expired-leaf.pem';
  const { certificates } = await read(name);
  const expired = orderChain(certificates, { at }).findings.filter(({ severity }) => severity === 'error');
  const printed = formatFindings(expired, { quiet: false, verbose: false }, plainPalette)
    .join('\n')
    .replaceAll(samplePath(''), 'samples/')
    .replace(/^/gm, '    ');
  const index = readFileSync(new URL('../../../docs/findings/README.md', import.meta.url), 'utf8');
  expect(index).toContain(printed);
});
