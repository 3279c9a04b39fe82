/** The wording of the area `certificate`. */
import type { certificateCatalogue } from '../../finding/certificate.js';
import { formatDay, formatInstant } from '../instant.js';
import type { Wording } from './words.js';

export const certificateWording: Wording<typeof certificateCatalogue> = {
  'certificate/expired': ({ notAfter, at }) => ({
    message: `expired ${formatInstant(notAfter)}, checked at ${formatInstant(at)}`,
    hint: `put the renewed certificate in its place, or check another instant with --at ${formatDay(notAfter)}`,
  }),
  'certificate/not-yet-valid': ({ notBefore, at }) => ({
    message: `is not valid before ${formatInstant(notBefore)}, checked at ${formatInstant(at)}`,
    hint: `wait until then, or check the clock of this machine; --at ${formatDay(notBefore)} checks another instant`,
  }),
  'certificate/malformed-extension': ({ offset, detail }) => ({
    message: `has an extension that cannot be read, at byte ${offset}: ${detail}`,
    hint: 'OpenSSL passes over most such certificates, and chains and bundles leave it out here: have it issued anew',
  }),
  'certificate/weak-key': ({ key, minimum }) => ({
    message: `has a weak key: ${key}, at least ${minimum} is expected`,
    hint: 'OpenSSL at security level 2, the default of many distributions, refuses it: have it issued anew with a longer key',
  }),
  'certificate/weak-signature': ({ algorithm }) => ({
    message: `is signed with ${algorithm}, which can be forged`,
    hint: 'OpenSSL refuses it from security level 1 on, and distributions default to 2: have it issued anew with SHA-256 or better',
  }),
};
