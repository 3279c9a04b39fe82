/** GeneralNames as text: what stands in alternative names, distribution points and name constraints. */
import { contentOf, readElement } from '../der/reader.js';
import { decodeString, toHex } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { formatIPAddress } from '../names/ip-address.js';
import type { GeneralName } from '../x509/general-name.js';
import { formatName } from '../x509/name.js';
import { escapeInvisible } from './escape-text.js';
import { showOID } from './oid-names.js';

/** Bits of the mask when they are all in front, as `/8`; undefined for a mask with holes. */
function prefixLength(mask: Uint8Array): number | undefined {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}

/** `192.0.2.1`; with a mask behind it, as name constraints have it, `10.0.0.0/8`; any other length as `#` and hexadecimal. */
function formatAddress(octets: Uint8Array): string {
  const single = formatIPAddress(octets);
  if (single !== undefined) return single;
  const half = octets.length / 2;
  const address = half === 4 || half === 16 ? formatIPAddress(octets.subarray(0, half)) : undefined;
  if (address === undefined) return `#${toHex(octets)}`;
  const mask = octets.subarray(half);
  return `${address}/${prefixLength(mask) ?? formatIPAddress(mask) ?? ''}`;
}

/** The text of a DER value that is a character string, such as a user principal name. */
export function textOfValue(der: Uint8Array): string | undefined {
  try {
    const element = readElement(der, 0);
    return decodeString(element.tag, contentOf(element));
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

/** The value alone, as it is: control characters and all. */
export function valueOfName(name: GeneralName): string {
  switch (name.type) {
    case 'directoryName':
      return formatName(name.value);
    case 'iPAddress':
      return formatAddress(name.value);
    case 'otherName':
      return textOfValue(name.value) ?? `#${toHex(name.value)}`;
    case 'x400Address':
    case 'ediPartyName':
      return `#${toHex(name.value)}`;
    case 'rfc822Name':
    case 'dNSName':
    case 'uniformResourceIdentifier':
    case 'registeredID':
      return name.value;
  }
}

const words: Readonly<Record<GeneralName['type'], string>> = {
  otherName: 'other name',
  rfc822Name: 'email',
  dNSName: 'DNS',
  x400Address: 'X.400',
  directoryName: 'directory',
  ediPartyName: 'EDI party',
  uniformResourceIdentifier: 'URI',
  iPAddress: 'IP',
  registeredID: 'registered ID',
};

/** `DNS sip1.example.com`, safe for a terminal. */
export function showGeneralName(name: GeneralName): string {
  const kind = name.type === 'otherName' ? `${words.otherName} ${showOID(name.typeID)}` : words[name.type];
  return `${kind} ${escapeInvisible(valueOfName(name))}`;
}

/** The URL alone where the name is one, else as `showGeneralName`. */
export function showLocation(name: GeneralName): string {
  return name.type === 'uniformResourceIdentifier' ? escapeInvisible(name.value) : showGeneralName(name);
}
