/** Reads a DER file: usually one object, sometimes several one after the other. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Origin } from '../finding/finding.js';
import { declaredLength } from '../pem/whole-element.js';
import { classifyDer, type DerKind } from './classify-der.js';
import type { ContainerKind } from './input-object.js';
import { isBlank } from './look-at-bytes.js';
import type { AskPassword, ContainerContent, Part } from './part.js';
import { readPKCS12 } from './pkcs12.js';
import { readPKCS7 } from './pkcs7.js';

export interface DerContent {
  readonly parts: readonly (Part & { readonly container: ContainerKind })[];
  readonly findings: readonly Finding[];
}

function within(container: ContainerKind, { parts, findings }: ContainerContent): DerContent {
  return { parts: parts.map((part) => ({ ...part, container })), findings };
}

/** Opens one classified element, be it an object or a container of objects; only a container has to be waited for. */
export function readElementOfKind(
  der: Uint8Array,
  kind: DerKind,
  origin: Origin,
  ask: AskPassword,
  container: ContainerKind,
): DerContent | Promise<DerContent> {
  if (kind.kind === 'pkcs7') return readPKCS7(der, origin).then((content) => within('pkcs7', content));
  if (kind.kind === 'pkcs12') return readPKCS12(der, origin, ask).then((content) => within('pkcs12', content));
  if (kind.kind !== 'private-key') return { parts: [{ kind: kind.kind, der, container }], findings: [] };
  const { encoding } = kind;
  const key = { encoding, encrypted: encoding === 'encrypted-pkcs8' };
  return { parts: [{ kind: 'private-key', der, key, container }], findings: [] };
}

/** True for bytes that begin like DER of at least 128 bytes, and not like a text whose first character is a 0. */
function beginsLikeDer(bytes: Uint8Array): boolean {
  const second = bytes[1] ?? 0;
  return bytes[0] === 0x30 && second >= 0x80 && second <= 0x86;
}

/** Reads the elements of a file in DER (BER for PKCS#7 and PKCS#12); undefined when the bytes are something else. */
export async function readDerFile(bytes: Uint8Array, file: string, ask: AskPassword): Promise<DerContent | undefined> {
  const subject = { kind: 'file', name: file } as const;
  const origin: Origin = { file };
  const first = classifyDer(bytes);
  const declared = declaredLength(bytes);
  const size = bytes.length;
  if (beginsLikeDer(bytes) && declared !== undefined && declared > size) {
    const finding = createFinding('input/truncated-der', subject, { size, declared }, { origin });
    return { parts: [], findings: [finding] };
  }
  if (!first) {
    if (!beginsLikeDer(bytes)) return undefined;
    return { parts: [], findings: [createFinding('input/unknown-structure', subject, { size }, { origin })] };
  }
  const parts: DerContent['parts'][number][] = [];
  const findings: Finding[] = [];
  let rest = bytes;
  let count = 0;
  for (let kind: DerKind | undefined = first; kind; kind = classifyDer(rest)) {
    const length = Math.min(declaredLength(rest) ?? rest.length, rest.length);
    const content = await readElementOfKind(rest.subarray(0, length), kind, origin, ask, 'der');
    parts.push(...content.parts);
    findings.push(...content.findings);
    rest = rest.subarray(length);
    count++;
  }
  if (count > 1) findings.push(createFinding('input/concatenated-der', subject, { count }, { origin }));
  if (rest.length > 0 && !isBlank(rest)) {
    findings.push(createFinding('input/trailing-bytes', subject, { bytes: rest.length }, { origin }));
  }
  return { parts, findings };
}
