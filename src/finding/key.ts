/** Codes of the area `key`: private keys that are encrypted or cannot be opened. */
import { entry } from './finding.js';

const chosen = 'certwright, choosing a certificate by its key';

export const keyCatalogue = {
  'key/none-in-file': entry<{ readonly count: number }>({ severity: 'error', reference: chosen }),
  'key/several-in-file': entry<{ readonly count: number }>({ severity: 'error', reference: chosen }),
  'key/not-usable': entry<{ readonly count: number }>({ severity: 'error', reference: chosen }),
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
