/** The host-name rows of the conformance data: what each matcher answers, and where it departs from what it stands for. */
import { matchHost } from '../../src/hostname/match-host.js';
import { presentedIdentity } from '../../src/hostname/presented-identity.js';
import type { HostProfile } from '../../src/hostname/verdict.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { conformance, readConformanceJSON } from '../support/conformance.js';
import { makeNamedCertificate, type AltNameInput } from '../support/host-case.js';
import listedDepartures from './hostnames-exceptions.json' with { type: 'json' };

export interface HostRow {
  readonly id: string;
  readonly sans: readonly AltNameInput[];
  readonly cn: readonly string[] | null;
  readonly host: string;
  readonly origin: string;
  readonly expectedByOrigin: boolean;
  readonly tags: readonly string[];
  readonly observed: {
    readonly node: { readonly checkHost: boolean; readonly checkIP?: boolean; readonly serverIdentity: boolean };
    readonly openssl?: boolean;
  };
}

export interface HostDeparture {
  /** Who is departed from, and the row. */
  readonly case: string;
  readonly expected: boolean;
  readonly actual: boolean;
}

export const hostRows = conformance.available
  ? (readConformanceJSON('hostnames/hostnames.json') as readonly HostRow[])
  : [];
/** Argued one by one. */
export const hostExceptions: readonly (HostDeparture & { readonly reason: string })[] = listedDepartures;

const certificates = new Map<HostRow, Uint8Array>();
/** DER of a certificate with the names of the row. */
export function certificateOf(row: HostRow): Uint8Array {
  const der = certificates.get(row) ?? makeNamedCertificate({ sans: row.sans, commonNames: row.cn ?? [] });
  certificates.set(row, der);
  return der;
}

export const answerRow = (row: HostRow, profile: HostProfile): boolean =>
  matchHost(presentedIdentity(parseCertificate(certificateOf(row))), row.host, { profile }).matched;

/** The rows where the matcher and its model differ; a row for which the model has no answer does not count. */
export function findDepartures(
  oracle: string,
  profile: HostProfile,
  model: (row: HostRow) => boolean | undefined,
): HostDeparture[] {
  return hostRows.flatMap((row) => {
    const expected = model(row);
    const actual = answerRow(row, profile);
    return expected === undefined || expected === actual ? [] : [{ case: `${oracle} ${row.id}`, expected, actual }];
  });
}

export const listDepartures = (oracle: string): HostDeparture[] =>
  hostExceptions
    .filter((exception) => exception.case.startsWith(`${oracle} `))
    .map(({ case: id, expected, actual }) => ({ case: id, expected, actual }));

/** RFC 9525 is the rule of these three; the others follow rules of their own. */
export const rfcOrigins = new Set(['chromium-VerifyHostname', 'go-matchHostnames', 'mozilla-pkix/rustls-webpki']);

type Model = (row: HostRow) => boolean | undefined;

/** What the conformance data holds each profile against; further models are tools that the tests run. */
export const hostModels: readonly (readonly [oracle: string, profile: HostProfile, model: Model])[] = [
  ['observed-openssl', 'openssl', ({ observed }) => observed.openssl],
  ['observed-node', 'node', ({ observed }) => observed.node.serverIdentity],
  [
    'expected-by-origin',
    'rfc9525',
    ({ origin, expectedByOrigin }) => (rfcOrigins.has(origin) ? expectedByOrigin : undefined),
  ],
];
