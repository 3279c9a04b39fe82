/** Message and hint of any finding. */
import type { FindingCode } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { bundleWording } from './bundle.js';
import { certificateWording } from './certificate.js';
import { chainWording } from './chain.js';
import { connectWording } from './connect.js';
import { crlWording } from './crl.js';
import { derWording } from './der.js';
import { formWording } from './form.js';
import { hostWording } from './host.js';
import { inputWording } from './input.js';
import { keyWording } from './key.js';
import { optionWording } from './option.js';
import { pathWording } from './path.js';
import { pemWording } from './pem.js';
import { preflightWording } from './preflight.js';
import { rehearseWording } from './rehearse.js';
import { verifyWording } from './verify.js';
import type { Words } from './words.js';

const wording = {
  ...inputWording,
  ...pemWording,
  ...derWording,
  ...certificateWording,
  ...keyWording,
  ...chainWording,
  ...pathWording,
  ...formWording,
  ...bundleWording,
  ...crlWording,
  ...hostWording,
  ...verifyWording,
  ...preflightWording,
  ...optionWording,
  ...rehearseWording,
  ...connectWording,
};

/** Says a finding in words. The finding must carry the params that its code declares, as `createFinding` ensures. */
export function describeFinding(finding: Finding): Words {
  const words = wording[finding.code as FindingCode] as (params: object, finding: Finding) => Words;
  return words(finding.params, finding);
}
