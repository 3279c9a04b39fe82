/** The bags of a PKCS#12 file: certificates, CRLs and keys, each in its wrapping (RFC 7292 4.2). */
import { maxIterations, openPasswordBased } from '../crypto/password-based.js';
import type { MacCheck, Opened, Password } from '../crypto/password-based.js';
import { DerReader, readElement } from '../der/reader.js';
import { decodeObjectIdentifier, toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Origin } from '../finding/finding.js';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.js';
import { octetsOf, type BerNode } from './ber.js';
import { classifyDer } from './classify-der.js';
import type { Part } from './part.js';

export const format = 'PKCS#12';
const bagTypes = '1.2.840.113549.1.12.10.1';
const x509Certificate = '1.2.840.113549.1.9.22.1';
const x509CRL = '1.2.840.113549.1.9.23.1';

/** RFC 7292 4.2.6 lets SafeContents nest; nobody nests them deeper than this, and the stack is finite. */
const deepestNesting = 16;

export interface Reading {
  readonly origin: Origin;
  readonly parts: Part[];
  readonly findings: Finding[];
  /** The password that the MAC proved, or that was given where there is no MAC. */
  password: Password | undefined;
}

export function subjectOf(reading: Reading): { kind: 'file'; name: string } {
  return { kind: 'file', name: reading.origin.file };
}

export function leaveOut(reading: Reading, content: string): void {
  const { findings, origin } = reading;
  findings.push(createFinding('input/part-left-out', subjectOf(reading), { format, content }, { origin }));
}

/** The finding for a part that could not be opened. */
export function explainUnopened(
  reading: Reading,
  opened: Exclude<Opened | MacCheck, { outcome: 'opened' | 'valid' }>,
): Finding {
  const [subject, place] = [subjectOf(reading), { origin: reading.origin }];
  switch (opened.outcome) {
    case 'wrong-password':
      return createFinding('input/wrong-password', subject, { format }, place);
    case 'legacy':
      return createFinding('input/legacy-encryption', subject, { algorithm: opened.algorithm }, place);
    case 'unsupported':
      return createFinding('input/unsupported-encryption', subject, { algorithm: opened.algorithm }, place);
    case 'too-many-iterations': {
      const params = { iterations: opened.iterations, limit: maxIterations };
      return createFinding('input/too-many-iterations', subject, params, place);
    }
  }
}

/** The same trouble in several parts is one finding. */
export function noteUnopened(reading: Reading, finding: Finding): void {
  const same = reading.findings.some(
    ({ code, params }) => code === finding.code && JSON.stringify(params) === JSON.stringify(finding.params),
  );
  if (!same) reading.findings.push(finding);
}

/** EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING } */
function readShroudedKey(reading: Reading, value: BerNode): void {
  const [algorithm, ciphertext] = value.children;
  const kept: Part = {
    kind: 'private-key',
    der: value.encoding,
    key: { encoding: 'encrypted-pkcs8', encrypted: true },
  };
  if (!reading.password || !algorithm || !ciphertext) {
    reading.parts.push(kept);
    return;
  }
  const identifier = readAlgorithmIdentifier(new DerReader(algorithm.encoding), 'encryptionAlgorithm');
  const opened = openPasswordBased(identifier, octetsOf(ciphertext), reading.password);
  // Where no MAC proved the password, senseless bytes are the proof against it.
  if (opened.outcome !== 'opened' || classifyDer(opened.bytes)?.kind !== 'private-key') {
    const trouble = opened.outcome === 'opened' ? ({ outcome: 'wrong-password' } as const) : opened;
    noteUnopened(reading, explainUnopened(reading, trouble));
    reading.parts.push(kept);
    return;
  }
  reading.parts.push({ kind: 'private-key', der: opened.bytes, key: { encoding: 'pkcs8', encrypted: false } });
}

/** CertBag and CRLBag: SEQUENCE { type OBJECT IDENTIFIER, value [0] EXPLICIT OCTET STRING } */
function readTypedBag(reading: Reading, value: BerNode, kind: 'certificate' | 'crl'): void {
  const [type, wrapped] = value.children;
  const octets = wrapped?.children[0];
  const typeOid = type && decodeObjectIdentifier(readElement(type.encoding, 0));
  const wanted = kind === 'certificate' ? x509Certificate : x509CRL;
  if (typeOid === wanted && octets) reading.parts.push({ kind, der: octetsOf(octets) });
  else leaveOut(reading, `${kind} of type ${typeOid ?? 'unknown'}`);
}

/** SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OPTIONAL } */
export function readBags(reading: Reading, safeContents: BerNode, depth = 0): void {
  for (const bag of safeContents.children) {
    const [id, wrapped] = bag.children;
    const value = wrapped?.children[0];
    const bagId = id && decodeObjectIdentifier(readElement(id.encoding, 0));
    if (!value) leaveOut(reading, 'bag without a value');
    else if (bagId === `${bagTypes}.1`) {
      const key = { encoding: 'pkcs8', encrypted: false } as const;
      reading.parts.push({ kind: 'private-key', der: value.encoding, key });
    } else if (bagId === `${bagTypes}.2`) readShroudedKey(reading, value);
    else if (bagId === `${bagTypes}.3`) readTypedBag(reading, value, 'certificate');
    else if (bagId === `${bagTypes}.4`) readTypedBag(reading, value, 'crl');
    else if (bagId === `${bagTypes}.6` && depth < deepestNesting) readBags(reading, value, depth + 1);
    else leaveOut(reading, bagId === `${bagTypes}.5` ? 'secret' : `bag of type ${bagId ?? 'unknown'}`);
  }
}

/** True where a key is encrypted by itself in a part that stands in the clear. */
export function hasShroudedKey(safeContents: BerNode): boolean {
  // The content octets of the OID of pkcs8ShroudedKeyBag.
  return safeContents.children.some(({ children: [id] }) => id && toHex(id.encoding) === '060b2a864886f70d010c0a0102');
}
