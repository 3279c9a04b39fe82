/** Private keys in the forms that files have. */
import type { KeyPair } from '../../support/keys.js';

/** SEC 1, `EC PRIVATE KEY`. */
export const sec1 = ({ privateKey }: KeyPair): string => privateKey.export({ type: 'sec1', format: 'pem' }).toString();

/** PKCS#8, encrypted. */
export const pkcs8 = ({ privateKey }: KeyPair, passphrase: string): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase }).toString();
