/** Rows about what a side presents: the order and completeness of its chain, and faults of its certificates. */
import { makeExtension } from '../../support/extensions.js';
import { makeKeyPair } from '../../support/keys.js';
import { issueCertificate, type CertificateOptions, type Holder } from '../../support/pki.js';
import { future, issueFor, issuing, past, policy, root, stranger, unrelated } from './material.js';
import {
  both,
  present,
  presentLeaf,
  refused,
  stricter,
  toVariations,
  trust,
  type Row,
  type Variation,
} from './variation.js';

const noCRLs = { crls: false } as const;
const ecdsa = { kind: 'p256' } as const;

/** A CA in the place of the issuing one, made otherwise. */
const issuingWith = (options: Partial<CertificateOptions>, above: Holder = policy): Holder =>
  issueCertificate(above, { subject: 'CN=Issuing CA', ca: true, ...options });
const below = (ca: Holder, above: readonly Holder[] = [policy, root]): Variation['apply'] =>
  presentLeaf(({ presenter }) => issueFor(presenter, {}, ca), [ca, ...above]);

/** The policy CA as another root has certified it. */
const crossPolicy = issueCertificate(stranger, { subject: policy.subject, key: policy.key, ca: true });
const expiredIssuing = issuingWith({ key: issuing.key, notAfter: past });

const orderRows: readonly Row[] = [
  ['arranged', 'connects', present((leaf) => [leaf, issuing, policy, root])],
  [
    'root first',
    refused('preflight/own-certificate-not-first'),
    present(
      (leaf) => [root, policy, issuing, leaf],
      (leaf) => leaf,
    ),
  ],
  [
    'issuing CA first',
    refused('preflight/own-certificate-not-first'),
    present(
      (leaf) => [issuing, leaf, policy, root],
      (leaf) => leaf,
    ),
  ],
  ['intermediates swapped', 'connects', present((leaf) => [leaf, policy, issuing, root])],
  ['root before the intermediates', 'connects', present((leaf) => [leaf, root, policy, issuing])],
  ['a certificate twice', 'connects', present((leaf) => [leaf, issuing, issuing, policy, root])],
  ['the own certificate twice', 'connects', present((leaf) => [leaf, leaf, issuing, policy, root])],
  ['an unrelated certificate', 'connects', present((leaf) => [leaf, issuing, unrelated, policy, root])],
  [
    'another end entity behind',
    'connects',
    present((leaf, { verifier }) => [leaf, issueFor(verifier), issuing, policy, root]),
  ],
  [
    'another end entity in front',
    refused('preflight/own-certificate-not-first'),
    present(
      (leaf, { verifier }) => [issueFor(verifier), leaf, issuing, policy, root],
      (leaf) => leaf,
    ),
  ],
];

const gapRows: readonly Row[] = [
  ['without the root', stricter('chain/missing-issuer'), present((leaf) => [leaf, issuing, policy])],
  ['the own certificate alone', refused('chain/missing-issuer'), present((leaf) => [leaf])],
  [
    'alone, the intermediates in the own trusted-ca',
    stricter('chain/missing-issuer'),
    (scene, cast) => {
      const alone = present((leaf) => [leaf])(scene, cast);
      return trust(issuing, policy, root)(alone, { ...cast, verifier: cast.presenter });
    },
  ],
  [
    'alone, the intermediates in the trusted-ca of the other',
    stricter('chain/missing-issuer'),
    both(
      present((leaf) => [leaf]),
      trust(issuing, policy, root),
    ),
  ],
  ['without the issuing CA', refused('chain/missing-issuer'), present((leaf) => [leaf, policy, root])],
  [
    'without the issuing CA, which the other trusts',
    refused('bundle/missing-root'),
    both(
      present((leaf) => [leaf, policy, root]),
      trust(issuing, root),
    ),
  ],
  ['without the policy CA', refused('chain/missing-issuer'), present((leaf) => [leaf, issuing, root])],
  [
    'without the policy CA, which the other trusts',
    stricter('chain/missing-issuer'),
    both(
      present((leaf) => [leaf, issuing, root]),
      trust(root, policy),
    ),
  ],
  [
    'an intermediate of the same name and another key',
    refused('chain/missing-issuer'),
    present((leaf) => [leaf, issuingWith({}), policy, root]),
  ],
];

