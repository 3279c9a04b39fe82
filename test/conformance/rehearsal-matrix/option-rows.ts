/** Rows about names, protocols, ciphers, the form of options, and Windows sides. */
import { fingerprint } from '../../../src/crypto/fingerprint.js';
import { makeKeyPair } from '../../support/keys.js';
import type { Holder } from '../../support/pki.js';
import { issueFor, issuing, leaves, policy, root, serverName, stranger, strangeKey } from './material.js';
import { changeOptions, changeSide, type Scene, type SceneSide } from './scene.js';
import {
  both,
  presentLeaf,
  refused,
  stricter,
  toVariations,
  trust,
  type Expected,
  type Row,
  type Setting,
  type Variation,
} from './variation.js';

const on = { nameCheck: true } as const;
const named = (overrides: Parameters<typeof issueFor>[1]): Variation['apply'] =>
  presentLeaf(() => issueFor('server', overrides));
const connectTo =
  (...targets: readonly string[]): Variation['apply'] =>
  (scene) => ({ ...scene, targets });
const client =
  (options: SceneSide['options'], change: Partial<SceneSide> = {}): Variation['apply'] =>
  (scene) =>
    changeSide(changeOptions(scene, 'client', options), 'client', change);

const nameRows: readonly Row[] = [
  ['matches', 'connects', connectTo(serverName), on],
  ['in other letters', 'connects', connectTo('SIP1.Example.COM'), on],
  ['with a port', 'connects', connectTo(`${serverName}:5061`), on],
  ['a SIP URI', 'connects', connectTo(`sip:${serverName};transport=tls`), on],
  ['no target', 'connects', connectTo(), on],
  [
    'two targets, both named',
    'connects',
    both(named({ san: [serverName, 'sip2.example.com'] }), connectTo(serverName, 'sip2.example.com')),
    on,
  ],
  ['two targets, one named', refused('host/'), connectTo(serverName, 'sip2.example.com'), on],
  ['another name', refused('host/'), connectTo('sip2.example.com'), on],
  ['another name, not compared', 'connects', connectTo('sip2.example.com'), { nameCheck: false }],
  ['a short name', refused('host/'), connectTo('sip1'), on],
  ['a dot at the end', refused('host/'), connectTo(`${serverName}.`), on],
  ['an IP address', refused('host/'), connectTo('192.0.2.1'), on],
  [
    'an IP address that the certificate has',
    refused('host/'),
    both(named({ san: ['IP:192.0.2.1'] }), connectTo('192.0.2.1')),
    on,
  ],
  ['an IP address, not compared', 'connects', connectTo('192.0.2.1'), { nameCheck: false }],
  ['a wildcard', refused('host/wildcard-not-accepted'), named({ san: ['*.example.com'] }), on],
  ['a wildcard, not compared', 'connects', named({ san: ['*.example.com'] }), { nameCheck: false }],
  ['the common name alone', 'connects', named({ san: undefined }), on],
  ['a common name beside another SAN', refused('host/'), named({ san: ['sip2.example.com'] }), on],
  ['a common name beside an IP address', refused('host/'), named({ san: ['IP:192.0.2.1'] }), on],
  [
    'tls-target-name for an IP address',
    'connects',
    both(connectTo('192.0.2.1'), client({ 'tls-target-name': serverName })),
    on,
  ],
  [
    'tls-target-name of a known pack',
    'connects',
    both(connectTo('192.0.2.1'), client({ 'tls-target-name': serverName }, { packVersion: '8.5.100.23' })),
    on,
  ],
  ['another tls-target-name', refused('host/'), client({ 'tls-target-name': 'sip2.example.com' }), on],
  [
    'tls-target-name on an old pack',
    refused('host/'),
    both(connectTo('192.0.2.1'), client({ 'tls-target-name': serverName }, { packVersion: '8.5.100.10' })),
    on,
  ],
  [
    'another tls-target-name on an old pack',
    stricter('option/target-name-too-new'),
    client({ 'tls-target-name': 'sip2.example.com' }, { packVersion: '8.5.100.10' }),
    on,
  ],
  [
    'other letters on pack 8.1',
    refused('host/'),
    both(connectTo('SIP1.example.com'), client({}, { packVersion: '8.1.300.12' })),
    on,
  ],
  ['the same letters on pack 8.1', 'connects', client({}, { packVersion: '8.1.300.12' }), on],
  [
    'a name check on the server',
    'connects',
    (scene) => changeOptions(scene, 'server', { 'tls-target-name-check': 'host' }),
  ],
];

