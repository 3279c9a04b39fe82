/** The certificates, keys and CRLs of the matrix, made once: root, policy CA, issuing CA, and what they issued. */
import { makeCRLOf } from '../../support/configuration.js';
import { makeKeyPair, type KeyKind } from '../../support/keys.js';
import { issueCertificate, type CertificateOptions, type Holder, type RevokedEntry } from '../../support/pki.js';
import type { Side } from '../../../src/security-pack/setting.js';

export const serverName = 'sip1.example.com';
const names: Readonly<Record<Side, string>> = { server: serverName, client: 'agent.example.com' };

export const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
export const policy = issueCertificate(root, { subject: 'CN=Policy CA', ca: true, serialNumber: 501 });
export const issuing = issueCertificate(policy, { subject: 'CN=Issuing CA', ca: true, serialNumber: 502 });
export const stranger = issueCertificate(undefined, { subject: 'CN=Stranger Root', ca: true });
/** Nobody's. */
export const strangeKey = makeKeyPair();
/** What an option may hold that is no certificate of this PKI. */
export const unrelated = issueCertificate(stranger, { subject: 'CN=Unrelated CA', ca: true });

/** undefined leaves an extension out. */
type Overrides = { readonly [Name in keyof CertificateOptions]?: CertificateOptions[Name] | undefined };

/** An end entity of a side below `issuer`, fit for both roles unless told otherwise. */
export function issueFor(side: Side, overrides: Overrides = {}, issuer: Holder = issuing): Holder {
  const options = {
    subject: `CN=${names[side]}`,
    san: [names[side]],
    keyUsage: ['digitalSignature'],
    extKeyUsage: ['serverAuth', 'clientAuth'],
    ...overrides,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return issueCertificate(issuer, Object.fromEntries(given) as Parameters<typeof issueCertificate>[1]);
}

export const leafKinds = ['p256', 'rsa2048', 'ed25519', 'rsa-pss', 'p384'] as const satisfies readonly KeyKind[];
export type LeafKind = (typeof leafKinds)[number];

const serialNumbers: Readonly<Record<Side, number>> = { server: 1001, client: 1002 };
const makeLeaves = (side: Side): Readonly<Record<LeafKind, Holder>> =>
  Object.fromEntries(
    leafKinds.map((kind) => [
      kind,
      issueFor(side, { key: makeKeyPair(kind, `${side} of the matrix`), serialNumber: serialNumbers[side] }),
    ]),
  ) as Record<LeafKind, Holder>;

/** The end entities of both sides by the kind of their key; each side's have the same serial number. */
export const leaves: Readonly<Record<Side, Readonly<Record<LeafKind, Holder>>>> = {
  server: makeLeaves('server'),
  client: makeLeaves('client'),
};

export const cas = [issuing, policy, root] as const;
/** CRLs of all three CAs, which list nobody. */
export const goodCRLs = cas.map((ca) => makeCRLOf(ca));
export const crlListing = (ca: Holder, ...entries: RevokedEntry[]): Uint8Array => makeCRLOf(ca, { entries });
export const serialNumberOf = (side: Side): number => serialNumbers[side];
export const past = new Date('2025-06-01');
export const future = new Date('2044-01-01');
