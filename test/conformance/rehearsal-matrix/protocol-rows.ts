/** Rows about protocol versions, ciphers and security levels. */
import { makeKeyPair } from '../../support/keys.js';
import type { Holder } from '../../support/pki.js';
import { issueFor } from './material.js';
import { changeOptions, type SceneSide } from './scene.js';
import {
  both,
  presentLeaf,
  refused,
  stricter,
  toVariations,
  type Expected,
  type Row,
  type Base,
  type Variation,
} from './variation.js';

type OptionRow = readonly [
  string,
  Expected,
  server: SceneSide['options'],
  client: SceneSide['options'],
  needs?: Partial<Base>,
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
  ['TLS 1.1 alone', refused('option/no-common-protocol'), { 'sec-protocol': 'TLSv11' }, {}, plain],
  ['TLS 1.1 on both', refused('option/protocol-refused'), { 'sec-protocol': 'TLSv11' }, { 'sec-protocol': 'TLSv11' }],
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
    refused('option/no-common-cipher'),
    { ...strict, 'cipher-list': 'aNULL:@SECLEVEL=0' },
    { ...strict, 'cipher-list': 'aNULL:@SECLEVEL=0' },
    { mutual: false },
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
    refused('certificate/weak-key'),
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
    refused('option/no-common-cipher'),
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

const toOptionRow = ([name, expected, server, options, needs]: OptionRow): Row => [
  name,
  expected,
  (scene) => changeOptions(changeOptions(scene, 'server', server), 'client', options),
  { protocol: 'default', ...needs },
];

export const protocolVariations: readonly Variation[] = [
  ...protocolRows.map(toOptionRow).map(toVariations('protocol', 'server')),
  ...levelRows.map(toVariations('security level', 'server')),
];