type OptionRow = readonly [
  string,
  Expected,
  server: SceneSide['options'],
  client: SceneSide['options'],
  needs?: Partial<Setting>,
];
const strict = { 'sec-protocol': 'TLSv12' } as const;
const newest = { 'sec-protocol': 'TLSv13' } as const;
const ecdsa = 'ECDHE-ECDSA-AES256-GCM-SHA384';
const rsa = 'ECDHE-RSA-AES256-GCM-SHA384';
const plain = { protocol: 'default' } as const;

const protocolRows: readonly OptionRow[] = [
  ['disjoint versions', refused('option/no-common-protocol'), strict, newest],
  ['disjoint versions, the other way', refused('option/no-common-protocol'), newest, strict],
  ['SSLv23 on both', 'connects', { 'sec-protocol': 'SSLv23' }, { 'sec-protocol': 'SSLv23' }],
  ['SSLv23 and TLS 1.3', 'connects', { 'sec-protocol': 'SSLv23' }, newest],
  ['TLS 1.1 alone', refused('option/'), { 'sec-protocol': 'TLSv11' }, {}, plain],
  ['TLS 1.1 on both', refused('option/'), { 'sec-protocol': 'TLSv11' }, { 'sec-protocol': 'TLSv11' }],
  ['a version that OpenSSL spells so', stricter('option/unknown-value'), { 'sec-protocol': 'TLSv1.2' }, {}, plain],
  [
    'one cipher on both',
    'connects',
    { ...strict, 'cipher-list': ecdsa },
    { ...strict, 'cipher-list': ecdsa },
    { kind: 'p256' },
  ],
  [
    'no common cipher',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': ecdsa },
    { ...strict, 'cipher-list': 'ECDHE-ECDSA-AES128-GCM-SHA256' },
    { kind: 'p256' },
  ],
  [
    'ciphers for RSA, a key of P-256',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': rsa },
    {},
    { kind: 'p256' },
  ],
  [
    'ciphers for RSA, an Ed25519 key',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': rsa },
    {},
    { kind: 'ed25519' },
  ],
  ['ciphers for ECDSA, an Ed25519 key', 'connects', { ...strict, 'cipher-list': ecdsa }, {}, { kind: 'ed25519' }],
  [
    'ciphers for ECDSA, an RSA key',
    refused('option/no-common-cipher'),
    {},
    { ...strict, 'cipher-list': ecdsa },
    { kind: 'rsa2048' },
  ],
  [
    'RSA key transport',
    'connects',
    { ...strict, 'cipher-list': 'AES256-SHA256' },
    { 'cipher-list': 'AES256-SHA256' },
    { kind: 'rsa2048' },
  ],
  [
    'RSA key transport, an RSA-PSS key',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'AES256-SHA256' },
    { 'cipher-list': 'AES256-SHA256' },
    { kind: 'rsa-pss' },
  ],
  ['RSA ciphers, an RSA-PSS key', 'connects', { ...strict, 'cipher-list': rsa }, {}, { kind: 'rsa-pss' }],
  [
    'finite-field Diffie-Hellman without parameters',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'DHE-RSA-AES256-GCM-SHA384' },
    { 'cipher-list': 'DHE-RSA-AES256-GCM-SHA384' },
    { kind: 'rsa2048' },
  ],
  [
    'the CBC cipher of old',
    'connects',
    { ...strict, 'cipher-list': 'ECDHE-ECDSA-AES128-SHA' },
    { 'cipher-list': 'ALL' },
    { kind: 'p256' },
  ],
  [
    'unencrypted ciphers',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'eNULL' },
    { ...strict, 'cipher-list': 'eNULL' },
  ],
  [
    'unencrypted ciphers at security level 0',
    'connects',
    { ...strict, 'cipher-list': 'eNULL:@SECLEVEL=0' },
    { ...strict, 'cipher-list': 'eNULL:@SECLEVEL=0' },
    { kind: 'rsa2048' },
  ],
  [
    'anonymous ciphers at security level 0',
    stricter('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'aNULL:@SECLEVEL=0' },
    { ...strict, 'cipher-list': 'aNULL:@SECLEVEL=0' },
  ],
  [
    'RSA key transport at security level 3',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'AES256-SHA256:@SECLEVEL=3' },
    { 'cipher-list': 'AES256-SHA256' },
    { kind: 'p384' },
  ],
  [
    'ciphers of 128 bits at security level 4',
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'ECDHE-ECDSA-AES128-GCM-SHA256' },
    { 'cipher-list': 'ALL:@SECLEVEL=4' },
    { kind: 'p384', mutual: false },
  ],
  [
    'security level 3 of the server',
    'connects',
    { 'cipher-list': 'ALL:@SECLEVEL=3' },
    {},
    { kind: 'p256', mutual: false },
  ],
  [
    'security level 4 of the server',
    refused('certificate/weak'),
    { 'cipher-list': 'ALL:@SECLEVEL=4' },
    {},
    { kind: 'p384', mutual: false },
  ],
  [
    'CCM with short tags',
    'connects',
    { ciphersuites: 'TLS_AES_128_CCM_8_SHA256' },
    { ciphersuites: 'TLS_AES_128_CCM_8_SHA256' },
  ],
  [
    'anonymous ciphers alone',
    refused('option/'),
    { ...strict, 'cipher-list': 'aNULL' },
    { ...strict, 'cipher-list': 'aNULL' },
  ],
  ['an unknown cipher', refused('option/cipher-list-empty'), { 'cipher-list': 'ECDHE-RSA-AES512-GCM-SHA384' }, {}],
  ['an unknown cipher before a known one', 'connects', { 'cipher-list': `NOPE:${ecdsa}:${rsa}` }, {}],
  [
    'a cipher-list where TLS 1.3 is agreed',
    'connects',
    { 'cipher-list': ecdsa },
    { 'cipher-list': 'ECDHE-ECDSA-AES128-GCM-SHA256' },
  ],
  [
    'a suite of TLS 1.3 in cipher-list',
    refused('option/cipher-list-empty'),
    { 'cipher-list': 'TLS_AES_256_GCM_SHA384' },
    {},
  ],
  [
    'one suite on both',
    'connects',
    { ciphersuites: 'TLS_AES_128_GCM_SHA256' },
    { ciphersuites: 'TLS_AES_128_GCM_SHA256' },
    plain,
  ],
  [
    'a suite that must be named',
    'connects',
    { ciphersuites: 'TLS_AES_128_CCM_SHA256' },
    { ciphersuites: 'TLS_AES_128_CCM_SHA256' },
    plain,
  ],
  [
    'a suite that the other has to name',
    refused('option/no-common-cipher'),
    { ciphersuites: 'TLS_AES_128_CCM_SHA256' },
    {},
    plain,
  ],
  [
    'no common suite',
    refused('option/no-common-cipher'),
    { ciphersuites: 'TLS_AES_128_GCM_SHA256' },
    { ciphersuites: 'TLS_AES_256_GCM_SHA384' },
    plain,
  ],
  [
    'no common suite, TLS 1.2 agreed',
    'connects',
    { ciphersuites: 'TLS_AES_128_GCM_SHA256', ...strict },
    { ciphersuites: 'TLS_AES_256_GCM_SHA384' },
  ],
  ['an unknown suite', refused('option/ciphersuites-unknown'), { ciphersuites: 'TLS_AES_256_GCM_SHA385' }, {}],
  [
    'an unknown suite beside a known one',
    stricter('option/ciphersuites-unknown'),
    { ciphersuites: 'TLS_AES_256_GCM_SHA385:TLS_AES_256_GCM_SHA384' },
    {},
  ],
  ['suites in lower case', refused('option/ciphersuites-unknown'), { ciphersuites: 'tls_aes_256_gcm_sha384' }, {}],
  ['a cipher of TLS 1.2 in ciphersuites', refused('option/ciphersuites-unknown'), { ciphersuites: ecdsa }, {}],
  ['security level 0', 'connects', { 'cipher-list': 'DEFAULT@SECLEVEL=0' }, { 'cipher-list': 'DEFAULT@SECLEVEL=0' }],
  ['security level 2', 'connects', { 'cipher-list': 'DEFAULT@SECLEVEL=2' }, {}],
];

