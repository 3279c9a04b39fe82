/** Extensions of RFC 5280 for made certificates and CRLs; each function gives the DER of one Extension. */
import {
  boolean,
  enumerated,
  explicit,
  generalizedTime,
  ia5String,
  implicit,
  integer,
  namedBits,
  octetString,
  oid,
  retag,
  sequence,
} from './der.js';
import { makeGeneralName, makeGeneralNames, makeName } from './names.js';
import type { GeneralNameInput, NameInput } from './names.js';

/** Any extension: `value` is the DER that goes into the OCTET STRING. */
export const makeExtension = (type: string, value: Uint8Array, critical = false): Uint8Array =>
  sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));

const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsageName = (typeof keyUsageNames)[number];

/** Purposes by the short names of RFC 5280 4.2.1.12; anything else is taken as an OID. */
const extKeyUsages: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

export const makeBasicConstraints = (cA: boolean, pathLen?: number, critical = true): Uint8Array =>
  makeExtension(
    '2.5.29.19',
    sequence(...(cA ? [boolean(true)] : []), ...(pathLen === undefined ? [] : [integer(pathLen)])),
    critical,
  );

export const makeKeyUsage = (usages: readonly KeyUsageName[], critical = true): Uint8Array =>
  makeExtension('2.5.29.15', namedBits(usages.map((usage) => keyUsageNames.indexOf(usage))), critical);

export const makeExtKeyUsage = (purposes: readonly string[], critical = false): Uint8Array =>
  makeExtension('2.5.29.37', sequence(...purposes.map((purpose) => oid(extKeyUsages[purpose] ?? purpose))), critical);

export const makeSubjectAltName = (names: readonly GeneralNameInput[], critical = false): Uint8Array =>
  makeExtension('2.5.29.17', makeGeneralNames(names), critical);

export const makeIssuerAltName = (names: readonly GeneralNameInput[]): Uint8Array =>
  makeExtension('2.5.29.18', makeGeneralNames(names));

export const makeSubjectKeyIdentifier = (keyIdentifier: Uint8Array): Uint8Array =>
  makeExtension('2.5.29.14', octetString(keyIdentifier));

export interface AuthorityKeyIdentifierInput {
  readonly keyIdentifier?: Uint8Array;
  readonly authorityCertIssuer?: readonly GeneralNameInput[];
  readonly authorityCertSerialNumber?: number | bigint | Uint8Array;
}

export function makeAuthorityKeyIdentifier(input: AuthorityKeyIdentifierInput): Uint8Array {
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = input;
  return makeExtension(
    '2.5.29.35',
    sequence(
      ...(keyIdentifier ? [implicit(0, keyIdentifier)] : []),
      ...(authorityCertIssuer ? [explicit(1, ...authorityCertIssuer.map(makeGeneralName))] : []),
      ...(authorityCertSerialNumber === undefined ? [] : [retag(0x82, integer(authorityCertSerialNumber))]),
    ),
  );
}

export interface NameConstraintsInput {
  readonly permitted?: readonly GeneralNameInput[];
  readonly excluded?: readonly GeneralNameInput[];
}

/** Name constraints; a `DNS:` prefix may be left out, `IP:10.0.0.0/8` gives address and mask. */
export function makeNameConstraints({ permitted, excluded }: NameConstraintsInput): Uint8Array {
  const subtrees = (n: number, names: readonly GeneralNameInput[] | undefined): Uint8Array[] =>
    names ? [explicit(n, ...names.map((name) => sequence(makeGeneralName(name))))] : [];
  return makeExtension('2.5.29.30', sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true);
}

/** A CRLDistributionPoints extension with one distribution point per URI; `2.5.29.46` makes it a FreshestCRL. */
export const makeCRLDistributionPoints = (names: readonly GeneralNameInput[], type = '2.5.29.31'): Uint8Array =>
  makeExtension(type, sequence(...names.map((name) => sequence(explicit(0, explicit(0, makeGeneralName(name)))))));

/** A distribution point as RFC 5280 4.2.1.13 has it; `nameRelativeToCRLIssuer` is a name of one RDN, `CN=CRL 1`. */
export interface DistributionPointInput {
  readonly fullName?: readonly GeneralNameInput[];
  readonly nameRelativeToCRLIssuer?: NameInput;
  /** Bits of ReasonFlags, 1 keyCompromise … 8 aACompromise. */
  readonly reasons?: readonly number[];
  readonly cRLIssuer?: readonly GeneralNameInput[];
}

