/** The small PKI of `samples/etc/sec`, where everything is as it should be but for one revoked server. */
import { X509CrlReason } from '@peculiar/x509';
import { makePKCS12, makePKCS7 } from './containers.js';
import { certificatesPEM, crlsPEM, issue, keyPEM, makeCRL, makeKeys, toPEM } from './maker.js';

const dns = (...values) => values.map((value) => ({ type: 'dns', value }));
const server = ['serverAuth'];
const client = ['clientAuth'];

async function makeAuthorities() {
  const rootDates = { notBefore: '2025-01-01', notAfter: '2049-12-31' };
  const caDates = { notBefore: '2025-01-15', notAfter: '2047-12-31' };
  const root1 = await issue(undefined, {
    commonName: 'Example Root CA 1',
    serialNumber: '1001',
    file: 'example-root-ca-1',
    ca: true,
    ...rootDates,
  });
  const root2 = await issue(undefined, {
    commonName: 'Example Root CA 2',
    serialNumber: '2001',
    file: 'example-root-ca-2',
    keys: await makeKeys('p256'),
    ca: true,
    ...rootDates,
  });
  const issuing1 = await issue(root1, {
    commonName: 'Example Issuing CA 1',
    serialNumber: '1002',
    file: 'example-issuing-ca-1',
    ca: true,
    pathLen: 0,
    ...caDates,
  });
  // Issuing CA 1 before it was renewed: the same key, and expired by now.
  const issuing1Expired = await issue(root1, {
    commonName: 'Example Issuing CA 1',
    serialNumber: '1004',
    keys: issuing1.keys,
    ca: true,
    pathLen: 0,
    notBefore: '2025-01-10',
    notAfter: '2025-07-01',
  });
  const issuing2 = await issue(root2, {
    commonName: 'Example Issuing CA 2',
    serialNumber: '2002',
    file: 'example-issuing-ca-2',
    keys: await makeKeys('p256'),
    ca: true,
    pathLen: 0,
    ...caDates,
  });
  // The old root vouches for the new one, for those who do not trust the new one yet.
  const root2Cross = await issue(root1, {
    commonName: 'Example Root CA 2',
    serialNumber: '1003',
    file: 'example-root-ca-2',
    keys: root2.keys,
    ca: true,
    notBefore: '2025-01-15',
    notAfter: '2046-12-31',
  });
  return { root1, root2, root2Cross, issuing1, issuing1Expired, issuing2 };
}

async function makeHolders({ issuing1, issuing2 }) {
  const p256 = () => makeKeys('p256');
  return {
    sip1: await issue(issuing1, {
      commonName: 'sip1.fly.example.com',
      serialNumber: '1101',
      purposes: server,
      names: dns('sip1.fly.example.com'),
    }),
    'ha-pair': await issue(issuing1, {
      commonName: 'ha1.fly.example.com',
      serialNumber: '1102',
      purposes: server,
      names: dns('ha1.fly.example.com', 'ha2.fly.example.com'),
    }),
    wildcard: await issue(issuing1, {
      commonName: 'web.fly.example.com',
      serialNumber: '1103',
      keys: await p256(),
      purposes: server,
      names: dns('web.fly.example.com', '*.web.fly.example.com'),
    }),
    'cn-only': await issue(issuing1, {
      commonName: 'legacy.fly.example.com',
      serialNumber: '1104',
      keys: await p256(),
      purposes: server,
    }),
    'mixed-case': await issue(issuing1, {
      commonName: 'Config.Fly.Example.Com',
      serialNumber: '1105',
      keys: await p256(),
      purposes: server,
      names: dns('Config.Fly.Example.Com'),
    }),
    'sip-domain': await issue(issuing1, {
      commonName: 'edge.fly.example.com',
      serialNumber: '1106',
      keys: await p256(),
      purposes: server,
      names: [{ type: 'url', value: 'sip:fly.example.com' }, ...dns('edge.fly.example.com')],
    }),
    revoked: await issue(issuing1, {
      commonName: 'old-sip.fly.example.com',
      serialNumber: '1107',
      purposes: server,
      names: dns('old-sip.fly.example.com'),
    }),
    'agent-desktop': await issue(issuing1, {
      commonName: 'Agent Desktop 4711',
      serialNumber: '1108',
      purposes: client,
      names: [{ type: 'email', value: 'agent4711@fly.example.com' }],
    }),
    framework: await issue(issuing1, {
      commonName: 'framework.fly.example.com',
      serialNumber: '1109',
      purposes: [...server, ...client],
      names: dns('framework.fly.example.com'),
    }),
    stat: await issue(issuing2, {
      commonName: 'stat.fly.example.com',
      serialNumber: '2101',
      keys: await p256(),
      purposes: [...server, ...client],
      names: dns('stat.fly.example.com'),
    }),
  };
}

