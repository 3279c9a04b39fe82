/**
 * Takes the certificates and CRLs out of PKCS#7 and CMS signed data (RFC 5652 5.1), which is what .p7b and .p7c files are.
 *
 * DER is read by our own reader, at no cost for any number of certificates. BER with indefinite lengths goes through
 * asn1js. Signatures and signed content are not looked at: such a file only carries certificates.
 */
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Origin } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { DerReader, encodingOf, readElement } from '../der/reader.js';
import { Tag, contextConstructed } from '../der/tag.js';
import { decodeObjectIdentifier } from '../der/values.js';
import { parseBER, type BerNode } from './ber.js';
import type { ContainerContent, Part } from './part.js';

const signedData = '1.2.840.113549.1.7.2';
const contentTypes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.7.1': 'data',
  '1.2.840.113549.1.7.3': 'enveloped data',
  '1.2.840.113549.1.7.5': 'digested data',
  '1.2.840.113549.1.7.6': 'encrypted data',
};

/** A certificate or CRL of the two lists, or another choice of CertificateChoices and RevocationInfoChoice. */
interface Listed {
  readonly list: 'certificates' | 'crls';
  readonly tag: number;
  readonly encoding: Uint8Array;
}

type SignedContent = { readonly contentType: string } | { readonly listed: readonly Listed[] };

/**
 *     ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
 *     SignedData ::= SEQUENCE {
 *         version          INTEGER,
 *         digestAlgorithms SET OF DigestAlgorithmIdentifier,
 *         encapContentInfo SEQUENCE,
 *         certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL,
 *         crls         [1] IMPLICIT SET OF RevocationInfoChoice OPTIONAL,
 *         signerInfos      SET OF SignerInfo }
 */
function readDER(bytes: Uint8Array): SignedContent {
  const info = DerReader.within(readElement(bytes, 0));
  const contentType = decodeObjectIdentifier(info.read(Tag.objectIdentifier, 'contentType'));
  if (contentType !== signedData) return { contentType };
  const content = DerReader.within(info.read(contextConstructed(0), 'content'));
  const fields = DerReader.within(content.read(Tag.sequence, 'SignedData'));
  fields.read(Tag.integer, 'version');
  fields.read(Tag.set, 'digestAlgorithms');
  fields.read(Tag.sequence, 'encapContentInfo');
  const listed: Listed[] = [];
  for (const [list, number] of [
    ['certificates', 0],
    ['crls', 1],
  ] as const) {
    const choices = fields.readOptional(contextConstructed(number));
    if (!choices) continue;
    const reader = DerReader.within(choices);
    while (!reader.atEnd) {
      const element = reader.readAny();
      listed.push({ list, tag: element.tag, encoding: encodingOf(element) });
    }
  }
  return { listed };
}

async function readBER(bytes: Uint8Array): Promise<SignedContent | undefined> {
  const node = await parseBER(bytes);
  const [type, content] = node?.children ?? [];
  if (!type || !content) return undefined;
  const contentType = decodeObjectIdentifier(readElement(type.encoding, 0));
  if (contentType !== signedData) return { contentType };
  const isList = (field: BerNode): boolean => field.tagClass === 3 && field.tagNumber < 2;
  const lists = content.children[0]?.children.filter(isList) ?? [];
  return {
    listed: lists.flatMap(({ tagNumber, children }) =>
      children.map(({ encoding }) => ({
        list: tagNumber === 0 ? 'certificates' : 'crls',
        tag: encoding[0] ?? 0,
        encoding,
      })),
    ),
  };
}

/** The names of the choices that are no X.509 certificate or CRL (RFC 5652 10.2.1 and 10.2.2). */
function nameOf({ list, tag }: Listed): string {
  if (list === 'crls') return 'revocation information that is no CRL';
  return tag === contextConstructed(0) ? 'extended certificate of PKCS#6' : 'attribute certificate';
}

/** Reads a PKCS#7 or CMS ContentInfo; `format` is how findings call it. Never throws for malformed input. */
export async function readPKCS7(bytes: Uint8Array, origin: Origin, format = 'PKCS#7'): Promise<ContainerContent> {
  const subject = { kind: 'file', name: origin.file } as const;
  const findings: Finding[] = [];
  const damaged = (reason: string): ContainerContent => ({
    parts: [],
    findings: [createFinding('input/damaged-container', subject, { format, reason }, { origin })],
  });
  let signed: SignedContent | undefined;
  try {
    signed = readDER(bytes);
  } catch (error) {
    if (!(error instanceof MalformedInputError)) throw error;
    const isBer = error.code === 'der/indefinite-length' || error.code === 'der/length-not-minimal';
    signed = isBer ? await readBER(bytes).catch(() => undefined) : undefined;
    if (!signed) return damaged(error.message);
    findings.push(createFinding('input/ber-container', subject, { format }, { origin }));
  }
  if ('contentType' in signed) {
    const content = contentTypes[signed.contentType] ?? signed.contentType;
    return {
      parts: [],
      findings: [createFinding('input/unsupported-content', subject, { format, content }, { origin })],
    };
  }
  const parts: Part[] = [];
  for (const item of signed.listed) {
    const kind = item.list === 'crls' ? 'crl' : 'certificate';
    if (item.tag === Tag.sequence) parts.push({ kind, der: item.encoding });
    else {
      const content = nameOf(item);
      findings.push(createFinding('input/part-left-out', subject, { format, content }, { origin }));
    }
  }
  if (parts.length === 0) {
    findings.push(createFinding('input/no-certificates-inside', subject, { format }, { origin }));
  }
  return { parts, findings };
}
