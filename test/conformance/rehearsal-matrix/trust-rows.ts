/** Rows about what a side trusts and about its CRLs. */
import { makeExtension } from '../../support/extensions.js';
import { encodeParts, makeCRLOf } from '../../support/configuration.js';
import { issueCertificate, type CRLOptions, type Holder } from '../../support/pki.js';
import { changeSide } from './scene.js';
import {
  crlListing,
  future,
  goodCRLs,
  issueFor,
  issuing,
  past,
  policy,
  root,
  serialNumberOf,
  stranger,
  unrelated,
} from './material.js';
import {
  both,
  present,
  presentLeaf,
  refused,
  toVariations,
  trust,
  type Cast,
  type Row,
  type Variation,
} from './variation.js';

const noCRLs = { crls: false } as const;
const expiredRoot = issueCertificate(undefined, { subject: 'CN=Root', key: root.key, ca: true, notAfter: past });
const otherRoot = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
const rootWithBrokenSignature = issueCertificate(undefined, {
  subject: 'CN=Root',
  key: root.key,
  ca: true,
  signature: 'broken',
});
const selfSigned = issueCertificate(undefined, {
  subject: 'CN=sip1.example.com',
  san: ['sip1.example.com'],
  keyUsage: ['digitalSignature'],
  extKeyUsage: ['serverAuth', 'clientAuth'],
});

const trustRows: readonly Row[] = [
  ['the root', 'connects', trust(root)],
  ['the root and its intermediates', 'connects', trust(issuing, policy, root)],
  ['many roots', 'connects', trust(stranger, unrelated, otherRoot, root)],
  ['another root', refused('chain/root-not-trusted'), trust(stranger)],
  ['an intermediate without its root', refused('bundle/missing-root'), trust(issuing)],
  ['a root of the same name and another key', refused('chain/root-not-trusted'), trust(otherRoot)],
  ['a root of the same name and another key before the right one', 'connects', trust(otherRoot, root)],
  ['the certificate of the peer alone', refused('bundle/no-root'), (scene, cast) => trust(cast.leaf)(scene, cast)],
  [
    'an expired root',
    refused('certificate/expired'),
    both(
      trust(expiredRoot),
      present((leaf) => [leaf, issuing, policy, expiredRoot]),
    ),
  ],
  ['an expired root beside its renewed one', 'connects', trust(expiredRoot, root)],
  ['a root whose own signature is damaged', 'connects', trust(rootWithBrokenSignature)],
  ['the same root twice', 'connects', trust(root, root)],
  [
    'not set',
    refused('option/mandatory-missing'),
    (scene, { verifier }) => changeSide(scene, verifier, { trustedCA: undefined }),
    noCRLs,
  ],
  [
    'a self-signed certificate that is trusted',
    'connects',
    both(
      presentLeaf(() => selfSigned, []),
      trust(selfSigned),
    ),
    noCRLs,
  ],
  [
    'a self-signed certificate that is not',
    refused('path/self-signed-end-entity'),
    presentLeaf(() => selfSigned, []),
    noCRLs,
  ],
];

/** The verifier with these CRLs. */
const crls =
  (make: (cast: Cast) => readonly Uint8Array[]): Variation['apply'] =>
  (scene, cast) =>
    changeSide(scene, cast.verifier, { tlsCRL: make(cast) });
const [ofIssuing, ofPolicy, ofRoot] = [makeCRLOf(issuing), makeCRLOf(policy), makeCRLOf(root)];
const issuingCRL = (options: Partial<CRLOptions>): Variation['apply'] =>
  crls(() => [makeCRLOf(issuing, options), ofPolicy, ofRoot]);
const listed = ({ presenter }: Cast) => ({ serialNumber: serialNumberOf(presenter) });
const stale = { nextUpdate: past } as const;

/** A CA that may sign certificates alone. */
const mute: Holder = issueCertificate(policy, { subject: 'CN=Mute CA', ca: true, keyUsage: ['keyCertSign'] });

