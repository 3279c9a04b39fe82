/**
 * Holds every matcher against the tool or the document it stands for, on the host-name rows of the conformance data.
 *
 * Where the two differ the row must be in `hostnames-exceptions.json` with its reason; a row there that no longer
 * differs fails too. What a departure may be: a "no" where the tool says "yes". The last test forbids the opposite.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { matchHost } from '../../src/hostname/match-host.js';
import { presentedIdentity } from '../../src/hostname/presented-identity.js';
import type { HostProfile } from '../../src/hostname/verdict.js';
import { findHostNameFault, withoutTrailingDot } from '../../src/names/dns-name.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { conformance, readConformanceJSON } from '../support/conformance.js';
import { toPEM } from '../support/der.js';
import { makeNamedCertificate, type AltNameInput } from '../support/host-case.js';
import { askJava, javaSkipReason } from '../support/java-host-check.js';
import { openssl, runOpenSSL } from '../support/openssl.js';
import { makeScratch } from '../support/scratch.js';

interface Row {
  readonly id: string;
  readonly sans: readonly AltNameInput[];
  readonly cn: readonly string[] | null;
  readonly host: string;
  readonly origin: string;
  readonly expectedByOrigin: boolean;
  readonly observed: {
    readonly node: { readonly checkHost: boolean; readonly checkIP?: boolean; readonly serverIdentity: boolean };
    readonly openssl?: boolean;
  };
}

interface Departure {
  /** Who is departed from, and the row. */
  readonly case: string;
  readonly expected: boolean;
  readonly actual: boolean;
}

const rows = conformance.available ? (readConformanceJSON('hostnames/hostnames.json') as readonly Row[]) : [];
const exceptions = JSON.parse(
  readFileSync(new URL('hostnames-exceptions.json', import.meta.url), 'utf8'),
) as readonly (Departure & { readonly reason: string })[];

const certificates = new Map<Row, Uint8Array>();
function certificateOf(row: Row): Uint8Array {
  const der = certificates.get(row) ?? makeNamedCertificate({ sans: row.sans, commonNames: row.cn ?? [] });
  certificates.set(row, der);
  return der;
}

const answer = (row: Row, profile: HostProfile): boolean =>
  matchHost(presentedIdentity(parseCertificate(certificateOf(row))), row.host, { profile }).matched;

/** The rows where the matcher and its model differ; a row for which the model has no answer does not count. */
function findDepartures(oracle: string, profile: HostProfile, model: (row: Row) => boolean | undefined): Departure[] {
  return rows.flatMap((row) => {
    const expected = model(row);
    const actual = answer(row, profile);
    return expected === undefined || expected === actual ? [] : [{ case: `${oracle} ${row.id}`, expected, actual }];
  });
}

const listed = (oracle: string): Departure[] =>
  exceptions
    .filter((exception) => exception.case.startsWith(`${oracle} `))
    .map(({ case: id, expected, actual }) => ({ case: id, expected, actual }));

/** RFC 9525 is the rule of these three; the others follow rules of their own. */
const rfcOrigins = new Set(['chromium-VerifyHostname', 'go-matchHostnames', 'mozilla-pkix/rustls-webpki']);

