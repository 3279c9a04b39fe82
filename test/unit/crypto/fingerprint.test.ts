/** Fingerprints and the spellings of thumbprints. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fingerprint, formatThumbprint, parseThumbprint } from '../../../src/crypto/fingerprint.js';
import { issueCertificate } from '../../support/pki.js';

test('a fingerprint is the digest that node:crypto gives', () => {
  const { certificate } = issueCertificate(undefined, { subject: 'CN=a' });
  const peer = new X509Certificate(certificate);
  const plain = (text: string): string => text.replaceAll(':', '').toLowerCase();
  expect(fingerprint(certificate, 'sha1')).toBe(plain(peer.fingerprint));
  expect(fingerprint(certificate, 'sha256')).toBe(plain(peer.fingerprint256));
});

test('a thumbprint is written as Windows shows it', () => {
  expect(formatThumbprint('89a0c1d4')).toBe('89 A0 C1 D4');
  expect(formatThumbprint('')).toBe('');
});

describe('parseThumbprint', () => {
  const hex = '89a0c1d4e5f60718293a4b5c6d7e8f9001122334';

  test.each([
    ['as it is', hex],
    ['upper case', hex.toUpperCase()],
    ['as Windows shows it', formatThumbprint(hex)],
    ['with the mark that Windows puts in front', `\u200e${formatThumbprint(hex)}`],
    ['with colons', formatThumbprint(hex).replaceAll(' ', ':')],
    ['with dashes', formatThumbprint(hex).replaceAll(' ', '-')],
    ['with blanks around and no-break ones inside', `  ${formatThumbprint(hex).replaceAll(' ', '\u00a0')}\n`],
  ])('reads it %s', (_, text) => {
    expect(parseThumbprint(text)).toEqual({ algorithm: 'sha1', hex });
  });

  test('reads one of SHA-256', () => {
    expect(parseThumbprint('ab'.repeat(32))).toEqual({ algorithm: 'sha256', hex: 'ab'.repeat(32) });
  });

  test.each([
    ['a digit too few', hex.slice(1)],
    ['a digit too many', `${hex}0`],
    ['another letter', hex.replace('a', 'g')],
    ['nothing', ''],
    ['words', 'CN=sip1.example.com'],
  ])('refuses %s', (_, text) => {
    expect(parseThumbprint(text)).toBeUndefined();
  });
});
