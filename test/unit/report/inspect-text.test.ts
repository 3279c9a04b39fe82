/** The text of `inspect`: what an administrator reads, and that no file can write to the terminal. */
import { describe, expect, test } from 'vitest';
import { buildAsn1Tree } from '../../../src/containers/asn1-tree.js';
import { fingerprint, formatThumbprint } from '../../../src/crypto/fingerprint.js';
import { plainPalette, type Palette } from '../../../src/report/palette.js';
import { formatInspection } from '../../../src/report/text/inspect.js';
import { formatList } from '../../../src/report/text/lists.js';
import {
  bitString,
  explicit,
  fromHex,
  implicit,
  integer,
  nullValue,
  oid,
  retag,
  sequence,
  set,
  utf8String,
} from '../../support/der.js';
import { makeCRLDistributionPoints, makeCertificatePolicies, makeExtension } from '../../support/extensions.js';
import { inspectMade, inspectedAt, type MadeObject } from '../../support/inspected.js';
import { exportPKCS8 } from '../../support/keys.js';
import { makeGeneralName, makeName } from '../../support/names.js';
import { issueCertificate, makeCRL, makeCertificate, makeKeyPair, type CertificateOptions } from '../../support/pki.js';

const key = makeKeyPair('p256', 'inspect text');

function format(made: readonly MadeObject[], options: { verbose?: boolean; palette?: Palette } = {}): string {
  const { verbose = false, palette = plainPalette } = options;
  return formatInspection(inspectMade(made), { at: inspectedAt, verbose }, palette);
}

/** The lines of one certificate, blanks run together, by their label. */
function rowsOf(made: readonly MadeObject[], options: { verbose?: boolean } = {}): Record<string, string> {
  const rows: Record<string, string> = {};
  let label = '';
  for (const line of format(made, options).split('\n')) {
    const [, found = '', value = ''] = /^ {2}(\S.*?) {2,}(.*)$/.exec(line) ?? [];
    if (found !== '') rows[(label = found)] = value;
    else if (line.startsWith('   ')) rows[label] = `${rows[label] ?? ''}\n${line.trim()}`;
  }
  return rows;
}

const certificateRows = (options: Partial<CertificateOptions> = {}, verbose = false): Record<string, string> =>
  rowsOf([{ kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key, ...options }) }], { verbose });

