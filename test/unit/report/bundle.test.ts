import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../../src/bundle/build-bundle.js';
import { checkBundle } from '../../../src/bundle/check-bundle.js';
import { diffBundles } from '../../../src/bundle/diff-bundles.js';
import { listBundle } from '../../../src/bundle/list-bundle.js';
import type { bundleCatalogue, PeerFault } from '../../../src/finding/bundle.js';
import { createFinding, type FindingCode, type ParamsOf } from '../../../src/finding/catalogue.js';
import { plainPalette } from '../../../src/report/palette.js';
import {
  formatBuiltBundle,
  formatBundleCheck,
  formatBundleDiff,
  formatBundleList,
  formatEditedBundle,
} from '../../../src/report/text/bundle.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, type Holder } from '../../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');
const ca = (issuer: Holder | undefined, subject: string, options: object = {}): Holder =>
  issueCertificate(issuer, { subject, ca: true, ...options });
const root = ca(undefined, 'CN=Root CA');
const issuing = ca(root, 'CN=Issuing CA');
const server = issueCertificate(issuing, { subject: 'CN=server' });
const old = ca(undefined, 'CN=Old', { notBefore: new Date('2020-01-01'), notAfter: new Date('2025-01-01') });

type BundleCode = keyof typeof bundleCatalogue;

const instant = at.toISOString();
/** One set of params, or several, for every code of the area. */
const samples: { readonly [Code in BundleCode]: readonly ParamsOf<Code>[] } = {
  'bundle/duplicate': [
    { first: 'CN=A (a.pem:1)', treatment: 'left-out' },
    { first: 'CN=A (a.pem:1)', treatment: 'found' },
  ],
  'bundle/not-a-ca': [
    { reason: 'it has no basic constraints', selfSigned: true, treatment: 'kept' },
    { reason: 'it has no basic constraints', selfSigned: false, treatment: 'left-out' },
  ],
  'bundle/expired-left-out': [
    { notAfter: instant, at: instant },
    { notAfter: instant, at: instant, successor: 'CN=A (a.pem:1)' },
  ],
  'bundle/empty': [
    { leftOut: 0, removed: 0 },
    { leftOut: 2, removed: 0 },
    { leftOut: 0, removed: 1 },
  ],
  'bundle/missing-root': [
    { issuer: 'CN=R', through: [], nearMisses: [] },
    { issuer: 'CN=R', keyIdentifier: 'ab', through: ['CN=I'], nearMisses: ['CN=R (a.pem:1) has that name'] },
  ],
  'bundle/no-root': [{}],
  'bundle/same-name-other-key': [{ other: 'CN=A (a.pem:1)' }],
  'bundle/same-key-new-validity': [{ notAfter: instant, other: 'CN=A (a.pem:1)', otherNotAfter: instant }],
  'bundle/cross-sign': [{ issuer: 'CN=R', other: 'CN=A (a.pem:1)', otherIssuer: 'CN=S' }],
  'bundle/holds-private-key': [{}],
  'bundle/holds-crl': [{}],
  'bundle/not-pem': [{ container: 'PKCS#7' }],
  'bundle/peer-not-trusted': (
    [
      'issuer-missing',
      'issuer-ignored',
      'root-not-in-bundle',
      'not-valid',
      'bad-signature',
      'issuer-is-no-ca',
      'path-too-long',
      'signature-not-checked',
    ] satisfies PeerFault[]
  ).map((fault) => ({ fault, about: 'CN=A', bundle: 'ca.pem' })),
  'bundle/stale-issuer-preferred': [{ issued: 'CN=A', notAfter: instant }],
  'bundle/impostor-preferred': [{ issued: 'CN=A' }],
  'bundle/peer-intermediate-ignored': [{ issued: 'CN=A' }],
  'bundle/selector-hits-nothing': [{ selector: '#9' }],
  'bundle/selector-ambiguous': [{ selector: 'root', hits: ['CN=A (a.pem:1)', 'CN=B (a.pem:2)'] }],
  'bundle/not-in-bundle': [{ bundle: 'ca.pem' }],
  'bundle/text-kept': [{ text: 'Root A' }],
  'bundle/blocks-rewritten': [
    { count: 1, forms: ['dash-count'] },
    { count: 2, forms: ['dash-count', 'blank-lines'] },
  ],
  'bundle/differs': [{ other: 'b.pem', added: 1, removed: 0, renewed: 0, replaced: 0 }],
  'bundle/name-without-hash': [{ detail: 'U+D83E is no character' }],
  'bundle/directory-holds-others': [
    { files: ['a.txt'], more: 0 },
    { files: ['a.txt'], more: 3 },
  ],
  'bundle/no-system-store': [{ tried: ['/etc/ssl/cert.pem'] }],
};

