/**
 * Opens what a password protects in PKCS#12 files: PBES2 (RFC 8018) and the older schemes of RFC 7292 appendix C.
 *
 * The WebCrypto that pkijs decrypts with knows no Triple-DES, which files of yesterday use; node:crypto does. RC2 and RC4
 * stand in OpenSSL's legacy provider, which Node does not load: such files are named, not opened.
 */
import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { DerReader, contentOf } from '../der/reader.js';
import { Tag } from '../der/tag.js';
import { decodeSmallInteger } from '../der/values.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.js';

/**
 * Most iterations of a key derivation that are run. Java's own reader of PKCS#12 refuses more than 5,000,000
 * (sun.security.pkcs12, Java 17); 600,000 is what OWASP asks of PBKDF2 today. More would only stop the machine.
 */
export const maxIterations = 5_000_000;

export type Opened =
  | { readonly outcome: 'opened'; readonly bytes: Uint8Array }
  | { readonly outcome: 'wrong-password' }
  | { readonly outcome: 'legacy' | 'unsupported'; readonly algorithm: string }
  | { readonly outcome: 'too-many-iterations'; readonly iterations: number };

/** A password as the two families of schemes want it. */
export interface Password {
  /** For PBES2: UTF-8. */
  readonly utf8: Uint8Array;
  /** For the schemes of RFC 7292: BMPString with two zero octets at the end (B.1), or nothing at all. */
  readonly bmp: Uint8Array;
}

/**
 * The ways to encode a password. The empty one has two: OpenSSL writes the two zero octets, other programs no octet,
 * and OpenSSL tries both when reading.
 */
export function encodePassword(password: string): Password[] {
  const bmp = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const utf8 = Buffer.from(password, 'utf8');
  return password === ''
    ? [
        { utf8, bmp },
        { utf8, bmp: new Uint8Array() },
      ]
    : [{ utf8, bmp }];
}

const hashes: Readonly<Record<string, { name: string; block: number }>> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.4': { name: 'sha224', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
};

/** hmacWithSHA1 to hmacWithSHA512 (RFC 8018 B.1.2). */
const pseudorandomFunctions: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const ciphers: Readonly<Record<string, { name: string; keyLength: number }>> = {
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32 },
};

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
/** RFC 7292 appendix C; a scheme without a cipher needs OpenSSL's legacy provider. */
const olderSchemes: Readonly<Record<string, { name: string; cipher?: string; keyLength: number }>> = {
  '1.2.840.113549.1.12.1.1': { name: 'pbeWithSHAAnd128BitRC4', keyLength: 16 },
  '1.2.840.113549.1.12.1.2': { name: 'pbeWithSHAAnd40BitRC4', keyLength: 5 },
  '1.2.840.113549.1.12.1.3': { name: 'pbeWithSHAAnd3-KeyTripleDES-CBC', cipher: 'des-ede3-cbc', keyLength: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'pbeWithSHAAnd2-KeyTripleDES-CBC', cipher: 'des-ede-cbc', keyLength: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'pbeWithSHAAnd128BitRC2-CBC', keyLength: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'pbeWithSHAAnd40BitRC2-CBC', keyLength: 5 },
};

/** What the derived bytes are for (RFC 7292 B.3). */
const purpose = { key: 1, iv: 2, mac: 3 } as const;

/** `bytes` over and over, to the next multiple of `block` (RFC 7292 B.2 steps 2 and 3). */
function fillBlocks(bytes: Uint8Array, block: number): Uint8Array {
  const filled = new Uint8Array(Math.ceil(bytes.length / block) * block);
  for (let at = 0; at < filled.length; at++) filled[at] = bytes[at % bytes.length] ?? 0;
  return filled;
}

/** Adds `addend` and 1 to the number that stands at `at`, big-endian (RFC 7292 B.2 step 6 C). */
function addToBlock(number: Uint8Array, at: number, addend: Uint8Array): void {
  let carry = 1;
  for (let i = addend.length - 1; i >= 0; i--) {
    const sum = (number[at + i] ?? 0) + (addend[i] ?? 0) + carry;
    number[at + i] = sum;
    carry = sum >> 8;
  }
}

/** The key derivation of RFC 7292 appendix B.2. */
function derivePKCS12(
  hash: { name: string; block: number },
  id: number,
  bmp: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const diversifier = new Uint8Array(hash.block).fill(id);
  const input = Buffer.concat([fillBlocks(salt, hash.block), fillBlocks(bmp, hash.block)]);
  const derived: Uint8Array[] = [];
  for (let have = 0; have < length;) {
    let digest = createHash(hash.name).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) digest = createHash(hash.name).update(digest).digest();
    derived.push(digest);
    have += digest.length;
    const addend = fillBlocks(digest, hash.block).subarray(0, hash.block);
    for (let at = 0; at < input.length; at += hash.block) addToBlock(input, at, addend);
  }
  return Buffer.concat(derived).subarray(0, length);
}

