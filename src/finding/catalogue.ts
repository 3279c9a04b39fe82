/** Every code that certwright can give, area by area, and the one way to make a finding. */
import { bundleCatalogue } from './bundle.js';
import { certificateCatalogue } from './certificate.js';
import { chainCatalogue } from './chain.js';
import { connectCatalogue } from './connect.js';
import { crlCatalogue } from './crl.js';
import { derCatalogue } from './der.js';
import type { CatalogueEntry, Finding, Origin, Params, Severity, Subject } from './finding.js';
import { formCatalogue } from './form.js';
import { hostCatalogue } from './host.js';
import { inputCatalogue } from './input.js';
import { keyCatalogue } from './key.js';
import { optionCatalogue } from './option.js';
import { pathCatalogue } from './path.js';
import { pemCatalogue } from './pem.js';
import { preflightCatalogue } from './preflight.js';
import { rehearseCatalogue } from './rehearse.js';
import { verifyCatalogue } from './verify.js';

/** By the area of their codes, made when a finding of the area is: most runs find little. */
export const catalogues = {
  input: () => inputCatalogue,
  pem: () => pemCatalogue,
  der: () => derCatalogue,
  certificate: () => certificateCatalogue,
  key: () => keyCatalogue,
  chain: () => chainCatalogue,
  path: () => pathCatalogue,
  form: () => formCatalogue,
  bundle: () => bundleCatalogue,
  crl: () => crlCatalogue,
  host: () => hostCatalogue,
  verify: () => verifyCatalogue,
  preflight: () => preflightCatalogue,
  option: () => optionCatalogue,
  rehearse: () => rehearseCatalogue,
  connect: () => connectCatalogue,
};

export type Area = keyof typeof catalogues;
type Catalogue = UnionToIntersection<ReturnType<(typeof catalogues)[Area]>>;
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

export type FindingCode = keyof Catalogue;
/** The params that a code wants. */
export type ParamsOf<Code extends FindingCode> = Catalogue[Code] extends CatalogueEntry<infer P> ? P : never;

/** The area of a code: `chain` of `chain/missing-issuer`. */
export function areaOf(code: string): Area {
  return code.slice(0, code.indexOf('/')) as Area;
}

/** What the catalogue keeps of a code. */
function entryOf(code: FindingCode): CatalogueEntry<object> {
  return (catalogues[areaOf(code)]() as Readonly<Record<FindingCode, CatalogueEntry<object>>>)[code];
}

/** Makes a finding of the catalogue; `severity` replaces the catalogue's where an option of the user's changes it. */
export function createFinding<Code extends FindingCode>(
  code: Code,
  subject: Subject,
  params: ParamsOf<Code>,
  place: { readonly origin?: Origin | undefined; readonly severity?: Severity | undefined } = {},
): Finding {
  const known = entryOf(code);
  return {
    code,
    severity: place.severity ?? known.severity,
    subject,
    ...(place.origin && { origin: place.origin }),
    params: params as Params,
    reference: known.reference,
    ...(known.opensslError !== undefined && { opensslError: known.opensslError }),
    ...(known.nodeError !== undefined && { nodeError: known.nodeError }),
  };
}
