/**
 * Takes certificates, CRLs and private keys out of a PKCS#12 file (RFC 7292), in their order.
 *
 * pkijs reads the outer structures. The bags are walked here, for pkijs would parse each certificate and give up the whole
 * file at one that it does not understand; and node:crypto decrypts, for the Triple-DES of older files. The MAC proves
 * the password before anything is decrypted; the empty password is tried before anybody is asked.
 */
import type { OctetString } from 'asn1js';
import type { EncryptedData, PFX } from 'pkijs';
import { checkPasswordMac, encodePassword, maxIterations, openPasswordBased } from '../crypto/password-based.js';
import type { MacCheck, Opened, Password, PasswordMac } from '../crypto/password-based.js';
import { DerReader, readElement } from '../der/reader.js';
import { decodeObjectIdentifier } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.js';
import { octetsOf, parseBER, parseBlock, type BerNode } from './ber.js';
import type { AskPassword, ContainerContent, ContainerOrigin, Part } from './part.js';

const format = 'PKCS#12';
const contentType = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
} as const;
const bagTypes = '1.2.840.113549.1.12.10.1';
const x509Certificate = '1.2.840.113549.1.9.22.1';
const x509CRL = '1.2.840.113549.1.9.23.1';

/** RFC 7292 4.2.6 lets SafeContents nest; nobody nests them deeper than this, and the stack is finite. */
const deepestNesting = 16;

interface Reading {
  readonly origin: ContainerOrigin;
  readonly parts: Part[];
  readonly findings: Finding[];
  /** The password that the MAC proved, or that was given where there is no MAC. */
  password: Password | undefined;
}

function subjectOf(reading: Reading): { kind: 'file'; name: string } {
  return { kind: 'file', name: reading.origin.file };
}

function leaveOut(reading: Reading, content: string): void {
  const { findings, origin } = reading;
  findings.push(createFinding('input/part-left-out', subjectOf(reading), { format, content }, { origin }));
}

/** The finding for a part that could not be opened. */
function explainUnopened(
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
function noteUnopened(reading: Reading, finding: Finding): void {
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
  if (opened.outcome !== 'opened') {
    noteUnopened(reading, explainUnopened(reading, opened));
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
function readBags(reading: Reading, safeContents: BerNode, depth = 0): void {
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

async function readSafeContents(reading: Reading, bytes: Uint8Array): Promise<void> {
  const node = await parseBER(bytes);
  if (node) readBags(reading, node);
  else noteDamage(reading, 'a SafeContents is no BER');
}

function noteDamage(reading: Reading, reason: string): void {
  const { findings, origin } = reading;
  findings.push(createFinding('input/damaged-container', subjectOf(reading), { format, reason }, { origin }));
}

function macOf(pfx: PFX): PasswordMac | undefined {
  const { macData } = pfx;
  if (!macData) return undefined;
  return {
    algorithm: macData.mac.digestAlgorithm.algorithmId,
    digest: new Uint8Array(macData.mac.digest.getValue()),
    salt: new Uint8Array(macData.macSalt.getValue()),
    // RFC 7292 4: iterations INTEGER DEFAULT 1.
    iterations: macData.iterations ?? 1,
  };
}

/** Finds the password, asking only if there is something to open that the empty one does not. */
async function findPassword(
  reading: Reading,
  mac: PasswordMac | undefined,
  contents: Uint8Array,
  hasEncryptedParts: boolean,
  ask: AskPassword,
): Promise<void> {
  const { findings, origin } = reading;
  const subject = subjectOf(reading);
  const check = (password: Password): MacCheck | undefined => mac && checkPasswordMac(mac, contents, password);
  const empty = encodePassword('').map((password) => ({ password, check: check(password) }));
  reading.password = empty.find((tried) => tried.check?.outcome === 'valid')?.password;
  if (reading.password || (!mac && !hasEncryptedParts)) return;
  const given = await ask();
  const [password] = given === undefined ? [] : encodePassword(given);
  const refused = password ? check(password) : empty[0]?.check;
  if (refused?.outcome === 'unsupported') {
    const params = { reason: `its algorithm ${refused.algorithm} is not known` };
    findings.push(createFinding('input/integrity-not-checked', subject, params, { origin }));
    reading.password = password;
  } else if (refused?.outcome === 'too-many-iterations') {
    noteUnopened(reading, explainUnopened(reading, refused));
  } else if (password && refused?.outcome === 'wrong-password') {
    findings.push(createFinding('input/wrong-password', subject, { format }, { origin }));
  } else reading.password = password;
  if (password) return;
  if (hasEncryptedParts) findings.push(createFinding('input/password-required', subject, { format }, { origin }));
  else {
    const params = { reason: 'the password is not known' };
    findings.push(createFinding('input/integrity-not-checked', subject, params, { origin }));
  }
}

async function readEncryptedSafe(reading: Reading, encrypted: EncryptedData): Promise<void> {
  if (!reading.password) return;
  const { contentEncryptionAlgorithm, encryptedContent } = encrypted.encryptedContentInfo;
  const algorithm = new Uint8Array(contentEncryptionAlgorithm.toSchema().toBER());
  const identifier = readAlgorithmIdentifier(new DerReader(algorithm), 'contentEncryptionAlgorithm');
  const ciphertext = encryptedContent ? encrypted.encryptedContentInfo.getEncryptedContent() : new ArrayBuffer();
  const opened = openPasswordBased(identifier, new Uint8Array(ciphertext), reading.password);
  if (opened.outcome === 'opened') await readSafeContents(reading, opened.bytes);
  else noteUnopened(reading, explainUnopened(reading, opened));
}

async function readSafes(reading: Reading, bytes: Uint8Array, ask: AskPassword): Promise<void> {
  const pkijs = await import('pkijs');
  const pfx = new pkijs.PFX({ schema: await parseBlock(bytes) });
  if (pfx.authSafe.contentType !== contentType.data) {
    const params = { format, content: `content of type ${pfx.authSafe.contentType}` };
    reading.findings.push(
      createFinding('input/unsupported-content', subjectOf(reading), params, { origin: reading.origin }),
    );
    return;
  }
  const contents = new Uint8Array((pfx.authSafe.content as OctetString).getValue());
  const safes = new pkijs.AuthenticatedSafe({ schema: await parseBlock(contents) }).safeContents;
  const hasEncryptedParts = safes.some((safe) => safe.contentType === contentType.encryptedData);
  await findPassword(reading, macOf(pfx), contents, hasEncryptedParts, ask);
  for (const safe of safes) {
    if (safe.contentType === contentType.data) {
      await readSafeContents(reading, new Uint8Array((safe.content as OctetString).getValue()));
    } else if (safe.contentType === contentType.encryptedData) {
      await readEncryptedSafe(reading, new pkijs.EncryptedData({ schema: safe.content as never }));
    } else leaveOut(reading, `content of type ${safe.contentType}, encrypted for a certificate`);
  }
}

/** Reads a PFX; `ask` is called once, and only if the empty password does not open it. Never throws for malformed input. */
export async function readPKCS12(
  bytes: Uint8Array,
  origin: ContainerOrigin,
  ask: AskPassword,
): Promise<ContainerContent> {
  const reading: Reading = { origin, parts: [], findings: [], password: undefined };
  try {
    await readSafes(reading, bytes, ask);
  } catch (error) {
    // pkijs, asn1js and our own reader each have their own error classes for malformed input.
    noteDamage(reading, error instanceof Error ? error.message : String(error));
  }
  return { parts: reading.parts, findings: reading.findings };
}
