/** x509-limbo as questions: to certwright in whole, CRLs and the peer's name included, and to openssl. */
import { existsSync, readFileSync } from 'node:fs';
import { parsePublicSuffixList } from '../../src/names/public-suffix.js';
import type { Profile, Purpose } from '../../src/path/path-inputs.js';
import { verifyCertificate, type VerifyCertificateResult } from '../../src/verify.js';
import { decodePem, parseLimboCertificates, type LimboCase } from '../support/limbo.js';
import type { OpensslQuestion } from '../support/openssl-verify.js';

/** Debian's package publicsuffix; without it the cases that need the list are exceptions. */
const suffixFile = '/usr/share/publicsuffix/public_suffix_list.dat';
const isPublicSuffix = existsSync(suffixFile) ? parsePublicSuffixList(readFileSync(suffixFile, 'utf8')) : undefined;

/**
 * The suite has pairs of cases that contradict each other, one for RFC 5280 and one for the web; it marks them with
 * `conflicts_with`. The RFC's half of such a pair is judged by the profile `rfc5280`.
 */
export function profileOf({ id, conflicts_with }: LimboCase): Profile {
  const isForRFC5280 = id.startsWith('rfc5280::') && conflicts_with.some((other) => other.startsWith('webpki::'));
  return isForRFC5280 ? 'rfc5280' : 'webpki';
}

/** The web knows what a server's certificate is for; for RFC 5280 it is what the case says, which may be nothing. */
function purposeOf({ validation_kind, extended_key_usage }: LimboCase, profile: Profile): Purpose {
  if (profile === 'rfc5280' && extended_key_usage.length === 0) return 'any';
  return validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth';
}

const instantOf = ({ validation_time }: LimboCase): Date => new Date(validation_time ?? '2026-11-21T00:00:00Z');

/** The name of a server is checked where the case gives one; `ok` also says that the peer's certificate can be read. */
export function judgeLimboCase(test: LimboCase): VerifyCertificateResult {
  const profile = profileOf(test);
  const { expected_peer_name: name, validation_kind, max_chain_depth } = test;
  const hasHost = validation_kind === 'SERVER' && name !== null && ['DNS', 'IP'].includes(name.kind);
  return verifyCertificate({
    certificate: decodePem(test.peer_certificate),
    intermediates: test.untrusted_intermediates.map(decodePem),
    trustAnchors: test.trusted_certs.map(decodePem),
    crls: test.crls.map(decodePem),
    at: instantOf(test),
    purpose: purposeOf(test, profile),
    profile,
    maxIntermediates: max_chain_depth ?? undefined,
    isPublicSuffix,
    host: hasHost ? name.value : undefined,
    hostProfile: 'rfc9525',
  });
}

/** Certificates that cannot be read stay out. */
export function askLimboCase(test: LimboCase, revocation: 'off' | 'chain'): OpensslQuestion {
  const der = (pems: readonly string[]): Uint8Array[] => parseLimboCertificates(pems, 'limbo').map((each) => each.der);
  return {
    targets: der([test.peer_certificate]),
    pool: der(test.untrusted_intermediates),
    trusted: der(test.trusted_certs),
    at: instantOf(test),
    purpose: test.validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth',
    maxIntermediates: test.max_chain_depth ?? undefined,
    revocation,
    crls: revocation === 'off' ? [] : test.crls.map(decodePem),
  };
}