describe('the wording of bundles', () => {
  const rows = Object.entries(samples).flatMap(([code, list]) => list.map((params: object) => ({ code, params })));

  it.each(rows)('$code says $params in one plain line', ({ code, params }) => {
    const finding = createFinding(code as FindingCode, { kind: 'certificate', name: 'CN=X' }, params as never);
    const { message, hint } = describeFinding(finding);
    for (const words of [message, ...(hint === undefined ? [] : [hint])]) {
      expect(words).not.toMatch(/[\n!]|\.$|undefined|\[object/);
      expect(words).toMatch(/^[^A-Z]|^(SSL|CN=|CRL|TLS|CAs|OpenSSL|[A-Z]=)/);
    }
    const values = Object.values(params).flat();
    const named = values.filter((value) => typeof value === 'string' && /^(CN=|#|[ab]\.pem)/.test(value));
    for (const value of named) expect(`${message} ${hint ?? ''}`).toContain(value);
  });

  it('calls a CRL a CRL', () => {
    const params = { first: 'CN=A (a.crl:1)', treatment: 'left-out' } as const;
    const finding = createFinding('bundle/duplicate', { kind: 'crl', name: 'CN=A' }, params);
    expect(describeFinding(finding).message).toBe('is the same CRL as CN=A (a.crl:1); left out');
  });
});

describe('bundles in words', () => {
  it('sums up a bundle that was built', () => {
    const { certificates, leftOut } = buildBundle(asCertificates([root, server, root, old, issuing]), { at });
    const text = formatBuiltBundle({ certificates, leftOut, refused: false, written: ['ca.pem'], at }, plainPalette);
    expect(text.split('\n')).toEqual([
      'bundle of 2 certificates, first to expire: CN=Root CA (expires 2045-01-01, in 18 years 46 days)',
      '1 duplicate, 1 that is no CA, 1 expired left out',
      'written: ca.pem',
      '',
    ]);
  });

  it('says that nothing was written', () => {
    const built = { certificates: [], leftOut: [], refused: true, written: [], at };
    expect(formatBuiltBundle(built, plainPalette)).toBe('bundle of 0 certificates\nnothing was written\n');
    const edited = { file: 'ca.pem', added: [], removed: [], leftOut: [], refused: true, written: [] };
    expect(formatEditedBundle(edited, plainPalette)).toBe('nothing was written: ca.pem is as it was\n');
  });

  it('lists what was added and removed before the sum', () => {
    const [added] = asCertificates([issuing], 'new.pem');
    const [removed] = asCertificates([root], 'ca.pem');
    const edited = { file: 'ca.pem', added: added ? [added] : [], removed: removed ? [removed] : [], leftOut: [] };
    expect(formatEditedBundle({ ...edited, refused: false, written: ['ca.pem'] }, plainPalette)).toBe(
      [
        '+ CN=Issuing CA (new.pem:1), expires 2045-01-01',
        '- CN=Root CA (ca.pem:1), expires 2045-01-01',
        '1 added, 1 removed, 0 left out',
        'written: ca.pem',
        '',
      ].join('\n'),
    );
  });

  it('shows dates that have passed or are to come, roles and keys', () => {
    const next = ca(undefined, 'CN=Next', { notBefore: new Date('2030-01-01') });
    const text = formatBundleList(listBundle(asCertificates([old, next, server])), at, plainPalette);
    expect(text).toContain('root · EC prime256v1 · expired 2025-01-01, 689 days ago · line 1');
    expect(text).toContain('root · EC prime256v1 · not valid before 2030-01-01 · line 21');
    expect(text).toContain('no CA · ');
  });

  it('lets no name in a certificate write on the terminal', () => {
    const evil = ca(undefined, 'CN=Evil\u001b[2J\u202e');
    const certificates = asCertificates([evil]);
    const texts = [
      formatBundleList(listBundle(certificates), at, plainPalette),
      formatBundleDiff(diffBundles([], certificates), plainPalette),
      formatBuiltBundle({ certificates, leftOut: [], refused: false, written: ['\u001b'], at }, plainPalette),
      formatBundleCheck(
        checkBundle([], { at, name: 'x', peers: [certificates] }),
        { name: '\u001b', fit: true },
        plainPalette,
      ),
    ];
    for (const text of texts) expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});
