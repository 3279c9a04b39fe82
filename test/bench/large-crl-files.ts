/**
 * Files of large CRLs for the bench: a CRL of ten million entries has 570 MB as PEM, so it is written in blocks and is
 * never in memory as a whole.
 */
import { createSign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readElement } from '../../src/der/reader.js';
import { encodePem } from '../../src/pem/encode.js';
import { parseCRL } from '../../src/x509/crl.js';
import { concat, tlv } from '../support/der.js';
import { makeKeyPair } from '../support/keys.js';
import { issueCertificate, makeLargeCRL, type Holder } from '../support/pki.js';

/** Bytes of DER that are made at once: whole lines of 48. */
const blockSize = 48 * 20_000;

/** Tag and length of a DER element. */
function headerOf(tag: number, length: number): Uint8Array {
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.from(length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]);
}

/** Gathers bytes into blocks, so that every PEM line but the last has 64 characters. */
class PemWriter {
  private readonly held = Buffer.alloc(blockSize);
  private filled = 0;

  constructor(private readonly handle: FileHandle) {}

  async write(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      const piece = rest.subarray(0, blockSize - this.filled);
      this.held.set(piece, this.filled);
      this.filled += piece.length;
      rest = rest.subarray(piece.length);
      if (this.filled === blockSize) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const text = this.held.toString('base64', 0, this.filled).replace(/.{1,64}/g, '$&\n');
    await this.handle.appendFile(text, 'latin1');
    this.filled = 0;
  }
}

/** Writes `count` copies of an entry, each with a serial number of its own, as `makeLargeCRL` does. */
function* makeEntries(template: Uint8Array, count: number): Generator<Uint8Array> {
  const most = 20_000;
  for (let position = 0; position < count; position += most) {
    const entries = Buffer.alloc(template.length * Math.min(most, count - position), template);
    for (let at = 0, number = position; at < entries.length; at += template.length, number++) {
      entries.writeUInt32BE(Math.imul(number, 0x9e3779b1) >>> 0, at + 5);
      entries.writeUInt32BE(number, at + 9);
    }
    yield entries;
  }
}

/** Writes a CRL of `count` entries as PEM; the CRL of one entry is the pattern. */
export async function writeLargeCRL(path: string, ca: Holder, count: number): Promise<void> {
  const { der, tbsCertList, signatureAlgorithm } = parseCRL(makeLargeCRL(ca, 1));
  const { bytes, revokedCertificates: one } = tbsCertList;
  if (!one) throw new Error('a CRL without its entry');
  const template = der.subarray(one.contentStart, one.end);
  const { start: tbsStart, contentStart } = readElement(der, readElement(der, 0).contentStart);
  const head = der.subarray(contentStart, one.start);
  const tail = der.subarray(one.end, tbsStart + bytes.length);
  const entriesHeader = headerOf(0x30, template.length * count);
  const tbsLength = head.length + entriesHeader.length + template.length * count + tail.length;
  const before = concat(headerOf(0x30, tbsLength), head, entriesHeader);
  const signer = createSign('sha256');
  signer.update(before);
  for (const entries of makeEntries(template, count)) signer.update(entries);
  const signature = tlv(0x03, concat(Uint8Array.of(0), signer.update(tail).sign(ca.key.privateKey)));
  const after = concat(tail, signatureAlgorithm.bytes, signature);
  const handle = await open(path, 'w');
  try {
    await handle.appendFile('-----BEGIN X509 CRL-----\n');
    const writer = new PemWriter(handle);
    const length = before.length + template.length * count + after.length;
    await writer.write(concat(headerOf(0x30, length), before));
    for (const entries of makeEntries(template, count)) await writer.write(entries);
    await writer.write(after);
    await writer.flush();
    await handle.appendFile('-----END X509 CRL-----\n');
  } finally {
    await handle.close();
  }
}

/** Certificates of the CA that no CRL here lists, one a file; they share a key, which nobody looks at. */
export function writeCertificates(directory: string, ca: Holder, count: number): string[] {
  mkdirSync(directory, { recursive: true });
  const key = makeKeyPair();
  return Array.from({ length: count }, (_, position) => {
    const options = { subject: `CN=sip${position}.fly.example.com`, serialNumber: 5 + position, key };
    const path = join(directory, `sip${position}.pem`);
    writeFileSync(path, encodePem('CERTIFICATE', issueCertificate(ca, options).certificate));
    return path;
  });
}
