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

export const catalogue = {
  ...inputCatalogue,
  ...pemCatalogue,
  ...derCatalogue,
  ...certificateCatalogue,
  ...keyCatalogue,
  ...chainCatalogue,
  ...pathCatalogue,
  ...formCatalogue,
  ...bundleCatalogue,
  ...crlCatalogue,
  ...hostCatalogue,
  ...verifyCatalogue,
  ...preflightCatalogue,
  ...optionCatalogue,
  ...rehearseCatalogue,
  ...connectCatalogue,
};

export type FindingCode = keyof typeof catalogue;
/** The params that a code wants. */
export type ParamsOf<Code extends FindingCode> = (typeof catalogue)[Code] extends CatalogueEntry<infer P> ? P : never;

/** Makes a finding of the catalogue; `severity` replaces the catalogue's where an option of the user's changes it. */
export function createFinding<Code extends FindingCode>(
  code: Code,
  subject: Subject,
  params: ParamsOf<Code>,
  place: { readonly origin?: Origin | undefined; readonly severity?: Severity | undefined } = {},
): Finding {
  const known: CatalogueEntry<object> = catalogue[code];
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
