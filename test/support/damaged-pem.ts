/** One PEM block in every form of damage that certwright names, in the shapes that people's files show. */
import type { PemForm } from '../../src/pem/consumers.js';
import { encodePem } from '../../src/pem/encode.js';
import { concat, oid, sequence } from './der.js';
import { issueCertificate, makeCRL } from './pki.js';
import type { Holder } from './pki.js';

/** Three blocks of one kind, each as good PEM; the middle one gets the damage. */
export interface Material {
  readonly certificates: readonly [string, string, string];
  readonly crls: readonly [string, string, string];
  /** The middle certificate with auxiliary trust settings. */
  readonly trusted: string;
}

export const probeNames = ['A', 'B', 'C'] as const;

/** A self-signed certificate `CN=Probe NAME` whose base64 text ends in `==`, so that padding can be lost. */
function makeProbe(name: string): Holder {
  for (;;) {
    const holder = issueCertificate(undefined, { subject: `CN=Probe ${name}`, ca: true, keyUsage: [] });
    // The length of an ECDSA signature varies by a byte or two.
    if (holder.certificate.length % 3 === 1) return holder;
  }
}

/** The probes A, B and C as good PEM. */
export function makeMaterial(): { holders: readonly Holder[]; material: Material } {
  const holders = probeNames.map(makeProbe);
  const certificates = holders.map((holder) => encodePem('CERTIFICATE', holder.certificate));
  const crls = holders.map(({ subject, key }) => encodePem('X509 CRL', makeCRL({ issuer: subject, issuerKey: key })));
  // CertAux ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, … }, trusted for anything.
  const auxiliary = sequence(sequence(oid('2.5.29.37.0')));
  const trusted = encodePem('TRUSTED CERTIFICATE', concat(holders[1]?.certificate ?? new Uint8Array(), auxiliary));
  const three = ([a = '', b = '', c = '']: readonly string[]): [string, string, string] => [a, b, c];
  return { holders, material: { certificates: three(certificates), crls: three(crls), trusted } };
}

/** A file with the damaged block between two good ones, and the same block alone. Bytes as Latin-1. */
export interface Shape {
  readonly kind: 'certificate' | 'crl';
  readonly among: string;
  readonly alone: string;
}

/** UTF-8 bytes of a text, one character a byte. */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** The bytes of a file that is written here as Latin-1. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

const begin = '-----BEGIN CERTIFICATE-----\n';
const end = '-----END CERTIFICATE-----\n';
const bodyOf = (block: string): string => block.split('\n').slice(1, -2).join('\n') + '\n';
const flat = (block: string): string => bodyOf(block).replaceAll('\n', '');
const insert = (text: string, what: string): string => text.slice(0, 70) + what + text.slice(70);
const wrap = (block: string, columns: number): string =>
  flat(block).replace(new RegExp(`.{${String(columns)}}`, 'g'), '$&\n') + '\n';

/** A damage to one block. */
const block =
  (...damages: readonly ((good: string) => string)[]) =>
  ({ certificates: [a, b, c] }: Material): Shape[] =>
    damages.map((damage) => ({ kind: 'certificate', among: a + damage(b) + c, alone: damage(b) }));

/** A damage to the text of a whole file. */
const whole =
  (...damages: readonly ((text: string) => string)[]) =>
  ({ certificates: [a, b, c] }: Material): Shape[] =>
    damages.map((damage) => ({ kind: 'certificate', among: damage(a + b + c), alone: damage(b) }));

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

