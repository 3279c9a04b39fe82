/** Certificates picked by position, thumbprint or a part of the subject. */
import { describe, expect, test } from 'vitest';
import { fingerprint, formatThumbprint } from '../../../src/crypto/fingerprint.js';
import { selectCertificates } from '../../../src/names/select-certificates.js';
import { formatName } from '../../../src/x509/name.js';
import { asCertificates } from '../../support/parsed.js';
import { issueCertificate } from '../../support/pki.js';

const subjects = ['CN=sip1.example.com,O=Fly', 'CN=sip2.example.com,O=Fly', 'CN=Root CA,O=Other', 'CN=#2\\, spare'];
const pile = asCertificates(subjects.map((subject) => issueCertificate(undefined, { subject })));
const select = (selector: string): string[] =>
  selectCertificates(pile, selector).map(({ tbsCertificate }) => formatName(tbsCertificate.subject));
const all = pile.map(({ tbsCertificate }) => formatName(tbsCertificate.subject));

describe('selectCertificates', () => {
  test.each([
    ['#1', [all[0]]],
    ['#3', [all[2]]],
    [' #3 ', [all[2]]],
    ['#0', []],
    ['#5', []],
    ['#99999999999999999999', []],
  ])('takes %s for a position', (selector, expected) => {
    expect(select(selector)).toEqual(expected);
  });

  test.each(['sha1', 'sha256'] as const)('takes a %s thumbprint in any spelling', (algorithm) => {
    const hex = fingerprint(pile[1]?.der ?? new Uint8Array(0), algorithm);
    for (const spelling of [hex, formatThumbprint(hex), `\u200e${formatThumbprint(hex)}`]) {
      expect(select(spelling)).toEqual([all[1]]);
    }
    expect(select('0'.repeat(hex.length))).toEqual([]);
  });

  test.each([
    ['sip1', [all[0]]],
    ['SIP1.EXAMPLE', [all[0]]],
    ['O=Fly', [all[0], all[1]]],
    ['o=fly,cn=sip2', [all[1]]],
    ['example', [all[0], all[1]]],
    ['nobody', []],
    [' sip2 ', [all[1]]],
    ['CN=\\#2\\, spare', [all[3]]],
    ['#2, spare', [all[3]]],
    ['', []],
    ['  ', []],
  ])('takes %s for a part of the subject', (selector, expected) => {
    expect(select(selector)).toEqual(expected);
  });
});
