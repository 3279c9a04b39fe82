/** Codes of the area `key`: private keys that are encrypted or cannot be opened. */
import { entry } from './finding.js';

export const keyCatalogue = {
  'key/encrypted': entry({ severity: 'info', reference: 'RFC 5958 3' }),
  'key/wrong-password': entry<{ readonly encoding: string }>({ severity: 'error', reference: 'RFC 5958 3' }),
  'key/undecryptable': entry<{ readonly encoding: string; readonly reason: string }>({
    severity: 'error',
    reference: 'RFC 5958 3',
  }),
  'key/malformed': entry<{ readonly label: string; readonly reason: string }>({
    severity: 'error',
    reference: 'RFC 5958 2',
  }),
};
