/**
 * Makes any certificate or CRL for the tests, right or wrong, synchronously: the DER is written by hand and signed by
 * node:crypto. @peculiar/x509 would be asynchronous, refuses to make most wrong ones, and stays a second opinion.
 * What is left out of the options comes out as a certificate of good sense: valid 2025 to 2045, version 3, a fresh
 * serial number, key identifiers, and for a CA critical basic constraints and the usages keyCertSign and cRLSign.
 */
import { bitString, concat, explicit, integer, sequence, time } from './der.js';
import {
  makeAuthorityInfoAccess,
  makeAuthorityKeyIdentifier,
  makeBasicConstraints,
  makeCRLDistributionPoints,
  makeCRLNumber,
  makeCertificateIssuer,
  makeCertificatePolicies,
  makeDistributionPoints,
  makeExtKeyUsage,
  makeInvalidityDate,
  makeIssuingDistributionPoint,
  makeKeyUsage,
  makeNameConstraints,
  makeReasonCode,
  makeSubjectAltName,
  makeSubjectKeyIdentifier,
} from './extensions.js';
import type {
  AuthorityInfoAccessInput,
  AuthorityKeyIdentifierInput,
  CRLReasonName,
  DistributionPointInput,
  IssuingDistributionPointInput,
  KeyUsageName,
  NameConstraintsInput,
} from './extensions.js';
import { makeKeyPair, makeSignature, makeSignatureAlgorithm } from './keys.js';
import type { KeyPair, SignatureChoice } from './keys.js';
import { makeName } from './names.js';
import type { GeneralNameInput, NameInput } from './names.js';

export { makeKeyPair } from './keys.js';
export type { KeyKind, KeyPair } from './keys.js';

export type SerialNumber = number | bigint | Uint8Array;
/** An instant, or the DER of a whole Time element (to write a wrong one). */
export type TimeInput = Date | Uint8Array;

/** What can be spoilt on any signed object. */
export interface SigningOptions extends SignatureChoice {
  /** DER of the AlgorithmIdentifier beside the signature, in place of the right one. */
  readonly signatureAlgorithm?: Uint8Array;
  /** DER of the AlgorithmIdentifier inside the signed part; like `signatureAlgorithm` unless given. */
  readonly tbsSignatureAlgorithm?: Uint8Array;
  /** `broken` flips the last bit of a right signature; bytes replace it. */
  readonly signature?: 'broken' | Uint8Array;
}

export interface CertificateOptions extends SigningOptions {
  readonly subject: NameInput;
  /** The subject, unless given. */
  readonly issuer?: NameInput;
  readonly key: KeyPair;
  /** The key that signs: `key`, unless given. */
  readonly issuerKey?: KeyPair;
  readonly serialNumber?: SerialNumber;
  readonly notBefore?: TimeInput;
  readonly notAfter?: TimeInput;
  /** true: critical basic constraints with cA; false: the extension, empty; unless given: no such extension. */
  readonly ca?: boolean;
  readonly pathLen?: number;
  /** keyCertSign and cRLSign for a CA, unless given; an empty list leaves the extension out. */
  readonly keyUsage?: readonly KeyUsageName[];
  readonly extKeyUsage?: readonly string[];
  readonly san?: readonly GeneralNameInput[];
  /** false leaves it out; bytes replace the SHA-1 of the key. */
  readonly ski?: boolean | Uint8Array;
  /** false leaves it out, true puts it on a self-issued one too; bytes replace the key identifier. */
  readonly aki?: boolean | Uint8Array | AuthorityKeyIdentifierInput;
  readonly nameConstraints?: NameConstraintsInput;
  readonly certificatePolicies?: readonly string[];
  readonly crlDistributionPoints?: readonly GeneralNameInput[];
  /** Distribution points in full, in place of `crlDistributionPoints`. */
  readonly distributionPoints?: readonly DistributionPointInput[];
  readonly authorityInfoAccess?: AuthorityInfoAccessInput;
  /** DER of further Extensions, after the others. */
  readonly extensions?: readonly Uint8Array[];
  /** The version in words (3 is written as INTEGER 2); 1 is left out as DER wants, and has no extensions. */
  readonly version?: number;
}

let latestSerialNumber = 0x10_0000;

/** SEQUENCE of signed part, algorithm and signature; `makeTBS` is given the inner algorithm. */
function signObject(key: KeyPair, options: SigningOptions, makeTBS: (algorithm: Uint8Array) => Uint8Array): Uint8Array {
  const outer = options.signatureAlgorithm ?? makeSignatureAlgorithm(key, options);
  const tbs = makeTBS(options.tbsSignatureAlgorithm ?? outer);
  const signature = options.signature instanceof Uint8Array ? options.signature : makeSignature(key, tbs, options);
  if (options.signature === 'broken') signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return sequence(tbs, outer, bitString(signature));
}

const writeTime = (instant: TimeInput): Uint8Array => (instant instanceof Date ? time(instant) : instant);

