/** Random certificates with odd names, answered by the matcher and by the real tool; where they differ, only a "no" may. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchHost } from '../../src/hostname/match-host.js';
import { presentedIdentity } from '../../src/hostname/presented-identity.js';
import type { HostProfile } from '../../src/hostname/verdict.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { namesCase, type NamesCase } from '../support/arbitrary-names.js';
import { makeNamedCertificate } from '../support/host-case.js';
import { node20 } from '../support/own-openssl.js';
import { askJava, javaSkipReason } from '../support/java-host-check.js';

function certify({ dnsNames, addresses, commonNames }: NamesCase): Uint8Array {
  const sans = [
    ...dnsNames.map((value) => ({ type: 'dns', value })),
    ...addresses.map((value) => ({ type: 'ip', value })),
  ];
  return makeNamedCertificate({ sans, commonNames });
}

const judge = (der: Uint8Array, host: string, profile: HostProfile) =>
  matchHost(presentedIdentity(parseCertificate(der)), host, { profile });

/** A host that is no IP address to Node is asked for as a name. */
const askOpenSSL = (der: Uint8Array, host: string): boolean => {
  const certificate = new X509Certificate(der);
  const isAddress = isIP(host) !== 0 && !host.includes('%');
  return (isAddress ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
};

describe('against the real thing, on random names', () => {
  test("the profile openssl says what OpenSSL's X509_check_host and X509_check_ip say", () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        fc.pre(names.host !== '');
        const der = certify(names);
        expect(judge(der, names.host, 'openssl').matched).toBe(askOpenSSL(der, names.host));
      }),
      { numRuns: 500 },
    );
  });

  test.skipIf(!node20.isHere)(`the profile node says what tls.checkServerIdentity says${node20.skipReason}`, () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        const der = certify(names);
        const legacy = new X509Certificate(der).toLegacyObject();
        expect(judge(der, names.host, 'node').matched).toBe(checkServerIdentity(names.host, legacy) === undefined);
      }),
      { numRuns: 500 },
    );
  });

  test('the profile security-pack differs from checkHost without wildcards only where an assumed rule says no', () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        fc.pre(names.host !== '');
        const der = certify(names);
        const oracle = new X509Certificate(der).checkHost(names.host, { wildcards: false }) !== undefined;
        const { matched, considered } = judge(der, names.host, 'security-pack');
        if (matched === oracle) return;
        expect({ matched, oracle }).toEqual({ matched: false, oracle: true });
        expect(considered.some(({ assumed }) => assumed)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.skipIf(javaSkipReason !== '')(`the profile java never matches what Java refuses${javaSkipReason}`, () => {
    const cases = fc.sample(namesCase, 600).map((names) => ({ names, host: names.host, certificate: certify(names) }));
    const answers = askJava(cases);
    const wrong = cases.filter(({ host, certificate }, at) => {
      return judge(certificate, host, 'java').matched && answers[at] !== 'match';
    });
    expect(wrong.map(({ names }) => names)).toEqual([]);
    // And it is no matcher that always says no: it knows nearly all of Java's matches.
    const javaMatches = cases.filter((_, at) => answers[at] === 'match');
    const missed = javaMatches.filter(({ host, certificate }) => !judge(certificate, host, 'java').matched);
    expect(javaMatches.length).toBeGreaterThan(30);
    expect(missed.length).toBeLessThan(javaMatches.length / 4);
  });
});
