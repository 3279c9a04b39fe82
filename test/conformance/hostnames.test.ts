/**
 * Holds every matcher against the tool or the document it stands for, on the host-name rows of the conformance data.
 *
 * Where the two differ the row must be in `hostnames-exceptions.json` with its reason; a row there that no longer
 * differs fails too. What a departure may be: a "no" where the tool says "yes". The last test forbids the opposite.
 */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { HostProfile } from '../../src/hostname/verdict.js';
import { findHostNameFault, withoutTrailingDot } from '../../src/names/dns-name.js';
import { conformance, readConformanceJSON } from '../support/conformance.js';
import { toPEM } from '../support/der.js';
import { askJava, javaSkipReason } from '../support/java-host-check.js';
import { openssl, runOpenSSL } from '../support/openssl.js';
import { node20 } from '../support/own-openssl.js';
import { makeScratch } from '../support/scratch.js';
import {
  answerRow,
  certificateOf,
  findDepartures,
  hostExceptions,
  hostModels,
  hostRows,
  listDepartures,
  rfcOrigins,
  type HostRow,
} from './host-rows.js';

describe.skipIf(!conformance.available)(`host names${conformance.reason}`, () => {
  test('the rows are all there', () => {
    expect(hostRows).toHaveLength(461);
    expect(hostRows.filter(({ origin }) => rfcOrigins.has(origin))).toHaveLength(118);
  });

  test.each<readonly [string, HostProfile, (row: HostRow) => boolean | undefined]>([
    ...hostModels,
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
  ])('%s and the profile %s agree but for the listed exceptions', (oracle, profile, model) => {
    expect(findDepartures(oracle, profile, model)).toEqual(listDepartures(oracle));
  });

  test.skipIf(!node20.isHere)(
    `tls.checkServerIdentity and the profile node agree but for the listed exceptions${node20.skipReason}`,
    () => {
      const oracle = 'tls.checkServerIdentity';
      const ask = (row: HostRow): boolean =>
        checkServerIdentity(row.host, new X509Certificate(certificateOf(row)).toLegacyObject()) === undefined;
      expect(findDepartures(oracle, 'node', ask)).toEqual(listDepartures(oracle));
    },
  );

  test.skipIf(javaSkipReason !== '')(
    `Java's own check and the profile java agree but for the listed exceptions${javaSkipReason}`,
    () => {
      const answers = askJava(hostRows.map((row) => ({ host: row.host, certificate: certificateOf(row) })));
      const byRow = new Map(hostRows.map((row, at) => [row, answers[at]]));
      expect(answers).toHaveLength(hostRows.length);
      const model = (row: HostRow): boolean | undefined => {
        const said = byRow.get(row);
        return said === 'unreadable' ? undefined : said === 'match';
      };
      expect(findDepartures('java-HostnameChecker', 'java', model)).toEqual(listDepartures('java-HostnameChecker'));
    },
  );

  test.skipIf(!openssl.installed)(`openssl x509 -checkhost agrees on every twelfth row${openssl.skipReason}`, () => {
    const scratch = makeScratch();
    const sample = hostRows.filter((row, at) => at % 12 === 0 && row.host !== '');
    const disagreements = sample.filter((row) => {
      const file = scratch.write('certificate.pem', toPEM(certificateOf(row)));
      const check = isIP(row.host) ? '-checkip' : '-checkhost';
      const { stdout } = runOpenSSL(['x509', '-noout', '-in', file, check, row.host]);
      return stdout.includes('does match') !== answerRow(row, 'openssl');
    });
    expect(sample.length).toBeGreaterThan(30);
    expect(disagreements.map(({ id }) => id)).toEqual([]);
  });

  test('no listed exception is a match where the model says no', () => {
    expect(hostExceptions.filter(({ actual }) => actual)).toEqual([]);
    expect(hostExceptions.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  test('what the other origins expect is shown beside what RFC 9525 gives, and not scored', () => {
    const others = hostRows.filter(({ origin }) => !rfcOrigins.has(origin));
    const agreeing = others.filter((row) => answerRow(row, 'rfc9525') === row.expectedByOrigin);
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
