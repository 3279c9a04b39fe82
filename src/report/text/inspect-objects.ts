/**
 * What `certwright inspect` says of one object, label and value. All values out of files go through `formatName` or
 * `escapeInvisible`, so that none of them reaches the terminal as a control character.
 */
import type { KeyEncoding } from '../../containers/input-object.js';
import { fingerprint, formatThumbprint } from '../../crypto/fingerprint.js';
import { describePublicKey, formatPublicKey, type PublicKeyDescription } from '../../crypto/public-key.js';
import { signatureAlgorithmName, type SignatureCheck } from '../../crypto/signature.js';
import type { Origin } from '../../finding/finding.js';
import type { MalformedInputError } from '../../finding/malformed-input.js';
import { formatSerialNumber, type Certificate, type Validity } from '../../x509/certificate.js';
import { subjectAltName } from '../../x509/extensions/alternative-names.js';
import { basicConstraints } from '../../x509/extensions/basic-constraints.js';
import { authorityKeyIdentifier } from '../../x509/extensions/authority-key-identifier.js';
import { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } from '../../x509/extensions/crl-extensions.js';
import { formatName, shortName, type Name } from '../../x509/name.js';
import { formatCount } from '../count.js';
import { escapeInvisible } from '../escape-text.js';
import type {
  InspectedCertificate,
  InspectedCRL,
  InspectedObject,
  InspectedPrivateKey,
  InspectedPublicKey,
  InspectedRequest,
} from '../inspection.js';
import { daysLeft, formatInstant, formatSpan } from '../instant.js';
import { showOID } from '../oid-names.js';
import type { Palette } from '../palette.js';
import { readIfWellFormed } from '../read-extension.js';
import { describeSurvey } from './crl-show.js';
import { formatOrigin } from './place.js';
import { describeExtensions } from './inspect-extensions.js';
import { formatList } from './lists.js';

export interface InspectTextOptions {
  readonly at: Date;
  /** Whole lists, unknown extensions in hexadecimal, digests of the keys. */
  readonly verbose: boolean;
}

/** What every part of the text needs to know. */
export interface Page extends InspectTextOptions {
  readonly palette: Palette;
  /** Certificates in the order of the inputs: `#2` is what selectors call the second. */
  readonly numbers: ReadonlyMap<Certificate, number>;
}

/** `a.pem:1`; where no line tells the objects of a file apart, `a.p7b, object 2`. */
export function formatPlace(origin: Origin): string {
  const place = formatOrigin(origin) ?? '';
  return origin.line === undefined && (origin.index ?? 1) > 1 ? `${place}, object ${origin.index}` : place;
}

const nameOrEmpty = (name: Name): string => formatName(name) || '(empty name)';

function formatValidity({ notBefore, notAfter }: Validity, { at, palette }: Page): string {
  const period = `${formatInstant(notBefore)} to ${formatInstant(notAfter)}`;
  if (at < notBefore) {
    return `${period}\n${palette.yellow(`not valid for another ${formatSpan(notBefore.getTime() - at.getTime())}`)}`;
  }
  if (at > notAfter) return `${period}\n${palette.red(`expired ${formatSpan(at.getTime() - notAfter.getTime())} ago`)}`;
  const days = daysLeft(notAfter, at);
  const left = days < 2 ? formatSpan(notAfter.getTime() - at.getTime()) : `${formatCount(days)} days`;
  return `${period}\n${(days < 30 ? palette.yellow : palette.green)(`${left} left`)}`;
}

function formatKey({ type, ...size }: PublicKeyDescription): string {
  const known = formatPublicKey({ type: showOID(type), ...size });
  const isReadable = size.bits !== undefined || size.curve !== undefined || /^(?:Ed|X)\d/.test(known);
  return isReadable ? known : `${known}, which OpenSSL cannot read by itself`;
}

function formatCheck(check: SignatureCheck, palette: Palette): string {
  if (check.outcome === 'valid') return 'by its own key';
  if (check.outcome === 'invalid') return palette.red('not by its own key');
  return palette.yellow(`cannot be checked: ${escapeInvisible(check.reason)}`);
}

/** `certificate #2 (CN=sip1.example.com, a.pem:1)`. */
function formatCertificates(certificates: readonly Certificate[], { numbers, verbose }: Page): string {
  if (certificates.length === 0) return 'no certificate in these files';
  const items = certificates.map((certificate) => {
    const place = certificate.origin ? ` in ${formatPlace(certificate.origin)}` : '';
    return `certificate #${numbers.get(certificate) ?? 0} (${shortName(certificate.tbsCertificate.subject)}${place})`;
  });
  return formatList(items, verbose);
}

