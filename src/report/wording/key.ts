/** The wording of the area `key`. */
import type { keyCatalogue } from '../../finding/key.js';
import type { Wording } from './words.js';

export const keyWording: Wording<typeof keyCatalogue> = {
  'key/encrypted': () => ({ message: 'is encrypted and stays so; which certificate it belongs to is not known' }),
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