const pathRows: readonly Row[] = [
  [
    'cross-signed, the other trusts the second root',
    refused('chain/root-not-trusted'),
    both(
      present((leaf) => [leaf, issuing, policy, crossPolicy, root]),
      trust(stranger),
    ),
    noCRLs,
  ],
  [
    'cross-signed first, the other trusts the second root',
    'connects',
    both(
      present((leaf) => [leaf, issuing, crossPolicy, policy, root, stranger]),
      trust(stranger),
    ),
    noCRLs,
  ],
  [
    'cross-signed, the other trusts both roots',
    'connects',
    both(
      present((leaf) => [leaf, issuing, policy, crossPolicy, root]),
      trust(stranger, root),
    ),
    noCRLs,
  ],
  [
    'cross-signed, the other holds the cross certificate',
    'connects',
    both(
      present((leaf) => [leaf, issuing, policy, root]),
      trust(stranger, crossPolicy),
    ),
    noCRLs,
  ],
  [
    'an expired issuing CA beside its renewed one',
    'connects',
    present((leaf) => [leaf, expiredIssuing, issuing, policy, root]),
  ],
  [
    'a chain of the second root alone',
    'connects',
    both(
      present((leaf) => [leaf, issuing, crossPolicy, stranger]),
      trust(stranger),
    ),
    noCRLs,
  ],
];

const validityRows: readonly Row[] = [
  ['expired', refused('certificate/expired'), presentLeaf(({ presenter }) => issueFor(presenter, { notAfter: past }))],
  [
    'not yet valid',
    refused('certificate/not-yet-valid'),
    presentLeaf(({ presenter }) => issueFor(presenter, { notBefore: future })),
  ],
  ['an expired issuing CA', refused('certificate/expired'), present((leaf) => [leaf, expiredIssuing, policy, root])],
  [
    'a damaged signature',
    refused('chain/bad-signature'),
    presentLeaf(({ presenter }) => issueFor(presenter, { signature: 'broken' })),
  ],
  [
    'an issuing CA with a damaged signature',
    refused('chain/bad-signature'),
    below(issuingWith({ signature: 'broken' })),
    noCRLs,
  ],
];

const constraintRows: readonly Row[] = [
  [
    'an issuer that is no CA',
    refused('chain/issuer-is-no-ca'),
    below(issuingWith({ ca: false, keyUsage: ['digitalSignature', 'keyCertSign'] })),
    noCRLs,
  ],
  [
    'an issuer without basic constraints',
    refused('chain/issuer-is-no-ca'),
    below(issueCertificate(policy, { subject: 'CN=Issuing CA' })),
    noCRLs,
  ],
  [
    'an issuer that may not sign certificates',
    refused('chain/issuer-may-not-sign'),
    below(issuingWith({ keyUsage: ['cRLSign'] })),
    noCRLs,
  ],
  [
    'a path that is too long',
    refused('chain/path-too-long'),
    (scene, cast) => {
      const short = issueCertificate(root, { subject: 'CN=Short CA', ca: true, pathLen: 0 });
      const issuer = issuingWith({}, short);
      return below(issuer, [short, root])(scene, cast);
    },
    noCRLs,
  ],
  [
    'a CA as end entity',
    'connects',
    presentLeaf(({ presenter }) => issueFor(presenter, { ca: true, keyUsage: ['digitalSignature', 'keyCertSign'] })),
  ],
  [
    'names outside the constraints of the issuer',
    refused('path/name-not-permitted'),
    below(issuingWith({ nameConstraints: { permitted: ['other.example'] } })),
    noCRLs,
  ],
  [
    'names inside the constraints of the issuer',
    'connects',
    below(issuingWith({ nameConstraints: { permitted: ['example.com'] } })),
    noCRLs,
  ],
  [
    'a critical extension that is unknown',
    refused('path/unknown-critical-extension'),
    presentLeaf(({ presenter }) =>
      issueFor(presenter, { extensions: [makeExtension('1.2.3.4', Uint8Array.of(5, 0), true)] }),
    ),
  ],
  [
    'an extension that is unknown',
    'connects',
    presentLeaf(({ presenter }) =>
      issueFor(presenter, { extensions: [makeExtension('1.2.3.4', Uint8Array.of(5, 0))] }),
    ),
  ],
  [
    'an issuing CA with a critical extension that is unknown',
    refused('path/unknown-critical-extension'),
    below(issuingWith({ extensions: [makeExtension('1.2.3.4', Uint8Array.of(5, 0), true)] })),
    noCRLs,
  ],
  [
    'key identifiers that do not fit',
    refused('chain/key-identifier-mismatch'),
    presentLeaf(({ presenter }) => issueFor(presenter, { aki: Uint8Array.of(1, 2, 3, 4) })),
  ],
  [
    'without key identifiers',
    'connects',
    presentLeaf(({ presenter }) => issueFor(presenter, { aki: false, ski: false })),
  ],
  [
    'a malformed extension',
    refused('certificate/malformed-extension'),
    presentLeaf(({ presenter }) =>
      issueFor(presenter, { extKeyUsage: undefined, extensions: [makeExtension('2.5.29.37', Uint8Array.of(0x30, 5))] }),
    ),
  ],
];

