/** What the files hold, still as DER: every object with its kind, its place and the container it came from. */
import type { Origin } from '../finding/finding.js';

export type ObjectKind = 'certificate' | 'crl' | 'private-key' | 'public-key' | 'certification-request';
export type ContainerKind = 'pem' | 'der' | 'pkcs7' | 'pkcs12';

/** What containers are called. */
export const containerNames: Readonly<Record<ContainerKind, string>> = {
  pem: 'PEM',
  der: 'DER',
  pkcs7: 'PKCS#7',
  pkcs12: 'PKCS#12',
};

/** PrivateKeyInfo, EncryptedPrivateKeyInfo (RFC 5958), RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915), DSA as OpenSSL writes it. */
export type KeyEncoding = 'pkcs8' | 'encrypted-pkcs8' | 'pkcs1' | 'sec1' | 'dsa';

export interface KeyDetails {
  readonly encoding: KeyEncoding;
  /** Still encrypted: `der` is ciphertext in an EncryptedPrivateKeyInfo, or as the PEM headers say. */
  readonly encrypted: boolean;
  /** It was encrypted by itself and opened with the password. */
  readonly wasEncrypted?: true;
  /** Proc-Type and DEK-Info of a key encrypted in the way of RFC 1421. */
  readonly pemHeaders?: ReadonlyMap<string, string>;
}

export interface InputObject {
  readonly kind: ObjectKind;
  /** A view of the file for DER, the decoded block for PEM. */
  readonly der: Uint8Array;
  /** `index` counts the objects of the file from 1, over every kind, those that cannot be read included. */
  readonly origin: Origin;
  readonly container: ContainerKind;
  /** The PEM label in its normal spelling; empty for base64 without armour. */
  readonly label?: string;
  readonly key?: KeyDetails;
  /**
   * Where the block stands in the text, in bytes: from the first dash of BEGIN to one past the last of END. For a UTF-16
   * file they count in its UTF-8 form.
   */
  readonly pem?: { readonly textStart: number; readonly textEnd: number };
}
