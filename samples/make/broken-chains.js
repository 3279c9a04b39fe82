/** Samples of `samples/broken` whose certificates are at fault: chains, keys, bundles and host names. */
import { certificatesPEM, issue, keyPEM, makeKeys, toPEM } from './maker.js';

const dns = (...values) => values.map((value) => ({ type: 'dns', value }));
const server = ['serverAuth'];

/** A server certificate that differs from a good one in what `options` say. */
async function issueServer(issuer, serialNumber, options) {
  const commonName = options.commonName ?? 'faulty.fly.example.com';
  const names = options.names ?? dns(commonName);
  const keys = options.keys ?? (await makeKeys('p256'));
  return issue(issuer, { purposes: server, serialNumber, ...options, commonName, names, keys });
}

/** Files of `broken/chain`: made of the certificates of sip1, as far as they can be. */
export async function listBrokenChains({ authorities: { root1, issuing1, issuing1Expired, issuing2 }, holders }) {
  const { sip1, 'ha-pair': haPair } = holders;
  const expiredLeaf = await issueServer(issuing1, '1201', { notBefore: '2025-02-01', notAfter: '2025-08-01' });
  const futureLeaf = await issueServer(issuing1, '1202', { notBefore: '2044-01-01' });
  const otherKeyCA = await issue(root1, {
    commonName: 'Example Issuing CA 1',
    serialNumber: '1005',
    ca: true,
    pathLen: 0,
  });
  const deeperCA = await issue(issuing1, { commonName: 'Example Departmental CA', serialNumber: '1203', ca: true });
  const deepLeaf = await issueServer(deeperCA, '3001', {});
  const noCA = await issueServer(root1, '1007', { commonName: 'Example Project CA', names: dns('ca.fly.example.com') });
  const leafOfNoCA = await issueServer(noCA, '3002', {});
  const damaged = new Uint8Array(sip1.certificate.rawData).slice();
  damaged[damaged.length - 1] ^= 1;
  return {
    'root-first.pem': certificatesPEM(root1, issuing1, sip1),
    'missing-intermediate.pem': certificatesPEM(sip1, root1),
    'missing-root.pem': certificatesPEM(sip1, issuing1),
    'expired-leaf.pem': certificatesPEM(expiredLeaf, issuing1, root1),
    'expired-intermediate.pem': certificatesPEM(sip1, issuing1Expired, root1),
    'not-yet-valid.pem': certificatesPEM(futureLeaf, issuing1, root1),
    'same-name-other-key.pem': certificatesPEM(sip1, otherKeyCA, root1),
    'path-too-long.pem': certificatesPEM(deepLeaf, deeperCA, issuing1, root1),
    'issuer-is-no-ca.pem': certificatesPEM(leafOfNoCA, noCA, root1),
    'damaged-signature.pem': toPEM(damaged) + certificatesPEM(issuing1, root1),
    'duplicate-certificates.pem': certificatesPEM(sip1, issuing1, issuing1, root1, sip1),
    'unrelated-certificate.pem': certificatesPEM(sip1, issuing2, issuing1, root1),
    'several-leaves.pem': certificatesPEM(sip1, haPair, issuing1, root1),
  };
}

/** Files of `broken/key`. */
export async function listBrokenKeys({ authorities: { root1, issuing1 }, holders }) {
  const weak = await issueServer(issuing1, '1204', { keys: await makeKeys('rsa1024') });
  const sha1 = await issueServer(issuing1, '1205', { hash: 'SHA-1' });
  const [issuing, root] = [certificatesPEM(issuing1), certificatesPEM(root1)];
  return {
    'key-of-another-certificate.pem': certificatesPEM(holders.sip1) + keyPEM(holders['ha-pair']) + issuing + root,
    'weak-key-rsa-1024.pem': certificatesPEM(weak) + keyPEM(weak) + issuing + root,
    'sha-1-signature.pem': certificatesPEM(sha1) + keyPEM(sha1) + issuing + root,
  };
}

/** Files of `broken/bundle`: what may not stand in a trusted-ca, or is missing from it. */
export async function listBrokenBundles({ authorities, holders: { sip1 } }) {
  const { root1, root2, issuing1, issuing1Expired, issuing2 } = authorities;
  const dates = { notBefore: '2025-01-01', notAfter: '2049-12-31' };
  const expiredRoot = await issue(undefined, {
    commonName: 'Example Root CA 0',
    serialNumber: '0901',
    keys: await makeKeys('p256'),
    ca: true,
    notBefore: '2015-01-01',
    notAfter: '2025-01-01',
  });
  const impostor = await issue(undefined, {
    commonName: 'Example Root CA 1',
    serialNumber: '1001',
    ca: true,
    ...dates,
  });
  return {
    'intermediate-without-root.pem': certificatesPEM(issuing1, root2, issuing2),
    'leaf-in-bundle.pem': certificatesPEM(root1, issuing1, sip1),
    'expired-root.pem': certificatesPEM(expiredRoot, root1),
    'expired-intermediate.pem': certificatesPEM(root1, issuing1Expired),
    'same-name-other-key.pem': certificatesPEM(impostor, root1),
    'duplicate-root.pem': certificatesPEM(root1, root2, root1),
  };
}

/** Files of `broken/host`: one server certificate each, to be tried with the name that the README gives. */
export async function listBrokenHosts({ authorities: { issuing1 } }) {
  const makeLeaf = async (serialNumber, commonName, names) =>
    certificatesPEM(await issueServer(issuing1, serialNumber, { commonName, names }));
  const name = 'sip1.fly.example.com';
  return {
    'wildcard-only.pem': await makeLeaf('1301', '*.fly.example.com', dns('*.fly.example.com')),
    'cn-ignored.pem': await makeLeaf('1302', name, dns('sip2.fly.example.com')),
    'short-name.pem': await makeLeaf('1303', 'sip1', dns('sip1')),
    'ip-address-only.pem': await makeLeaf('1304', name, [{ type: 'ip', value: '192.168.8.57' }]),
    'no-dns-name.pem': await makeLeaf('1305', name, [{ type: 'email', value: 'sip@fly.example.com' }]),
    'case-differs.pem': await makeLeaf('1306', 'SIP1.Fly.Example.Com', dns('SIP1.Fly.Example.Com')),
    'one-letter-off.pem': await makeLeaf('1307', 'sip1.fly.exmaple.com', dns('sip1.fly.exmaple.com')),
  };
}