function describeCertificate(inspected: InspectedCertificate, page: Page): string[][] {
  const { certificate, publicKey, selfIssued, ownSignature, weaknesses, privateKeys } = inspected;
  const { version, serialNumber, subject, issuer, validity, subjectPublicKeyInfo, extensions, ...more } =
    certificate.tbsCertificate;
  const { palette, verbose } = page;
  const weak = (code: string): string =>
    weaknesses.some((finding) => finding.code === code) ? ` ${palette.yellow('(weak)')}` : '';
  const digests = verbose ? [['key SHA-256', fingerprint(subjectPublicKeyInfo.bytes, 'sha256')]] : [];
  const constraint = version < 3 ? `not said: version ${version} has no extensions` : 'no, without basic constraints';
  const isCA = readIfWellFormed(extensions, basicConstraints)?.cA ?? selfIssued;
  const negative = (serialNumber[0] ?? 0) >= 0x80 ? ' (negative)' : '';
  const signer = ownSignature ? `, ${formatCheck(ownSignature, palette)}` : '';
  return [
    ['subject', nameOrEmpty(subject)],
    ['issuer', selfIssued ? 'itself' : nameOrEmpty(issuer)],
    ['serial number', `${formatSerialNumber(serialNumber)}${negative}`],
    ...(version === 3 ? [] : [['version', version.toString()]]),
    ['valid', formatValidity(validity, page)],
    ['key', `${formatKey(publicKey)}${weak('certificate/weak-key')}`],
    [
      'signature',
      `${signatureAlgorithmName(certificate.signatureAlgorithm)}${weak('certificate/weak-signature')}${signer}`,
    ],
    ...(extensions.has(subjectAltName) || isCA ? [] : [['names', 'no subjectAltName']]),
    ...(extensions.has(basicConstraints) ? [] : [['CA', constraint]]),
    ...describeExtensions(extensions, page, palette),
    ...((more.issuerUniqueID ?? more.subjectUniqueID) ? [['unique IDs', 'present, used by nobody']] : []),
    ['thumbprint', `${formatThumbprint(fingerprint(certificate.der, 'sha1'))} (SHA-1)`],
    ['SHA-256', fingerprint(certificate.der, 'sha256')],
    ...digests,
    ...(privateKeys.length > 0 ? [['private key', formatList(privateKeys.map(formatPlace), verbose)]] : []),
  ];
}

/** What `describeSurvey` says of these is enough. */
const shownBySurvey = [cRLNumber, deltaCRLIndicator, issuingDistributionPoint, authorityKeyIdentifier];

function describeCRL({ survey }: InspectedCRL, page: Page): string[][] {
  const { issuer, crlExtensions } = survey.crl.tbsCertList;
  const elsewhere = shownBySurvey.map(({ extnID }) => extnID);
  return [
    ['issuer', nameOrEmpty(issuer)],
    ...describeSurvey(survey, page.at),
    ...describeExtensions(crlExtensions, page, page.palette, elsewhere),
    ...describeMalformation(survey.malformation, page.palette),
  ];
}

function describeMalformation(malformation: MalformedInputError | undefined, palette: Palette): string[][] {
  if (!malformation) return [];
  const { offset, detail } = malformation;
  return [['malformed', palette.red(`at byte ${offset}: ${escapeInvisible(detail)}`)]];
}

const encodings: Readonly<Record<KeyEncoding, string>> = {
  pkcs8: 'PKCS#8',
  'encrypted-pkcs8': 'PKCS#8',
  pkcs1: 'PKCS#1 (RSA)',
  sec1: 'SEC1 (EC)',
  dsa: 'DSA as OpenSSL writes it',
};

function describePrivateKey({ object, publicKey, certificates }: InspectedPrivateKey, page: Page): string[][] {
  const { encoding = 'pkcs8', encrypted = false, wasEncrypted = false } = object.key ?? {};
  const locked = 'cannot be told while it is encrypted: give --password-file';
  const state = encrypted ? 'encrypted' : wasEncrypted ? 'encrypted, opened with the password' : 'not encrypted';
  const unread = encrypted ? locked : page.palette.red('OpenSSL cannot read it');
  return [
    ['key', publicKey ? formatKey(describePublicKey(publicKey)) : unread],
    ['written as', `${encodings[encoding]}, ${state}`],
    ...(publicKey ? [['belongs to', formatCertificates(certificates, page)]] : []),
  ];
}

function describePublicKeyObject(inspected: InspectedPublicKey, page: Page): string[][] {
  const { publicKey, malformation, certificates } = inspected;
  return [
    ['what it is', 'a public key alone, without a name or dates'],
    ...describeMalformation(malformation, page.palette),
    ...(publicKey
      ? [
          ['key', formatKey(describePublicKey(publicKey))],
          ['belongs to', formatCertificates(certificates, page)],
          ['SHA-256', fingerprint(publicKey.bytes, 'sha256')],
        ]
      : []),
  ];
}

function describeRequest(inspected: InspectedRequest, page: Page): string[][] {
  const { request, malformation, signature, certificates } = inspected;
  const { palette } = page;
  const purpose = [['what it is', 'a request to a CA, no certificate: ask for the certificate that came of it']];
  if (!request) return [...purpose, ...describeMalformation(malformation, palette)];
  const { subject, subjectPKInfo, signatureAlgorithm, attributes, extensions } = request;
  const signer = signature ? `, ${formatCheck(signature, palette)}` : '';
  return [
    ...purpose,
    ['subject', nameOrEmpty(subject)],
    ['key', formatKey(describePublicKey(subjectPKInfo))],
    ['signature', `${signatureAlgorithmName(signatureAlgorithm)}${signer}`],
    ...describeExtensions(extensions, page, palette),
    ...(attributes.length > 0
      ? [
          [
            'attributes',
            formatList(
              attributes.map(({ type }) => showOID(type)),
              page.verbose,
            ),
          ],
        ]
      : []),
    ['answered by', formatCertificates(certificates, page)],
  ];
}

/** Label and value of everything that is worth a line. */
export function describeObject(inspected: InspectedObject, page: Page): string[][] {
  switch (inspected.kind) {
    case 'certificate':
      return describeCertificate(inspected, page);
    case 'crl':
      return describeCRL(inspected, page);
    case 'private-key':
      return describePrivateKey(inspected, page);
    case 'public-key':
      return describePublicKeyObject(inspected, page);
    case 'certification-request':
      return describeRequest(inspected, page);
  }
}