type PointNameInput = Pick<DistributionPointInput, 'fullName' | 'nameRelativeToCRLIssuer'>;

/** `[0] DistributionPointName`, or nothing. */
function makeDistributionPointName({ fullName, nameRelativeToCRLIssuer }: PointNameInput): Uint8Array[] {
  if (fullName) return [explicit(0, explicit(0, ...fullName.map(makeGeneralName)))];
  // The one RDN of a name shorter than 128 octets, its SET retagged.
  return nameRelativeToCRLIssuer === undefined
    ? []
    : [explicit(0, retag(0xa1, makeName(nameRelativeToCRLIssuer).subarray(2)))];
}

/** CRLDistributionPoints in full; `2.5.29.46` makes it a FreshestCRL. */
export const makeDistributionPoints = (points: readonly DistributionPointInput[], type = '2.5.29.31'): Uint8Array =>
  makeExtension(
    type,
    sequence(
      ...points.map((point) =>
        sequence(
          ...makeDistributionPointName(point),
          ...(point.reasons ? [retag(0x81, namedBits(point.reasons))] : []),
          ...(point.cRLIssuer ? [explicit(2, ...point.cRLIssuer.map(makeGeneralName))] : []),
        ),
      ),
    ),
  );

export interface AuthorityInfoAccessInput {
  readonly caIssuers?: readonly string[];
  readonly ocsp?: readonly string[];
}

export function makeAuthorityInfoAccess({ caIssuers = [], ocsp = [] }: AuthorityInfoAccessInput): Uint8Array {
  const describe = (method: string, uris: readonly string[]): Uint8Array[] =>
    uris.map((uri) => sequence(oid(method), makeGeneralName(`URI:${uri}`)));
  return makeExtension(
    '1.3.6.1.5.5.7.1.1',
    sequence(...describe('1.3.6.1.5.5.7.48.2', caIssuers), ...describe('1.3.6.1.5.5.7.48.1', ocsp)),
  );
}

/** Certificate policies by OID; a `cps` URI goes to the first of them. */
export const makeCertificatePolicies = (policies: readonly string[], cps?: string): Uint8Array =>
  makeExtension(
    '2.5.29.32',
    sequence(
      ...policies.map((policy, position) =>
        sequence(
          oid(policy),
          ...(cps !== undefined && position === 0
            ? [sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), ia5String(cps)))]
            : []),
        ),
      ),
    ),
  );

/** CRLNumber, or with `2.5.29.27` the DeltaCRLIndicator, which is critical. */
export const makeCRLNumber = (number: number | bigint | Uint8Array, type = '2.5.29.20'): Uint8Array =>
  makeExtension(type, integer(number), type === '2.5.29.27');

/** CRLReason of RFC 5280 5.3.1; 7 is not used. */
const crlReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;
export type CRLReasonName = keyof typeof crlReasons;

export const makeReasonCode = (reason: CRLReasonName | number): Uint8Array =>
  makeExtension('2.5.29.21', enumerated(typeof reason === 'number' ? reason : crlReasons[reason]));

export const makeInvalidityDate = (instant: Date): Uint8Array => makeExtension('2.5.29.24', generalizedTime(instant));

export const makeCertificateIssuer = (names: readonly GeneralNameInput[]): Uint8Array =>
  makeExtension('2.5.29.29', makeGeneralNames(names), true);

export interface IssuingDistributionPointInput extends PointNameInput {
  readonly onlyContainsUserCerts?: boolean;
  readonly onlyContainsCACerts?: boolean;
  /** Bits of ReasonFlags, 1 keyCompromise … 8 aACompromise. */
  readonly onlySomeReasons?: readonly number[];
  readonly indirectCRL?: boolean;
  readonly onlyContainsAttributeCerts?: boolean;
}

export function makeIssuingDistributionPoint(input: IssuingDistributionPointInput): Uint8Array {
  const flag = (n: number, on: boolean | undefined): Uint8Array[] => (on ? [implicit(n, Uint8Array.of(0xff))] : []);
  const { onlySomeReasons } = input;
  return makeExtension(
    '2.5.29.28',
    sequence(
      ...makeDistributionPointName(input),
      ...flag(1, input.onlyContainsUserCerts),
      ...flag(2, input.onlyContainsCACerts),
      ...(onlySomeReasons ? [retag(0x83, namedBits(onlySomeReasons))] : []),
      ...flag(4, input.indirectCRL),
      ...flag(5, input.onlyContainsAttributeCerts),
    ),
    true,
  );
}
