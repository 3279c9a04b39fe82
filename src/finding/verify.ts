/** Codes of the command `verify`: which certificates are verified, what was left aside, and what will fail within a horizon. */
import { entry } from './finding.js';

const opensslReads = 'OpenSSL 3.0 verify: the first certificate of a file';

export const verifyCatalogue = {
  'verify/first-is-ca': entry<{
    /** The end entities that stand behind it. */
    readonly endEntities: readonly string[];
  }>({ severity: 'warning', reference: opensslReads }),
  'verify/not-verified': entry<{ readonly first: string }>({ severity: 'warning', reference: opensslReads }),
  'verify/set-aside': entry<{ readonly selector: string; readonly role: 'trusted' | 'untrusted' }>({
    severity: 'info',
    reference: 'certwright verify --without',
  }),
  'verify/selector-hits-nothing': entry<{ readonly selector: string }>({
    severity: 'error',
    reference: 'certwright verify --without',
  }),
  'verify/fails-soon': entry<{
    /** The first instant at which it fails. */
    readonly failsAt: string;
    readonly at: string;
    /** Code and object of the finding that it will fail with. */
    readonly cause: string;
    readonly object: string;
  }>({ severity: 'warning', reference: 'certwright verify --horizon' }),
};
