import { describe, expect, it } from 'vitest';
import { chooseTargets } from '../../../src/verify/choose-targets.js';
import { setAside } from '../../../src/verify/set-aside.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate, makeChain } from '../../support/pki.js';

const [leaf, ca, root] = asCertificates(makeChain(3), 'chain.pem');
const [other] = asCertificates([issueCertificate(undefined, { subject: 'CN=other', ca: false })], 'other.pem');
if (!leaf || !ca || !root || !other) throw new Error('four certificates');

const codes = (findings: readonly { code: string; subject: { name: string } }[]): string[] =>
  findings.map(({ code, subject }) => `${code} ${subject.name}`);

describe('chooseTargets', () => {
  it('takes the first certificate of each file, as OpenSSL does, and the others for intermediates', () => {
    const chain = { certificates: [leaf, ca, root], ordered: true };
    const alone = { certificates: [other], ordered: true };
    expect(chooseTargets([chain, alone], 'first')).toEqual({
      targets: [
        { certificate: leaf, companions: [ca, root] },
        { certificate: other, companions: [] },
      ],
      findings: [],
    });
  });

  it('says which end entity was not verified', () => {
    const { targets, findings } = chooseTargets([{ certificates: [leaf, ca, other], ordered: true }], 'first');
    expect(targets).toHaveLength(1);
    expect(codes(findings)).toEqual(['verify/not-verified CN=other']);
  });

  it('says that a CA was verified in place of the end entity behind it', () => {
    const { targets, findings } = chooseTargets([{ certificates: [root, ca, leaf], ordered: true }], 'first');
    expect(targets[0]?.certificate).toBe(root);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'verify/first-is-ca',
        params: { endEntities: ['CN=leaf.example.com (chain.pem:1)'] },
      }),
    ]);
  });

  it('takes a CA alone for what it is', () => {
    expect(chooseTargets([{ certificates: [ca, root], ordered: true }], 'first').findings).toEqual([]);
  });

  it('finds the end entity of a file without an order', () => {
    const { targets } = chooseTargets([{ certificates: [root, leaf, ca], ordered: false }], 'first');
    expect(targets.map(({ certificate }) => certificate)).toEqual([leaf]);
  });

  it('finds every end entity of a pile, whatever file its intermediates are in', () => {
    const files = [
      { certificates: [root, other], ordered: true },
      { certificates: [ca, leaf], ordered: true },
    ];
    const { targets, findings } = chooseTargets(files, 'each');
    expect(targets.map(({ certificate }) => certificate)).toEqual([other, leaf]);
    expect(targets[1]?.companions).toContain(ca);
    expect(findings).toEqual([]);
  });
});

describe('setAside', () => {
  it('takes a certificate out wherever it stands, and says where', () => {
    const { trusted, untrusted, findings } = setAside([root, ca], [ca, leaf], ['Issuing CA 1']);
    expect([trusted, untrusted]).toEqual([[root], [leaf]]);
    expect(findings.map(({ code, params }) => [code, params.role])).toEqual([
      ['verify/set-aside', 'trusted'],
      ['verify/set-aside', 'untrusted'],
    ]);
  });

  it('counts positions over the trusted certificates, then the untrusted ones', () => {
    expect(setAside([root], [ca, leaf], ['#2'])).toMatchObject({ trusted: [root], untrusted: [leaf] });
  });

  it('a selector that hits nothing is an error: the question was another one', () => {
    const { trusted, findings } = setAside([root], [], ['no such name']);
    expect(trusted).toEqual([root]);
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'verify/selector-hits-nothing',
        severity: 'error',
        params: { selector: 'no such name' },
      }),
    ]);
  });
});
