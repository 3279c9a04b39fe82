/** The wording of the area `key`. */
import type { keyCatalogue } from '../../finding/key.js';
import type { Wording } from './words.js';

export const keyWording: Wording<typeof keyCatalogue> = {
  'key/none-in-file': () => ({
    message: 'holds no private key that could be read',
    hint: 'give the file of the certificate-key option: a PEM with a PRIVATE KEY block, or a PKCS#12 file',
  }),
  'key/several-in-file': ({ count }, { severity }) => ({
    message:
      severity === 'warning'
        ? `holds ${count} private keys, of which OpenSSL takes the first`
        : `holds ${count} private keys, and it is not said which one is meant`,
    hint: 'put the one that is meant into a file of its own',
  }),
  'key/not-usable': () => ({
    message: 'holds a private key that is still encrypted, or of a kind that OpenSSL cannot read',
    hint: 'give its password with --password-file',
  }),
  'key/encrypted': (_, { severity }) =>
    severity === 'error'
      ? {
          message: 'is encrypted, and the Security Pack has nobody to ask for the password',
          hint: 'write it without one, readable for the application alone: openssl pkey -in KEY -out NEW',
        }
      : { message: 'is encrypted and stays so; which certificate it belongs to is not known' },
  'key/wrong-password': ({ encoding }) => ({
    message: `the password does not open it (${encoding})`,
    hint: 'check the first line of the --password-file: case, blanks, and the character set of letters beyond ASCII',
  }),
  'key/undecryptable': ({ encoding, reason }) => ({
    message: `cannot be decrypted (${encoding}): ${reason}`,
    hint: 'write it anew: openssl pkcs8 -topk8 -in FILE -out NEW, with -provider legacy -provider default if it is old',
  }),
  'key/malformed': ({ label, reason }) => ({
    message: `a block ${label} holds no key: ${reason}`,
    hint: 'the key is damaged: restore it, or make a new one and have the certificate issued anew',
  }),
};
