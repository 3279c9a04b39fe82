/** Samples of `broken/config` whose certificates are at fault: chain, trust, revocation and host name. */
import { holderOptions, nameCheck, simple, tlsCRL, trustedCA } from './configurations.js';
import {
  broken,
  change,
  changeServer,
  changeClient,
  changeMutualServer,
  changeMutualClient,
  changeHolder,
  changeChain,
  useOwnFiles,
  mutualServer,
  mutualClient,
} from './variations.js';

export const listChainFaults = () => ({
  'root-first': {
    shows: 'the chain in the wrong order: OpenSSL takes the root for the own certificate, and the key does not fit',
    ...changeChain('root-first.pem'),
  },
  'missing-intermediate': {
    shows: 'a gap in the chain, and a client that knows only the root',
    ...changeChain('missing-intermediate.pem'),
  },
  'missing-intermediate-trusted': {
    shows: 'the same gap, and a client that could fill it: only the Security Pack objects',
    ...changeChain('missing-intermediate.pem', trustedCA),
  },
  'missing-root': {
    shows: 'a chain without its root: only the Security Pack objects',
    ...changeChain('missing-root.pem'),
  },
  'unrelated-certificate': {
    shows: 'Issuing CA 2 has no place in this chain',
    ...changeChain('unrelated-certificate.pem'),
  },
  'damaged-signature': {
    shows: 'a certificate that changed after it was signed',
    ...changeChain('damaged-signature.pem'),
  },
  'expired-leaf': { shows: 'the server expired 2025-08-01', ...useOwnFiles('expired-leaf') },
  'not-yet-valid-leaf': { shows: 'the server is valid from 2044', ...useOwnFiles('not-yet-valid-leaf') },
  'expired-intermediate': {
    shows: 'Issuing CA 1 as it was before its renewal, expired 2025-07-01',
    ...changeChain('expired-intermediate.pem'),
  },
  'path-too-long': {
    shows: 'Issuing CA 3 allows no CA below it, and there is one',
    ...useOwnFiles('path-too-long'),
  },
  'issuer-is-no-ca': { shows: 'the issuer is a server certificate', ...useOwnFiles('issuer-is-no-ca') },
  'client-auth-only-server': {
    shows: 'the server has a certificate for clients',
    ...useOwnFiles('client-auth-only-server'),
  },
  'server-auth-only-client': {
    shows: 'the client has a certificate for servers',
    ...changeMutualClient(holderOptions('sip1')),
  },
  'client-trusts-other-root': {
    shows: "the client trusts root 2, the server's is root 1",
    ...changeClient({ 'trusted-ca': '/etc/sec/ca/example-root-ca-2.pem' }),
  },
  'server-trusts-other-root': {
    shows: "the server trusts root 1, the client's is root 2",
    ...changeMutualServer({ 'trusted-ca': '/etc/sec/ca/trusted-ca-root-1-only.pem' }),
  },
  'intermediate-without-root': {
    shows: "the client trusts the server's issuer without its root: OpenSSL wants the root",
    ...changeClient({ 'trusted-ca': `${broken}/bundle/intermediate-without-root.pem` }),
  },
});

/** Of the client's tls-crl, which covers both CAs of sip1 but for what is said. */
export const listRevocationFaults = () => {
  const useOwnCRL = (name) => changeClient({ 'tls-crl': `${broken}/config/${name}/tls-crl.pem` });
  return {
    'revoked-server': {
      shows: 'the server was revoked 2025-06-20',
      server: change(simple.server, holderOptions('revoked')),
      client: change(simple.client, { 'tls-crl': tlsCRL }),
      fault: 'server',
      target: 'old-sip.fly.example.com',
    },
    'revoked-client': {
      shows: 'the client was revoked 2025-06-20',
      server: change(mutualServer, {
        'trusted-ca': `${broken}/config/revoked-client/trusted-ca.pem`,
        'tls-crl': `${broken}/config/revoked-client/tls-crl.pem`,
      }),
      client: change(mutualClient, {
        certificate: `${broken}/config/revoked-client/client-chain.pem`,
        'certificate-key': `${broken}/config/revoked-client/client-key.pem`,
      }),
      fault: 'client',
    },
    'stale-crl': { shows: 'the next CRL of Issuing CA 1 was due 2025-08-01', ...useOwnCRL('stale-crl') },
    'crl-missing-for-a-ca': {
      shows: 'no CRL of the root: the chain is not covered, though its leaf is',
      ...changeClient({ 'tls-crl': `${broken}/crl/root-crl-missing.crl.pem` }),
    },
    'crl-damaged-signature': {
      shows: 'the CRL of Issuing CA 1 changed after it was signed',
      ...useOwnCRL('crl-damaged-signature'),
    },
    'distribution-point-remote': {
      shows: 'a client on Windows fetches the CRLs, from another machine: each new connection may wait for it',
      client: { security: nameCheck },
      options: '--client-platform windows --windows-store samples/etc/sec/ca/trusted-ca.pem',
    },
    'crl-wrong-label': { shows: 'CRLs labelled `CRL`: OpenSSL reads none', ...useOwnCRL('crl-wrong-label') },
  };
};

export const listNameFaults = () => ({
  'name-check-missing': {
    shows: 'the client compares no name: whoever has a certificate of a trusted CA may answer',
    ...changeClient({ 'tls-target-name-check': undefined }),
  },
  'name-check-on-server': {
    shows: 'a name check on the server, where it does nothing',
    ...changeServer(nameCheck),
  },
  'wildcard-name': {
    shows: '`*.web.fly.example.com`: the Security Pack takes no wildcard',
    ...changeHolder('wildcard'),
    target: 'eu.web.fly.example.com',
  },
  'short-name-target': {
    shows: 'the client connects to `sip1`, the certificate says `sip1.fly.example.com`',
    client: { ...simple.client, sip: { contact: 'sip:sip1;transport=tls' } },
    target: 'sip1',
  },
  'ip-target': {
    shows: 'the client connects by IP address',
    client: { ...simple.client, sip: { contact: 'sip:192.168.8.57;transport=tls' } },
    target: '192.168.8.57',
  },
  'common-name-ignored': {
    shows: 'the common name is right, but the subject alternative name is `sip2.fly.example.com`',
    ...useOwnFiles('common-name-ignored'),
  },
  'common-name-only': {
    shows: 'no subject alternative name: works here but nowhere else',
    ...changeHolder('cn-only'),
    target: 'legacy.fly.example.com',
  },
  'case-differs': {
    shows: '`Config.Fly.Example.Com`: no match for packs up to 8.1',
    ...changeHolder('mixed-case'),
    target: 'config.fly.example.com',
    options: '--pack-version 8.1.300.12',
  },
  'target-name-on-old-pack': {
    shows: '`tls-target-name` needs pack 8.5.100.23',
    ...changeClient({ 'tls-target-name': 'sip1.fly.example.com' }),
    options: '--pack-version 8.5.100.10',
    target: '192.168.8.57',
  },
});