function makeIdentifiers(options: CertificateOptions, issuerKey: KeyPair, selfIssued: boolean): Uint8Array[] {
  const { key, ski = true, aki = !selfIssued } = options;
  const subjectKeyIdentifier = ski === true ? key.keyIdentifier : ski;
  const authority = aki === true ? issuerKey.keyIdentifier : aki;
  return [
    ...(subjectKeyIdentifier ? [makeSubjectKeyIdentifier(subjectKeyIdentifier)] : []),
    ...(authority
      ? [makeAuthorityKeyIdentifier(authority instanceof Uint8Array ? { keyIdentifier: authority } : authority)]
      : []),
  ];
}

function makeCertificateExtensions(options: CertificateOptions, issuerKey: KeyPair, selfIssued: boolean): Uint8Array[] {
  const { ca, extKeyUsage, san, nameConstraints, certificatePolicies, crlDistributionPoints } = options;
  const keyUsage = options.keyUsage ?? (ca ? (['keyCertSign', 'cRLSign'] as const) : []);
  return [
    ...(ca === undefined ? [] : [makeBasicConstraints(ca, options.pathLen)]),
    ...(keyUsage.length > 0 ? [makeKeyUsage(keyUsage)] : []),
    ...(extKeyUsage ? [makeExtKeyUsage(extKeyUsage)] : []),
    ...makeIdentifiers(options, issuerKey, selfIssued),
    ...(san ? [makeSubjectAltName(san)] : []),
    ...(nameConstraints ? [makeNameConstraints(nameConstraints)] : []),
    ...(certificatePolicies ? [makeCertificatePolicies(certificatePolicies)] : []),
    ...(crlDistributionPoints ? [makeCRLDistributionPoints(crlDistributionPoints)] : []),
    ...(options.distributionPoints ? [makeDistributionPoints(options.distributionPoints)] : []),
    ...(options.authorityInfoAccess ? [makeAuthorityInfoAccess(options.authorityInfoAccess)] : []),
    ...(options.extensions ?? []),
  ];
}

/** DER of a certificate. */
export function makeCertificate(options: CertificateOptions): Uint8Array {
  const { subject, key, issuerKey = key, version = 3, serialNumber = ++latestSerialNumber } = options;
  const subjectName = makeName(subject);
  const issuerName = options.issuer === undefined ? subjectName : makeName(options.issuer);
  const selfIssued = Buffer.compare(subjectName, issuerName) === 0;
  const extensions =
    version < 3 ? (options.extensions ?? []) : makeCertificateExtensions(options, issuerKey, selfIssued);
  const { notBefore = new Date('2025-01-01'), notAfter = new Date('2045-01-01') } = options;
  return signObject(issuerKey, options, (algorithm) =>
    sequence(
      ...(version === 1 ? [] : [explicit(0, integer(version - 1))]),
      integer(serialNumber),
      algorithm,
      issuerName,
      sequence(writeTime(notBefore), writeTime(notAfter)),
      subjectName,
      key.spki,
      ...(extensions.length > 0 ? [explicit(3, sequence(...extensions))] : []),
    ),
  );
}

export interface RevokedEntry {
  readonly serialNumber: SerialNumber;
  /** 2025-06-01, unless given. */
  readonly revocationDate?: TimeInput;
  readonly reason?: CRLReasonName | number;
  readonly invalidityDate?: Date;
  /** For an indirect CRL. */
  readonly certificateIssuer?: readonly GeneralNameInput[];
  /** DER of further entry Extensions. */
  readonly extensions?: readonly Uint8Array[];
}

export interface CRLOptions extends SigningOptions {
  readonly issuer: NameInput;
  readonly issuerKey: KeyPair;
  readonly thisUpdate?: TimeInput;
  /** null leaves it out. */
  readonly nextUpdate?: TimeInput | null;
  /** 1, unless given; null leaves it out. */
  readonly crlNumber?: SerialNumber | null;
  readonly entries?: readonly RevokedEntry[];
  /** false leaves it out; bytes replace the key identifier. */
  readonly aki?: boolean | Uint8Array;
  /** Makes it a delta CRL to the base with this number. */
  readonly deltaCRLIndicator?: SerialNumber;
  readonly issuingDistributionPoint?: IssuingDistributionPointInput;
  /** DER of further Extensions, after the others. */
  readonly extensions?: readonly Uint8Array[];
  /** 2 unless given; 1 is left out and has no extensions. */
  readonly version?: 1 | 2;
}

function makeEntry(entry: RevokedEntry): Uint8Array {
  const extensions = [
    ...(entry.reason === undefined ? [] : [makeReasonCode(entry.reason)]),
    ...(entry.invalidityDate ? [makeInvalidityDate(entry.invalidityDate)] : []),
    ...(entry.certificateIssuer ? [makeCertificateIssuer(entry.certificateIssuer)] : []),
    ...(entry.extensions ?? []),
  ];
  return sequence(
    integer(entry.serialNumber),
    writeTime(entry.revocationDate ?? new Date('2025-06-01')),
    ...(extensions.length > 0 ? [sequence(...extensions)] : []),
  );
}

