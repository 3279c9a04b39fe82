import { describe, expect, it } from 'vitest';
import { IssuerIndex, isUsable } from '../../../src/chain/issuer-index.js';
import { checkSignature } from '../../../src/crypto/signature.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type Holder } from '../../support/pki.js';

const parse = ({ certificate }: Holder, file: string): Certificate => asCertificate(certificate, file);

/** An index that counts how often OpenSSL is asked. */
function countChecks(certificates: readonly Certificate[]): { index: IssuerIndex; count: () => number } {
  let checks = 0;
  const check: typeof checkSignature = (...asked) => {
    checks++;
    return checkSignature(...asked);
  };
  const index = new IssuerIndex(certificates, { check });
  return { index, count: () => checks };
}

/** CAs of one name with a key each, and what each of them issued. */
function makeNamesakes(size: number, more: Partial<Parameters<typeof issueCertificate>[1]> = {}) {
  const holders = Array.from({ length: size }, (_, at) =>
    issueCertificate(undefined, { subject: 'CN=CA', ca: true, key: makeKeyPair('p256', `namesake ${at}`) }),
  );
  const leaves = holders.map((holder, at) =>
    parse(issueCertificate(holder, { subject: `CN=${at}`, ...more }), `l${at}`),
  );
  return { holders, leaves, cas: holders.map((holder, at) => parse(holder, `ca${at}`)) };
}

describe('CAs of one name', () => {
  it('are not tried one after the other where a key identifier says which it is', () => {
    const { cas, leaves } = makeNamesakes(60);
    const { index, count } = countChecks([...leaves, ...cas]);
    const issuers = leaves.map((leaf) => index.findUsableIssuers(leaf).map(({ certificate }) => certificate));
    expect(issuers).toEqual(cas.map((ca) => [ca]));
    expect(count()).toBe(60);
    for (const ca of cas) index.findUsableIssuers(ca);
    expect(count()).toBe(120);
  });

  it('are tried until one made the signature where nothing says which', () => {
    const { cas, leaves } = makeNamesakes(8, { aki: false });
    const { index } = countChecks(cas);
    leaves.forEach((leaf, at) => {
      expect(index.findUsableIssuers(leaf).map(({ certificate }) => certificate)).toEqual([cas[at]]);
    });
  });

  it('with one key are asked about once, and all of them are issuers', () => {
    const key = makeKeyPair('p256', 'renewed');
    const renewed = Array.from({ length: 5 }, () => issueCertificate(undefined, { subject: 'CN=CA', ca: true, key }));
    const [first] = renewed;
    if (!first) throw new Error('none');
    const leaf = parse(issueCertificate(first, { subject: 'CN=leaf' }), 'leaf');
    const cas = renewed.map((holder, at) => parse(holder, `ca${at}`));
    const { index, count } = countChecks(cas);
    expect(index.findUsableIssuers(leaf).map(({ certificate }) => certificate)).toEqual(cas);
    expect(count()).toBe(1);
  });

  it('are found by the signature even where the key identifier names nobody or another', () => {
    const { cas, holders } = makeNamesakes(4);
    const [, second, third] = holders;
    if (!second || !third) throw new Error('too few');
    // Named after the third, signed by the second.
    const misled = parse(issueCertificate({ ...third, key: second.key }, { subject: 'CN=misled' }), 'misled');
    const { index } = countChecks(cas);
    const usable = index.findUsableIssuers(misled);
    expect(usable).toEqual(index.findIssuers(misled).filter(isUsable));
    expect(usable.map(({ certificate }) => certificate)).toEqual([cas[1]]);
  });
});
