/** Message and hint of any finding. */
import { areaOf, type Area } from '../../finding/catalogue.js';
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

/** By the area of the codes, as the catalogue is. */
const wordings = {
  input: () => inputWording,
  pem: () => pemWording,
  der: () => derWording,
  certificate: () => certificateWording,
  key: () => keyWording,
  chain: () => chainWording,
  path: () => pathWording,
  form: () => formWording,
  bundle: () => bundleWording,
  crl: () => crlWording,
  host: () => hostWording,
  verify: () => verifyWording,
  preflight: () => preflightWording,
  option: () => optionWording,
  rehearse: () => rehearseWording,
  connect: () => connectWording,
} satisfies Readonly<Record<Area, () => object>>;

type Wording = Readonly<Record<string, (params: object, finding: Finding) => Words>>;

/** Says a finding in words. The finding must carry the params that its code declares, as `createFinding` ensures. */
export function describeFinding(finding: Finding): Words {
  const { code } = finding;
  const words = (wordings[areaOf(code)]() as Wording)[code];
  if (!words) throw new Error(`no wording of ${code}`);
  return words(finding.params, finding);
}
