import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptPKCS8, decryptPemKey, type DecryptedKey } from '../../../src/crypto/decrypt-key.js';
import { scanPem } from '../../../src/pem/scan.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
const secret = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der', ...secret });
const pem = privateKey.export({ type: 'sec1', format: 'pem', ...secret }).toString();

function openPem(text: string, password: string): DecryptedKey {
  const [block] = scanPem(Buffer.from(text), 'key.pem').blocks;
  if (!block) throw new Error('no block');
  return decryptPemKey(block.label, block.bytes, block.headers, password);
}

describe.each([
  ['an EncryptedPrivateKeyInfo', (password: string) => decryptPKCS8(pkcs8, password), 600],
  ['a PEM with RFC 1421 headers', (password: string) => openPem(pem, password), 3000],
])('%s', (_, open, tries) => {
  it('is opened by its password', () => {
    const opened = open('secret');
    expect(opened.outcome === 'opened' && plain.equals(opened.pkcs8)).toBe(true);
  });

  it('says of each other password that it is wrong, of those too after which the padding is right by chance', () => {
    const outcomes = new Set(Array.from({ length: tries }, (_, number) => open(`wrong ${number}`).outcome));
    expect([...outcomes]).toEqual(['wrong-password']);
  });
});

it('a cipher that OpenSSL does not know is no fault of the password', () => {
  expect(openPem(pem.replace('AES-256-CBC', 'AES-512-CBC'), 'secret').outcome).toBe('undecryptable');
});
