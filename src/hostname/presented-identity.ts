/** The names that a certificate presents, as RFC 9525 calls them: its subjectAltName entries and its common names. */
import { toHex } from '../der/values.js';
import type { Origin } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { formatIPAddress } from '../names/ip-address.js';
import type { Certificate } from '../x509/certificate.js';
import { subjectAltName } from '../x509/extensions/alternative-names.js';
import type { GeneralName } from '../x509/general-name.js';
import { attributeValues, commonNameType, formatName } from '../x509/name.js';

export type AltNameType = 'dns' | 'ip' | 'email' | 'uri' | 'other';

export interface PresentedAltName {
  readonly type: AltNameType;
  /**
   * dns, email and uri: one character an octet, so that octets outside ASCII and NUL stay what they are. ip: the
   * canonical text, or `#` and the octets in hexadecimal when they are neither 4 nor 16. other: a directoryName as RFC
   * 4514 writes it, a registeredID in dotted form, an otherName as its OID, a colon and the DER of its value in
   * hexadecimal, anything else as `#` and its DER.
   */
  readonly value: string;
  /** The form that RFC 5280 4.2.1.6 calls it. */
  readonly form?: GeneralName['type'];
}

export interface PresentedIdentity {
  /** Every entry, in order; undefined only where there is no subjectAltName extension. */
  readonly subjectAltNames: readonly PresentedAltName[] | undefined;
  /**
   * Every common name of the subject, in the order of the certificate, as text; one whose type is no character string
   * is `#` and its content in hexadecimal.
   */
  readonly commonNames: readonly string[];
  /** Where the certificate was read; findings point there. */
  readonly origin?: Origin;
}

function presentGeneralName(name: GeneralName): PresentedAltName {
  const form = name.type;
  switch (name.type) {
    case 'dNSName':
      return { type: 'dns', value: name.value, form };
    case 'rfc822Name':
      return { type: 'email', value: name.value, form };
    case 'uniformResourceIdentifier':
      return { type: 'uri', value: name.value, form };
    case 'iPAddress':
      return { type: 'ip', value: formatIPAddress(name.value) ?? `#${toHex(name.value)}`, form };
    case 'directoryName':
      return { type: 'other', value: formatName(name.value), form };
    case 'registeredID':
      return { type: 'other', value: name.value, form };
    case 'otherName':
      return { type: 'other', value: `${name.typeID}:${toHex(name.value)}`, form };
    case 'x400Address':
    case 'ediPartyName':
      return { type: 'other', value: `#${toHex(name.value)}`, form };
  }
}

/**
 * Gives the names that a certificate can be matched by (RFC 9525 1.5, presented identifiers).
 *
 * Nothing is repaired or left out: NUL octets, blanks and wildcards come as they stand. BMPString, UTF8String and the
 * other string types of common names are decoded.
 *
 * @throws MalformedInputError when the subjectAltName extension is malformed, or when that extension
 * stands twice, which RFC 5280 4.2 forbids: tools differ in which of the two they use. Other extensions are not looked at.
 */
export function presentedIdentity(certificate: Certificate): PresentedIdentity {
  const { extensions, subject } = certificate.tbsCertificate;
  const [, second] = extensions.list.filter(({ extnID }) => extnID === subjectAltName.extnID);
  if (second) {
    throw new MalformedInputError(
      'der/bad-value',
      second.offset,
      'a second subjectAltName extension',
      certificate.origin,
    );
  }
  return {
    subjectAltNames: extensions.get(subjectAltName)?.map(presentGeneralName),
    commonNames: attributeValues(subject, commonNameType).map(({ value, content }) => value ?? `#${toHex(content)}`),
    ...(certificate.origin && { origin: certificate.origin }),
  };
}
