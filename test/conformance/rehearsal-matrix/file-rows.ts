/** Rows about the form of the four files and about keys: every damage to PEM in each of the files. */
import { pkcs8, sec1 } from './keys-as-text.js';
import { encodeParts, type FileInput } from '../../support/configuration.js';
import { changeSide, type Scene, type SceneSide } from './scene.js';
import { cas, goodCRLs, issuing, policy, root, strangeKey } from './material.js';
import { refused, stricter, toVariations, type Cast, type Expected, type Row, type Variation } from './variation.js';

type Role = 'certificate' | 'certificateKey' | 'trustedCA' | 'tlsCRL';

/** The sound contents of a file, as text. */
function soundText(role: Role, { leaf }: Cast): string {
  switch (role) {
    case 'certificate':
      return encodeParts([leaf, issuing, policy, root]);
    case 'certificateKey':
      return encodeParts([leaf.key]);
    case 'trustedCA':
      return encodeParts([root]);
    case 'tlsCRL':
      return encodeParts(goodCRLs, 'X509 CRL');
  }
}

const firstDER = (text: string): Uint8Array => Buffer.from(/-----\n([^-]*)-----END/.exec(text)?.[1] ?? '', 'base64');

/** A damage to a whole file; `expected` where the four files do not share it. */
interface Damage {
  readonly name: string;
  readonly spoil: (text: string) => string | Uint8Array;
  readonly expected: Expected;
  readonly but?: Partial<Record<Role, Expected>>;
}

const damages: readonly Damage[] = [
  { name: 'four dashes', spoil: (text) => text.replaceAll('-----', '----'), expected: refused('pem/dash-count') },
  { name: 'CR LF', spoil: (text) => text.replaceAll('\n', '\r\n'), expected: 'connects' },
  { name: 'a byte order mark', spoil: (text) => `\uFEFF${text}`, expected: 'connects' },
  { name: 'a byte order mark before a comment', spoil: (text) => `\uFEFF# remark\n${text}`, expected: 'connects' },
  { name: 'UTF-16', spoil: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), expected: refused('pem/utf-16') },
  { name: 'text before and behind', spoil: (text) => `Bag Attributes\n${text}\nremark\n`, expected: 'connects' },
  {
    name: 'text between',
    spoil: (text) => text.replaceAll('-----\n-----', '-----\nremark\n-----'),
    expected: 'connects',
  },
  {
    name: 'a wrong label',
    spoil: (text) => text.replaceAll(/(BEGIN|END) [A-Z0-9 ]+-/g, '$1 PKCS7-'),
    expected: refused('input/misplaced-object'),
  },
  { name: 'DER', spoil: firstDER, expected: refused('preflight/not-pem') },
  { name: 'empty', spoil: () => '', expected: refused('input/empty') },
  {
    name: 'no last line',
    spoil: (text) => text.replace(/-----END[^\n]*\n$/, ''),
    expected: refused('pem/truncated-block'),
  },
  { name: 'cut off', spoil: (text) => text.slice(0, -120), expected: refused('pem/truncated-block') },
  { name: 'indented', spoil: (text) => text.replaceAll(/^/gm, '  '), expected: refused('pem/indented-armour') },
  { name: 'in one line', spoil: (text) => text.replaceAll(/\n(?!-----|$)/g, (at) => at), expected: 'connects' },
  {
    name: 'a damaged byte',
    spoil: (text) => text.replace(/\nM/, '\nN'),
    expected: refused('der/unexpected-tag'),
    but: { certificateKey: refused('key/none-in-file') },
  },
  {
    name: 'a character that is not base64',
    spoil: (text) => text.replace(/\nM/, '\n*'),
    expected: refused('pem/bad-character'),
  },
  { name: 'no newline at the end', spoil: (text) => text.trimEnd(), expected: 'connects' },
];

const damageFile =
  (role: Role, change: (text: string) => FileInput): Variation['apply'] =>
  (scene, cast) => {
    const side = role === 'certificate' || role === 'certificateKey' ? cast.presenter : cast.verifier;
    return changeSide(scene, side, { [role]: change(soundText(role, cast)) });
  };

const damageRows = (['certificate', 'certificateKey', 'trustedCA', 'tlsCRL'] as const).flatMap((role) =>
  damages.map(({ name, spoil, expected, but }): Row => [
    `${role}, ${name}`,
    but?.[role] ?? expected,
    damageFile(role, (text) => ({ raw: spoil(text) })),
    role === 'tlsCRL' ? { crls: true } : {},
  ]),
);