const crlRows: readonly Row[] = [
  ['of every CA', 'connects', crls(() => goodCRLs)],
  ['in another order', 'connects', crls(() => [ofRoot, ofIssuing, ofPolicy])],
  ['one twice', 'connects', crls(() => [ofIssuing, ofIssuing, ofPolicy, ofRoot])],
  [
    'beside a certificate',
    'connects',
    (scene, { verifier }) =>
      changeSide(scene, verifier, { tlsCRL: { raw: encodeParts([root]) + encodeParts(goodCRLs, 'X509 CRL') } }),
  ],
  ['beside one of a stranger', 'connects', crls(() => [makeCRLOf(stranger), ...goodCRLs])],
  ['none of the issuing CA', refused('crl/missing'), crls(() => [ofPolicy, ofRoot])],
  ['none of the policy CA', refused('crl/missing'), crls(() => [ofIssuing, ofRoot])],
  ['none of the root', refused('crl/missing'), crls(() => [ofIssuing, ofPolicy])],
  ['of a stranger alone', refused('crl/missing'), crls(() => [makeCRLOf(stranger)])],
  ['a stale one of the issuing CA', refused('crl/stale'), issuingCRL(stale)],
  ['a stale one of the root', refused('crl/stale'), crls(() => [ofIssuing, ofPolicy, makeCRLOf(root, stale)])],
  ['a stale one before a fresh one', 'connects', crls(() => [makeCRLOf(issuing, stale), ...goodCRLs])],
  ['a stale one behind a fresh one', 'connects', crls(() => [...goodCRLs, makeCRLOf(issuing, stale)])],
  ['not yet valid', refused('crl/not-yet-valid'), issuingCRL({ thisUpdate: future })],
  ['without a next update', 'connects', issuingCRL({ nextUpdate: null })],
  ['lists the peer', refused('crl/revoked'), crls((cast) => [crlListing(issuing, listed(cast)), ofPolicy, ofRoot])],
  ['lists another', 'connects', crls(() => [crlListing(issuing, { serialNumber: 77 }), ofPolicy, ofRoot])],
  [
    'lists the peer, from a later day on',
    refused('crl/revoked'),
    crls((cast) => [crlListing(issuing, { ...listed(cast), revocationDate: future }), ofPolicy, ofRoot]),
  ],
  [
    'lists the peer, taken off again',
    'connects',
    crls((cast) => [crlListing(issuing, { ...listed(cast), reason: 'removeFromCRL' }), ofPolicy, ofRoot]),
  ],
  [
    'lists the issuing CA',
    refused('crl/revoked'),
    crls(() => [ofIssuing, crlListing(policy, { serialNumber: 502 }), ofRoot]),
  ],
  [
    'lists the policy CA',
    refused('crl/revoked'),
    crls(() => [ofIssuing, ofPolicy, crlListing(root, { serialNumber: 501 })]),
  ],
  [
    'a stale one that lists the peer',
    refused('crl/revoked'),
    crls((cast) => [makeCRLOf(issuing, { ...stale, entries: [listed(cast)] }), ofPolicy, ofRoot]),
  ],
  ['a damaged signature', refused('crl/bad-signature'), issuingCRL({ signature: 'broken' })],
  [
    'of the same name and another key',
    refused('crl/missing'),
    crls(() => [makeCRLOf({ ...issuing, key: stranger.key }), ofPolicy, ofRoot]),
  ],
  [
    'an unknown critical extension',
    refused('crl/unhandled-critical-extension'),
    issuingCRL({ extensions: [makeExtension('1.2.3.4', Uint8Array.of(5, 0), true)] }),
  ],
  ['a delta alone', 'connects', issuingCRL({ crlNumber: 2, deltaCRLIndicator: 1 })],
  ['for end entities alone', 'connects', issuingCRL({ issuingDistributionPoint: { onlyContainsUserCerts: true } })],
  [
    'for CAs alone',
    refused('crl/out-of-scope'),
    issuingCRL({ issuingDistributionPoint: { onlyContainsCACerts: true } }),
  ],
  ['signed over SHA-1', 'connects', issuingCRL({ hash: 'sha1' })],
  ['of version 1', 'connects', issuingCRL({ version: 1 })],
  ['without a number', 'connects', issuingCRL({ crlNumber: null })],
  [
    'of a CA that may not sign any',
    refused('crl/issuer-may-not-sign'),
    both(
      presentLeaf(({ presenter }) => issueFor(presenter, {}, mute), [mute, policy, root]),
      crls(() => [makeCRLOf(mute), ofPolicy, ofRoot]),
    ),
  ],
  [
    'the label CRL',
    refused('pem/crl-label'),
    (scene, { verifier }) =>
      changeSide(scene, verifier, { tlsCRL: { raw: encodeParts(goodCRLs, 'X509 CRL').replaceAll('X509 CRL', 'CRL') } }),
  ],
  [
    'the label CRL for the first alone',
    refused('pem/crl-label'),
    (scene, { verifier }) =>
      changeSide(scene, verifier, {
        tlsCRL: { raw: encodeParts(goodCRLs, 'X509 CRL').replace('X509 CRL', 'CRL').replace('X509 CRL', 'CRL') },
      }),
  ],
];

const leafScopeRows: readonly Row[] = [
  ['the leaf alone is covered', 'connects', crls(() => [ofIssuing])],
  ['every CA is covered', 'connects', crls(() => goodCRLs)],
].map(
  ([name, expected, apply]) =>
    [
      name,
      expected,
      (scene, cast) => ({ ...(apply as Variation['apply'])(scene, cast), revocation: 'leaf' }),
      noCRLs,
    ] as Row,
);

export const trustVariations: readonly Variation[] = [
  ...trustRows.map(toVariations('trust')),
  ...crlRows.map(toVariations('CRLs')),
  ...leafScopeRows.map(toVariations('CRLs of the leaf alone')),
];
