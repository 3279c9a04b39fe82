import { describe, expect, it } from 'vitest';
import { createFinding } from '../../../src/finding/catalogue.js';
import { MalformedInputError } from '../../../src/finding/malformed-input.js';
import { formatEntries } from '../../../src/report/crl-entries.js';
import { viewCRLCheck, viewCRLJoin, viewCRLShow } from '../../../src/report/json/crl.js';
import { plainPalette } from '../../../src/report/palette.js';
import { formatCRLCheck } from '../../../src/report/text/crl-check.js';
import { formatCRLJoin } from '../../../src/report/text/crl-join.js';
import { formatCRLShow } from '../../../src/report/text/crl-show.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { checkCertificates } from '../../../src/revocation/check-certificates.js';
import { joinCRLs } from '../../../src/revocation/join-crls.js';
import { surveyCRL, type CRLSurvey } from '../../../src/revocation/survey-crl.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { parseCRL } from '../../../src/x509/crl.js';
import { tlv } from '../../support/der.js';
import { makeExtension } from '../../support/extensions.js';
import { largeCRLSerialNumber, makeLargeCRL } from '../../support/pki.js';
import { at, ca, crl, issue, issuer, listed, serialNumber } from '../../support/revocation.js';

const other = issue({ subject: 'CN=other', serialNumber: 5 });

function checkText(crls: readonly WholeCRL[], issuers = [issuer], certificates = [issue()]): string {
  const result = checkCertificates({ certificates, issuers, crls, at, scope: 'leaf' });
  return formatCRLCheck({ result, crls, at }, plainPalette);
}

describe('the text of crl check', () => {
  it('is one line of verdict, then each certificate, then the CRLs', () => {
    expect(checkText([crl({ entries: [listed] }, 'a.crl')])).toBe(
      [
        '1 certificate checked at 2026-11-21 12:00:00 UTC: 1 revoked',
        '',
        '✗ CN=sip1.fly.example.com: revoked since 2025-06-01 00:00:00 UTC, reason keyCompromise, listed in the CRL',
        '  sip1.pem:1',
        '',
        'CRLs',
        '  1  CN=Issuing CA 1 · number 1 · next update 2045-01-01, in 18 years 45 days · a.crl:1',
        '',
        '',
      ].join('\n'),
    );
  });

  it('says why a status is unknown', () => {
    expect(checkText([])).toContain('unknown: no CRL of its issuer is here');
    expect(checkText([crl()], [])).toContain('unknown: the certificate of its issuer is not here');
    const odd = issue({ extensions: [makeExtension('2.5.29.31', tlv(0x05))] });
    expect(checkText([crl()], [issuer], [odd])).toContain('unknown: it has an extension that cannot be read');
    const crls = [crl({ nextUpdate: new Date('2026-01-01') }), crl({ signature: 'broken' })];
    expect(checkText(crls)).toContain('unknown: CRL 1 is stale; CRL 2 has a bad signature');
  });

  it('draws a matrix where there are several certificates or CRLs', () => {
    const crls = [
      crl({ entries: [listed], crlNumber: 2 }),
      crl(),
      crl({ issuer: 'CN=Other' }),
      crl({ signature: 'broken' }),
    ];
    const text = checkText(crls, [issuer], [issue(), other]);
    const lines = text.split('\n').map((line) => line.replace(/ +/g, ' '));
    for (const row of ['CRL 1 2 3 4', 'CN=sip1.fly.example.com ✗ – · !', 'CN=other ✓ – · !'])
      expect(lines).toContain(row);
  });

  it('says that nothing was checked', () => {
    expect(checkText([crl()], [], [issuer])).toContain('no certificate was checked at 2026-11-21');
  });
});

describe('the JSON of crl check', () => {
  it('gives each certificate with what became of each CRL', () => {
    const crls = [crl({ crlNumber: 7 }), crl({ issuingDistributionPoint: { onlyContainsCACerts: true } })];
    const result = checkCertificates({ certificates: [other], issuers: [issuer], crls, at, scope: 'leaf' });
    expect(viewCRLCheck(result, crls)).toMatchObject({
      certificates: [
        {
          certificate: { subject: 'CN=other', serialNumber: '05' },
          issuer: { subject: 'CN=Issuing CA 1' },
          status: 'good',
          crl: 0,
          crls: [
            { outcome: 'used', listed: false },
            { outcome: 'out-of-scope', listed: false, problem: { scope: 'ca-certificates', points: [] } },
          ],
        },
      ],
      notChecked: [],
      crls: [
        { issuer: 'CN=Issuing CA 1', number: '7' },
        { issuer: 'CN=Issuing CA 1', number: '1' },
      ],
    });
  });
});

describe('the table of certificates and CRLs', () => {
  it('is drawn for thirty CRLs, and left out with a word for more', () => {
    const crls = Array.from({ length: 31 }, (_, position) => crl({ crlNumber: position + 1 }));
    expect(checkText(crls.slice(1))).toContain('superseded or twice   · another issuer');
    const more = checkText(crls);
    expect(more).toContain('31 CRLs are too many for a table: --json has what became of each');
    expect(more).not.toContain('another issuer');
  });
});