describe.skipIf(!conformance.available)(`host names${conformance.reason}`, () => {
  test('the rows are all there', () => {
    expect(rows).toHaveLength(461);
    expect(rows.filter(({ origin }) => rfcOrigins.has(origin))).toHaveLength(118);
  });

  test.each<[string, HostProfile, (row: Row) => boolean | undefined]>([
    ['observed-openssl', 'openssl', ({ observed }) => observed.openssl],
    ['observed-node', 'node', ({ observed }) => observed.node.serverIdentity],
    [
      'expected-by-origin',
      'rfc9525',
      ({ origin, expectedByOrigin }) => (rfcOrigins.has(origin) ? expectedByOrigin : undefined),
    ],
    [
      'X509Certificate.checkHost-without-wildcards',
      'security-pack',
      (row) => new X509Certificate(certificateOf(row)).checkHost(row.host, { wildcards: false }) !== undefined,
    ],
    [
      'X509Certificate.checkHost-or-checkIP',
      'openssl',
      (row) => {
        const certificate = new X509Certificate(certificateOf(row));
        return (isIP(row.host) ? certificate.checkIP(row.host) : certificate.checkHost(row.host)) !== undefined;
      },
    ],
    [
      'tls.checkServerIdentity',
      'node',
      (row) => {
        const certificate = new X509Certificate(certificateOf(row)).toLegacyObject();
        return checkServerIdentity(row.host, certificate) === undefined;
      },
    ],
  ])('%s and the profile %s agree but for the listed exceptions', (oracle, profile, model) => {
    expect(findDepartures(oracle, profile, model)).toEqual(listed(oracle));
  });

  test.skipIf(javaSkipReason !== '')(
    `Java's own check and the profile java agree but for the listed exceptions${javaSkipReason}`,
    () => {
      const answers = askJava(rows.map((row) => ({ host: row.host, certificate: certificateOf(row) })));
      const byRow = new Map(rows.map((row, at) => [row, answers[at]]));
      expect(answers).toHaveLength(rows.length);
      const model = (row: Row): boolean | undefined => {
        const said = byRow.get(row);
        return said === 'unreadable' ? undefined : said === 'match';
      };
      expect(findDepartures('java-HostnameChecker', 'java', model)).toEqual(listed('java-HostnameChecker'));
    },
  );

  test.skipIf(!openssl.installed)(`openssl x509 -checkhost agrees on every twelfth row${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const sample = rows.filter((row, at) => at % 12 === 0 && row.host !== '');
    const disagreements = sample.filter((row) => {
      const file = scratch.write('certificate.pem', toPEM(certificateOf(row)));
      const check = isIP(row.host) ? '-checkip' : '-checkhost';
      const { stdout } = runOpenSSL(['x509', '-noout', '-in', file, check, row.host]);
      return stdout.includes('does match') !== answer(row, 'openssl');
    });
    expect(sample.length).toBeGreaterThan(30);
    expect(disagreements.map(({ id }) => id)).toEqual([]);
  });

  test('no listed exception is a match where the model says no', () => {
    expect(exceptions.filter(({ actual }) => actual)).toEqual([]);
    expect(exceptions.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  test('what the other origins expect is shown beside what RFC 9525 gives, and not scored', () => {
    const others = rows.filter(({ origin }) => !rfcOrigins.has(origin));
    const agreeing = others.filter((row) => answer(row, 'rfc9525') === row.expectedByOrigin);
    console.log(`rfc9525 agrees with the origin's own rule on ${agreeing.length} of ${others.length} other rows`);
    expect(others).toHaveLength(343);
  });
});

interface ValidityRow {
  readonly host: string;
  /** As a host that is asked for. */
  readonly validInput: boolean;
  /** As a name in a certificate. */
  readonly validPattern: boolean;
}

describe.skipIf(!conformance.available)(`valid host names${conformance.reason}`, () => {
  const { rows: names } = conformance.available
    ? (readConformanceJSON('hostnames/valid-hostnames.json') as { readonly rows: readonly ValidityRow[] })
    : { rows: [] };

  test('the preferred syntax refuses two hosts that Go lets pass, and accepts none that Go refuses', () => {
    const differing = (rule: keyof ValidityRow, cut: (host: string) => string): (string | undefined)[][] =>
      names
        .filter((row) => (findHostNameFault(cut(row.host)) === undefined) !== row[rule])
        .map(({ host }) => [host, findHostNameFault(cut(host))]);
    // RFC 1123 2.1 has neither.
    const departures = [
      ['eXample123-.com', 'hyphen-at-edge'],
      ['exa_mple.com', 'underscore'],
    ];
    expect(differing('validInput', withoutTrailingDot)).toEqual(departures);
    expect(differing('validPattern', (pattern) => pattern.replace(/^\*\./, ''))).toEqual(departures);
  });
});