const weakLeaf = (): Holder => issueFor('server', { key: makeKeyPair('rsa1024', 'weak leaf') });
const levelRows: readonly Row[] = [
  [
    'RSA of 1024 bits at level 2 of the server',
    refused('certificate/weak-key'),
    both(presentLeaf(weakLeaf), (scene) => changeOptions(scene, 'server', { 'cipher-list': 'DEFAULT@SECLEVEL=2' })),
  ],
  [
    'RSA of 1024 bits at level 2 of the client',
    refused('certificate/weak-key'),
    both(presentLeaf(weakLeaf), (scene) => changeOptions(scene, 'client', { 'cipher-list': 'DEFAULT@SECLEVEL=2' })),
  ],
  [
    'SHA-1 at level 0 of both',
    'connects',
    both(
      presentLeaf(() => issueFor('server', { hash: 'sha1' })),
      (scene) => changeOptions(scene, 'server', { 'cipher-list': 'DEFAULT@SECLEVEL=0' }),
      (scene) => changeOptions(scene, 'client', { 'cipher-list': 'DEFAULT@SECLEVEL=0' }),
    ),
  ],
  [
    'SHA-1 at level 0 of the server alone',
    refused('certificate/weak-signature'),
    both(
      presentLeaf(() => issueFor('server', { hash: 'sha1' })),
      (scene) => changeOptions(scene, 'server', { 'cipher-list': 'DEFAULT@SECLEVEL=0' }),
    ),
  ],
];

