/** Certification requests: what they ask for, and where a malformed one is refused. */
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/der/values.js';
import { parseCertificationRequest } from '../../../src/x509/certification-request.js';
import { subjectAltName } from '../../../src/x509/extensions/alternative-names.js';
import { formatName } from '../../../src/x509/name.js';
import { bitString, concat, explicit, integer, nullValue, oid, sequence, set, utf8String } from '../../support/der.js';
import { makeSubjectAltName } from '../../support/extensions.js';
import { catchMalformed } from '../../support/malformed.js';
import { makeName } from '../../support/names.js';
import { makeKeyPair } from '../../support/pki.js';
import { readSample } from '../../support/samples.js';

const key = makeKeyPair('ed25519', 'request');
const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
const head = [integer(0), makeName('CN=sip1.example.com'), key.spki] as const;
const extensionRequest = (...values: readonly Uint8Array[]): Uint8Array =>
  sequence(oid('1.2.840.113549.1.9.14'), set(...values));
const challenge = sequence(oid('1.2.840.113549.1.9.7'), set(utf8String('secret')));

/** An unsigned request whose CertificationRequestInfo has these fields. */
const compose = (...fields: readonly Uint8Array[]): Uint8Array =>
  sequence(sequence(...fields), algorithm, bitString(Uint8Array.of(1)));

describe('parseCertificationRequest', () => {
  test('gives every field', () => {
    const extensions = sequence(makeSubjectAltName(['sip1.example.com']));
    const der = compose(...head, explicit(0, challenge, extensionRequest(extensions)));
    const request = parseCertificationRequest(der, { file: 'a.csr' });
    expect(request.der).toBe(der);
    expect(request.origin).toEqual({ file: 'a.csr' });
    expect(request.version).toBe(1);
    expect(formatName(request.subject)).toBe('CN=sip1.example.com');
    expect(toHex(request.subjectPKInfo.bytes)).toBe(toHex(key.spki));
    expect(request.attributes.map(({ type }) => type)).toEqual(['1.2.840.113549.1.9.7', '1.2.840.113549.1.9.14']);
    expect(request.extensions.get(subjectAltName)).toEqual([{ type: 'dNSName', value: 'sip1.example.com' }]);
    expect(request.signatureAlgorithm.algorithm).toBe('1.2.840.10045.4.3.2');
    expect(toHex(request.certificationRequestInfo)).toBe(
      toHex(sequence(...head, explicit(0, challenge, extensionRequest(extensions)))),
    );
  });

  test('may have no attributes, written or not', () => {
    for (const der of [compose(...head), compose(...head, explicit(0))]) {
      const { attributes, extensions } = parseCertificationRequest(der);
      expect(attributes).toEqual([]);
      expect(extensions.list).toEqual([]);
    }
  });

  test('reads the sample', () => {
    const [, base64 = ''] =
      /-----BEGIN[^-]+-----([^-]+)-----END/.exec(readSample('broken/pem/certificate-request.pem').toString()) ?? [];
    const request = parseCertificationRequest(Buffer.from(base64, 'base64'));
    expect(formatName(request.subject)).toContain('CN=');
  });

  const start = compose(...head).length - algorithm.length - 4;

  test.each<[string, Uint8Array, string, number]>([
    ['something else', nullValue(), 'der/unexpected-tag', 0],
    ['bytes behind it', concat(compose(...head), nullValue()), 'der/trailing-data', compose(...head).length],
    [
      'no key',
      compose(...head.slice(0, 2)),
      'der/truncated',
      4 + integer(0).length + makeName('CN=sip1.example.com').length,
    ],
    ['a field after the attributes', compose(...head, explicit(0), nullValue()), 'der/trailing-data', start + 2],
    ['an attribute without values', compose(...head, explicit(0, sequence(oid('1.2')))), 'der/truncated', start + 7],
    [
      'an attribute of three fields',
      compose(...head, explicit(0, sequence(oid('1.2'), set(), set()))),
      'der/trailing-data',
      start + 9,
    ],
    [
      'no extension in its request for some',
      compose(...head, explicit(0, extensionRequest())),
      'der/truncated',
      start + 17,
    ],
    [
      'a fourth field',
      sequence(sequence(...head), algorithm, bitString(Uint8Array.of(1)), nullValue()),
      'der/trailing-data',
      start + algorithm.length + 4,
    ],
  ])('refuses %s', (_, der, code, offset) => {
    const origin = { file: 'bad.csr' };
    expect(catchMalformed(() => parseCertificationRequest(der, origin))).toMatchObject({ code, offset, origin });
  });

  test('refuses two requests for extensions in one attribute', () => {
    const extensions = sequence(makeSubjectAltName(['a']));
    const der = compose(...head, explicit(0, extensionRequest(extensions, extensions)));
    expect(catchMalformed(() => parseCertificationRequest(der))).toMatchObject({ code: 'der/trailing-data' });
  });
});