describe('crl show', () => {
  const survey = (each: WholeCRL): CRLSurvey => surveyCRL(each, { at });

  it('shows dates of the future and those that are not said', () => {
    const text = formatCRLShow(
      [survey(crl({ thisUpdate: new Date('2026-11-24'), nextUpdate: null }))],
      at,
      plainPalette,
    );
    expect(text).toMatch(/this update +2026-11-24 00:00:00 UTC, in 2 days/);
    expect(text).toMatch(/next update +not said/);
  });

  it('shows what is absent as absent', () => {
    const text = formatCRLShow([survey(crl({ version: 1 }))], at, plainPalette);
    for (const line of [/number +none/, /entries +none/, /issuer key +not said/, /extensions +none/, /version 1$/m])
      expect(text).toMatch(line);
  });

  it.each([
    [{ onlyContainsCACerts: true }, 'CA certificates of the issuer'],
    [{ onlyContainsAttributeCerts: true }, 'attribute certificates of the issuer'],
    [{ indirectCRL: true }, 'all certificates of the issuer and of others'],
    [{ fullName: ['dirName:CN=crl 1', 'URI:http://a/'] }, 'with the distribution point CN=crl 1 or http://a/'],
  ])('says the scope %j in words', (issuingDistributionPoint, words) => {
    expect(formatCRLShow([survey(crl({ issuingDistributionPoint }))], at, plainPalette)).toContain(words);
  });

  it('gives numbers and fingerprints as JSON', () => {
    expect(viewCRLShow([survey(crl({ entries: [listed], deltaCRLIndicator: 3 }))])).toMatchObject({
      crls: [{ entries: 1, version: 2, deltaToBase: '3', signatureAlgorithm: 'ecdsa-with-SHA256' }],
    });
  });
});

describe('crl join', () => {
  it('names what is kept, what is left out and why, and what is not covered', () => {
    const crls = [crl({ crlNumber: 2 }, 'new'), crl({}, 'old'), crl({ signature: 'broken', crlNumber: 3 }, 'forged')];
    const result = joinCRLs(crls, { at, for: [issue(), issuer] });
    const text = formatCRLJoin(result, at, plainPalette);
    expect(text).toContain('1 CRL joined, 2 left out\n  + CN=Issuing CA 1 · number 2');
    expect(text).toMatch(/– .* · forged:1: not signed by the CA\n/);
    expect(text).toMatch(/– .* · old:1: superseded by CN=Issuing CA 1 \(new:1\)\n/);
    expect(text).toContain('every certificate of the chain is covered');
    expect(viewCRLJoin(result, 'PEM')).toMatchObject({
      kept: [{ number: '2' }],
      leftOut: [{ reason: 'bad-signature' }, { reason: 'superseded', instead: { number: '2' } }],
      coverage: [{ status: 'good' }],
      pem: 'PEM',
    });
  });

  it('names what is not covered', () => {
    const result = joinCRLs([crl({ issuer: 'CN=Other' })], { at, for: [issue(), issuer] });
    expect(formatCRLJoin(result, at, plainPalette)).toContain('not covered: CN=sip1.fly.example.com');
  });
});

describe('formatEntries', () => {
  it('writes all entries of a large CRL in pieces', () => {
    const large = parseCRL(makeLargeCRL(ca, 5_000));
    const pieces = [...formatEntries(large, 'text', 0)];
    expect(pieces.length).toBeGreaterThan(2);
    const lines = pieces.join('').trimEnd().split('\n');
    expect(lines.length).toBe(5_000);
    const last = Buffer.from(largeCRLSerialNumber(4_999)).toString('hex');
    expect(lines.at(-1)).toBe(`${last}  2025-06-01 00:00:00 UTC  keyCompromise`);
  });

  it('gives the issuer of an entry of an indirect CRL', () => {
    const entries = [{ serialNumber, certificateIssuer: ['dirName:CN=Other CA'] }];
    expect([...formatEntries(crl({ entries }), 'text', 0)].join('')).toContain('no reason given, of CN=Other CA');
    expect(JSON.parse([...formatEntries(crl({ entries }), 'ndjson', 3)].join(''))).toMatchObject({
      crl: 3,
      certificateIssuer: ['CN=Other CA'],
    });
  });

  it('gives what stands before a damaged entry, then throws', () => {
    const entries = [{ serialNumber: 0x11 }, { serialNumber: 0x22, revocationDate: tlv(0x04) }];
    const given: string[] = [];
    expect(() => {
      for (const piece of formatEntries(crl({ entries }), 'text', 0)) given.push(piece);
    }).toThrow(MalformedInputError);
    expect(given.join('')).toMatch(/^11 {2}/);
  });
});

describe('the words about CRLs', () => {
  it('name four certificates and count the rest', () => {
    const certificates = ['a', 'b', 'c', 'd', 'e', 'f'];
    const finding = createFinding('crl/indirect', { kind: 'crl', name: 'x' }, { certificates });
    expect(describeFinding(finding).message).toMatch(/; the status of a, b, c, d and 2 more is unknown$/);
  });

  it('say where a missing CRL is published, or who issues it instead', () => {
    const missing = { issuer: 'CN=CA', certificates: ['a'], urls: ['http://a/', 'http://b/'], cRLIssuers: [] };
    const say = (params: typeof missing): string =>
      JSON.stringify(describeFinding(createFinding('crl/missing', { kind: 'certificate', name: 'CN=CA' }, params)));
    expect(say(missing)).toContain('it is published at http://a/ and http://b/');
    expect(say({ ...missing, urls: [] })).toContain('ask the CA for it');
    expect(
      describeFinding(
        createFinding('crl/missing', { kind: 'certificate', name: 'CN=CA' }, { ...missing, cRLIssuers: ['CN=Signer'] }),
      ).message,
    ).toContain('leave their CRLs to CN=Signer');
  });
});
