/** Turns the blocks of a PEM file into objects: by their label, checked against their structure. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { createDamageLog, type DamageLog } from '../pem/damage-log.js';
import { kindOfLabel } from '../pem/labels.js';
import { makePositions, type Omission } from '../pem/omission.js';
import { scanPem, type PemBlock } from '../pem/scan.js';
import { declaredLength } from '../pem/whole-element.js';
import { classifyDer, type DerKind } from './classify-der.js';
import type { InputObject, KeyEncoding } from './input-object.js';
import type { AskPassword, Part } from './part.js';
import { readElementOfKind, type DerContent } from './read-der.js';

/** What OpenSSL encrypts under these labels when RFC 1421 headers stand in the block. */
const encodings: Readonly<Record<string, KeyEncoding>> = {
  'PRIVATE KEY': 'pkcs8',
  'ENCRYPTED PRIVATE KEY': 'encrypted-pkcs8',
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
  'DSA PRIVATE KEY': 'dsa',
};

interface PemReading {
  readonly log: DamageLog;
  readonly ask: AskPassword;
  readonly objects: InputObject[];
  readonly findings: Finding[];
  /** By how much PKCS#7 blocks with several objects have moved the numbers of those behind them. */
  shift: number;
}

/** The object without what stands behind it: the trust settings of a trusted certificate, or stray bytes. */
function cutTail({ log }: PemReading, { label, bytes, textStart, origin }: PemBlock): Uint8Array {
  const length = declaredLength(bytes);
  const kind = kindOfLabel(label);
  if (length === undefined || length >= bytes.length || kind === undefined || kind === 'private-key') return bytes;
  const place = { offset: textStart, label, index: origin.index };
  const extra = bytes.length - length;
  if (kind === 'trusted-certificate') log.note('trusted-certificate', place, { auxiliaryBytes: extra });
  else log.note('trailing-bytes', place, { bytes: extra });
  return bytes.subarray(0, length);
}

/** What a label promises, in the words of `classifyDer`. */
function promiseOf(label: string): DerKind | undefined {
  const kind = kindOfLabel(label);
  const encoding = encodings[label];
  if (kind === 'private-key') return encoding && { kind, encoding };
  if (kind === 'trusted-certificate') return { kind: 'certificate' };
  return kind === undefined || kind === 'passed-over' ? undefined : { kind };
}

const describeKind = (kind: DerKind): string =>
  kind.kind === 'private-key' ? `private key (${kind.encoding})` : kind.kind;

/** What the block is: its structure where we know it, else what the label says; noted where the two differ. */
function settleKind(reading: PemReading, block: PemBlock, der: Uint8Array): DerKind | undefined {
  const { label, origin } = block;
  const promised = promiseOf(label);
  // RSAPublicKey, two INTEGERs, is not told from other such pairs by its structure.
  const found = label === 'RSA PUBLIC KEY' ? promised : classifyDer(der);
  const subject = { kind: 'block', name: label || 'base64' } as const;
  if (!promised && !found) {
    reading.findings.push(createFinding('input/unknown-structure', subject, { size: der.length }, { origin }));
  } else if (promised?.kind === 'private-key' && !found) {
    const reason = 'it has not the structure of a private key';
    const about = { kind: 'private-key', name: label } as const;
    reading.findings.push(createFinding('key/malformed', about, { label, reason }, { origin }));
    return undefined;
  } else if (promised && found && describeKind(promised) !== describeKind(found)) {
    const params = { label, found: describeKind(found) };
    reading.findings.push(createFinding('input/misplaced-object', subject, params, { origin }));
  }
  return found ?? promised;
}

function addParts(
  reading: PemReading,
  block: PemBlock,
  parts: readonly (Part & Pick<InputObject, 'container'>)[],
): void {
  const { label, origin, textStart, textEnd } = block;
  const first = (origin.index ?? 0) + reading.shift;
  parts.forEach((part, position) => {
    reading.objects.push({
      ...part,
      origin: { ...origin, index: first + position },
      label,
      pem: { textStart, textEnd },
    });
  });
  reading.shift += Math.max(parts.length - 1, 0);
}

/** Takes in one block; a promise only where that has to be waited for, which thousands of certificates need not. */
function readBlock(reading: PemReading, block: PemBlock): Promise<void> | undefined {
  const { label, headers, bytes, origin } = block;
  const kind = kindOfLabel(label);
  if (label !== '' && (kind === undefined || kind === 'passed-over')) return undefined;
  const encoding = encodings[label];
  if (kind === 'private-key' && encoding && /ENCRYPTED/i.test(headers.get('Proc-Type') ?? '')) {
    const key = { encoding, encrypted: true, pemHeaders: headers };
    addParts(reading, block, [{ kind, der: bytes, key, container: 'pem' }]);
    return undefined;
  }
  const der = cutTail(reading, block);
  const settled = settleKind(reading, block, der);
  if (!settled) return undefined;
  const add = ({ parts, findings }: DerContent): void => {
    reading.findings.push(...findings);
    addParts(reading, block, parts);
  };
  const content = readElementOfKind(der, settled, origin, reading.ask, 'pem');
  if (content instanceof Promise) return content.then(add);
  add(content);
  return undefined;
}

/**
 * Reads all blocks of a text; `blocks` counts those whose bytes were good, objects or not. `omissions` as for `scanPem`:
 * an object that lacks lines is what its label says.
 */
export async function readPemText(
  text: Uint8Array,
  file: string,
  ask: AskPassword,
  omissions: readonly Omission[] = [],
): Promise<{ objects: readonly InputObject[]; blocks: number; findings: readonly Finding[] }> {
  const { blocks, findings } = scanPem(text, file, omissions);
  const log = createDamageLog(file, makePositions(text, omissions));
  const reading: PemReading = { log, ask, objects: [], findings: [], shift: 0 };
  for (const block of blocks) {
    const pending = readBlock(reading, block);
    if (pending) await pending;
  }
  return {
    objects: reading.objects,
    blocks: blocks.length,
    findings: [...findings, ...log.toFindings(), ...reading.findings],
  };
}