describe('a certificate', () => {
  test('is described line by line', () => {
    const issuer = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
    const { certificate: der } = issueCertificate(issuer, {
      subject: 'O=Fly,CN=sip1.example.com',
      key,
      serialNumber: 0x1101,
      notBefore: new Date('2025-02-01'),
      notAfter: new Date('2027-01-31'),
      ca: false,
      keyUsage: ['digitalSignature', 'keyEncipherment'],
      extKeyUsage: ['serverAuth', '1.2.3.4'],
      san: ['sip1.example.com', 'IP:192.0.2.1'],
      authorityInfoAccess: { caIssuers: ['http://a/ca.cer'], ocsp: ['http://ocsp'] },
      crlDistributionPoints: ['URI:http://a/1.crl'],
      certificatePolicies: ['2.23.140.1.2.1', '1.2.3'],
    });
    expect(rowsOf([{ kind: 'certificate', der }])).toEqual({
      subject: 'CN=sip1.example.com,O=Fly',
      issuer: 'CN=Root',
      'serial number': '1101',
      valid: '2025-02-01 00:00:00 UTC to 2027-01-31 00:00:00 UTC\n71 days left',
      key: 'EC prime256v1',
      signature: 'ecdsa-with-SHA256',
      names: 'DNS sip1.example.com, IP 192.0.2.1',
      'key usage': 'digitalSignature, keyEncipherment (critical)',
      purposes: 'serverAuth, 1.2.3.4',
      CA: 'no (critical)',
      'key identifier': Buffer.from(key.keyIdentifier).toString('hex'),
      'issuer key': Buffer.from(issuer.key.keyIdentifier).toString('hex'),
      'issuer access': 'caIssuers http://a/ca.cer, ocsp http://ocsp',
      CRL: 'http://a/1.crl',
      policies: '2.23.140.1.2.1 domainValidated, 1.2.3',
      thumbprint: `${formatThumbprint(fingerprint(der, 'sha1'))} (SHA-1)`,
      'SHA-256': fingerprint(der, 'sha256'),
    });
  });

  test.each([
    ['2027-01-01', '2028-01-01', 'not valid for another 41 days'],
    ['2025-01-01', '2026-11-20', 'expired 24 hours ago'],
    ['2025-01-01', '2026-11-21T05:00:00Z', '5 hours left'],
    ['2025-01-01', '2030-01-01', '1,137 days left'],
  ])('from %s to %s: %s', (notBefore, notAfter, expected) => {
    const { valid } = certificateRows({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) });
    expect(valid?.split('\n')[1]).toBe(expected);
  });

  test('colours what is ending, over or weak', () => {
    const palette: Palette = { ...plainPalette, red: (text) => `<red ${text}>`, yellow: (text) => `<yellow ${text}>` };
    const made = (options: Partial<CertificateOptions>): string =>
      format([{ kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key, ...options }) }], { palette });
    expect(made({ notAfter: new Date('2026-12-01') })).toContain('<yellow 10 days left>');
    expect(made({ notAfter: new Date('2026-01-01') })).toContain('<red expired 324 days ago>');
    expect(made({ notBefore: new Date('2027-01-01') })).toContain('<yellow not valid for another 41 days>');
    expect(made({ signature: 'broken' })).toContain('ecdsa-with-SHA256, <red not by its own key>');
    expect(made({ key: makeKeyPair('rsa1024', 'inspect text') })).toContain('RSA 1024 <yellow (weak)>');
  });

  test.each([
    ['self-signed', { ca: true }, { issuer: 'itself', signature: 'ecdsa-with-SHA256, by its own key' }],
    ['of a CA', { ca: true, pathLen: 0 }, { CA: 'yes, path length 0 (critical)' }],
    ['of a CA without a limit', { ca: true }, { CA: 'yes, path length not limited (critical)' }],
    ['without extensions', { ski: false }, { CA: 'no, without basic constraints' }],
    ['without names', { issuer: 'CN=I' }, { names: 'no subjectAltName' }],
    ['of version 1', { version: 1 }, { version: '1', CA: 'not said: version 1 has no extensions' }],
    ['with a negative serial number', { serialNumber: -2 }, { 'serial number': 'fe (negative)' }],
    ['without a subject', { subject: sequence(), issuer: 'CN=I' }, { subject: '(empty name)' }],
    [
      'of an unknown algorithm',
      { signatureAlgorithm: sequence(oid('1.2.3')) },
      { signature: '1.2.3, cannot be checked: unknown signature algorithm 1.2.3' },
    ],
  ] as [string, Partial<CertificateOptions>, Record<string, string>][])('%s says so', (_, options, expected) => {
    expect(certificateRows(options)).toMatchObject(expected);
  });

  test('shows the rarer extensions too', () => {
    const extensions = [
      makeExtension(
        '2.5.29.30',
        sequence(
          explicit(0, sequence(makeGeneralName('a.com'))),
          explicit(1, sequence(makeGeneralName('IP:10.0.0.0/8'), retag(0x80, integer(1)))),
        ),
        true,
      ),
      makeExtension('2.5.29.35', sequence(explicit(1, makeGeneralName('dirName:CN=Root')), retag(0x82, integer(255)))),
      makeExtension(
        '2.5.29.31',
        sequence(
          sequence(
            explicit(0, explicit(1, sequence(oid('2.5.4.3'), utf8String('part')))),
            retag(0x81, bitString(fromHex('60'), 5)),
            explicit(2, makeGeneralName('dirName:CN=CRL')),
          ),
          sequence(),
        ),
      ),
      makeCRLDistributionPoints(['URI:http://d'], '2.5.29.46'),
      makeExtension('2.5.29.33', sequence(sequence(oid('1.2.3'), oid('2.5.29.32.0')))),
      makeExtension('2.5.29.36', sequence(retag(0x80, integer(0)), retag(0x81, integer(3)))),
      makeExtension('2.5.29.54', integer(2)),
      makeExtension('2.5.29.18', sequence(makeGeneralName('UPN:a@b'))),
      makeExtension('1.3.6.1.5.5.7.1.11', sequence(sequence(oid('1.3.6.1.5.5.7.48.5'), makeGeneralName('a')))),
      makeExtension('2.5.29.9', sequence(sequence(oid('2.5.4.3'), set(nullValue())))),
      makeExtension('1.2.3.4', fromHex('0500')),
      makeExtension('1.3.6.1.5.5.7.1.24', new Uint8Array(20), true),
      makeExtension('2.5.29.15', nullValue()),
    ];
    const rows = certificateRows({ extensions, ski: false, aki: false });
    expect(rows).toMatchObject({
      'name constraints': 'permitted DNS a.com, excluded IP 10.0.0.0/8 (from 1 to any) (critical)',
      'issuer key': 'of a certificate issued by directory CN=Root, serial number 00ff',
      CRL: 'CN=part below the CRL issuer for keyCompromise and cACompromise issued by directory CN=CRL,\nno name',
      'delta CRL': 'http://d',
      'policy mappings': '1.2.3 is 2.5.29.32.0 anyPolicy',
      'policy limits': 'explicit policy after 0 certificates, no mapping after 3 certificates',
      'any policy': 'not after 2 certificates',
      'issuer names': 'other name userPrincipalName a@b',
      'subject access': 'caRepository DNS a',
      attributes: 'CN',
      extension: '1.3.6.1.5.5.7.1.24 tlsFeature, 20 bytes (critical)',
    });
    expect(rows['key usage']).toMatch(/^malformed at byte \d+: keyUsage: KeyUsage: 0x03 expected, 0x05 found$/);
    const { extension } = certificateRows({ extensions: extensions.slice(11, 12) }, true);
    expect(extension).toBe(`1.3.6.1.5.5.7.1.24 tlsFeature, 20 bytes: ${'00'.repeat(20)} (critical)`);
  });

  test('cuts long lists, and shows them whole with --verbose', () => {
    const san = Array.from({ length: 30 }, (_, number) => `host${number}.example.com`);
    const short = certificateRows({ san });
    expect(short.names).toContain('DNS host7.example.com, and 22 more (--verbose shows all)');
    expect(short.names).not.toContain('host8');
    const long = certificateRows({ san }, true);
    expect(long.names?.match(/DNS/g)).toHaveLength(30);
    expect(long).toHaveProperty('key SHA-256');
  });

  test('never passes a control character of a certificate on', () => {
    const evil = 'a\u001b[31m\u009b\u202e\n\0';
    const raw = (text: string): Uint8Array => Buffer.from(text, 'latin1');
    const der = makeCertificate({
      subject: [[{ type: 'CN', value: utf8String(evil) }]],
      issuer: [[{ type: 'O', value: utf8String(evil) }]],
      key,
      san: [
        implicit(2, raw('a\u001b[31m\n')),
        implicit(6, raw('\u0007')),
        makeGeneralName(`dirName:CN=${evil.replace('\n', '')}`),
      ],
      crlDistributionPoints: [implicit(6, raw('http://\u001b'))],
      authorityInfoAccess: { caIssuers: ['http://\u001b]0;x\u0007'] },
      extensions: [
        makeExtension('2.5.29.18', sequence(explicit(0, oid('1.2.3'), explicit(0, utf8String(evil))))),
        makeCertificatePolicies(['1.2.3'], evil),
      ],
    });
    const origin = { file: 'odd\u001b[31m\n.pem', line: 1 };
    for (const verbose of [false, true]) {
      const text = format([{ kind: 'certificate', der, origin }], { verbose });
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(text).toContain('DNS a\\u001b[31m\\u000a');
      expect(text.split('\n').every((line, at) => at === 0 || line === '' || line.startsWith('  '))).toBe(true);
    }
  });
});