const renameOption =
  (side: 'server' | 'client', from: 'trustedCA' | 'certificateKey', name: string): Variation['apply'] =>
  (scene) => {
    const path = '/no/such/file.pem';
    return changeSide(changeOptions(scene, side, { [name]: path }), side, { [from]: undefined });
  };

const formRows: readonly Row[] = [
  ['Trusted-CA', refused('option/'), renameOption('client', 'trustedCA', 'Trusted-CA'), { crls: false }],
  ['certificate_key', refused('option/'), renameOption('server', 'certificateKey', 'certificate_key')],
  [
    'a value in other letters',
    stricter('option/wrong-case'),
    (scene) => changeOptions(scene, 'client', { 'tls-target-name-check': 'Host' }),
  ],
  ['an option that nobody knows', 'connects', (scene) => changeOptions(scene, 'server', { colour: 'blue' })],
  [
    'tls=0',
    stricter('option/tls-not-set'),
    (scene) => changeSide(scene, 'server', { transport: 'tls=0' }),
    { mutual: false },
  ],
  [
    'no transport parameters',
    'connects',
    (scene) => changeSide(scene, 'server', { transport: undefined }),
    { mutual: false },
  ],
  [
    'blanks in transport parameters',
    stricter('option/blanks-in-transport'),
    (scene) => changeSide(scene, 'server', { transport: 'tls=1; tls-mutual=1' }),
    { mutual: true },
  ],
  [
    'tls-mutual in [security]',
    'connects',
    (scene) => changeSide(changeOptions(scene, 'server', { 'tls-mutual': '1' }), 'server', { transport: 'tls=1' }),
    { mutual: true },
  ],
];