function makeCRLExtensions(options: CRLOptions): Uint8Array[] {
  const { aki = true, crlNumber = 1, deltaCRLIndicator, issuingDistributionPoint } = options;
  const keyIdentifier = aki === true ? options.issuerKey.keyIdentifier : aki;
  return [
    ...(keyIdentifier ? [makeAuthorityKeyIdentifier({ keyIdentifier })] : []),
    ...(crlNumber === null ? [] : [makeCRLNumber(crlNumber)]),
    ...(deltaCRLIndicator === undefined ? [] : [makeCRLNumber(deltaCRLIndicator, '2.5.29.27')]),
    ...(issuingDistributionPoint ? [makeIssuingDistributionPoint(issuingDistributionPoint)] : []),
    ...(options.extensions ?? []),
  ];
}

/** `revokedCertificates` is the joined DER of the entries. */
function makeCRLOf(options: CRLOptions, revokedCertificates: Uint8Array): Uint8Array {
  const { issuer, issuerKey, thisUpdate = new Date('2025-07-01'), nextUpdate = new Date('2045-01-01') } = options;
  const extensions = options.version === 1 ? [] : makeCRLExtensions(options);
  return signObject(issuerKey, options, (algorithm) =>
    sequence(
      ...(options.version === 1 ? [] : [integer(1)]),
      algorithm,
      makeName(issuer),
      writeTime(thisUpdate),
      ...(nextUpdate ? [writeTime(nextUpdate)] : []),
      // RFC 5280 5.1.2.6: absent when nothing is revoked.
      ...(revokedCertificates.length > 0 ? [sequence(revokedCertificates)] : []),
      ...(extensions.length > 0 ? [explicit(0, sequence(...extensions))] : []),
    ),
  );
}

/** DER of a CRL: version 2, number 1, 2025-07-01 to 2045, nothing revoked, unless told otherwise. */
export const makeCRL = (options: CRLOptions): Uint8Array =>
  makeCRLOf(options, concat(...(options.entries ?? []).map(makeEntry)));

/** The serial number of entry `position` (from 0) of every large CRL: 9 bytes, positive, in no order. */
export function largeCRLSerialNumber(position: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(0x5a, 0);
  bytes.writeUInt32BE(Math.imul(position, 0x9e3779b1) >>> 0, 1);
  bytes.writeUInt32BE(position, 5);
  return Uint8Array.from(bytes);
}

/**
 * DER of a CRL of `count` entries, revoked 2025-06-01 for keyCompromise, 42 bytes each (a million: 42 MB), in a second
 * or so. `options` are those of `makeCRL` but for the entries.
 */
export function makeLargeCRL(
  issuer: { readonly subject: NameInput; readonly key: KeyPair },
  count: number,
  options: Partial<CRLOptions> = {},
): Uint8Array {
  const template = makeEntry({ serialNumber: largeCRLSerialNumber(0), reason: 'keyCompromise' });
  const entries = Buffer.alloc(template.length * count, template);
  for (let position = 0; position < count; position++) {
    const serialNumberAt = position * template.length + 4;
    entries.writeUInt32BE(Math.imul(position, 0x9e3779b1) >>> 0, serialNumberAt + 1);
    entries.writeUInt32BE(position, serialNumberAt + 5);
  }
  return makeCRLOf({ issuer: issuer.subject, issuerKey: issuer.key, ...options }, entries);
}

/** A certificate with what its holder has. */
export interface Holder {
  readonly subject: NameInput;
  readonly key: KeyPair;
  readonly certificate: Uint8Array;
}

/** Makes a certificate issued by `issuer`, or self-signed without one, with a fresh P-256 key unless one is given. */
export function issueCertificate(
  issuer: Pick<Holder, 'subject' | 'key'> | undefined,
  options: Omit<CertificateOptions, 'key'> & { readonly key?: KeyPair },
): Holder {
  const key = options.key ?? makeKeyPair();
  const signer = issuer && { issuer: issuer.subject, issuerKey: issuer.key };
  return { subject: options.subject, key, certificate: makeCertificate({ ...signer, ...options, key }) };
}

/**
 * A chain of `length` certificates, end entity first, root last: `CN=leaf.example.com` (with that SAN), `CN=Issuing CA 1`
 * above it … `CN=Root CA`. `overrides(position)` may change the certificate at that position, 0 being the end entity.
 */
export function makeChain(
  length: number,
  overrides: (position: number) => Partial<CertificateOptions> = () => ({}),
): Holder[] {
  const chain: Holder[] = [];
  for (let position = length - 1; position >= 0; position--) {
    const role = position === 0 ? leafRole : caRole(position === length - 1 ? 'Root CA' : `Issuing CA ${position}`);
    chain.unshift(issueCertificate(chain[0], { ...role, ...overrides(position) }));
  }
  return chain;
}

const caRole = (name: string): Omit<CertificateOptions, 'key'> => ({
  subject: `CN=${name},O=Fly Example Ltd`,
  ca: true,
});

const leafRole: Omit<CertificateOptions, 'key'> = {
  subject: 'CN=leaf.example.com,O=Fly Example Ltd',
  san: ['leaf.example.com'],
  keyUsage: ['digitalSignature'],
  extKeyUsage: ['serverAuth', 'clientAuth'],
};
