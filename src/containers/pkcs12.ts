/**
 * Takes certificates, CRLs and private keys out of a PKCS#12 file (RFC 7292), in their order.
 *
 * pkijs reads the outer structures. The bags are walked here, for pkijs would parse each certificate and give up the whole
 * file at one that it does not understand; and node:crypto decrypts, for the Triple-DES of older files. The MAC proves
 * the password before anything is decrypted; the empty password is tried before anybody is asked.
 */
import type { OctetString } from 'asn1js';
import type { EncryptedData, PFX } from 'pkijs';
import { checkPasswordMac, encodePassword, openPasswordBased } from '../crypto/password-based.js';
import type { MacCheck, Password, PasswordMac } from '../crypto/password-based.js';
import { DerReader } from '../der/reader.js';
import { createFinding } from '../finding/catalogue.js';
import type { Origin } from '../finding/finding.js';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.js';
import { parseBER, parseBlock, type BerNode } from './ber.js';
import type { AskPassword, ContainerContent } from './part.js';
import {
  explainUnopened,
  format,
  hasShroudedKey,
  leaveOut,
  noteUnopened,
  readBags,
  subjectOf,
  type Reading,
} from './pkcs12-bags.js';

const contentType = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
} as const;
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

/** One part of the file: in the clear, encrypted by password, or of a kind that is left out. */
type Safe =
  | { readonly kind: 'clear'; readonly contents: BerNode }
  | { readonly kind: 'encrypted'; readonly content: EncryptedData }
  | { readonly kind: 'other'; readonly contentType: string }
  | { readonly kind: 'damaged' };

/** Finds the password, asking only if there is something to open that the empty one does not. */
async function findPassword(
  reading: Reading,
  mac: PasswordMac | undefined,
  contents: Uint8Array,
  safes: readonly Safe[],
  ask: AskPassword,
): Promise<void> {
  const hasEncryptedParts = safes.some(({ kind }) => kind === 'encrypted');
  const hasEncryptedKeys = safes.some((safe) => safe.kind === 'clear' && hasShroudedKey(safe.contents));
  const { findings, origin } = reading;
  const subject = subjectOf(reading);
  const check = (password: Password): MacCheck | undefined => mac && checkPasswordMac(mac, contents, password);
  const empty = encodePassword('').map((password) => ({ password, check: check(password) }));
  reading.password = empty.find((tried) => tried.check?.outcome === 'valid')?.password;
  if (reading.password || (!mac && !hasEncryptedParts && !hasEncryptedKeys)) return;
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
  else if (mac) {
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
  const node = opened.outcome === 'opened' ? await parseBER(opened.bytes) : undefined;
  if (node) readBags(reading, node);
  // Where no MAC proved the password, senseless bytes are the proof against it.
  else
    noteUnopened(
      reading,
      explainUnopened(reading, opened.outcome === 'opened' ? { outcome: 'wrong-password' } : opened),
    );
}

async function parseSafes(contents: Uint8Array): Promise<Safe[]> {
  const pkijs = await import('pkijs');
  const { safeContents } = new pkijs.AuthenticatedSafe({ schema: await parseBlock(contents) });
  const safes: Safe[] = [];
  for (const safe of safeContents) {
    if (safe.contentType === contentType.data) {
      const node = await parseBER(new Uint8Array((safe.content as OctetString).getValue()));
      safes.push(node ? { kind: 'clear', contents: node } : { kind: 'damaged' });
    } else if (safe.contentType === contentType.encryptedData) {
      safes.push({ kind: 'encrypted', content: new pkijs.EncryptedData({ schema: safe.content as never }) });
    } else safes.push({ kind: 'other', contentType: safe.contentType });
  }
  return safes;
}

async function readSafe(reading: Reading, safe: Safe): Promise<void> {
  switch (safe.kind) {
    case 'clear':
      readBags(reading, safe.contents);
      break;
    case 'encrypted':
      await readEncryptedSafe(reading, safe.content);
      break;
    case 'other':
      leaveOut(reading, `content of type ${safe.contentType}, encrypted for a certificate`);
      break;
    case 'damaged':
      noteDamage(reading, 'a SafeContents is no BER');
  }
}

async function readPFX(reading: Reading, bytes: Uint8Array, ask: AskPassword): Promise<void> {
  const schema = await parseBlock(bytes);
  if (!schema) {
    noteDamage(reading, 'it is no BER, or ends early');
    return;
  }
  const { PFX } = await import('pkijs');
  const pfx = new PFX({ schema });
  if (pfx.authSafe.contentType !== contentType.data) {
    const params = { format, content: `content of type ${pfx.authSafe.contentType}` };
    reading.findings.push(
      createFinding('input/unsupported-content', subjectOf(reading), params, { origin: reading.origin }),
    );
    return;
  }
  const contents = new Uint8Array((pfx.authSafe.content as OctetString).getValue());
  const safes = await parseSafes(contents);
  await findPassword(reading, macOf(pfx), contents, safes, ask);
  for (const safe of safes) await readSafe(reading, safe);
}

/** Reads a PFX; `ask` is called once, and only if the empty password does not open it. Never throws for malformed input. */
export async function readPKCS12(bytes: Uint8Array, origin: Origin, ask: AskPassword): Promise<ContainerContent> {
  const reading: Reading = { origin, parts: [], findings: [], password: undefined };
  try {
    await readPFX(reading, bytes, ask);
  } catch (error) {
    // pkijs, asn1js and our own reader each have their own error classes for malformed input.
    noteDamage(reading, error instanceof Error ? error.message : String(error));
  }
  const { parts, findings } = reading;
  if (parts.length === 0 && !findings.some(({ severity }) => severity === 'error')) {
    findings.push(createFinding('input/no-certificates-inside', subjectOf(reading), { format }, { origin }));
  }
  return { parts, findings };
}
