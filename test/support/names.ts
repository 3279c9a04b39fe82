/** Distinguished names and general names for made certificates. */
import { isIPv6 } from 'node:net';
import { concat, explicit, ia5String, implicit, oid, printableString, sequence, set, tlv, utf8String } from './der.js';

/** `type` is a short name or an OID; `value` a text (in the usual string type) or a whole DER element. */
export interface Attribute {
  readonly type: string;
  readonly value: string | Uint8Array;
}

/**
 * A name: `CN=Root 1,O=Fly Example Ltd` (in the order of the encoding, `+` joins the attributes of one RDN, `\` escapes),
 * a list of RDNs, or the DER of a whole Name.
 */
export type NameInput = string | readonly (readonly Attribute[])[] | Uint8Array;

const attributeTypes: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
};

function makeAttribute({ type, value }: Attribute): Uint8Array {
  const encode =
    type === 'C' || type === 'serialNumber'
      ? printableString
      : type === 'DC' || type === 'emailAddress'
        ? ia5String
        : utf8String;
  return sequence(oid(attributeTypes[type] ?? type), typeof value === 'string' ? encode(value) : value);
}

/** Splits at `separator`, leaving escaped ones alone. */
const splitUnescaped = (text: string, separator: ',' | '+'): string[] =>
  text.match(new RegExp(`(?:\\\\.|[^\\\\${separator}])+`, 'gs')) ?? [];

function parseName(text: string): Attribute[][] {
  return splitUnescaped(text, ',').map((rdn) =>
    splitUnescaped(rdn, '+').map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) throw new Error(`no "=" in "${pair}"`);
      return {
        type: pair.slice(0, equals).trim(),
        value: pair
          .slice(equals + 1)
          .trim()
          .replace(/\\(.)/gs, '$1'),
      };
    }),
  );
}

/** DER of a Name. */
export function makeName(name: NameInput): Uint8Array {
  if (name instanceof Uint8Array) return name;
  const rdns = typeof name === 'string' ? parseName(name) : name;
  return sequence(...rdns.map((rdn) => set(...rdn.map(makeAttribute).sort((a, b) => Buffer.compare(a, b)))));
}

/** Address bytes; with `/prefix` or `/mask` the mask bytes follow, as name constraints have them. */
export function makeAddress(text: string): Uint8Array {
  const [address = '', mask] = text.split('/');
  const bytes = isIPv6(address) ? ipv6Bytes(address) : Uint8Array.from(address.split('.').map(Number));
  if (mask === undefined) return bytes;
  if (!/^\d+$/.test(mask)) return concat(bytes, makeAddress(mask));
  const maskBytes = bytes.map((_, at) => 0xff & (0xff00 >> Math.min(8, Math.max(0, Number(mask) - at * 8))));
  return concat(bytes, maskBytes);
}

function ipv6Bytes(address: string): Uint8Array {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const after = groups(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - after.length;
  const all = [...groups(head), ...Array<string>(zeros).fill('0'), ...after];
  return Uint8Array.from(all.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff]));
}

/**
 * A GeneralName: `DNS:…`, `IP:…` (with `/prefix` or `/mask` for name constraints), `email:…`, `URI:…`, `dirName:…`,
 * `RID:…`, `UPN:…` (an otherName); text without such a prefix is a dNSName; bytes are a whole DER element.
 */
export type GeneralNameInput = string | Uint8Array;

export function makeGeneralName(name: GeneralNameInput): Uint8Array {
  if (name instanceof Uint8Array) return name;
  const [, kind = 'DNS', value = ''] = /^(?:(DNS|IP|email|URI|dirName|RID|UPN):)?(.*)$/s.exec(name) ?? [];
  const text = Buffer.from(value, 'latin1');
  switch (kind) {
    case 'IP':
      return implicit(7, makeAddress(value));
    case 'email':
      return implicit(1, text);
    case 'URI':
      return implicit(6, text);
    case 'dirName':
      return explicit(4, makeName(value));
    case 'RID':
      return tlv(0x88, oid(value).subarray(2));
    case 'UPN':
      return explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, utf8String(value)));
    default:
      return implicit(2, text);
  }
}

/** DER of GeneralNames. */
export const makeGeneralNames = (names: readonly GeneralNameInput[]): Uint8Array =>
  sequence(...names.map(makeGeneralName));
