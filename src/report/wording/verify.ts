/** The wording of the area `verify`. */
import type { verifyCatalogue } from '../../finding/verify.js';
import { formatInstant, formatSpan } from '../instant.js';
import type { Wording } from './words.js';

const causes: Readonly<Record<string, string>> = {
  'certificate/expired': 'has expired then',
  'crl/stale': 'is stale then',
};

export const verifyWording: Wording<typeof verifyCatalogue> = {
  'verify/first-is-ca': ({ endEntities }) => ({
    message: `is the first certificate of its file, so it was verified, but it is a CA; behind it stands ${endEntities.join(', ')}`,
    hint: 'put the end entity first, as servers want it too, or verify every end entity with --each',
  }),
  'verify/not-verified': ({ first }) => ({
    message: `is an end entity too, but was not verified: only the first of the file was, ${first}`,
    hint: 'verify every end entity with --each',
  }),
  'verify/set-aside': ({ selector, role }) => ({
    message: `is ${role === 'trusted' ? 'not trusted' : 'not used'} here, because of --without ${selector}`,
  }),
  'verify/selector-hits-nothing': ({ selector }) => ({
    message: `no trusted or untrusted certificate answers to ${selector}, so nothing was left out`,
    hint: 'a selector is a position (#2, counted over --trusted-ca, then --untrusted, then the files themselves), a SHA-1 or SHA-256 thumbprint, or a part of the subject',
  }),
  'verify/fails-soon': ({ failsAt, at, cause, object }) => ({
    message: `will fail from ${formatInstant(failsAt)}, in ${formatSpan(new Date(failsAt).getTime() - new Date(at).getTime())}: ${object} ${causes[cause] ?? `(${cause})`}`,
    hint: `see all of it with --at ${failsAt.replace('.000Z', 'Z')}`,
  }),
};