interface Derivation {
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/** `SEQUENCE { salt OCTET STRING, iterations INTEGER, … }`; the reader stands behind the two. */
function readDerivation(reader: DerReader): Derivation {
  const salt = contentOf(reader.read(Tag.octetString, 'salt'));
  const count = reader.read(Tag.integer, 'iteration count');
  const iterations = decodeSmallInteger(count);
  if (iterations === 0) throw new MalformedInputError('der/bad-value', count.start, 'an iteration count of 0');
  return { salt, iterations };
}

function parametersOf({ parameters }: AlgorithmIdentifier): DerReader {
  return parameters ? DerReader.within(parameters) : new DerReader(new Uint8Array());
}

function decrypt(cipher: string, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Opened {
  try {
    const decipher = createDecipheriv(cipher, key, iv);
    return { outcome: 'opened', bytes: Buffer.concat([decipher.update(ciphertext), decipher.final()]) };
  } catch {
    // Bad padding: what a wrong key leaves behind, 255 times of 256.
    return { outcome: 'wrong-password' };
  }
}

/**
 *     PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
 *     PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL,
 *                                  prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
 */
function openPBES2(algorithm: AlgorithmIdentifier, ciphertext: Uint8Array, password: Password): Opened {
  const fields = parametersOf(algorithm);
  const kdf = readAlgorithmIdentifier(fields, 'keyDerivationFunc');
  const scheme = readAlgorithmIdentifier(fields, 'encryptionScheme');
  const cipher = ciphers[scheme.algorithm];
  if (kdf.algorithm !== pbkdf2) return { outcome: 'unsupported', algorithm: kdf.algorithm };
  if (!cipher) return { outcome: 'unsupported', algorithm: scheme.algorithm };
  const reader = parametersOf(kdf);
  const { salt, iterations } = readDerivation(reader);
  reader.readOptional(Tag.integer);
  const prfOid = reader.atEnd ? '1.2.840.113549.2.7' : readAlgorithmIdentifier(reader, 'prf').algorithm;
  const prf = pseudorandomFunctions[prfOid];
  if (prf === undefined) return { outcome: 'unsupported', algorithm: prfOid };
  if (iterations > maxIterations) return { outcome: 'too-many-iterations', iterations };
  const iv = scheme.parameters ? contentOf(scheme.parameters) : new Uint8Array();
  return decrypt(cipher.name, pbkdf2Sync(password.utf8, salt, iterations, cipher.keyLength, prf), iv, ciphertext);
}

/**
 * Decrypts with the scheme that an AlgorithmIdentifier names (RFC 8018 6.2, RFC 7292 C).
 *
 * @throws MalformedInputError when the parameters are not what the scheme asks for. A wrong password can come out as
 * `opened` with senseless bytes: check the MAC first.
 */
export function openPasswordBased(algorithm: AlgorithmIdentifier, ciphertext: Uint8Array, password: Password): Opened {
  if (algorithm.algorithm === pbes2) return openPBES2(algorithm, ciphertext, password);
  const scheme = olderSchemes[algorithm.algorithm];
  if (!scheme) return { outcome: 'unsupported', algorithm: algorithm.algorithm };
  if (scheme.cipher === undefined) return { outcome: 'legacy', algorithm: scheme.name };
  const { salt, iterations } = readDerivation(parametersOf(algorithm));
  if (iterations > maxIterations) return { outcome: 'too-many-iterations', iterations };
  const derive = (id: number, length: number): Uint8Array =>
    derivePKCS12({ name: 'sha1', block: 64 }, id, password.bmp, salt, iterations, length);
  return decrypt(scheme.cipher, derive(purpose.key, scheme.keyLength), derive(purpose.iv, 8), ciphertext);
}

/** The MacData of a PKCS#12 file (RFC 7292 4). */
export interface PasswordMac {
  /** OID of the hash. */
  readonly algorithm: string;
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

export type MacCheck =
  | { readonly outcome: 'valid' }
  | { readonly outcome: 'wrong-password' }
  | { readonly outcome: 'unsupported'; readonly algorithm: string }
  | { readonly outcome: 'too-many-iterations'; readonly iterations: number };

/** Checks the MAC over the contents of a PKCS#12 file: the proof that the password is right (RFC 7292 5.1 step 5). */
export function checkPasswordMac(mac: PasswordMac, contents: Uint8Array, password: Password): MacCheck {
  const hash = hashes[mac.algorithm];
  if (!hash) return { outcome: 'unsupported', algorithm: mac.algorithm };
  if (mac.iterations > maxIterations) return { outcome: 'too-many-iterations', iterations: mac.iterations };
  const { salt, iterations, digest } = mac;
  const key = derivePKCS12(hash, purpose.mac, password.bmp, salt, iterations, digest.length);
  const computed = createHmac(hash.name, key).update(contents).digest();
  const valid = computed.length === digest.length && timingSafeEqual(computed, digest);
  return { outcome: valid ? 'valid' : 'wrong-password' };
}
