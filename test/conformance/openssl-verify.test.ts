/**
 * The profile `security-pack` against the installed `openssl verify`, on NIST PKITS and x509-limbo without CRLs: the same
 * verdict on every case, and the same first error number.
 */
import { describe, it } from 'vitest';
import type { PathOptions } from '../../src/path/path-inputs.js';
import { validatePath } from '../../src/path/validate-path.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { conformance, pkitsCases, readConformanceFile } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';
import { limboCases, parseLimboCertificates } from '../support/limbo.js';
import { openssl } from '../support/openssl.js';
import { askOpenssl } from '../support/openssl-verify.js';

const isKnownVersion = openssl.version.startsWith('OpenSSL 3.0.');
const canRun = conformance.available && openssl.installed && isKnownVersion;
const reason =
  conformance.reason ||
  openssl.skipReason ||
  (isKnownVersion ? '' : ` (skipped: ${openssl.version} is not OpenSSL 3.0)`);

function compare(
  id: string,
  target: Certificate,
  pool: readonly Certificate[],
  trusted: readonly Certificate[],
  options: Omit<PathOptions, 'trustAnchors' | 'profile'>,
): void {
  const result = validatePath(
    { certificate: target, pool },
    { ...options, trustAnchors: trusted, profile: 'security-pack' },
  );
  const der = (certificates: readonly Certificate[]): Uint8Array[] =>
    certificates.map((certificate) => certificate.der);
  const said = askOpenssl(target.der, der(pool), der(trusted), options);
  const predicted = result.findings.find(({ severity }) => severity === 'error');
  expectOutcome(id, result.ok ? 'ok' : `error ${predicted?.opensslError}`, said.ok ? 'ok' : `error ${said.errors[0]}`);
}

describe(`openssl verify${reason}`, () => {
  it.skipIf(!canRun).each(pkitsCases().filter(({ crlSensitive }) => !crlSensitive))('PKITS $id $name', (test) => {
    const read = (file: string): Certificate => parseCertificate(readConformanceFile(`pkits/certs/${file}`), { file });
    const [anchor = '', ...others] = test.certs;
    const target = test.path.at(-1) ?? '';
    const pool = others.filter((file) => file !== target).map(read);
    compare(`openssl/pkits/${test.id}`, read(target), pool, [read(anchor)], {
      at: new Date('2026-11-21T00:00:00Z'),
      initialPolicySet: test.settings.initialPolicySet,
      requireExplicitPolicy: test.settings.initialExplicitPolicy,
      inhibitPolicyMapping: test.settings.initialPolicyMappingInhibit,
      inhibitAnyPolicy: test.settings.initialInhibitAnyPolicy,
    });
  });

  it.skipIf(!canRun).each(limboCases())('limbo $id', (test) => {
    const [target] = parseLimboCertificates([test.peer_certificate], 'peer');
    if (!target) throw new Error('a peer certificate that cannot be read');
    const pool = parseLimboCertificates(test.untrusted_intermediates, 'untrusted');
    const trusted = parseLimboCertificates(test.trusted_certs, 'trusted');
    compare(`openssl/limbo/${test.id}`, target, pool, trusted, {
      at: new Date(test.validation_time ?? '2026-11-21T00:00:00Z'),
      purpose: test.validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth',
      maxIntermediates: test.max_chain_depth ?? undefined,
    });
  });
});
