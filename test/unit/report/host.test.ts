import { describe, expect, test } from 'vitest';
import { checkCertificates } from '../../../src/hostname/check-certificates.js';
import { checkTarget } from '../../../src/hostname/check-target.js';
import { hostProfiles, type HostProfile } from '../../../src/hostname/verdict.js';
import { renderCertificatesCheck, renderTargetCheck } from '../../../src/report/json/host.js';
import { plainPalette } from '../../../src/report/palette.js';
import { showName, showText } from '../../../src/report/shown-name.js';
import { formatCertificatesCheck, formatTargetCheck } from '../../../src/report/text/host.js';
import { nameProfile, nameSource } from '../../../src/report/wording/host-profiles.js';
import { identityWith } from '../../support/hand-made-identity.js';
import { asCertificate } from '../../support/parsed.js';
import { makeCertificate, makeKeyPair } from '../../support/pki.js';

const format = (names: readonly string[], target: string, profile: HostProfile = 'security-pack'): string =>
  formatTargetCheck(checkTarget(identityWith(...names), target, profile), plainPalette);

describe('the text of a check', () => {
  test('verdict, names, nearest miss, every verifier, what to do', () => {
    expect(format(['*.example.com', 'sip2.example.com', 'CN:sip1.example.com'], 'sip1.example.com')).toBe(
      `sip1.example.com: no match, says the Security Pack
  names of the certificate
    ✗  SAN DNS  *.example.com     a wildcard, not accepted
    ✗  SAN DNS  sip2.example.com  another name
    –  CN       sip1.example.com  not looked at because a SAN exists
  nearest miss
    wildcard present, not accepted: SAN DNS *.example.com would cover it, but the Security Pack accepts no wildcard
    CN ignored because a SAN exists: CN sip1.example.com would match, but the certificate has subjectAltName entries (dns)
    differs in one letter from SAN DNS sip2.example.com
  every verifier
    Security Pack                  no     SAN DNS *.example.com  a wildcard, not accepted
    Security Pack 8.1 and earlier  no     SAN DNS *.example.com  a wildcard, not accepted
    OpenSSL                        match  SAN DNS *.example.com  covered by the wildcard
    RFC 9525 (browsers)            match  SAN DNS *.example.com  covered by the wildcard
    RFC 5922 (SIP)                 no     SAN DNS *.example.com  a wildcard, not accepted
    Java                           match  SAN DNS *.example.com  covered by the wildcard
    Node                           match  SAN DNS *.example.com  covered by the wildcard
  what to do, one of
    connect with sip2.example.com
    set tls-target-name=sip2.example.com: it replaces the name that is checked and is sent as SNI (UNIX Security Pack 8.5.100.23 or later)
    ask the CA for a certificate with the subjectAltName entry DNS:sip1.example.com
`,
    );
  });

  test('a match has no misses and nothing to do', () => {
    const text = format(['sip1.example.com'], 'sips:5000@sip1.example.com;transport=tls');
    expect(text).toContain(
      'sip1.example.com (from sips:5000@sip1.example.com;transport=tls): match, says the Security Pack',
    );
    expect(text).not.toContain('nearest miss');
    expect(text).not.toContain('what to do');
  });

  test('an address is no near miss but the reason, and the FQDN is asked for', () => {
    const text = format(['*.b.org'], '10.0.0.1');
    expect(text).toContain('  why not\n    is an IP address; the Security Pack wants the FQDN');
    expect(text).toContain('have the certificate issued with the FQDN of the server');
  });

  test('a certificate without names and a malformed target', () => {
    expect(format([], 'a.com')).toContain('    none at all\n');
    expect(format(['a.com'], 'sip:@')).toBe('sip:@: not checked, no host can be made out\n');
  });

  test('what could deceive a terminal is spelt out', () => {
    const text = format(['a.com\0.evil.com', 'b\u001b[31m.com', 'CN:\u202eevil'], 'a.com');
    expect(text).toContain(String.raw`a.com\0.evil.com`);
    expect(text).toContain(String.raw`b\u001b[31m.com`);
    expect(text).toContain(String.raw`\u202eevil`);
    expect(text).not.toContain('\u001b');
    expect(showText('a\u{e0001}')).toBe(String.raw`a\u{e0001}`);
    expect(showText('')).toBe('""');
    expect(showText('a b')).toBe('"a b"');
    expect(showName('b\xc3\xbccher.de', 'dns')).toBe('bücher.de');
    expect(showName('b\xfccher.de', 'dns')).toBe('b\xfccher.de');
  });

  test('names that are not known stay as they are', () => {
    expect(hostProfiles.map(nameProfile)).not.toContain(undefined);
    expect(nameProfile('something')).toBe('something');
    expect(nameSource('something')).toBe('something');
  });
});

describe('several certificates', () => {
  const key = makeKeyPair('p256');
  const certify = (subject: string, name: string, line: number) =>
    asCertificate(makeCertificate({ key, subject, san: [name] }), 'pile.pem', line);
  const pile = [certify('CN=one', 'a.com', 1), certify('CN=two', 'b.com', 20)];
  const options = { profile: 'security-pack' } as const;

  test('each has a heading; those left out are counted', () => {
    const all = formatCertificatesCheck(checkCertificates(pile, ['a.com'], { ...options, which: 'all' }), plainPalette);
    expect(all).toContain('certificate pile.pem:1: CN=one\na.com: match');
    expect(all).toContain('\ncertificate pile.pem:20: CN=two\na.com: no match');
    const first = formatCertificatesCheck(
      checkCertificates(pile, ['a.com'], { ...options, which: 'first' }),
      plainPalette,
    );
    expect(first).toMatch(/\n1 further certificate not looked into\n$/);
  });

  test('the JSON has every name with its reason in code and words', () => {
    const result = renderCertificatesCheck(checkCertificates(pile, ['A.com'], { ...options, which: 'first' }));
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      certificates: [
        {
          certificate: { subject: 'CN=one' },
          subjectAltNames: [{ type: 'dns', value: 'a.com', form: 'dNSName' }],
          commonNames: ['one'],
          targets: [
            {
              target: 'A.com',
              host: 'A.com',
              form: 'host',
              profile: 'security-pack',
              matched: true,
              considered: [
                { source: 'dns', value: 'a.com', outcome: 'match', reason: 'equal-ignoring-case' },
                { source: 'commonName', value: 'one', outcome: 'ignored', reason: 'san-present' },
              ],
              verifiers: hostProfiles.map((profile) => ({ profile, matched: profile !== 'security-pack-8.1' })),
            },
          ],
        },
      ],
      notChecked: [{ subject: 'CN=two' }],
    });
  });

  test('a malformed target has no host in the JSON', () => {
    const rendered = renderTargetCheck(checkTarget(identityWith('a.com'), 'a:b:c', 'security-pack'));
    expect(rendered).toEqual({
      target: 'a:b:c',
      profile: 'security-pack',
      matched: false,
      considered: [],
      verifiers: [],
    });
  });
});
