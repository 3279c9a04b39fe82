/** The same CRL files read whole and streamed: everything that can be known of them, to be compared. */
import { readInputs } from '../../src/files/read-inputs.js';
import { judgeByCRLs, type JudgeByCRLsOptions } from '../../src/files/judge-by-crls.js';
import { toHex } from '../../src/der/values.js';
import type { Finding } from '../../src/finding/finding.js';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { viewCRLCheck } from '../../src/report/json/crl.js';
import { checkCertificates } from '../../src/revocation/check-certificates.js';
import { CRLEvidence } from '../../src/revocation/crl-evidence.js';
import { fingerprintCRL } from '../../src/revocation/streamed-crl.js';
import type { Certificate } from '../../src/x509/certificate.js';
import { isWhole, type CertificateList } from '../../src/x509/crl.js';
import type { Extensions } from '../../src/x509/extensions.js';
import { equalNames } from '../../src/names/distinguished-name.js';
import { formatName } from '../../src/x509/name.js';

export interface Reading {
  readonly crls: readonly { readonly entries: unknown; readonly [part: string]: unknown }[];
  readonly findings: readonly Finding[];
  readonly verdict: object;
  readonly verdictFindings: readonly Finding[];
}

const at = new Date('2026-11-21T12:00:00Z');

/** Every certificate's serial number is asked about, and every key of the issuer's name. */
function describe(crl: CertificateList, certificates: readonly Certificate[]): Reading['crls'][number] {
  const { size, origin, tbsCertList, signatureAlgorithm, signatureValue } = crl;
  const { version, issuer, thisUpdate, nextUpdate, crlExtensions, revokedCertificates: entries } = tbsCertList;
  const evidence = new CRLEvidence(certificates);
  const scans = certificates.map((certificate) => {
    const scan = evidence.scan(crl, certificate);
    if (scan instanceof MalformedInputError) return [scan.code, scan.offset, scan.detail, scan.origin];
    const listed = scan.found.get(toHex(certificate.tbsCertificate.serialNumber)) ?? [];
    const found = listed.map(({ userCertificate, revocationDate, crlEntryExtensions, certificateIssuer }) => ({
      serial: toHex(userCertificate),
      revocationDate,
      extensions: viewExtensions(crlEntryExtensions),
      issuer: JSON.stringify(certificateIssuer),
    }));
    const { entries: count, criticalExtension, certificateIssuerAt } = scan;
    return { count, criticalExtension, certificateIssuerAt, found };
  });
  const namesakes = certificates.filter(({ tbsCertificate }) => equalNames(tbsCertificate.subject, issuer));
  const keys = namesakes.map(({ tbsCertificate }) => tbsCertificate.subjectPublicKeyInfo);
  return {
    size,
    origin,
    head: [version, toHex(tbsCertList.signature.bytes), formatName(issuer), thisUpdate, nextUpdate],
    entries: entries && [entries.start, entries.contentStart, entries.end],
    extensions: viewExtensions(crlExtensions),
    signature: [signatureAlgorithm.algorithm, toHex(signatureValue.bytes), signatureValue.unusedBits],
    fingerprint: fingerprintCRL(crl),
    scans,
    checks: keys.map((key) => evidence.checkSignature(crl, key)),
  };
}

function viewExtensions({ list }: Extensions): object[] {
  return list.map((each) => ({ ...each, extnValue: toHex(each.extnValue) }));
}

function describeAll(
  crls: readonly CertificateList[],
  certificates: readonly Certificate[],
): Omit<Reading, 'findings'> {
  const result = checkCertificates({ certificates, crls, at, scope: 'chain' });
  return {
    crls: crls.map((crl) => describe(crl, certificates)),
    verdict: viewCRLCheck(result, crls),
    verdictFindings: result.findings,
  };
}

export async function readWhole(files: readonly string[], certificates: readonly Certificate[]): Promise<Reading> {
  const { crls, findings } = await readInputs(files, { expect: ['crl'] });
  return { ...describeAll(crls, certificates), findings };
}

/** Streams whatever can be, and tells how many CRLs were. */
export async function readStreamed(
  files: readonly string[],
  certificates: readonly Certificate[],
  options: Partial<JudgeByCRLsOptions> = {},
): Promise<Reading & { readonly streamed: number }> {
  const given = { largeFrom: 1, blockSize: 64, windowSize: 2048, ...options };
  const { inputs, judgement } = await judgeByCRLs(files, { expect: ['crl'], certificates, ...given }, ({ crls }) =>
    describeAll(crls, certificates),
  );
  const { crls, findings } = inputs;
  return { ...judgement, findings, streamed: crls.filter((crl) => !isWhole(crl)).length };
}
