import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { goesWithKey, isAllowedAt, listCiphers, selectsCipher } from '../../../src/crypto/cipher-list.js';
import { openssl, runOpenSSL } from '../../support/openssl.js';
import { openssl30 } from '../../support/own-openssl.js';

test.each([
  ['DEFAULT', true],
  ['HIGH:!aNULL', true],
  ['ECDHE-RSA-AES128-GCM-SHA256:NONSENSE', true],
  ['DEFAULT:@SECLEVEL=2', true],
  ['NONSENSE', false],
  ['ALL:!ALL', false],
  ['TLS_AES_256_GCM_SHA384', false],
  ['', false],
  [':', false],
])('whether %j selects a cipher of TLS 1.2 or earlier: %s', (list, expected) => {
  expect(selectsCipher(list)).toBe(expected);
});

test.each([
  ['RSA', ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256']],
  ['RSA-PSS', ['ECDHE-RSA-AES128-GCM-SHA256']],
  ['EC', ['ECDHE-ECDSA-AES128-GCM-SHA256']],
  ['Ed25519', ['ECDHE-ECDSA-AES128-GCM-SHA256']],
])('with a key %s a list is cut to what goes with it', (keyType, expected) => {
  const list = 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:AES128-GCM-SHA256:PSK-AES128-GCM-SHA256';
  const fitting = listCiphers(list).filter((cipher) => goesWithKey(cipher, keyType));
  expect(fitting.sort()).toEqual(expected);
});

/** Lists as people write them, and ones with every kind of cipher that OpenSSL knows. */
const lists = [
  'DEFAULT',
  'ALL:COMPLEMENTOFALL',
  'HIGH:!aNULL:!MD5',
  'ECDHE+AESGCM:ECDHE+CHACHA20',
  'ECDHE-RSA-AES256-GCM-SHA384,AES128-SHA',
  'kRSA',
  'aECDSA:-SHA1',
  'CAMELLIA:ARIA:AESCCM',
  'eNULL',
  'HIGH:!ECDHE:+AES:@STRENGTH',
];

describe(`the same selection as openssl ciphers${openssl.skipReason}${openssl30.skipReason}`, () => {
  test.skipIf(!openssl.installed || !openssl30.isHere).each(lists)('%s', (list) => {
    const { stdout } = runOpenSSL(['ciphers', `${list}:!PSK:!SRP:!aNULL:!aDSS`], { cwd: tmpdir() });
    const expected = stdout
      .trim()
      .split(':')
      .filter((name) => !name.startsWith('TLS_'));
    expect([...listCiphers(list)].sort()).toEqual(expected.sort());
  });
});

describe(`what a security level leaves, as openssl ciphers -s says${openssl.skipReason}`, () => {
  test.skipIf(!openssl.installed).each([0, 1, 2, 3, 4, 5] as const)('level %d', (level) => {
    const everything = 'ALL:COMPLEMENTOFALL:!PSK:!SRP:!aNULL:!aDSS';
    const suites = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', 'TLS_AES_128_CCM_8_SHA256'];
    const list = (options: readonly string[], ciphers: string): string[] =>
      runOpenSSL(['ciphers', ...options, '-ciphersuites', suites.join(':'), ciphers], { cwd: tmpdir() })
        .stdout.trim()
        .split(':')
        .sort();
    const allowed = list([], everything).filter((cipher) => isAllowedAt(cipher, level));
    expect(allowed).toEqual(list(['-s'], `${everything}:@SECLEVEL=${level}`));
  });
});