describe('headings', () => {
  test('say where an object stands, in what, and the number that selectors use', () => {
    const der = makeCertificate({ subject: 'CN=a', key });
    const other = makeCertificate({ subject: 'CN=b', key });
    const secret = { encoding: 'pkcs8', encrypted: false } as const;
    const text = format([
      { kind: 'certificate', der },
      {
        kind: 'private-key',
        der: exportPKCS8(key),
        key: secret,
        container: 'pkcs12',
        origin: { file: 'a.p12', index: 1 },
      },
      { kind: 'certificate', der: other, container: 'pkcs7', origin: { file: 'a.p7b', index: 2 } },
      { kind: 'crl', der: makeCRL({ issuer: 'CN=CA', issuerKey: key }), container: 'der', origin: { file: '-' } },
    ]);
    expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'made.pem:1: certificate #1',
      'a.p12: private key in PKCS#12',
      'a.p7b, object 2: certificate #2 in PKCS#7',
      'standard input: CRL in DER',
    ]);
  });
});

describe('keys, requests and CRLs', () => {
  test('a private key is named, its certificate too, and nothing is shown of it', () => {
    const made: MadeObject[] = [
      { kind: 'certificate', der: makeCertificate({ subject: 'CN=a', key }) },
      { kind: 'private-key', der: exportPKCS8(key), key: { encoding: 'pkcs8', encrypted: false } },
    ];
    expect(rowsOf(made.slice(1))).toEqual({
      key: 'EC prime256v1',
      'written as': 'PKCS#8, not encrypted',
      'belongs to': 'no certificate in these files',
    });
    expect(rowsOf(made)).toMatchObject({
      'belongs to': 'certificate #1 (CN=a in made.pem:1)',
      'private key': 'made.pem:101',
    });
  });

  test.each<[string, Partial<MadeObject>, object]>([
    [
      'encrypted',
      { key: { encoding: 'encrypted-pkcs8', encrypted: true } },
      { key: 'cannot be told while it is encrypted: give --password-file', 'written as': 'PKCS#8, encrypted' },
    ],
    [
      'opened',
      { der: exportPKCS8(key), key: { encoding: 'pkcs8', encrypted: false, wasEncrypted: true } },
      { 'written as': 'PKCS#8, encrypted, opened with the password' },
    ],
    [
      'damaged',
      { key: { encoding: 'sec1', encrypted: false } },
      { key: 'OpenSSL cannot read it', 'written as': 'SEC1 (EC), not encrypted' },
    ],
  ])('a private key that is %s says so', (_, object, expected) => {
    expect(rowsOf([{ kind: 'private-key', der: sequence(), ...object }])).toMatchObject(expected);
  });

  test('a public key and a request say what they are', () => {
    const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
    const attributes = explicit(0, sequence(oid('1.2.840.113549.1.9.7'), set(utf8String('secret'))));
    const info = sequence(integer(0), makeName('CN=sip1'), key.spki, attributes);
    expect(rowsOf([{ kind: 'public-key', der: key.spki }])).toMatchObject({
      'what it is': 'a public key alone, without a name or dates',
      key: 'EC prime256v1',
    });
    const request = rowsOf([
      { kind: 'certification-request', der: sequence(info, algorithm, bitString(fromHex('00'))) },
    ]);
    expect(request).toMatchObject({
      'what it is': 'a request to a CA, no certificate: ask for the certificate that came of it',
      subject: 'CN=sip1',
      signature: 'ecdsa-with-SHA256, not by its own key',
      attributes: 'challengePassword',
      'answered by': 'no certificate in these files',
    });
    expect(JSON.stringify(request)).not.toContain('secret');
    expect(rowsOf([{ kind: 'certification-request', der: sequence() }])).toMatchObject({
      malformed: 'at byte 2: certificationRequestInfo is missing',
    });
    expect(rowsOf([{ kind: 'public-key', der: sequence() }])).toMatchObject({
      malformed: 'at byte 2: subjectPublicKeyInfo is missing',
    });
  });

  test('a key that OpenSSL cannot read is named by its OID', () => {
    const der = sequence(sequence(oid('2.16.840.1.101.3.4.3.18')), bitString(fromHex('00')));
    expect(rowsOf([{ kind: 'public-key', der }]).key).toBe('ML-DSA-65, which OpenSSL cannot read by itself');
  });

  test('a CRL shows its number, dates, entries and further extensions', () => {
    const der = makeCRL({
      issuer: 'CN=CA',
      issuerKey: key,
      crlNumber: 42,
      nextUpdate: new Date('2026-11-18'),
      entries: [{ serialNumber: 1 }],
      extensions: [makeCRLDistributionPoints(['URI:http://d'], '2.5.29.46')],
    });
    expect(rowsOf([{ kind: 'crl', der }])).toMatchObject({
      issuer: 'CN=CA',
      number: '42',
      'next update': '2026-11-18 00:00:00 UTC, stale for 3 days',
      entries: '1',
      'delta CRL': 'http://d',
    });
    const damaged = makeCRL({ issuer: 'CN=CA', issuerKey: key, entries: [{ serialNumber: new Uint8Array(0) }] });
    expect(rowsOf([{ kind: 'crl', der: damaged }])).toMatchObject({
      entries: 'damaged',
      malformed: expect.stringMatching(/^at byte \d+: /) as string,
    });
  });
});

