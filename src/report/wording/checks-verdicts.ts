/** What a line of a pre-flight says about files, keys, chains, trust, CRLs and names. */
import type { ObstacleReason } from '../../security-pack/obstacle.js';
import type { Check } from '../../security-pack/check.js';
import { countOf as count, listOf as list, textOf as text, type CheckWords } from './check-words.js';
import { nameProfile } from './host-profiles.js';

type Params = Check['params'];

/** One file by its name, several by their number. */
const nameFiles = (files: readonly string[]): string =>
  files.length === 1 ? (files[0] ?? '') : `${files.length} files`;

const reasons: Readonly<Record<ObstacleReason, string>> = {
  'certificate-not-set': 'no certificate is set',
  'certificate-key-not-set': 'no certificate-key is set',
  'trusted-ca-not-set': 'no trusted-ca is set',
  'trust-settings':
    'trusted-ca holds TRUSTED CERTIFICATE blocks, whose trust settings only OpenSSL knows; openssl x509 -clrtrust takes them away',
  'tls-crl-not-set': 'tls-crl is not set, so nobody looks whether a certificate was revoked',
  'not-sent': 'the server does not ask for a certificate (tls-mutual=0), so none is sent',
  'peer-not-known': 'what the other side sends is not known: give it with --peer-certificate',
  'verifier-not-known': 'what the other side trusts is not known: give its configuration too',
  copy: 'this is a copy, and its permissions are not those of the target machine',
  'name-check-off': 'tls-target-name-check=no: the name is not compared',
  'windows-fetches': 'Windows fetches the CRLs by itself, which cannot be seen from here',
  'windows-store': 'Windows takes its trusted CAs from the certificate store',
};

/** Why a check could not be made; `title` is what was to be looked at. */
function explainObstacle(title: string, { because, becauseSide, reason }: Params): string {
  if (because !== undefined) {
    const [group = '', slug = ''] = text(because).split('/');
    const name = verdictChecks[text(because)]?.title ?? slug.replaceAll('-', ' ');
    const whose = becauseSide === undefined ? '' : ` of the ${text(becauseSide)}`;
    return `${title} not checked: ${name} (${group}${whose}) comes first`;
  }
  const words = (reasons as Readonly<Record<string, string>>)[text(reason)];
  return words === undefined ? `${title} not checked` : `${title} not checked: ${words}`;
}

function wordCheck(title: string, passed: (params: Params) => string): CheckWords {
  return { title, passed, notMade: (params) => explainObstacle(title, params) };
}

const purposes: Readonly<Record<string, string>> = { serverAuth: 'a TLS server', clientAuth: 'a TLS client' };

export const verdictChecks: Readonly<Record<string, CheckWords>> = {
  'files/readable': wordCheck('files', ({ files }) => `${nameFiles(list(files))} found and readable`),
  'files/pem': wordCheck('form of the files', ({ files }) => `${nameFiles(list(files))} read as OpenSSL reads PEM`),
  'files/windows-store': wordCheck(
    'Windows certificate store',
    ({ certificates, keys }) => `${count(certificates, 'certificate')} and ${count(keys, 'key')} of the store at hand`,
  ),
  'key/present': wordCheck('private key', ({ file }) => `${text(file)} holds a private key`),
  'key/usable': wordCheck('use of the key', () => 'the key opens without a password'),
  'key/matches': wordCheck('key and certificate', ({ certificate }) => `the key belongs to ${text(certificate)}`),
  'key/protected': wordCheck('protection of the key', () => 'not every user can read the key'),
  'chain/own-first': wordCheck(
    'order',
    ({ certificate }) => `${text(certificate)} stands first, and the others in order`,
  ),
  'chain/complete': wordCheck('completeness', ({ chain }) => `complete up to the root: ${list(chain).join(' ← ')}`),
  'chain/clean': wordCheck(
    'superfluous certificates',
    ({ certificates }) => `${count(certificates, 'certificate')}, none superfluous`,
  ),
  'chain/valid': wordCheck('validity', () => 'signatures, dates, CA flags and path lengths hold'),
  'chain/purpose': wordCheck('purpose', ({ purpose }) => `may be used as ${purposes[text(purpose)] ?? text(purpose)}`),
  'chain/strength': wordCheck('strength', () => 'no weak key, no weak signature'),
  'trust/bundle-fit': wordCheck(
    'trusted-ca',
    ({ file, roots, intermediates }) =>
      `${text(file)} holds ${count(roots, 'root')}${intermediates === 0 ? '' : ` and ${count(intermediates, 'intermediate')}`}`,
  ),
  'trust/peer-trusted': wordCheck('trust', ({ peer, root }) => `trusts ${text(peer)} through ${text(root)}`),
  'revocation/crls-usable': wordCheck('CRLs', ({ file, crls }) => `${count(crls, 'CRL')} of ${text(file)} can be used`),
  'revocation/peer-not-revoked': wordCheck(
    'revocation',
    ({ checked }) => `good, none is revoked: ${list(checked).join(', ')}`,
  ),
  'revocation/distribution-points': wordCheck(
    'distribution points',
    ({ certificates }) => `${count(certificates, 'certificate')} without a remote distribution point`,
  ),
  'name/target-known': wordCheck('target', ({ targets }) => `the client connects to ${list(targets).join(', ')}`),
  'name/matches': wordCheck(
    'name',
    ({ targets, certificate, profile }) =>
      `${text(certificate)} names ${list(targets).join(', ')} for ${nameProfile(text(profile))}`,
  ),
  'name/verifiers': wordCheck('other verifiers', ({ differing }) =>
    differing === 0 ? 'all other verifiers answer the same' : 'some other verifiers answer otherwise',
  ),
};
