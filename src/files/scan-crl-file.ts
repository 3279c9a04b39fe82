/** Looks for serial numbers in CRLs of any size, for whoever wants no verdict but the entries. */
import type { Readable } from 'node:stream';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import type { CRLScan } from '../revocation/scan-crl.js';
import { scanAnyCRL } from '../revocation/streamed-crl.js';
import { wantSerials } from '../revocation/wanted-serials.js';
import { subjectOfCRL, type CertificateList } from '../x509/crl.js';
import { judgeByCRLs } from './judge-by-crls.js';
import type { ReportProgress } from './report-progress.js';

export interface ScannedCRL {
  /** Its head and its extensions; the bytes of the entries are not kept. */
  readonly crl: CertificateList;
  readonly scan: CRLScan;
}

export interface ScanCRLResult {
  /** In the order in which they stand. */
  readonly crls: readonly ScannedCRL[];
  /** What could not be read, an entry that is damaged included: a CRL is missing only together with one. */
  readonly findings: readonly Finding[];
}

/**
 * Scans every CRL of a file for serial numbers, in bounded memory whatever their size (RFC 5280 5.1.2.6 and 5.3).
 *
 * @param source a file or a directory as `readInputs` takes it, or a stream of bytes; PEM or DER. What has to be read whole
 * — damaged PEM, PKCS#7 — is.
 * @param serials content octets of the serial numbers, as `TBSCertificate.serialNumber` has them.
 * @param onProgress is told how many bytes of a large file have been read. Signatures and dates are not checked.
 */
export async function scanCRL(
  source: string | Readable,
  serials: readonly Uint8Array[],
  onProgress?: ReportProgress,
): Promise<ScanCRLResult> {
  const [path, stdin] = typeof source === 'string' ? [source, undefined] : ['-', source];
  const wanted = wantSerials(serials);
  const reading = { expect: ['crl'] as const, certificates: [], serials, stdin, onProgress };
  const { inputs, judgement } = await judgeByCRLs([path], reading, ({ crls }) =>
    crls.map((crl) => ({ crl, scan: scanAnyCRL(crl, wanted) })),
  );
  const findings = judgement.flatMap(({ crl, scan }) =>
    scan instanceof MalformedInputError ? [scan.toFinding(subjectOfCRL(crl))] : [],
  );
  const crls = judgement.flatMap(({ crl, scan }) => (scan instanceof MalformedInputError ? [] : [{ crl, scan }]));
  return { crls, findings: [...inputs.findings, ...findings] };
}