describe('trees', () => {
  const treesOf = async (der: Uint8Array, verbose = false): Promise<string> => {
    const inspected = inspectMade([{ kind: 'public-key', der }]);
    const tree = await buildAsn1Tree(der);
    const trees = new Map(inspected.map((object) => [object, tree]));
    return formatInspection(inspected, { at: inspectedAt, verbose }, plainPalette, trees);
  };

  test('stand in the place of the description, with offsets, names and safe text', async () => {
    const der = sequence(oid('2.5.4.3'), utf8String('a\u001b'), implicit(2, Buffer.from('a.com')), integer(7));
    expect((await treesOf(der)).split('\n').slice(0, -1)).toEqual([
      'made.pem:1: public key',
      '      0 2+19     SEQUENCE',
      '      2 2+3        OBJECT IDENTIFIER 2.5.4.3 CN',
      '      7 2+2        UTF8String "a\\u001b"',
      '     11 2+5        [2] "a.com"',
      '     18 2+1        INTEGER 7',
    ]);
  });

  test('cut long values, and show them whole with --verbose', async () => {
    const der = sequence(bitString(fromHex('ff'.repeat(40))));
    expect(await treesOf(der)).toContain(`BIT STRING ${'ff'.repeat(32)}… (40 bytes)`);
    expect(await treesOf(der, true)).toContain(`BIT STRING ${'ff'.repeat(40)}\n`);
  });

  test('say why there is none', async () => {
    expect(await treesOf(fromHex('3005'))).toMatch(/^ {2}no tree: .+$/m);
  });
});

describe('formatList', () => {
  test('wraps between items and leaves long ones whole', () => {
    const items = ['a'.repeat(50), 'b'.repeat(50), 'c'.repeat(120), 'd'];
    expect(formatList(items, true).split('\n')).toEqual([
      `${'a'.repeat(50)},`,
      `${'b'.repeat(50)},`,
      `${'c'.repeat(120)},`,
      'd',
    ]);
  });

  test('shows nine of nine, and eight of ten with a count', () => {
    const items = Array.from({ length: 10 }, (_, number) => `${number}`);
    expect(formatList(items.slice(0, 9), false)).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8');
    expect(formatList(items, false)).toBe('0, 1, 2, 3, 4, 5, 6, 7, and 2 more (--verbose shows all)');
  });
});
