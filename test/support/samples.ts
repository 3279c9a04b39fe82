/** Reads the files of samples/ for the tests. */
import { X509Certificate } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));

/** The full path of a sample, `etc/sec/certs/sip1.pem`. */
export const samplePath = (name: string): string => `${samples}${name}`;

export const readSample = (name: string): Buffer => readFileSync(samplePath(name));

/** Names of the files in a folder of samples/ and below it, in the order of their names. */
export const listSamples = (folder: string): string[] =>
  readdirSync(samplePath(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(samplePath(folder), join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();

/** The whole CERTIFICATE blocks of a PEM sample, read by node:crypto. */
export const readCertificates = (name: string): X509Certificate[] =>
  Array.from(
    readSample(name)
      .toString('latin1')
      .matchAll(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g),
    ([block]) => new X509Certificate(block),
  );

/** What a certificate is called: its common name. */
export const commonName = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
