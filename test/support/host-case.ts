/** Certificates with given names, for tests that hold a matcher against the real tool. */
import { tlv, fromHex, utf8String } from './der.js';
import { makeAddress } from './names.js';
import { makeCertificate, makeKeyPair } from './pki.js';

export interface AltNameInput {
  /** dns, ip, email, uri, or in hexadecimal: rawip with any octets, tag0 with the content of an otherName. */
  readonly type: string;
  /** Text, written as UTF-8. */
  readonly value: string;
}

export interface NamesInput {
  /** None: no subjectAltName extension. */
  readonly sans: readonly AltNameInput[];
  /** Text written as UTF8String, or the DER of a string. */
  readonly commonNames: readonly (string | Uint8Array)[];
}

const key = makeKeyPair('p256');
const tags: Readonly<Record<string, number>> = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87, rawip: 0x87, tag0: 0xa0 };

function encodeAltName({ type, value }: AltNameInput): Uint8Array {
  const tag = tags[type];
  if (tag === undefined) throw new Error(`no such kind of name: ${type}`);
  const octets =
    type === 'ip'
      ? makeAddress(value)
      : type === 'tag0' || type === 'rawip'
        ? fromHex(value)
        : Buffer.from(value, 'utf8');
  return tlv(tag, octets);
}

/** DER of a certificate with these names; its subject has an organisation too, so that Java reads it. */
export function makeNamedCertificate({ sans, commonNames }: NamesInput): Uint8Array {
  const names = commonNames.map((name) => [{ type: 'CN', value: typeof name === 'string' ? utf8String(name) : name }]);
  return makeCertificate({
    subject: [[{ type: 'O', value: 'Fly Example Ltd' }], ...names],
    key,
    ...(sans.length > 0 && { san: sans.map(encodeAltName) }),
  });
}