const thumbprintOf = ({ certificate }: Holder): string => fingerprint(certificate, 'sha1');
/** A side on Windows, with what its store holds. */
const windows =
  (side: 'server' | 'client', thumbprint: string | undefined, store: Scene['store']): Variation['apply'] =>
  (scene) => ({
    ...scene,
    store,
    [side]: {
      platform: 'windows',
      transport: scene[side].transport,
      options: { ...scene[side].options, certificate: thumbprint },
    },
  });
const own = leaves.server.p256;
const agent = leaves.client.p256;
const noCRLs = { crls: false } as const;
const simple = { mutual: false, crls: false } as const;
const mutual = { mutual: true, crls: false } as const;

const windowsRows: readonly Row[] = [
  [
    'a server and its store',
    'connects',
    windows('server', thumbprintOf(own), [own, issuing, policy, root, own.key]),
    noCRLs,
  ],
  [
    'a store without the intermediates',
    refused('chain/missing-issuer'),
    windows('server', thumbprintOf(own), [own, root, own.key]),
    simple,
  ],
  [
    'a store without the root',
    stricter('chain/missing-issuer'),
    windows('server', thumbprintOf(own), [own, issuing, policy, own.key]),
    simple,
  ],
  [
    'a server whose client trusts another root',
    refused('chain/root-not-trusted'),
    both(windows('server', thumbprintOf(own), [own, issuing, policy, root, own.key]), trust(stranger)),
    noCRLs,
  ],
  [
    'an expired certificate in the store',
    refused('certificate/expired'),
    (scene, cast) => {
      const expired = issueFor('server', { notAfter: new Date('2025-06-01') });
      return windows('server', thumbprintOf(expired), [expired, issuing, policy, root, expired.key])(scene, cast);
    },
    simple,
  ],
  ['a client and its store, simple', 'connects', windows('client', undefined, [root]), simple],
  [
    'a client and its store, mutual',
    'connects',
    windows('client', thumbprintOf(agent), [agent, issuing, policy, root, agent.key]),
    mutual,
  ],
  [
    'a client whose store has another root',
    refused('chain/root-not-trusted'),
    windows('client', undefined, [stranger]),
    simple,
  ],
  [
    'a client without certificate, mutual',
    refused('option/client-certificate-missing'),
    windows('client', undefined, [root]),
    mutual,
  ],
  [
    'a client with tls-target-name',
    stricter('option/target-name-on-windows'),
    both(windows('client', undefined, [root]), client({ 'tls-target-name': 'sip2.example.com' })),
    { ...simple, ...on },
  ],
  [
    'no store at hand',
    'connects',
    windows('server', thumbprintOf(own), [own, issuing, policy, root, own.key, strangeKey]),
    simple,
  ],
];

const toOptionRow = ([name, expected, server, options, needs]: OptionRow): Row => [
  name,
  expected,
  (scene) => changeOptions(changeOptions(scene, 'server', server), 'client', options),
  { protocol: 'default', ...needs },
];

export const optionVariations: readonly Variation[] = [
  ...nameRows.map(toVariations('name', 'server')),
  ...protocolRows.map(toOptionRow).map(toVariations('protocol', 'server')),
  ...levelRows.map(toVariations('security level', 'server')),
  ...formRows.map(toVariations('form', 'server')),
  ...windowsRows.map(toVariations('Windows', 'server')),
];
