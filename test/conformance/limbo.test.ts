/**
 * x509-limbo under the profile `webpki`, with the CRLs and the peer names of its cases. The suite has pairs of cases that contradict each other, one for RFC 5280 and one
 * for the web; it marks them with `conflicts_with`. The RFC's half of such a pair is held against the profile `rfc5280`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePublicSuffixList } from '../../src/names/public-suffix.js';
import type { Profile, Purpose } from '../../src/path/path-inputs.js';
import { verifyCertificate } from '../../src/verify.js';
import { conformance } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';
import { decodePem, limboCases, parseLimboCertificates, type LimboCase } from '../support/limbo.js';

const cases = limboCases();

/** Debian's package publicsuffix; without it the cases about public suffixes are refused for their common names alone. */
const suffixFile = '/usr/share/publicsuffix/public_suffix_list.dat';
const isPublicSuffix = existsSync(suffixFile) ? parsePublicSuffixList(readFileSync(suffixFile, 'utf8')) : undefined;

/** `FAILURE` also where the certificate cannot be read at all. */
function judge(test: LimboCase, profile: Profile): 'SUCCESS' | 'FAILURE' {
  const trusted = parseLimboCertificates(test.trusted_certs, 'trusted');
  const pool = parseLimboCertificates(test.untrusted_intermediates, 'untrusted');
  const [certificate] = parseLimboCertificates([test.peer_certificate], 'peer');
  if (!certificate) return 'FAILURE';
  const { ok } = verifyCertificate({
    certificate,
    intermediates: pool,
    trustAnchors: trusted,
    crls: test.crls.map(decodePem),
    at: test.validation_time === null ? new Date('2026-11-21T00:00:00Z') : new Date(test.validation_time),
    purpose: purposeOf(test, profile),
    profile,
    host: test.expected_peer_name?.value,
    hostProfile: 'rfc9525',
    maxIntermediates: test.max_chain_depth ?? undefined,
    isPublicSuffix,
  });
  return ok ? 'SUCCESS' : 'FAILURE';
}

/** The web knows what a server's certificate is for; for RFC 5280 it is what the case says, which may be nothing. */
function purposeOf({ validation_kind, extended_key_usage }: LimboCase, profile: Profile): Purpose {
  if (profile === 'rfc5280' && extended_key_usage.length === 0) return 'any';
  return validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth';
}

function isForRFC5280({ id, conflicts_with }: LimboCase): boolean {
  return id.startsWith('rfc5280::') && conflicts_with.some((other) => other.startsWith('webpki::'));
}

describe(`x509-limbo${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('has 104 cases here: 2 with CRLs, 98 with a peer name', () => {
    expect(cases).toHaveLength(104);
    expect(cases.filter(({ crls }) => crls.length > 0)).toHaveLength(2);
    expect(cases.filter((test) => test.expected_peer_name)).toHaveLength(98);
  });

  it.each(cases.filter((test) => !isForRFC5280(test)))('$id', (test) => {
    expectOutcome(`limbo/${test.id}`, judge(test, 'webpki'), test.expected_result);
  });

  it.each(cases.filter(isForRFC5280))('$id, contradicted by its twin for the web, under rfc5280', (test) => {
    expectOutcome(`limbo/${test.id}`, judge(test, 'rfc5280'), test.expected_result);
  });
});
