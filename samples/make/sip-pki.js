/**
 * The CA of the SIP side and what it issued: the proxies and an endpoint for `etc/sec/sip`, and the certificates that
 * faulty configurations need with their keys. A CA of its own, so that these can be made without making all else anew.
 */
import { X509CrlReason } from '@peculiar/x509';
import { certificatesPEM, crlsPEM, issue, keyPEM, makeCRL, makeKeys } from './maker.js';

const dns = (...values) => values.map((value) => ({ type: 'dns', value }));
const uri = (value) => ({ type: 'url', value });
const server = ['serverAuth'];
const both = ['serverAuth', 'clientAuth'];

/** All is P-256. */
const issueP256 = async (issuer, options) => issue(issuer, { ...options, keys: await makeKeys('p256') });

async function makeAuthorities() {
  const root = await issueP256(undefined, {
    commonName: 'Example Root CA 3',
    serialNumber: '4001',
    file: 'example-root-ca-3',
    ca: true,
    notBefore: '2025-01-01',
    notAfter: '2049-12-31',
  });
  const issuing = await issueP256(root, {
    commonName: 'Example Issuing CA 3',
    serialNumber: '4002',
    file: 'example-issuing-ca-3',
    ca: true,
    pathLen: 0,
    notBefore: '2025-01-15',
    notAfter: '2047-12-31',
  });
  return { root, issuing };
}

const makeHolders = async ({ issuing }) => ({
  'sip-proxy': await issueP256(issuing, {
    commonName: 'fly.example.com',
    serialNumber: '4101',
    purposes: both,
    names: [
      uri('sip:fly.example.com'),
      ...dns('fly.example.com', 'sip-proxy-1.fly.example.com', 'sip-proxy-2.fly.example.com'),
    ],
  }),
  endpoint: await issueP256(issuing, {
    commonName: 'Endpoint 4711',
    serialNumber: '4102',
    purposes: both,
    names: [uri('sip:4711@fly.example.com')],
  }),
});

/** A server's chain and key, and the trusted-ca that its client needs. */
const listServerFiles = (path, root) => ({
  'server-chain.pem': certificatesPEM(...path, root),
  'server-key.pem': keyPEM(path[0]),
  'trusted-ca.pem': certificatesPEM(root),
});

/** A revoked client's chain and key, with the trusted-ca and tls-crl of its server. */
async function listRevokedFiles({ root, issuing }) {
  const client = await issueP256(issuing, {
    commonName: 'Endpoint 4712',
    serialNumber: '4206',
    purposes: both,
    names: [uri('sip:4712@fly.example.com')],
  });
  const revoked = { serialNumber: '4206', revocationDate: new Date('2025-06-20'), reason: X509CrlReason.keyCompromise };
  return {
    'client-chain.pem': certificatesPEM(client, issuing, root),
    'client-key.pem': keyPEM(client),
    'trusted-ca.pem': certificatesPEM(root),
    'tls-crl.pem': crlsPEM(await makeCRL(root), await makeCRL(issuing, { number: 12, entries: [revoked] })),
  };
}

/** Files beside the configurations of `broken/config`, by the name of the sample. Each differs in one thing from a good one. */
async function listFaultyFiles({ root, issuing }) {
  const name = 'sip1.fly.example.com';
  const makeFaulty = async (serialNumber, options, issuer = issuing) =>
    issueP256(issuer, { commonName: name, serialNumber, purposes: server, names: dns(name), ...options });
  const listLeafFiles = async (serialNumber, options) =>
    listServerFiles([await makeFaulty(serialNumber, options), issuing], root);
  const deeperCA = await issueP256(issuing, {
    commonName: 'Example SIP Departmental CA',
    serialNumber: '4003',
    ca: true,
  });
  const deepLeaf = await makeFaulty('4301', {}, deeperCA);
  const noCA = await makeFaulty(
    '4204',
    { commonName: 'Example SIP Project CA', names: dns('ca.fly.example.com') },
    root,
  );
  const leafOfNoCA = await makeFaulty('4302', {}, noCA);
  return {
    'expired-leaf': await listLeafFiles('4201', { notAfter: '2025-08-01' }),
    'not-yet-valid-leaf': await listLeafFiles('4202', { notBefore: '2044-01-01' }),
    'client-auth-only-server': await listLeafFiles('4203', { purposes: ['clientAuth'] }),
    'common-name-ignored': await listLeafFiles('4205', { names: dns('sip2.fly.example.com') }),
    'path-too-long': listServerFiles([deepLeaf, deeperCA, issuing], root),
    'issuer-is-no-ca': listServerFiles([leafOfNoCA, noCA], root),
    'revoked-client': await listRevokedFiles({ root, issuing }),
  };
}

/** @returns the files of `etc/sec/sip` by their name, and those of `broken/config` by sample and name */
export async function makeSIPFiles() {
  const authorities = await makeAuthorities();
  const { root, issuing } = authorities;
  const good = {
    'trusted-ca.pem': certificatesPEM(root, issuing),
    'tls-crl.pem': crlsPEM(await makeCRL(root, { number: 2 }), await makeCRL(issuing, { number: 11 })),
  };
  for (const [name, holder] of Object.entries(await makeHolders(authorities))) {
    good[`${name}-chain.pem`] = certificatesPEM(holder, issuing, root);
    good[`${name}-key.pem`] = keyPEM(holder);
  }
  return { good, faulty: await listFaultyFiles(authorities) };
}
