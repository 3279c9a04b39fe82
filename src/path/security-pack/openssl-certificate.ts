/**
 * A certificate as OpenSSL 3.0 sees it: what it keeps of the extensions before it builds a chain. Observed on 3.0.19.
 * Extensions that OpenSSL does not look at may be malformed without harm; those that it does make the certificate useless.
 */
import { importPublicKey } from '../../crypto/public-key.js';
import { DerReader, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeBitString, decodeObjectIdentifier, equalBytes } from '../../der/values.js';
import { MalformedInputError } from '../../finding/malformed-input.js';
import type { Certificate } from '../../x509/certificate.js';
import type { Extensions, ExtensionType } from '../../x509/extensions.js';
import { subjectAltName } from '../../x509/extensions/alternative-names.js';
import { authorityKeyIdentifier, type AuthorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { basicConstraints, type BasicConstraints } from '../../x509/extensions/basic-constraints.js';
import { cRLDistributionPoints } from '../../x509/extensions/distribution-points.js';
import { keyUsage, type KeyUsage } from '../../x509/extensions/key-usage.js';
import { nameConstraints, type NameConstraints } from '../../x509/extensions/name-constraints.js';
import {
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
  certificatePolicies,
} from '../../x509/extensions/policies.js';
import { subjectKeyIdentifier } from '../../x509/extensions/subject-key-identifier.js';
import type { GeneralNames } from '../../x509/general-name.js';
import { opensslNameKey } from './openssl-names.js';

export interface OpensslCertificate {
  readonly certificate: Certificate;
  /** Why OpenSSL can make nothing of it, where it cannot (EXFLAG_INVALID). */
  readonly fault: string | undefined;
  /** Issuer and subject are the same (EXFLAG_SI). */
  readonly selfIssued: boolean;
  /** Self-issued, and neither key identifier nor kind of key speak against it (EXFLAG_SS); no signature is checked. */
  readonly selfSigned: boolean;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: KeyUsage | undefined;
  /** May be empty, which RFC 5280 does not allow. */
  readonly extKeyUsage: readonly string[] | undefined;
  /** The first octet of Netscape's certificate type. */
  readonly netscapeCertType: number | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly subjectAltName: GeneralNames;
  readonly nameConstraints: NameConstraints | undefined;
  /** A critical extension that OpenSSL does not support (EXFLAG_CRITICAL). */
  readonly unsupportedCritical: string | undefined;
  readonly isProxy: boolean;
}

const netscapeCertType = '2.16.840.1.113730.1.1';
const proxyCertInfo = '1.3.6.1.5.5.7.1.14';
const extKeyUsageID = '2.5.29.37';

/** Critical extensions that OpenSSL 3.0 supports; the key identifiers and information access are not among them. */
const supportedCritical: ReadonlySet<string> = new Set([
  netscapeCertType,
  keyUsage.extnID,
  subjectAltName.extnID,
  basicConstraints.extnID,
  certificatePolicies.extnID,
  cRLDistributionPoints.extnID,
  extKeyUsageID,
  // RFC 3779: address blocks and autonomous systems.
  '1.3.6.1.5.5.7.1.7',
  '1.3.6.1.5.5.7.1.8',
  // id-pkix-ocsp-nocheck.
  '1.3.6.1.5.5.7.48.1.5',
  policyConstraints.extnID,
  proxyCertInfo,
  nameConstraints.extnID,
  policyMappings.extnID,
  inhibitAnyPolicy.extnID,
]);

/** Reads extensions one by one and keeps the first fault. */
class FaultKeeper {
  fault: string | undefined;

  constructor(private readonly extensions: Extensions) {}

  /** Undefined where the extension is absent, stands twice or cannot be read. */
  read<T>({ extnID, name, decode }: Pick<ExtensionType<T>, 'extnID' | 'name' | 'decode'>): T | undefined {
    const found = this.extensions.list.filter((extension) => extension.extnID === extnID);
    const [only] = found;
    if (!only) return undefined;
    if (found.length > 1) {
      this.fault ??= `${name} stands more than once`;
      return undefined;
    }
    try {
      return decode(only.extnValue);
    } catch (error) {
      if (!(error instanceof MalformedInputError)) throw error;
      this.fault ??= `${name}: ${error.detail}`;
      return undefined;
    }
  }
}

/** OpenSSL takes an empty SEQUENCE where RFC 5280 asks for one element at least. */
function orEmpty<T>(type: ExtensionType<readonly T[]>): ExtensionType<readonly T[]> {
  return { ...type, decode: (value) => (equalBytes(value, Uint8Array.of(0x30, 0)) ? [] : type.decode(value)) };
}

const lenientExtKeyUsage: ExtensionType<readonly string[]> = {
  extnID: extKeyUsageID,
  name: 'extKeyUsage',
  decode(value) {
    const purposes: string[] = [];
    for (const reader = DerReader.within(readSingle(value, Tag.sequence, 'ExtKeyUsageSyntax')); !reader.atEnd;) {
      purposes.push(decodeObjectIdentifier(reader.read(Tag.objectIdentifier, 'KeyPurposeId')));
    }
    return purposes;
  },
};

const certTypeExtension: ExtensionType<number> = {
  extnID: netscapeCertType,
  name: 'netscapeCertType',
  decode: (value) => decodeBitString(readSingle(value, Tag.bitString, 'NetscapeCertType')).bytes[0] ?? 0,
};

const seen = new WeakMap<Certificate, OpensslCertificate>();

export function viewAsOpenssl(certificate: Certificate): OpensslCertificate {
  let view = seen.get(certificate);
  if (!view) seen.set(certificate, (view = readView(certificate)));
  return view;
}

function readView(certificate: Certificate): OpensslCertificate {
  const { subject, issuer, extensions } = certificate.tbsCertificate;
  const keeper = new FaultKeeper(extensions);
  const selfIssued = opensslNameKey(subject) === opensslNameKey(issuer);
  const usages = keeper.read(keyUsage);
  const identifiers = {
    subjectKeyIdentifier: keeper.read(subjectKeyIdentifier),
    authorityKeyIdentifier: keeper.read(authorityKeyIdentifier),
  };
  const view = {
    certificate,
    selfIssued,
    ...identifiers,
    basicConstraints: keeper.read(basicConstraints),
    keyUsage: usages,
    extKeyUsage: keeper.read(lenientExtKeyUsage),
    netscapeCertType: keeper.read(certTypeExtension),
    subjectAltName: keeper.read(orEmpty(subjectAltName)) ?? [],
    nameConstraints: keeper.read(nameConstraints),
    unsupportedCritical: extensions.list.find(({ critical, extnID }) => critical && !supportedCritical.has(extnID))
      ?.extnID,
    isProxy: extensions.find(proxyCertInfo) !== undefined,
  };
  keeper.read(orEmpty(cRLDistributionPoints));
  const fault = keeper.fault ?? (usages?.size === 0 ? 'its key usage has no bit set' : undefined);
  const selfSigned =
    selfIssued && matchesAuthority(identifiers, certificate, identifiers) && keyFitsSignature(certificate, certificate);
  return { ...view, fault, selfSigned };
}

type Identifiers = Pick<OpensslCertificate, 'subjectKeyIdentifier' | 'authorityKeyIdentifier'>;

/** Every part of the authority key identifier that can be compared agrees; of several directory names the first counts. */
function matchesAuthority(
  { authorityKeyIdentifier: authority }: Identifiers,
  issuer: Certificate,
  own: Identifiers,
): boolean {
  if (!authority) return true;
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = authority;
  if (keyIdentifier && own.subjectKeyIdentifier && !equalBytes(keyIdentifier, own.subjectKeyIdentifier)) return false;
  const { serialNumber, issuer: issuersIssuer } = issuer.tbsCertificate;
  if (authorityCertSerialNumber && !equalBytes(authorityCertSerialNumber, serialNumber)) return false;
  const name = authorityCertIssuer?.find(({ type }) => type === 'directoryName');
  return name?.type !== 'directoryName' || opensslNameKey(name.value) === opensslNameKey(issuersIssuer);
}

/** Kinds of keys by the prefix of the signature algorithms that they make. */
const keyTypes: readonly (readonly [string, readonly string[]])[] = [
  ['1.2.840.113549.1.1.10', ['rsa', 'rsa-pss']],
  ['1.2.840.113549.1.1.', ['rsa']],
  ['1.2.840.10045.4.', ['ec']],
  ['1.2.840.10040.4.3', ['dsa']],
  ['2.16.840.1.101.3.4.3.', ['dsa']],
  ['1.3.101.112', ['ed25519']],
  ['1.3.101.113', ['ed448']],
];

/** The issuer's key can be read and is of the kind that makes such signatures. */
function keyFitsSignature({ tbsCertificate }: Certificate, issuer: Certificate): boolean {
  const type = importPublicKey(issuer.tbsCertificate.subjectPublicKeyInfo)?.asymmetricKeyType;
  const { algorithm } = tbsCertificate.signature;
  const fitting = keyTypes.find(([prefix]) => algorithm.startsWith(prefix));
  return type !== undefined && (fitting?.[1].includes(type) ?? false);
}

/** What OpenSSL believes when it builds a chain: names, key identifiers and the kind of key fit; no signature is checked. */
export function isLikelyIssuer(subject: OpensslCertificate, issuer: OpensslCertificate): boolean {
  const { certificate } = subject;
  return (
    opensslNameKey(issuer.certificate.tbsCertificate.subject) === opensslNameKey(certificate.tbsCertificate.issuer) &&
    subject.fault === undefined &&
    issuer.fault === undefined &&
    matchesAuthority(subject, issuer.certificate, issuer) &&
    keyFitsSignature(certificate, issuer.certificate)
  );
}

/** Both bounds of notBefore, but not the very instant of notAfter: X509_cmp_time calls that earlier. */
export function isInTime({ certificate }: OpensslCertificate, at: Date): boolean {
  const { notBefore, notAfter } = certificate.tbsCertificate.validity;
  return notBefore <= at && at < notAfter;
}
