/** The tree that asn1js gives: offsets, types, values, what is encapsulated, and what is refused. */
import { describe, expect, test } from 'vitest';
import { buildAsn1Tree, type Asn1Element } from '../../../src/containers/asn1-tree.js';
import {
  bitString,
  bmpString,
  boolean,
  concat,
  enumerated,
  explicit,
  fromHex,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  tlv,
  utcTime,
  utf8String,
} from '../../support/der.js';
import { makeCRL, makeLargeCRL, makeCertificate, makeKeyPair } from '../../support/pki.js';

const key = makeKeyPair('p256', 'asn1');

async function rootOf(der: Uint8Array): Promise<Asn1Element> {
  const tree = await buildAsn1Tree(der);
  if (!('root' in tree)) throw new Error(tree.refused);
  return tree.root;
}

/** The only child of a SEQUENCE around the element. */
const describeOne = async (element: Uint8Array): Promise<Asn1Element | undefined> =>
  (await rootOf(sequence(element))).children?.[0];

function* walk(element: Asn1Element): Generator<Asn1Element> {
  yield element;
  for (const child of element.children ?? []) yield* walk(child);
}

describe('buildAsn1Tree', () => {
  test.each<[string, Uint8Array, object]>([
    ['NULL', nullValue(), { type: 'NULL', length: 0 }],
    ['a BOOLEAN', boolean(true), { type: 'BOOLEAN', value: 'TRUE' }],
    ['a small INTEGER', integer(-5), { type: 'INTEGER', value: '-5' }],
    ['a large INTEGER', integer(2n ** 159n), { type: 'INTEGER', hex: `0080${'00'.repeat(19)}` }],
    ['an ENUMERATED', enumerated(3), { type: 'ENUMERATED', value: '3' }],
    ['an OID', oid('2.5.4.3'), { type: 'OBJECT IDENTIFIER', oid: '2.5.4.3' }],
    ['a UTF8String', utf8String('Größe'), { type: 'UTF8String', text: 'Größe' }],
    ['a BMPString', bmpString('Größe'), { type: 'BMPString', text: 'Größe' }],
    [
      'a UTCTime',
      utcTime(new Date('2025-01-02T03:04:05Z')),
      { type: 'UTCTime', text: '250102030405Z', value: '2025-01-02T03:04:05.000Z' },
    ],
    [
      'a GeneralizedTime',
      generalizedTime(new Date('2055-01-02T03:04:05Z')),
      { type: 'GeneralizedTime', value: '2055-01-02T03:04:05.000Z' },
    ],
    [
      'a time that no calendar has',
      tlv(0x17, Buffer.from('250230000000Z')),
      { type: 'UTCTime', hex: '3235303233303030303030305a' },
    ],
    ['an OCTET STRING', octetString(fromHex('deadbeef')), { type: 'OCTET STRING', hex: 'deadbeef' }],
    ['an implicit string', implicit(2, Buffer.from('a.example.com')), { type: '[2]', text: 'a.example.com' }],
    ['implicit bytes', implicit(7, fromHex('c0000201')), { type: '[7]', hex: 'c0000201' }],
    ['an application tag', tlv(0x43, fromHex('01')), { type: '[APPLICATION 3]', hex: '01' }],
    ['a private tag', tlv(0xc3, fromHex('01')), { type: '[PRIVATE 3]', hex: '01' }],
    ['a tag number of more than 30', fromHex('9f2a0101'), { type: '[42]', headerLength: 3, hex: '01' }],
    ['an empty SET', set(), { type: 'SET', children: [] }],
    ['an explicit tag', explicit(0, integer(2)), { type: '[0]', children: [{ type: 'INTEGER', value: '2' }] }],
  ])('describes %s', async (_, element, expected) => {
    const described = await describeOne(element);
    expect(described).toMatchObject({ offset: 2, ...expected });
    expect((described?.headerLength ?? 0) + (described?.length ?? 0)).toBe(element.length);
  });

  test('looks into OCTET STRINGs and BIT STRINGs that hold DER', async () => {
    expect(await describeOne(octetString(sequence(integer(1))))).toMatchObject({
      type: 'OCTET STRING',
      encapsulates: true,
      children: [{ offset: 4, type: 'SEQUENCE', children: [{ offset: 6, value: '1' }] }],
    });
    expect(await describeOne(bitString(sequence(integer(1))))).toMatchObject({
      type: 'BIT STRING',
      encapsulates: true,
      children: [{ offset: 5, type: 'SEQUENCE', children: [{ offset: 7, value: '1' }] }],
    });
    expect(await describeOne(octetString(concat(integer(1), fromHex('ff'))))).not.toHaveProperty('encapsulates');
  });

  test('keeps control characters as they are: whoever prints them must escape them', async () => {
    expect(await describeOne(utf8String('\u001b[31m'))).toMatchObject({ text: '\u001b[31m' });
    expect(await describeOne(implicit(2, Buffer.from('\u001b[31m')))).not.toHaveProperty('text');
  });

  test('says of every element of a certificate and a CRL where it stands', async () => {
    for (const der of [
      makeCertificate({ subject: 'C=DE,CN=a', key, ca: true, san: ['a.example.com', 'IP:192.0.2.1'] }),
      makeCRL({ issuer: 'CN=a', issuerKey: key, entries: [{ serialNumber: 1, reason: 'keyCompromise' }] }),
    ]) {
      const elements = [...walk(await rootOf(der))];
      expect(elements.length).toBeGreaterThan(30);
      for (const { offset, headerLength, length, type } of elements) {
        expect(offset + headerLength + length).toBeLessThanOrEqual(der.length);
        if (type === 'OBJECT IDENTIFIER') expect(der[offset]).toBe(0x06);
        if (type === 'SEQUENCE') expect(der[offset]).toBe(0x30);
      }
      expect(elements[0]).toMatchObject({ offset: 0, type: 'SEQUENCE' });
      expect((elements[0]?.headerLength ?? 0) + (elements[0]?.length ?? 0)).toBe(der.length);
    }
  });

  test('reads a view of a larger buffer', async () => {
    const der = sequence(utf8String('a'));
    const view = concat(nullValue(), der, nullValue()).subarray(2, 2 + der.length);
    expect(await rootOf(view)).toEqual(await rootOf(der));
  });

  test('refuses what has more elements than asn1js reads, and says so', async () => {
    const large = makeLargeCRL({ subject: 'CN=a', key }, 5_000);
    expect(await buildAsn1Tree(large)).toEqual({ refused: 'Maximum ASN.1 node count exceeded' });
    expect(await buildAsn1Tree(makeLargeCRL({ subject: 'CN=a', key }, 500))).toHaveProperty('root');
  });

  test.each([
    ['cut off bytes', fromHex('300502')],
    ['nothing', fromHex('')],
    ['nesting without end', concat(...Array<Uint8Array>(300).fill(fromHex('3080')))],
  ])('refuses %s', async (_, der) => {
    const tree = await buildAsn1Tree(der);
    expect('refused' in tree && tree.refused).toBeTruthy();
  });
});