const purposeRows: readonly Row[] = [
  ['any purpose', 'connects', presentLeaf(({ presenter }) => issueFor(presenter, { extKeyUsage: undefined }))],
  [
    'anyExtendedKeyUsage',
    refused('path/wrong-purpose'),
    presentLeaf(({ presenter }) => issueFor(presenter, { extKeyUsage: ['2.5.29.37.0'] })),
  ],
  [
    'neither server nor client',
    refused('path/wrong-purpose'),
    presentLeaf(({ presenter }) => issueFor(presenter, { extKeyUsage: ['codeSigning'] })),
  ],
  [
    'the role of the other',
    refused('path/wrong-purpose'),
    presentLeaf(({ presenter }) =>
      issueFor(presenter, { extKeyUsage: [presenter === 'server' ? 'clientAuth' : 'serverAuth'] }),
    ),
  ],
  [
    'the own role alone',
    'connects',
    presentLeaf(({ presenter }) =>
      issueFor(presenter, { extKeyUsage: [presenter === 'server' ? 'serverAuth' : 'clientAuth'] }),
    ),
  ],
  [
    'an issuing CA for e-mail alone',
    refused('path/ca-purpose-missing'),
    below(issuingWith({ extKeyUsage: ['emailProtection'] })),
    noCRLs,
  ],
  [
    'an issuing CA for both roles',
    'connects',
    below(issuingWith({ extKeyUsage: ['serverAuth', 'clientAuth'] })),
    noCRLs,
  ],
  [
    'a server that may not sign, TLS 1.2',
    refused('preflight/key-may-not-sign'),
    presentLeaf(({ presenter }) => issueFor(presenter, { keyUsage: ['keyAgreement'] })),
    { protocol: 'TLS 1.2', ...ecdsa, mutual: false },
  ],
  [
    'a key usage for certificates alone',
    refused('path/key-usage-unfit'),
    presentLeaf(({ presenter }) => issueFor(presenter, { keyUsage: ['keyCertSign'] })),
    { protocol: 'TLS 1.3', ...ecdsa },
  ],
];

const strengthRows: readonly Row[] = [
  [
    'RSA of 1024 bits',
    'connects',
    presentLeaf(({ presenter }) => issueFor(presenter, { key: makeKeyPair('rsa1024', 'weak leaf') })),
  ],
  [
    'RSA of 1024 bits below an issuer of 1024 bits',
    'connects',
    (scene, cast) => below(issuingWith({ key: makeKeyPair('rsa1024', 'weak CA') }))(scene, cast),
    noCRLs,
  ],
  [
    'signed over SHA-1',
    refused('certificate/weak-signature'),
    presentLeaf(({ presenter }) => issueFor(presenter, { hash: 'sha1' })),
  ],
  [
    'an issuing CA signed over SHA-1',
    refused('certificate/weak-signature'),
    below(issuingWith({ hash: 'sha1' })),
    noCRLs,
  ],
  [
    'a root signed over SHA-1',
    'connects',
    (scene, cast) => {
      const old = issueCertificate(undefined, { subject: 'CN=Old Root', ca: true, hash: 'sha1' });
      const ca = issueCertificate(old, { subject: 'CN=Old Issuing', ca: true });
      return both(below(ca, [old]), trust(old))(scene, cast);
    },
    noCRLs,
  ],
  [
    'a curve that TLS does not agree on',
    refused('preflight/key-not-for-tls'),
    presentLeaf(({ presenter }) => issueFor(presenter, { key: makeKeyPair('secp256k1', 'curve') })),
  ],
  [
    'a P-521 key',
    'connects',
    presentLeaf(({ presenter }) => issueFor(presenter, { key: makeKeyPair('p521', 'leaf') })),
  ],
  [
    'an Ed448 key',
    'connects',
    presentLeaf(({ presenter }) => issueFor(presenter, { key: makeKeyPair('ed448', 'leaf') })),
  ],
];

/** OpenSSL does not ask of a client whether its key may sign. */
const clientRows: readonly Row[] = [
  [
    'a client that may not sign, TLS 1.2',
    'connects',
    presentLeaf(() => issueFor('client', { keyUsage: ['keyAgreement'] })),
    { protocol: 'TLS 1.2', ...ecdsa },
  ],
];

export const certificateVariations: readonly Variation[] = [
  ...orderRows.map(toVariations('order')),
  ...gapRows.map(toVariations('gap')),
  ...pathRows.map(toVariations('paths')),
  ...validityRows.map(toVariations('validity')),
  ...constraintRows.map(toVariations('constraints')),
  ...purposeRows.map(toVariations('purpose')),
  ...clientRows.map(toVariations('purpose', 'client')),
  ...strengthRows.map(toVariations('strength')),
];
