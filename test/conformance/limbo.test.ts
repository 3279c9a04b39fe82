/**
 * x509-limbo under the profile `webpki`, with host names by RFC 9525. The suite has pairs of cases that contradict each other, one for RFC 5280 and one
 * for the web; it marks them with `conflicts_with`. The RFC's half of such a pair is held against the profile `rfc5280`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchHost } from '../../src/hostname/match-host.js';
import { presentedIdentity } from '../../src/hostname/presented-identity.js';
import { parsePublicSuffixList } from '../../src/names/public-suffix.js';
import type { Profile, Purpose } from '../../src/path/path-inputs.js';
import { validatePath } from '../../src/path/validate-path.js';
import type { Certificate } from '../../src/x509/certificate.js';
import { conformance } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';
import { limboCases, parseLimboCertificates, type LimboCase } from '../support/limbo.js';

const cases = limboCases();
/** Need CRLs to mean anything; they come with revocation. */
const withCRLs = cases.filter(({ crls }) => crls.length > 0);
const withoutCRLs = cases.filter(({ crls }) => crls.length === 0);

/** Debian's package publicsuffix; without it the cases about public suffixes are refused for their common names alone. */
const suffixFile = '/usr/share/publicsuffix/public_suffix_list.dat';
const isPublicSuffix = existsSync(suffixFile) ? parsePublicSuffixList(readFileSync(suffixFile, 'utf8')) : undefined;

/** `FAILURE` also where the certificate cannot be read at all. */
function judge(test: LimboCase, profile: Profile): 'SUCCESS' | 'FAILURE' {
  const trusted = parseLimboCertificates(test.trusted_certs, 'trusted');
  const pool = parseLimboCertificates(test.untrusted_intermediates, 'untrusted');
  const [certificate] = parseLimboCertificates([test.peer_certificate], 'peer');
  if (!certificate) return 'FAILURE';
  const { ok } = validatePath(
    { certificate, pool },
    {
      trustAnchors: trusted,
      at: test.validation_time === null ? new Date('2026-11-21T00:00:00Z') : new Date(test.validation_time),
      purpose: purposeOf(test, profile),
      profile,
      maxIntermediates: test.max_chain_depth ?? undefined,
      isPublicSuffix,
    },
  );
  return ok && bearsName(certificate, test) ? 'SUCCESS' : 'FAILURE';
}

/** The name that the case expects, by RFC 9525; e-mail addresses (`expected_peer_names`) are nobody's host. */
function bearsName(certificate: Certificate, { expected_peer_name: name }: LimboCase): boolean {
  return name === null || matchHost(presentedIdentity(certificate), name.value, { profile: 'rfc9525' }).matched;
}

/** The web knows what a server's certificate is for; for RFC 5280 it is what the case says, which may be nothing. */
function purposeOf({ validation_kind, extended_key_usage }: LimboCase, profile: Profile): Purpose {
  if (profile === 'rfc5280' && extended_key_usage.length === 0) return 'any';
  return validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth';
}

function isForRFC5280({ id, conflicts_with }: LimboCase): boolean {
  return id.startsWith('rfc5280::') && conflicts_with.some((other) => other.startsWith('webpki::'));
}

describe(`x509-limbo without CRLs${conformance.reason}`, () => {
  it.skipIf(!conformance.available)('has 102 cases here, and 2 with CRLs that are judged with revocation', () => {
    expect(withoutCRLs).toHaveLength(102);
    expect(withCRLs).toHaveLength(2);
  });

  it.each(withoutCRLs.filter((test) => !isForRFC5280(test)))('$id', (test) => {
    expectOutcome(`limbo/${test.id}`, judge(test, 'webpki'), test.expected_result);
  });

  it.each(withoutCRLs.filter(isForRFC5280))('$id, contradicted by its twin for the web, under rfc5280', (test) => {
    expectOutcome(`limbo/${test.id}`, judge(test, 'rfc5280'), test.expected_result);
  });
});