const missingRows = (['certificate', 'certificateKey', 'trustedCA', 'tlsCRL'] as const).map((role): Row => [
  `${role}, a file that is not there`,
  refused('input/not-found'),
  damageFile(role, () => ({ path: '/no/such/file.pem' })),
]);

const setKey =
  (make: (cast: Cast) => FileInput): Variation['apply'] =>
  (scene, cast) =>
    changeSide(scene, cast.presenter, { certificateKey: make(cast) });

const keyRows: readonly Row[] = [
  ['of another certificate', refused('chain/key-matches-none'), setKey(() => [strangeKey])],
  ['of the issuing CA', refused('preflight/own-certificate-not-first'), setKey(() => [issuing.key])],
  ['encrypted', refused('key/encrypted'), setKey(({ leaf }) => ({ raw: pkcs8(leaf.key, 'password') }))],
  ['the own first of two', 'connects', setKey(({ leaf }) => [leaf.key, strangeKey])],
  ['the own second of two', refused('chain/key-matches-none'), setKey(({ leaf }) => [strangeKey, leaf.key])],
  ['none in the file', refused('key/none-in-file'), setKey(({ leaf }) => [leaf])],
  ['behind the certificate in one file', 'connects', setKey(({ leaf }) => [leaf, leaf.key])],
  ['as SEC 1', 'connects', setKey(({ leaf }) => ({ raw: sec1(leaf.key) })), { kind: 'p256' }],
  [
    'as SEC 1 behind its parameters',
    'connects',
    setKey(({ leaf }) => ({
      raw: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1(leaf.key)}`,
    })),
    { kind: 'p256' },
  ],
  [
    'a public key',
    refused('input/unexpected-object'),
    setKey(({ leaf }) => ({ raw: leaf.key.publicKey.export({ type: 'spki', format: 'pem' }) })),
  ],
];

const combine = (scene: Scene, { presenter, leaf }: Cast): Scene => {
  const raw = encodeParts([leaf, issuing, policy, root, leaf.key]);
  return changeSide(scene, presenter, { certificate: { raw }, certificateKey: { raw } });
};

const certificateRows: readonly Row[] = [
  ['certificate and key in one file', 'connects', combine],
  [
    'one file for each certificate',
    'connects',
    (scene, { presenter, leaf }) =>
      changeSide(scene, presenter, { certificate: { files: [[leaf], [issuing], [policy], [root]] } }),
  ],
  [
    'a file for the own one, a file for the others',
    'connects',
    (scene, { presenter, leaf }) => changeSide(scene, presenter, { certificate: { files: [[leaf], cas] } }),
  ],
  [
    'the own one in the last file',
    refused('preflight/own-certificate-not-first'),
    (scene, { presenter, leaf }) => changeSide(scene, presenter, { certificate: { files: [cas, [leaf]] } }),
  ],
  [
    'a key in the file of the trusted CAs',
    'connects',
    (scene, { verifier }) => changeSide(scene, verifier, { trustedCA: [root, strangeKey] }),
  ],
  [
    'a CRL in the file of the certificates',
    'connects',
    (scene, { presenter, leaf }) =>
      changeSide(scene, presenter, {
        certificate: { raw: encodeParts([leaf, issuing, policy, root]) + encodeParts(goodCRLs, 'X509 CRL') },
      }),
  ],
  [
    'a server without trusted-ca that verifies nobody',
    stricter('option/mandatory-missing'),
    (scene) => changeSide(scene, 'server', { trustedCA: undefined }),
    { mutual: false, crls: false },
  ],
];

/** What is missing, by the role of who should have it. */
const listUnset = (cause: string): readonly Row[] =>
  [
    ['certificate not set', { certificate: undefined }],
    ['certificate-key not set', { certificateKey: undefined }],
    ['neither certificate nor key', { certificate: undefined, certificateKey: undefined }],
  ].map(([name, change]): Row => [
    name as string,
    refused(cause),
    (scene, { presenter }) => changeSide(scene, presenter, change as Partial<SceneSide>),
  ]);

export const fileVariations: readonly Variation[] = [
  ...damageRows.map(toVariations('damage')),
  ...missingRows.map(toVariations('missing')),
  ...keyRows.map(toVariations('key')),
  ...certificateRows.map(toVariations('files')),
  ...listUnset('option/mandatory-missing').map(toVariations('files', 'server')),
  ...listUnset('option/client-certificate-missing').map(toVariations('files', 'client')),
];
