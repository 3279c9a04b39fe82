/** Codes about one certificate, wherever it stands. */
import { entry } from './finding.js';

export const certificateCatalogue = {
  'certificate/expired': entry<{ readonly notAfter: string; readonly at: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(2)',
    opensslError: 10,
    nodeError: 'CERT_HAS_EXPIRED',
  }),
  'certificate/not-yet-valid': entry<{ readonly notBefore: string; readonly at: string }>({
    severity: 'error',
    reference: 'RFC 5280 6.1.3(a)(2)',
    opensslError: 9,
    nodeError: 'CERT_NOT_YET_VALID',
  }),
  'certificate/malformed-extension': entry<{ readonly offset: number; readonly detail: string }>({
    severity: 'error',
    reference: 'RFC 5280 4.2',
    opensslError: 20,
  }),
  'certificate/weak-key': entry<{ readonly key: string; readonly minimum: string }>({
    severity: 'warning',
    reference: 'NIST SP 800-131A Rev. 2, table 2; OpenSSL security level 2',
    opensslError: 66,
  }),
  'certificate/weak-signature': entry<{ readonly algorithm: string }>({
    severity: 'warning',
    reference: 'NIST SP 800-131A Rev. 2, table 8; OpenSSL security level 1',
    opensslError: 68,
  }),
};
