/** What holds for every certificate and every host. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOk } from '../../src/finding/finding.js';
import { checkTarget } from '../../src/hostname/check-target.js';
import { compareVerifiers, matchHost } from '../../src/hostname/match-host.js';
import { parseTarget } from '../../src/hostname/parse-target.js';
import type { AltNameType, PresentedIdentity } from '../../src/hostname/presented-identity.js';
import { hostProfiles } from '../../src/hostname/verdict.js';
import { parseIPAddress } from '../../src/names/ip-address.js';
import { renderTargetCheck } from '../../src/report/json/host.js';
import { plainPalette } from '../../src/report/palette.js';
import { formatTargetCheck } from '../../src/report/text/host.js';
import { describeFinding } from '../../src/report/wording/wording.js';
import { identityOf, namesCase, swapCase } from '../support/arbitrary-names.js';

const profile = fc.constantFrom(...hostProfiles);
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const altName = fc.record({
  type: fc.constantFrom<AltNameType>('dns', 'ip', 'email', 'uri', 'other'),
  value: anyText,
});
const anyIdentity: fc.Arbitrary<PresentedIdentity> = fc.record({
  subjectAltNames: fc.option(fc.array(altName, { maxLength: 4 }), { nil: undefined }),
  commonNames: fc.array(anyText, { maxLength: 3 }),
});

const isMatched = (identity: PresentedIdentity, host: string, by: (typeof hostProfiles)[number]): boolean =>
  matchHost(identity, host, { profile: by }).matched;

describe('host name matching', () => {
  test('nothing throws and everything can be said, whatever the strings', () => {
    fc.assert(
      fc.property(anyIdentity, anyText, profile, (identity, host, by) => {
        const check = checkTarget(identity, host, by);
        expect(formatTargetCheck(check, plainPalette)).not.toBe('');
        expect(() => JSON.stringify(renderTargetCheck(check))).not.toThrow();
        const { findings, considered, matched } = matchHost(identity, host, { profile: by });
        expect(findings.map((finding) => describeFinding(finding).message)).not.toContain('');
        expect(isOk(findings)).toBe(matched);
        expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(matched ? 0 : 1);
        expect(considered).toHaveLength((identity.subjectAltNames?.length ?? 0) + identity.commonNames.length);
      }),
      { numRuns: 500 },
    );
  });

  test('the case of ASCII letters does not count, but for packs 8.1 and earlier', () => {
    fc.assert(
      fc.property(namesCase, profile, (names, by) => {
        fc.pre(by !== 'security-pack-8.1');
        const identity = identityOf(names);
        expect(isMatched(identity, swapCase(names.host), by)).toBe(isMatched(identity, names.host, by));
      }),
      { numRuns: 1000 },
    );
  });

  test('what packs 8.1 and earlier match, later packs match too', () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        const identity = identityOf(names);
        if (isMatched(identity, names.host, 'security-pack-8.1')) {
          expect(isMatched(identity, names.host, 'security-pack')).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what the Security Pack matches, OpenSSL matches', () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        const identity = identityOf(names);
        if (isMatched(identity, names.host, 'security-pack')) {
          expect(isMatched(identity, names.host, 'openssl')).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the Security Pack and SIP match neither an address nor by a wildcard', () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        for (const by of ['security-pack', 'security-pack-8.1', 'rfc5922'] as const) {
          const { matched, considered } = matchHost(identityOf(names), names.host, { profile: by });
          if (parseIPAddress(names.host)) expect(matched).toBe(false);
          const matching = considered.filter(({ outcome }) => outcome === 'match');
          expect(matching.filter(({ value }) => value.includes('*'))).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a NUL never matches, in a name or in the host, whoever asks', () => {
    fc.assert(
      fc.property(namesCase, anyText, profile, (names, tail, by) => {
        const spoil = (name: string): string => `${name}\0${tail}`;
        const spoilt = identityOf({
          ...names,
          dnsNames: [...names.dnsNames, names.host].map(spoil),
          addresses: [],
          commonNames: [...names.commonNames, names.host].map(spoil),
        });
        expect(isMatched(spoilt, names.host, by)).toBe(false);
        expect(isMatched(spoilt, spoil(names.host), by)).toBe(false);
        expect(isMatched(identityOf(names), spoil(names.host), by)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('a random host never matches the name of another', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
    const name = fc.tuple(label, label, fc.constantFrom('com', 'example', 'de')).map((labels) => labels.join('.'));
    fc.assert(
      fc.property(name, name, profile, (host, other, by) => {
        fc.pre(host !== other);
        const named = { subjectAltNames: [{ type: 'dns', value: other } as const], commonNames: [host] };
        expect(isMatched(named, host, by)).toBe(false);
        expect(isMatched({ subjectAltNames: undefined, commonNames: [other] }, host, by)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('the table of the verifiers says what each of them says alone', () => {
    fc.assert(
      fc.property(namesCase, (names) => {
        const identity = identityOf(names);
        const rows = compareVerifiers(identity, names.host);
        expect(rows.map(({ profile: by, matched }) => [by, matched])).toEqual(
          hostProfiles.map((by) => [by, isMatched(identity, names.host, by)]),
        );
        for (const { matched, decisive } of rows) if (matched) expect(decisive?.outcome).toBe('match');
      }),
      { numRuns: 300 },
    );
  });

  test('the name to connect with and the entry to ask for do match', () => {
    fc.assert(
      fc.property(namesCase, profile, (names, by) => {
        const identity = identityOf(names);
        const { advice, target } = checkTarget(identity, names.host, by);
        for (const name of advice?.connectWith ?? []) expect(isMatched(identity, name, by)).toBe(true);
        const [, kind, value = ''] = /^(DNS|IP):(.*)$/.exec(advice?.askFor ?? '') ?? [];
        if (kind === undefined) return;
        const type = kind === 'IP' ? 'ip' : 'dns';
        const granted = { subjectAltNames: [{ type, value } as const], commonNames: [] };
        expect(isMatched(granted, type === 'ip' ? (target.host ?? '') : value, by)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('targets', () => {
  test('a host comes out of every form as it went in', () => {
    const host = fc.constantFrom('fly.example.com', 'Fly', '10.0.0.1', '[2001:db8::1]', 'a_b.example.com', 'bücher.de');
    const user = fc.constantFrom('', '5000@', 'alice;day=tuesday@', '5000:se;cret?/@');
    const port = fc.constantFrom('', ':5061', ':1', ':65535');
    const tail = fc.constantFrom('', ';transport=tls', ';transport=TLS;lr?subject=x', '?a=b');
    const scheme = fc.constantFrom('sip:', 'SIPS:', 'contact=sips:', '"Fly, 1 <x>" <sip:', '<sips:');
    fc.assert(
      fc.property(scheme, user, host, port, tail, (start, userPart, name, portPart, rest) => {
        const close = start.includes('<') ? '>;tag=1' : '';
        const target = parseTarget(`${start}${userPart}${name}${portPart}${rest}${close}`);
        expect(target.host).toBe(name.replace(/[[\]]/g, ''));
        expect(target.port ?? 0).toBe(Number(portPart.slice(1)));
      }),
      { numRuns: 1000 },
    );
  });

  test('a target either has a host or an error, never both and never neither', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.webUrl(), fc.ipV6(), fc.domain()), (text) => {
        const { host, findings } = parseTarget(text);
        expect(findings.some(({ code }) => code === 'host/target-malformed')).toBe(host === undefined);
        expect(host).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});
