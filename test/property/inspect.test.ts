/** Whatever stands in a certificate, `inspect` shows it on lines of its own and throws nothing but that it is malformed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/report/palette.js';
import { viewObject } from '../../src/report/json/inspect.js';
import { stringifyJSON } from '../../src/report/json/stringify.js';
import { formatInspection } from '../../src/report/text/inspect.js';
import { implicit } from '../support/der.js';
import { inspectMade, inspectedAt, type MadeObject } from '../support/inspected.js';
import { isWellFormed } from '../support/malformed.js';
import { issueCertificate, makeCRL, makeKeyPair } from '../support/pki.js';

const issuer = issueCertificate(undefined, { subject: 'CN=Root', ca: true, key: makeKeyPair('p256', 'property') });
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function expectSafe(made: MadeObject): void {
  const inspected = inspectMade([made]);
  const text = formatInspection(inspected, { at: inspectedAt, verbose: true }, plainPalette);
  const json = stringifyJSON(inspected.map((object) => viewObject(object, inspectedAt)));
  expect(text.replaceAll('\n', '')).not.toMatch(unsafe);
  expect(json).not.toMatch(unsafe);
}

const certificate = issueCertificate(issuer, {
  subject: 'CN=sip1.example.com,O=Fly',
  san: ['a.example.com', 'IP:192.0.2.1', 'UPN:a@b', 'dirName:CN=a'],
  nameConstraints: { permitted: ['a'], excluded: ['IP:10.0.0.0/8'] },
  certificatePolicies: ['1.2.3'],
  authorityInfoAccess: { ocsp: ['http://a'] },
  crlDistributionPoints: ['URI:http://a'],
}).certificate;
const crl = makeCRL({
  issuer: 'CN=Root',
  issuerKey: issuer.key,
  entries: [{ serialNumber: 1, reason: 'superseded' }],
  issuingDistributionPoint: { fullName: ['URI:http://a'], indirectCRL: true },
});

test.each<['certificate' | 'crl', Uint8Array]>([
  ['certificate', certificate],
  ['crl', crl],
])('a %s that was changed anywhere is shown or malformed', (kind, der) => {
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.nat(255), (position, octet) => {
      const changed = Uint8Array.from(der);
      changed[position] = octet;
      isWellFormed(() => {
        expectSafe({ kind, der: changed });
      });
    }),
    { numRuns: 800 },
  );
});

test('any text in a name, a SAN or a URL is shown safely', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const octets = fc.uint8Array({ maxLength: 30 });
  fc.assert(
    fc.property(text, octets, octets, (name, dns, url) => {
      const made = issueCertificate(issuer, {
        subject: [[{ type: 'CN', value: name }]],
        san: [implicit(2, dns)],
        crlDistributionPoints: [implicit(6, url)],
      });
      expectSafe({ kind: 'certificate', der: made.certificate });
    }),
    { numRuns: 200 },
  );
});