export const damagedForms: Readonly<Record<PemForm, (material: Material) => Shape[]>> = {
  'byte-order-mark': (material) => [
    ...whole((text) => utf8('\ufeff') + text)(material),
    ...block((b) => utf8('\ufeff') + b)(material),
  ],
  'utf-16': whole(
    (text) => '\xff\xfe' + utf16(text).toString('latin1'),
    (text) => '\xfe\xff' + utf16(text).swap16().toString('latin1'),
    (text) => utf16(text).toString('latin1'),
  ),
  crlf: whole(
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => text.replaceAll('\n', '\r\r\n'),
  ),
  'mixed-line-ends': block((b) => b.replace('\n', '\r\n')),
  'cr-only': whole((text) => text.replaceAll('\n', '\r')),
  'text-outside-blocks': block(
    (b) => `Bag Attributes\n    friendlyName: server\nsubject=CN = server\n\n# a comment\n${b}`,
    (b) => `${b}the end of it\n`,
  ),
  'indented-armour': block(
    (b) => b.trimEnd().replace(/^/gm, '    ') + '\n',
    (b) => b.trimEnd().replace(/^/gm, '\t') + '\n',
    (b) => ` ${b}`,
    (b) => begin + bodyOf(b) + `  ${end}`,
  ),
  'indented-body': block((b) => begin + bodyOf(b).replace(/^(?=.)/gm, '  ') + end),
  'quoted-lines': block(
    (b) => b.trimEnd().replace(/^/gm, '> ') + '\n',
    (b) => b.trimEnd().replace(/^/gm, '>') + '\n',
    (b) => b.trimEnd().replace(/^/gm, '> > ') + '\n',
  ),
  'text-before-armour': block((b) => `ca: ${b}`),
  'text-after-armour': block(
    (b) => b.replace('\n', ' # server\n'),
    (b) => b.trimEnd() + ' # server\n',
  ),
  'joined-blocks': ({ certificates: [a, b, c] }) => [
    { kind: 'certificate', among: a.trimEnd() + b.trimEnd() + c, alone: b.trimEnd() + b },
  ],
  'missing-line-breaks': block(
    (b) => b.replaceAll('\n', '') + '\n',
    (b) => begin.trimEnd() + ' ' + bodyOf(b).replaceAll('\n', ' ') + end,
    (b) => begin.trimEnd() + bodyOf(b) + end,
    (b) => begin + bodyOf(b).trimEnd() + end,
  ),
  'blanks-in-lines': block((b) => begin + insert(bodyOf(b), ' ') + end),
  'escaped-line-breaks': block((b) => b.trimEnd().replaceAll('\n', '\\n') + '\n'),
  'trailing-whitespace': block((b) => b.replaceAll('\n', ' \n')),
  'blank-line-after-begin': block((b) => b.replace('\n', '\n\n')),
  'blank-lines': block(
    (b) => b.replaceAll('\n', '\n\n'),
    (b) => begin + bodyOf(b).replace('\n', '\n\n') + end,
    (b) => begin + bodyOf(b) + '\n' + end,
  ),
  'line-length': block(
    ...[76, 128, 250, 256, 10_000, 63].map((columns) => (b: string) => begin + wrap(b, columns) + end),
  ),
  'dash-count': block(
    (b) => b.replaceAll('-----', '----'),
    (b) => b.replace('-----BEGIN', '----BEGIN'),
    (b) => b.replace('CERTIFICATE-----\n', 'CERTIFICATE----\n'),
    (b) => b.replace('-----END', '----END'),
    (b) => begin + bodyOf(b) + '-----END CERTIFICATE----\n',
    (b) => begin + bodyOf(b) + '-----END CERTIFICATE\n',
    (b) => b.replaceAll('-----', '------'),
  ),
  'smart-dashes': block(
    (b) => b.replaceAll('-----', utf8('–––––')),
    (b) => b.replaceAll('-----', utf8('—————')),
    (b) => b.replaceAll('-----', '\x97\x97\x97\x97\x97'),
  ),
  'armour-spacing': block(
    (b) => b.replace(/-----([A-Z ]+)-----/g, '----- $1 -----'),
    (b) => b.replaceAll('N CERT', 'N  CERT'),
  ),
  'label-case': block(
    (b) => b.replaceAll('CERTIFICATE', 'Certificate'),
    (b) => b.replace(/-----([A-Z ]+)-----/g, (armour) => armour.toLowerCase()),
  ),
  'label-mismatch': block((b) => b.replace('END CERTIFICATE', 'END X509 CERTIFICATE')),
  'truncated-block': block(
    (b) => begin + bodyOf(b),
    (b) => begin + bodyOf(b).slice(0, 300) + '\n',
  ),
  'missing-begin': block((b) => bodyOf(b) + end),
  'bare-base64': block(bodyOf),
  'empty-block': block(() => begin + end),
  'bad-character': block(
    (b) => begin + insert(bodyOf(b), '*') + end,
    (b) => begin + bodyOf(b).slice(0, 70) + '*' + bodyOf(b).slice(71) + end,
    (b) => begin + insert(bodyOf(b), utf8('\u00a0')) + end,
    (b) => begin + insert(bodyOf(b), utf8('\u200b')) + end,
    (b) => begin + insert(bodyOf(b), '\0') + end,
  ),
  'bad-padding': block(
    (b) => begin + bodyOf(b).trimEnd() + '=\n' + end,
    (b) => begin + bodyOf(b).trimEnd() + '====\n' + end,
    (b) => begin + insert(bodyOf(b), '=') + end,
    (b) => b.replace('==', ''),
    (b) => b.replace('==', '='),
  ),
  'unexpected-headers': block((b) => begin + 'Comment: server\n\n' + bodyOf(b) + end),
  'x509-certificate-label': block((b) => b.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')),
  'crl-label': ({ crls: [a, b, c] }) => {
    const damaged = b.replaceAll('X509 CRL', 'CRL');
    return [{ kind: 'crl', among: a + damaged + c, alone: damaged }];
  },
  'trusted-certificate': ({ certificates: [a, , c], trusted }) => [
    { kind: 'certificate', among: a + trusted + c, alone: trusted },
  ],
  'trailing-bytes': block((b) => {
    const longer = Buffer.concat([Buffer.from(flat(b), 'base64'), Buffer.from([0, 0])]).toString('base64');
    return begin + wrap(`\n${longer}\n\n`, 64) + end;
  }),
};
