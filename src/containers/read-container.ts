/** Finds out what a file is and takes every object out of it, whatever its container. */
import { decryptPKCS8, decryptPemKey } from '../crypto/decrypt-key.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { createDamageLog } from '../pem/damage-log.js';
import type { Omission } from '../pem/omission.js';
import type { InputObject } from './input-object.js';
import { describeBytes, detectJavaKeystore, isBlank } from './look-at-bytes.js';
import type { AskPassword } from './part.js';
import { readDerFile } from './read-der.js';
import { readPemText } from './read-pem.js';
import { detectUTF16, transcodeUTF16 } from './transcode.js';

export interface ReadContainerOptions {
  /** Gives the password of a file; asked once, only for a PKCS#12 file or, with `openKeys`, an encrypted key. */
  readonly passwordFor?: ((file: string) => Promise<string | undefined>) | undefined;
  /** Decrypt encrypted private keys too; otherwise they stay as they are. */
  readonly openKeys?: boolean | undefined;
  /** Lines that were taken out of a PEM text before, see `scanPem`. */
  readonly omissions?: readonly Omission[] | undefined;
}

export interface Container {
  readonly objects: readonly InputObject[];
  readonly findings: readonly Finding[];
}

function only(finding: Finding): Container {
  return { objects: [], findings: [finding] };
}

async function readText(
  bytes: Uint8Array,
  file: string,
  ask: AskPassword,
  omissions: readonly Omission[] | undefined,
): Promise<Container> {
  const encoding = detectUTF16(bytes);
  const text = encoding ? transcodeUTF16(bytes, encoding) : bytes;
  const { objects, blocks, findings } = await readPemText(text, file, ask, omissions);
  if (objects.length === 0 && !findings.some((finding) => finding.severity === 'error')) {
    const looksLike = blocks > 0 ? 'PEM blocks of other kinds' : describeBytes(text);
    const nothing = createFinding(
      'input/no-objects',
      { kind: 'file', name: file },
      { looksLike },
      { origin: { file } },
    );
    // Without blocks the scan could only say that there is text.
    return { objects, findings: blocks > 0 ? [...findings, nothing] : [nothing] };
  }
  if (!encoding) return { objects, findings };
  const log = createDamageLog(file, () => ({ line: 1, column: 1 }));
  log.note('utf-16', { offset: 0 }, { encoding });
  return { objects, findings: [...log.toFindings(), ...findings] };
}

async function readObjects(
  bytes: Uint8Array,
  file: string,
  ask: AskPassword,
  omissions: readonly Omission[] | undefined,
): Promise<Container> {
  const subject = { kind: 'file', name: file } as const;
  const place = { origin: { file } };
  if (isBlank(bytes)) return only(createFinding('input/empty', subject, { size: bytes.length }, place));
  const format = detectJavaKeystore(bytes);
  if (format !== undefined) return only(createFinding('input/java-keystore', subject, { format }, place));
  const der = await readDerFile(bytes, file, ask);
  if (!der) return readText(bytes, file, ask, omissions);
  const objects = der.parts.map((part, position) => ({ ...part, origin: { file, index: position + 1 } }));
  return { objects, findings: der.findings };
}

/** The key decrypted, if it is to be and can be; says so where it stays as it was. */
async function openKey(
  object: InputObject,
  ask: AskPassword,
  openKeys: boolean,
): Promise<{ object: InputObject; finding?: Finding }> {
  const { key, der, origin, label = 'PRIVATE KEY' } = object;
  if (!key?.encrypted) return { object };
  const subject = { kind: 'private-key', name: label || 'PRIVATE KEY' } as const;
  // In PKCS#12 the password was tried already, or there was none.
  const password = openKeys && object.container !== 'pkcs12' ? await ask() : undefined;
  if (password === undefined) return { object, finding: createFinding('key/encrypted', subject, {}, { origin }) };
  const { encoding, pemHeaders } = key;
  const opened = pemHeaders ? decryptPemKey(label, der, pemHeaders, password) : decryptPKCS8(der, password);
  if (opened.outcome === 'opened') {
    return {
      object: { ...object, der: opened.pkcs8, key: { encoding: 'pkcs8', encrypted: false, wasEncrypted: true } },
    };
  }
  const finding =
    opened.outcome === 'wrong-password'
      ? createFinding('key/wrong-password', subject, { encoding }, { origin })
      : createFinding('key/undecryptable', subject, { encoding, reason: opened.reason }, { origin });
  return { object, finding };
}

/**
 * Takes every certificate, CRL, key and request out of the bytes of one file, in their order.
 *
 * Formats: PEM (as ASCII, UTF-8 or UTF-16), base64 without armour, DER, PKCS#7 and PKCS#12 (DER or BER). What cannot be
 * read is an error of the areas `pem`, `input` or `key` with its place; never throws for malformed input. Not checked:
 * anything inside an object beyond the outer structure that tells its kind.
 */
export async function readContainer(
  bytes: Uint8Array,
  file: string,
  options: ReadContainerOptions = {},
): Promise<Container> {
  let asked: Promise<string | undefined> | undefined;
  const ask: AskPassword = () => (asked ??= options.passwordFor?.(file) ?? Promise.resolve(undefined));
  const { objects, findings } = await readObjects(bytes, file, ask, options.omissions);
  if (!objects.some(({ key }) => key?.encrypted)) return { objects, findings };
  const opened: InputObject[] = [];
  const explained: Finding[] = [];
  for (const sealed of objects) {
    const { object, finding } = await openKey(sealed, ask, options.openKeys ?? false);
    opened.push(object);
    if (finding) explained.push(finding);
  }
  return { objects: opened, findings: [...findings, ...explained] };
}
