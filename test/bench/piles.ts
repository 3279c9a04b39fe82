/** The files that the cases work on, made anew for each run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePem } from '../../src/pem/encode.js';
import { issueCertificate, makeChain, makeKeyPair, type Holder } from '../support/pki.js';

/** The instant of every run: what is made here is valid from 2025 to 2045. */
export const at = '2026-11-21';
/** The same in seconds, as openssl wants it. */
export const atSeconds = '1795219200';

export const toPem = (der: Uint8Array): string => encodePem('CERTIFICATE', der);

export function write(folder: string, name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

export interface LeafPile {
  readonly ca: string;
  readonly directory: string;
  readonly leaves: readonly string[];
}

/** `count` files of one end entity each, all signed by one RSA-2048 CA as most private CAs are. */
export function writeLeaves(folder: string, count: number): LeafPile {
  const ca = issueCertificate(undefined, {
    subject: 'CN=Issuing CA 1,O=Fly Example Ltd',
    ca: true,
    key: makeKeyPair('rsa2048'),
  });
  const directory = join(folder, 'leaves');
  mkdirSync(directory);
  const leaves = Array.from({ length: count }, (_, position) => {
    const name = `host${position}.fly.example.com`;
    const { certificate } = issueCertificate(ca, {
      subject: `CN=${name},O=Fly Example Ltd`,
      san: [name],
      keyUsage: ['digitalSignature'],
      extKeyUsage: ['serverAuth', 'clientAuth'],
    });
    return write(directory, `host${String(position).padStart(5, '0')}.pem`, toPem(certificate));
  });
  return { ca: write(folder, 'ca.pem', toPem(ca.certificate)), directory, leaves };
}

/** RSA keys take long to make: so many do for all roots. */
const rootKeys = 16;

/** `count` files of RSA-2048 roots, the second half copies of the first. */
export function writeRoots(folder: string, count: number): { directory: string; files: readonly string[] } {
  const directory = join(folder, 'roots');
  mkdirSync(directory);
  const roots = Array.from({ length: count / 2 }, (_, position) =>
    toPem(
      issueCertificate(undefined, {
        subject: `CN=Root CA ${position},O=Fly Example Ltd`,
        ca: true,
        key: makeKeyPair('rsa2048', `root ${position % rootKeys}`),
      }).certificate,
    ),
  );
  const files = [...roots, ...roots].map((pem, position) =>
    write(directory, `root${String(position).padStart(5, '0')}.pem`, pem),
  );
  return { directory, files };
}

/** One file with `chains` chains of `length` certificates each, shuffled in the same way each time. */
export function writeChains(folder: string, chains: number, length: number): string {
  const pems = Array.from({ length: chains }, (_, chain) =>
    makeChain(length, (position) => ({
      subject:
        position === 0
          ? `CN=host${chain}.fly.example.com`
          : `CN=CA ${chain} ${position === length - 1 ? 'root' : position}`,
    })).map(({ certificate }) => toPem(certificate)),
  ).flat();
  // A step that has no divisor in common with the count visits every place once.
  const step = 7919;
  return write(
    folder,
    `chains-${chains}.pem`,
    pems.map((_, position) => pems[(position * step) % pems.length] ?? '').join(''),
  );
}

/** `size` CAs of which each has signed each: one file with all these certificates, a leaf of the first, the last as root, and a root outside. */
export function writeMesh(
  folder: string,
  size: number,
): { pool: string; leaf: string; root: string; stranger: string } {
  const cas: Holder[] = Array.from({ length: size }, (_, position) =>
    issueCertificate(undefined, { subject: `CN=Mesh CA ${position}`, ca: true }),
  );
  const crossed = cas.flatMap((issuer) =>
    cas
      .filter((subject) => subject !== issuer)
      .map(({ subject, key }) => issueCertificate(issuer, { subject, key, ca: true }).certificate),
  );
  const leaf = issueCertificate(cas[0], { subject: 'CN=leaf.fly.example.com', san: ['leaf.fly.example.com'] });
  const stranger = issueCertificate(undefined, { subject: 'CN=Another Root', ca: true });
  return {
    stranger: write(folder, 'stranger.pem', toPem(stranger.certificate)),
    pool: write(folder, 'mesh.pem', crossed.map(toPem).join('')),
    leaf: write(folder, 'leaf.pem', toPem(leaf.certificate)),
    root: write(folder, 'root.pem', toPem(cas.at(-1)?.certificate ?? new Uint8Array())),
  };
}
