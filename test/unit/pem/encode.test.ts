import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodePem, encodePemBytes } from '../../../src/pem/encode.js';
import { issueCertificate } from '../../support/pki.js';

test('lines have 64 columns, line ends are LF, and the last line ends too', () => {
  const der = Uint8Array.from({ length: 100 }, (_, i) => i);
  const lines = encodePem('CERTIFICATE', der).split('\n');
  expect(lines.map(({ length }) => length)).toEqual([27, 64, 64, 8, 25, 0]);
  expect(lines.slice(1, -2).join('')).toBe(Buffer.from(der).toString('base64'));
});

test.each([0, 1, 2, 3, 47, 48, 49, 96])('%i bytes are written as Buffer writes them', (length) => {
  const der = Uint8Array.from({ length }, (_, i) => i * 7);
  const expected = Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  expect(encodePem('X', der)).toBe(`-----BEGIN X-----\n${expected === '' ? '' : `${expected}\n`}-----END X-----\n`);
});

test('headers come first, with a blank line behind them', () => {
  const headers = new Map([['Proc-Type', '4,ENCRYPTED']]);
  expect(encodePem('RSA PRIVATE KEY', Uint8Array.of(0), headers)).toBe(
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA==\n-----END RSA PRIVATE KEY-----\n',
  );
});

test.each([0, 4, 48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 100_000])('%i bytes as bytes are the string', (length) => {
  const der = Uint8Array.from({ length }, (_, i) => i * 7);
  expect(Buffer.from(encodePemBytes('X509 CRL', der)).equals(Buffer.from(encodePem('X509 CRL', der)))).toBe(true);
});

test('Node reads it', () => {
  const { certificate } = issueCertificate(undefined, { subject: 'CN=Root' });
  const read = new X509Certificate(encodePem('CERTIFICATE', certificate));
  expect(read.raw).toEqual(Buffer.from(certificate));
});
