/** The stores of trusted roots that come with Node and with the system. */
import { stat } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { rootCertificates } from 'node:tls';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { scanPem } from '../pem/scan.js';
import { parseCertificate, type Certificate } from '../x509/certificate.js';

/** What findings call Node's own roots. */
const mozillaStore = `Mozilla's roots in Node ${process.versions.node}`;

/** The roots of Mozilla's program that this Node was built with (`tls.rootCertificates`); their origin names them. */
export function readMozillaRoots(): Certificate[] {
  return rootCertificates.flatMap((pem, position) => {
    const origin = { file: mozillaStore, index: position + 1 };
    return scanPem(Buffer.from(pem), mozillaStore).blocks.map(({ bytes }) => parseCertificate(bytes, origin));
  });
}

/** Where systems keep one file with every trusted CA: Debian, Fedora and Red Hat, SUSE, Alpine and macOS, FreeBSD. */
const systemFiles: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/var/lib/ca-certificates/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];
const systemDirectories: readonly string[] = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * The files and directories of the system's trusted CAs, for `readInputs`.
 *
 * SSL_CERT_FILE and SSL_CERT_DIR are taken at their word, as OpenSSL does, even where they name nothing; else the first
 * of the usual files that is there, else the first directory.
 */
export async function findSystemStore(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<{ readonly sources: readonly string[]; readonly findings: readonly Finding[] }> {
  const { SSL_CERT_FILE: file = '', SSL_CERT_DIR: directories = '' } = environment;
  const named = [file, ...directories.split(delimiter)].filter((path) => path !== '');
  if (named.length > 0) return { sources: named, findings: [] };
  const tried = [...systemFiles, ...systemDirectories];
  for (const path of tried) if (await isThere(path)) return { sources: [path], findings: [] };
  const subject = { kind: 'option', name: '--system' } as const;
  return { sources: [], findings: [createFinding('bundle/no-system-store', subject, { tried })] };
}
