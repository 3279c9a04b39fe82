import { expect, test } from 'vitest';
import { kindOfLabel, normalizeLabel } from '../../../src/pem/labels.js';
import { declaredLength, isWholeSequence } from '../../../src/pem/whole-element.js';

test.each([
  ['CERTIFICATE', 'certificate'],
  ['X509 CERTIFICATE', 'certificate'],
  ['TRUSTED CERTIFICATE', 'trusted-certificate'],
  ['X509 CRL', 'crl'],
  ['CRL', 'crl'],
  ['PKCS7', 'pkcs7'],
  ['CMS', 'pkcs7'],
  ['EC PRIVATE KEY', 'private-key'],
  ['ENCRYPTED PRIVATE KEY', 'private-key'],
  ['PUBLIC KEY', 'public-key'],
  ['NEW CERTIFICATE REQUEST', 'certification-request'],
  ['DH PARAMETERS', 'passed-over'],
  ['PGP MESSAGE', undefined],
])('%s is %s', (label, kind) => {
  expect(kindOfLabel(label)).toBe(kind);
});

test('a label is known in any case and with any blanks once it is in its normal spelling', () => {
  expect(normalizeLabel('  x509   Crl ')).toBe('X509 CRL');
});

test.each([
  ['3003020101', 5],
  ['30818001', 131],
  ['3082010001', 260],
  ['308401000000', 16_777_222],
  ['3080', undefined],
  ['3187', undefined],
  ['30', undefined],
  ['', undefined],
  ['3083', undefined],
])('the SEQUENCE %s claims %s bytes', (hex, length) => {
  expect(declaredLength(Buffer.from(hex, 'hex'))).toBe(length);
});

test('whole is exactly one SEQUENCE, or two where an auxiliary part is allowed', () => {
  const whole = (hex: string, pieces?: number): boolean => isWholeSequence(Buffer.from(hex, 'hex'), pieces);
  expect([whole('3000'), whole('300000'), whole('3001'), whole('')]).toEqual([true, false, false, false]);
  expect([whole('30003000', 2), whole('3000', 2), whole('300030003000', 2)]).toEqual([true, true, false]);
});
