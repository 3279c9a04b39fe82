/** A CRL that is streamed says what it says when it is read whole: over every fixture, and wherever the blocks end. */
import { appendFileSync, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { judgeByCRLs } from '../../../src/files/judge-by-crls.js';
import { readInputs } from '../../../src/files/read-inputs.js';
import { encodePem } from '../../../src/pem/encode.js';
import { CRLEvidence } from '../../../src/revocation/crl-evidence.js';
import { parseCertificate, type Certificate } from '../../../src/x509/certificate.js';
import { isWhole } from '../../../src/x509/crl.js';
import { conformance, listConformanceFiles, readConformanceFile } from '../../support/conformance.js';
import { readStreamed, readWhole } from '../../support/crl-readings.js';
import { bytesOf, damagedForms, type Material } from '../../support/damaged-pem.js';
import { makeExtension } from '../../support/extensions.js';
import { concat, enumerated, tlv } from '../../support/der.js';
import { makeKeyPair } from '../../support/keys.js';
import { issueCertificate, makeCRL, type CRLOptions, type RevokedEntry } from '../../support/pki.js';
import { ca, issue, issuer, listed, renewed } from '../../support/revocation.js';
import { asCertificate } from '../../support/parsed.js';
import { listSamples, samplePath } from '../../support/samples.js';
import { makeScratch } from '../../support/scratch.js';

const others = (count: number): RevokedEntry[] =>
  Array.from({ length: count }, (_, position) => ({ serialNumber: 1000 + position, reason: 'superseded' as const }));
const entries = [...others(30), listed, ...others(30)];
const makeOne = (options: Partial<CRLOptions> = {}): Uint8Array =>
  makeCRL({ issuer: ca.subject, issuerKey: ca.key, entries, ...options });
/** The thirteenth month. */
const noDate = tlv(0x17, Buffer.from('251301000000Z'));
const rsa = issueCertificate(undefined, { subject: 'CN=RSA CA', ca: true, key: makeKeyPair('rsa2048') });
const edwards = issueCertificate(undefined, { subject: 'CN=Edwards CA', ca: true, key: makeKeyPair('ed25519') });
const certificates: readonly Certificate[] = [
  issuer,
  ...[rsa, edwards, renewed].map(({ certificate }) => asCertificate(certificate)),
  issue(),
  issue({ serialNumber: 5 }),
];

/** Reads files both ways; @returns how many CRLs were streamed. */
async function compare(files: readonly string[], about = certificates, options = {}): Promise<number> {
  const { streamed, ...reading } = await readStreamed(files, about, options);
  expect(reading).toEqual(await readWhole(files, about));
  return streamed;
}

/** The same for a good file, which is streamed where all of its CRLs have entries. */
async function compareGood(file: string, about = certificates): Promise<number> {
  const streamed = await compare([file], about);
  const { crls } = await readWhole([file], about);
  expect(streamed).toBe(crls.every(({ entries: place }) => place) ? crls.length : 0);
  return streamed;
}

describe('a streamed CRL says what the whole one says', () => {
  const forms: readonly (readonly [string, () => Uint8Array])[] = [
    ['with entries', () => makeOne()],
    [
      'that lists a certificate twice',
      () => makeOne({ entries: [...entries, { ...listed, reason: 'removeFromCRL' }] }),
    ],
    ['of another key', () => makeOne({ issuerKey: renewed.key })],
    ['of an issuer that is not here', () => makeOne({ issuer: 'CN=Nobody' })],
    ['that is a delta', () => makeOne({ deltaCRLIndicator: 3, crlNumber: 7 })],
    ['with a critical extension', () => makeOne({ extensions: [makeExtension('1.2.3.4', enumerated(1), true)] })],
    [
      'with a critical entry extension',
      () =>
        makeOne({
          entries: [...entries, { serialNumber: 2, extensions: [makeExtension('1.2.3.4', enumerated(1), true)] }],
        }),
    ],
    [
      'with entries about another issuer',
      () =>
        makeOne({
          issuingDistributionPoint: { indirectCRL: true },
          entries: [
            ...others(20),
            { serialNumber: 3, certificateIssuer: ['dirName:CN=Other CA'] },
            ...others(20),
            listed,
          ],
        }),
    ],
    ['without entries', () => makeOne({ entries: [] })],
    ['without nextUpdate', () => makeOne({ nextUpdate: null })],
    ['signed with RSA', () => makeOne({ issuer: rsa.subject, issuerKey: rsa.key })],
    ['signed with RSA-PSS', () => makeOne({ issuer: rsa.subject, issuerKey: rsa.key, pss: true })],
    ['signed with Ed25519', () => makeOne({ issuer: edwards.subject, issuerKey: edwards.key })],
    [
      'of which an entry that is asked about has no date',
      () => makeOne({ entries: [...entries, { ...listed, revocationDate: noDate }] }),
    ],
  ];

  test.each(forms)('a CRL %s, as PEM and as DER', async (_, make) => {
    const scratch = makeScratch();
    const der = make();
    const files = [scratch.write('a.pem', encodePem('X509 CRL', der)), scratch.write('b.der', der)];
    for (const file of files) await compare([file]);
    await compare(files);
  });

  test('several large and small ones among certificates and text, with LF and with CR LF', async () => {
    const scratch = makeScratch();
    const parts = [
      'subject=CN = server\n',
      encodePem('X509 CRL', makeOne()),
      encodePem('CERTIFICATE', ca.certificate),
      encodePem('CRL', makeOne({ crlNumber: 2 })),
      '\n# the next one is small\n',
      encodePem('X509 CRL', makeOne({ entries: [listed], crlNumber: 3 })),
      encodePem('X509 CRL', makeOne({ crlNumber: 4 })).trimEnd(),
    ];
    const text = parts.join('');
    const files = [scratch.write('lf.pem', text), scratch.write('crlf.pem', text.replaceAll('\n', '\r\n'))];
    for (const file of files) {
      expect(await compare([file], certificates, { largeFrom: 1000 })).toBe(3);
      expect(await compare([file], certificates, { largeFrom: 1000, blockSize: 7 })).toBe(3);
    }
  });

  test.each(listSamples('.').filter((name) => name.includes('crl')))('samples/%s', async (name) => {
    const { certificates: about } = await readInputs([samplePath('etc'), samplePath('pile')]);
    await compareGood(samplePath(name), about);
  });

  test.skipIf(!conformance.available)(`the CRLs of NIST PKITS${conformance.reason}`, async () => {
    const files = listConformanceFiles('pkits/crls');
    const scratch = makeScratch();
    let streamed = 0;
    for (const name of files) {
      const der = readConformanceFile(`pkits/crls/${name}`);
      const about = [
        ...listConformanceFiles('pkits/certs')
          .filter((each) => each.startsWith(name.slice(0, 12)))
          .map((each) => parseCertificate(readConformanceFile(`pkits/certs/${each}`))),
        issuer,
      ];
      const pem = scratch.write('crl.pem', encodePem('X509 CRL', der));
      for (const file of [pem, scratch.write('crl.der', der)]) streamed += await compareGood(file, about);
    }
    // Twice 24 of them have entries.
    expect(streamed).toBe(48);
  });
});

describe('a damaged file says what it says when it is read whole', () => {
  const numbers = ['1', '2', '3'] as const;
  const [a, b, c] = numbers.map((number) => {
    for (let count = 10; ; count++) {
      const der = makeOne({ crlNumber: Number(number), entries: others(count) });
      // Padding can be lost only where there is some.
      if (der.length % 3 === 1) return encodePem('CERTIFICATE', der);
    }
  }) as [string, string, string];
  const material: Material = { certificates: [a, b, c], crls: [a, b, c], trusted: b };

  test.each(Object.entries(damagedForms))('%s', async (_, damage) => {
    const scratch = makeScratch();
    for (const { among, alone } of damage(material)) {
      for (const text of [among, alone]) {
        const bytes = bytesOf(text.replaceAll('CERTIFICATE', 'X509 CRL'));
        await compare([scratch.write('damaged.pem', bytes)], certificates, { blockSize: 300 });
      }
    }
  });

  const der = makeOne();
  const pem = encodePem('X509 CRL', der);
  const lengthAt = (bytes: Uint8Array, offset: number, value: number): Uint8Array =>
    Uint8Array.from([...bytes.subarray(0, offset), value, ...bytes.subarray(offset + 1)]);
  // 30 82 LL LL 30 82 LL LL: the list and tbsCertList.
  const damages: readonly (readonly [string, Uint8Array])[] = [
    ['cut off in the entries', der.subarray(0, 900)],
    ['cut off in the signature', der.subarray(0, der.length - 5)],
    ['with bytes behind it', concat(der, Uint8Array.of(5, 0))],
    ['twice in one file', concat(der, der)],
    ['whose length claims more than there is', lengthAt(der, 2, (der[2] ?? 0) + 1)],
    ['whose length claims less than there is', lengthAt(der, 3, (der[3] ?? 0) - 1)],
    ['whose tbsCertList claims to go beyond the CRL', lengthAt(der, 6, 0xff)],
    ['whose tbsCertList ends among the entries', lengthAt(der, 6, 1)],
  ];

  test.each(damages)('DER %s, and the same in PEM', async (_, damaged) => {
    const scratch = makeScratch();
    const files = [scratch.write('a.der', damaged), scratch.write('a.pem', encodePem('X509 CRL', damaged))];
    for (const file of files) {
      await compare([file]);
      const { findings } = await readStreamed([file], certificates);
      expect(findings.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ['an entry that claims more than all entries have', 0x7f],
    ['an entry that claims less than it has', 0x05],
    ['an entry with a length in too many octets', 0x88],
  ])('%s is malformed, and the status unknown', async (_, length) => {
    const scratch = makeScratch();
    // The last entry: 30 LL 02 02 04 …
    const at = Buffer.from(der).lastIndexOf(Uint8Array.of(0x02, 0x02, 0x04)) - 1;
    for (const bytes of [lengthAt(der, at, length)]) {
      const file = scratch.write('a.pem', encodePem('X509 CRL', bytes));
      expect(await compare([file], [issuer, issue({ serialNumber: 5 })])).toBe(1);
      const { verdict } = await readStreamed([file], certificates);
      expect(JSON.stringify(verdict)).not.toContain('"status":"good"');
    }
  });

  test('a PEM file that ends in the middle of a CRL', async () => {
    const scratch = makeScratch();
    for (const length of [100, 700, 710, pem.length - 30, pem.length - 3]) {
      await compare([scratch.write('cut.pem', pem.slice(0, length))]);
    }
  });
});

describe('questions that the certificates do not suggest', () => {
  const evidenceOf = (about: readonly Certificate[]): CRLEvidence => new CRLEvidence(about);

  test('a key and a serial number nobody thought of are answered by another pass', async () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', encodePem('X509 CRL', makeOne()));
    let calls = 0;
    const { judgement } = await judgeByCRLs([file], { certificates: [], largeFrom: 1 }, ({ crls: [crl] }) => {
      calls++;
      if (!crl) throw new Error('no CRL was read');
      const evidence = evidenceOf([]);
      const { outcome } = evidence.checkSignature(crl, issuer.tbsCertificate.subjectPublicKeyInfo);
      const scan = evidence.scan(crl, issue());
      return [isWhole(crl), outcome, 'found' in scan && scan.found.size];
    });
    expect(judgement).toEqual([false, 'valid', 1]);
    expect(calls).toBe(3);
  });

  test('after a few passes the file is read whole', async () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', encodePem('X509 CRL', makeOne()));
    const keys = Array.from({ length: 6 }, () => issueCertificate(undefined, { subject: 'CN=Any', ca: true }));
    let calls = 0;
    const { judgement } = await judgeByCRLs([file], { certificates: [], largeFrom: 1 }, ({ crls: [crl] }) => {
      calls++;
      if (!crl) throw new Error('no CRL was read');
      for (const { certificate } of keys) {
        evidenceOf([]).checkSignature(crl, asCertificate(certificate).tbsCertificate.subjectPublicKeyInfo);
      }
      return isWhole(crl);
    });
    expect([judgement, calls]).toEqual([true, 5]);
  });

  test('a file that is replaced between two passes is told, and gives no CRL', async () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', encodePem('X509 CRL', makeOne()));
    const { inputs } = await judgeByCRLs([file], { certificates: [], largeFrom: 1 }, ({ crls: [crl] }) => {
      if (!crl) return;
      renameSync(scratch.write('b.pem', encodePem('X509 CRL', makeOne({ crlNumber: 2 }))), file);
      evidenceOf([]).checkSignature(crl, issuer.tbsCertificate.subjectPublicKeyInfo);
    });
    expect(inputs.crls).toEqual([]);
    expect(inputs.findings).toMatchObject([
      { code: 'input/changed', severity: 'error', params: { pass: 'between-passes' }, origin: { file } },
    ]);
  });

  test('a file that is written to while it is read is told, and gives no CRL', async () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', encodePem('X509 CRL', makeOne()));
    const onProgress = (): void => {
      appendFileSync(file, '\n');
    };
    const { inputs } = await judgeByCRLs([file], { certificates, largeFrom: 1, onProgress }, () => undefined);
    expect(inputs.crls).toEqual([]);
    expect(inputs.findings).toMatchObject([{ code: 'input/changed', params: { pass: 'while-reading' } }]);
  });

  test('a file that stays as it is is not told about', async () => {
    const scratch = makeScratch();
    const file = scratch.write('a.pem', encodePem('X509 CRL', makeOne()));
    const { inputs } = await judgeByCRLs([file], { certificates, largeFrom: 1 }, () => undefined);
    expect(inputs.findings).toEqual([]);
  });
});

describe('standard input', () => {
  const read = async (stdin: Readable, largeFrom: number): Promise<unknown> => {
    const options = { certificates, stdin, largeFrom };
    const { inputs } = await judgeByCRLs(['-'], options, ({ crls }) => {
      for (const crl of crls)
        new CRLEvidence([]).checkSignature(crl, asCertificate(rsa.certificate).tbsCertificate.subjectPublicKeyInfo);
    });
    return inputs.crls.map((crl) => [isWhole(crl), crl.origin]);
  };
  const pem = encodePem('X509 CRL', makeOne());

  test('that is large is streamed, twice where that is needed', async () => {
    const chunks = [pem.slice(0, 500), Buffer.from(pem.slice(500, 900)), Buffer.from(pem.slice(900))];
    expect(await read(Readable.from(chunks), 1000)).toEqual([[false, { file: '-', line: 1, index: 1 }]]);
  });

  test('that is small is read into memory', async () => {
    expect(await read(Readable.from([pem]), 1_000_000)).toEqual([[true, { file: '-', line: 1, index: 1 }]]);
  });
});