async function makeCRLs({ root1, root2, issuing1, issuing2 }) {
  const superseded = { serialNumber: '1100', revocationDate: new Date('2025-03-03'), reason: X509CrlReason.superseded };
  const compromised = {
    serialNumber: '1107',
    revocationDate: new Date('2025-06-20T08:15:00Z'),
    reason: X509CrlReason.keyCompromise,
    invalidity: new Date('2025-06-14T21:30:00Z'),
  };
  return {
    root1: await makeCRL(root1, { number: 7 }),
    root2: await makeCRL(root2, { number: 3 }),
    issuing1: await makeCRL(issuing1, { number: 42, entries: [superseded, compromised] }),
    issuing2: await makeCRL(issuing2, { number: 5 }),
    // Before the revocation: whoever uses this one does not know of it.
    issuing1Earlier: await makeCRL(issuing1, { number: 41, thisUpdate: '2025-06-01', entries: [superseded] }),
  };
}

/** @returns everything that the PKI is made of, for the files here and for the broken ones */
export async function makePKI() {
  const authorities = await makeAuthorities();
  const holders = await makeHolders(authorities);
  const crls = await makeCRLs(authorities);
  return { authorities, holders, crls };
}

function listCAFiles({ root1, root2, root2Cross, issuing1, issuing2 }, crls) {
  return {
    'ca/example-root-ca-1.pem': certificatesPEM(root1),
    'ca/example-root-ca-2.pem': certificatesPEM(root2),
    'ca/example-root-ca-2-cross.pem': certificatesPEM(root2Cross),
    'ca/example-issuing-ca-1.pem': certificatesPEM(issuing1),
    'ca/example-issuing-ca-2.pem': certificatesPEM(issuing2),
    'ca/trusted-ca.pem': certificatesPEM(root1, issuing1, root2, issuing2),
    'ca/trusted-ca-root-1-only.pem': certificatesPEM(root1, issuing1),
    'ca/example-cas.p7b': toPEM(makePKCS7([root1, issuing1, root2, issuing2], [crls.root1, crls.root2]), 'PKCS7'),
  };
}

const passphrase = 'fly-example';
/** Private keys are PKCS#8 but for these. */
const keyForms = {
  framework: { type: 'pkcs1' },
  stat: { type: 'sec1' },
  'agent-desktop': { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase },
};

async function listCertificateFiles({ root1, root2, issuing1, issuing2 }, holders) {
  const files = {};
  for (const [name, holder] of Object.entries(holders)) {
    const path = name === 'stat' ? [issuing2, root2] : [issuing1, root1];
    const key = keyPEM(holder, keyForms[name]);
    files[`certs/${name}.pem`] = certificatesPEM(holder);
    files[`certs/${name}-key.pem`] = key;
    files[`certs/${name}-combined.pem`] = certificatesPEM(holder) + key;
    files[`certs/${name}-chain.pem`] = certificatesPEM(holder, ...path);
  }
  const { sip1 } = holders;
  return {
    ...files,
    'certs/agent-desktop-key.password': `${passphrase}\n`,
    'certs/sip1.cer': new Uint8Array(sip1.certificate.rawData),
    'certs/sip1.p7b': makePKCS7([root1, sip1, issuing1]),
    'certs/sip1.p12': await makePKCS12([sip1, issuing1, root1], 'sip1', passphrase),
    'certs/sip1.p12.password': `${passphrase}\n`,
  };
}

const listCRLFiles = (crls) => ({
  'crl/example-root-ca-1.crl.pem': crlsPEM(crls.root1),
  'crl/example-root-ca-2.crl.pem': crlsPEM(crls.root2),
  'crl/example-issuing-ca-1.crl.pem': crlsPEM(crls.issuing1),
  'crl/example-issuing-ca-1-superseded.crl.pem': crlsPEM(crls.issuing1Earlier),
  'crl/example-issuing-ca-2.crl': crls.issuing2,
  'crl/tls-crl.pem': crlsPEM(crls.root1, crls.issuing1, crls.root2, crls.issuing2),
});

/** Files by their path in `samples/etc/sec`. */
export async function listGoodFiles({ authorities, holders, crls }) {
  return {
    ...listCAFiles(authorities, crls),
    ...(await listCertificateFiles(authorities, holders)),
    ...listCRLFiles(crls),
  };
}

/** Files of `samples/pile`: one end entity and the certificates around it, as they gather in a mailbox. */
export function listPileFiles({ authorities: { root1, root2, root2Cross, issuing1, issuing2 }, holders: { stat } }) {
  return {
    'answer-from-the-ca.pem': certificatesPEM(root1, stat, root2Cross),
    'download.cer': new Uint8Array(issuing2.certificate.rawData),
    'found-on-the-old-server.p7b': toPEM(makePKCS7([issuing1, root2, root1]), 'PKCS7'),
    'request-key.pem': keyPEM(stat),
  };
}
