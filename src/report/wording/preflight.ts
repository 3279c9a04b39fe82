/** The wording of the area `preflight`. */
import type { NeedlessReason, preflightCatalogue } from '../../finding/preflight.js';
import { nameProfile } from './host-profiles.js';
import type { Wording } from './words.js';

const needless: Readonly<Record<NeedlessReason, (leaf: string) => string>> = {
  unrelated: (leaf) => `is sent with the certificate of ${leaf}, but no signature ties it to that chain`,
  duplicate: (leaf) => `is sent a second time with the chain of ${leaf}`,
  'on-another-path': (leaf) => `is sent with the chain of ${leaf}, but stands on another path to a root`,
};

const kinds: Readonly<Record<string, string>> = {
  'certificate-key': 'a PEM with a PRIVATE KEY block',
  'tls-crl': 'a PEM with X509 CRL blocks',
};

const nameProfiles = (profiles: readonly string[]): string => profiles.map(nameProfile).join(', ');

export const preflightWording: Wording<typeof preflightCatalogue> = {
  'preflight/not-pem': ({ option, container }) => ({
    message: `is ${container}; for ${option} the Security Pack reads PEM only`,
    hint: `write it as ${kinds[option] ?? 'a PEM with CERTIFICATE blocks'} and name that file instead`,
  }),
  'preflight/store-not-at-hand': () => ({
    message:
      'takes its certificates from the Windows certificate store, which is not at hand here: they are not checked',
    hint: 'export what the store holds (certificates, roots and, if it may leave the machine, the key) and give the files with --windows-store',
  }),
  'preflight/thumbprint-not-found': ({ thumbprint, certificates }) => ({
    message: `no certificate of the store has the thumbprint ${thumbprint}; it holds ${certificates}`,
    hint: 'copy the thumbprint (SHA-1) from the details of the certificate in the Windows certificate dialogue',
  }),
  'preflight/store-key-missing': ({ certificate }) => ({
    message: `the private key of ${certificate} is not among what was given for the store, so that whether it is there is not known`,
    hint: 'on the machine itself the dialogue must say "You have a private key that corresponds to this certificate"',
  }),
  'preflight/nothing-to-present': ({ side, missing }) => ({
    message: `the ${side} has nothing to present: ${missing.join(' and ')} not set`,
    hint: 'name the certificate with its chain, and its key',
  }),
  'preflight/no-trusted-ca': ({ peer }) => ({
    message: `has no trusted-ca, so that no certificate of the ${peer} can be trusted`,
    hint: `set trusted-ca to a PEM that holds the root of the ${peer}'s chain`,
  }),
  'preflight/key-readable-by-others': ({ mode }) => ({
    message: `can be read by every user (mode ${mode})`,
    hint: 'let only the account of the application read it: chmod 600',
  }),
  'preflight/key-not-for-tls': ({ key, usable }) => ({
    message: `its key is ${key}, with which OpenSSL takes no part in a TLS handshake unless told to; it takes ${usable.join(', ')}`,
    hint: 'make a new key of one of these kinds and have the certificate issued for it',
  }),
  'preflight/key-may-not-sign': ({ keyUsage, highest }, { severity }) => ({
    message:
      severity === 'error'
        ? `its key usage lacks digitalSignature (it has ${keyUsage.join(', ')}), and up to ${highest}, the highest version that both sides speak, OpenSSL then finds no cipher`
        : `its key usage lacks digitalSignature (it has ${keyUsage.join(', ')}): this OpenSSL does not mind, other peers refuse it`,
    hint: 'have the certificate issued anew with digitalSignature',
  }),
  'preflight/own-certificate-not-first': ({ first, position, by }) => ({
    message: `is the own certificate (${by === 'key' ? 'the key belongs to it' : 'it is the end entity'}), but stands at place ${position}; OpenSSL takes the first for the own one, ${first}`,
    hint: 'OpenSSL would say "key values mismatch": arrange the file with certwright chain',
  }),
  'preflight/sent-needlessly': ({ reason, leaf }) => ({
    message: needless[reason](leaf),
    hint: 'take it out of the file: certwright chain writes the chain alone',
  }),
  'preflight/revocation-scope-assumed': ({ scope }) => ({
    message:
      scope === 'chain'
        ? 'it is assumed that every certificate of the chain needs a CRL, the root included; the guide does not say'
        : 'only the peer’s own certificate is looked up in the CRLs, as asked for; the guide does not say what the Security Pack does',
  }),
  'preflight/remote-distribution-point': ({ urls, seconds }) => ({
    message: `Windows fetches its CRL from ${urls.join(', ')}; while that does not answer, verification stalls, ${seconds} seconds by default`,
    hint: 'use a distribution point that is close and fast, or make sure that every host reaches it',
  }),
  'preflight/target-unknown': () => ({
    message:
      'tls-target-name-check=host, but the name that the client connects to is not known, so nothing was compared',
    hint: 'give it with --target, once for each host of an HA pair',
  }),
  'preflight/verifiers-differ': ({ matched, others }) => ({
    message: matched
      ? `the Security Pack takes this name; others do not: ${nameProfiles(others)}`
      : `the Security Pack does not take this name; others do: ${nameProfiles(others)}`,
  }),
};
