/** Rows about names, the form of options, and Windows sides. */
import { fingerprint } from '../../../src/crypto/fingerprint.js';
import type { Holder } from '../../support/pki.js';
import { issueFor, issuing, leaves, policy, root, serverName, stranger, strangeKey } from './material.js';
import { changeOptions, changeSide, type Scene, type SceneSide } from './scene.js';
import { both, presentLeaf, refused, stricter, toVariations, trust, type Row, type Variation } from './variation.js';

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
  ['two targets, one named', refused('host/one-letter'), connectTo(serverName, 'sip2.example.com'), on],
  ['another name', refused('host/one-letter'), connectTo('sip2.example.com'), on],
  ['another name, not compared', 'connects', connectTo('sip2.example.com'), { nameCheck: false }],
  ['a short name', refused('host/short-target'), connectTo('sip1'), on],
  ['a dot at the end', refused('host/trailing-dot'), connectTo(`${serverName}.`), on],
  ['an IP address', refused('host/target-ip'), connectTo('192.0.2.1'), on],
  [
    'an IP address that the certificate has',
    refused('host/target-ip'),
    both(named({ san: ['IP:192.0.2.1'] }), connectTo('192.0.2.1')),
    on,
  ],
  ['an IP address, not compared', 'connects', connectTo('192.0.2.1'), { nameCheck: false }],
  ['a wildcard', refused('host/wildcard-not-accepted'), named({ san: ['*.example.com'] }), on],
  ['a wildcard, not compared', 'connects', named({ san: ['*.example.com'] }), { nameCheck: false }],
  ['the common name alone', 'connects', named({ san: undefined }), on],
  ['a common name beside another SAN', refused('host/common-name-ignored'), named({ san: ['sip2.example.com'] }), on],
  ['a common name beside an IP address', refused('host/common-name-ignored'), named({ san: ['IP:192.0.2.1'] }), on],
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
  ['another tls-target-name', refused('host/one-letter'), client({ 'tls-target-name': 'sip2.example.com' }), on],
  [
    'tls-target-name on an old pack',
    refused('host/target-ip'),
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
    refused('host/case-differs'),
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

const renameOption =
  (side: 'server' | 'client', from: 'trustedCA' | 'certificateKey', name: string): Variation['apply'] =>
  (scene) => {
    const path = '/no/such/file.pem';
    return changeSide(changeOptions(scene, side, { [name]: path }), side, { [from]: undefined });
  };

const formRows: readonly Row[] = [
  [
    'Trusted-CA',
    refused('option/mandatory-missing'),
    renameOption('client', 'trustedCA', 'Trusted-CA'),
    { crls: false },
  ],
  ['certificate_key', refused('option/mandatory-missing'), renameOption('server', 'certificateKey', 'certificate_key')],
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
  // Windows does not send the root: the client misses an issuer, not trust.
  [
    'a server whose client trusts another root',
    refused('chain/missing-issuer'),
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
    'a store with a key of no certificate',
    'connects',
    windows('server', thumbprintOf(own), [own, issuing, policy, root, own.key, strangeKey]),
    simple,
  ],
];

export const optionVariations: readonly Variation[] = [
  ...nameRows.map(toVariations('name', 'server')),
  ...formRows.map(toVariations('form', 'server')),
  ...windowsRows.map(toVariations('Windows', 'server')),
];
