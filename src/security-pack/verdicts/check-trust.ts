/** Checks of the group `trust`: the trusted-ca is fit for its purpose, and the peer's chain ends in it. */
import { checkBundle, explainFileContents } from '../../bundle/check-bundle.js';
import { createFinding } from '../../finding/catalogue.js';
import { withSetting, type Finding } from '../../finding/finding.js';
import type { VerifyCertificateResult } from '../../verify.js';
import { equalCertificates, subjectOf } from '../../x509/certificate.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import type { SideConfiguration } from '../configuration.js';
import type { Trust } from './direction.js';
import type { FaultLedger } from './fault-ledger.js';
import { otherSide } from '../other-side.js';
import type { Presented } from './presented.js';
import { placeOf } from './presented.js';

/** No trusted-ca is set at all. */
const isTrustMissing = ({ obstacle }: Trust): boolean =>
  obstacle !== undefined && 'reason' in obstacle && obstacle.reason === 'trusted-ca-not-set';

/** An error about the bundle is one only where it stands in the way of this peer; without a peer it may. */
function weighFinding(finding: Finding, result: VerifyCertificateResult | undefined): Finding {
  if (finding.severity !== 'error' || !result) return finding;
  const { file, line, index } = finding.origin ?? {};
  const isOnPath = result.path.some(
    ({ origin }) => origin?.file === file && origin?.line === line && origin?.index === index,
  );
  const isInTheWay = !result.ok && (isOnPath || finding.code === 'bundle/no-root');
  return isInTheWay ? finding : { ...finding, severity: 'warning' };
}

/** The trusted-ca by itself. */
export function checkTrustedCA(
  { side, files, checks, options }: SideConfiguration,
  trust: Trust,
  result: VerifyCertificateResult | undefined,
  ledger: FaultLedger,
  at: Date,
): Check {
  const name = 'trust/bundle-fit';
  const { trustedCA } = files;
  if (!trustedCA || trust.obstacle) {
    const isMissing = isTrustMissing(trust);
    const failed = checks.find(({ outcome, group }) => group === 'options' && outcome === 'failed');
    if (!isMissing) return skipCheck(name, side, { ...(trust.obstacle ?? { reason: 'windows-store' }) });
    if (failed) return skipCheck(name, side, { because: failed.name });
    const subject = { kind: 'option', name: options.trustedCA?.name ?? 'trusted-ca' } as const;
    const finding = createFinding('preflight/no-trusted-ca', subject, { peer: otherSide(side) });
    return concludeCheck({ name, side, params: {}, findings: [finding] });
  }
  const { setting, objects } = trustedCA;
  const file = trustedCA.files[0];
  const bundle = checkBundle(trust.anchors, { at, name: file?.readAs ?? setting.value });
  const place = placeOf(side, setting);
  const lacksRoot = bundle.findings.some(({ code }) => code === 'bundle/missing-root');
  const findings = [
    // Containers are the business of `files/pem`.
    ...explainFileContents(objects).filter(({ code }) => code !== 'bundle/not-pem'),
    // Whose root is missing says more than that there is none.
    ...bundle.findings
      .filter(({ code }) => !lacksRoot || code !== 'bundle/no-root')
      .map((finding) => weighFinding(finding, result)),
  ].map((finding) => (place ? withSetting(finding, place) : finding));
  const { roots, intermediates } = bundle.members;
  const params = { file: file?.path, roots: roots.length, intermediates: intermediates.length };
  return concludeCheck({ name, side, params, findings: ledger.claim(name, findings) });
}

/** A trusted certificate that the peer sends too: what is wrong with it was said of what is sent. */
function placeInChain(finding: Finding, { sent }: Presented, { path }: VerifyCertificateResult): Finding {
  const about = path.find(({ origin }) => origin !== undefined && origin === finding.origin);
  const same = about && sent.find((certificate) => equalCertificates(certificate, about));
  return same?.origin ? { ...finding, origin: same.origin } : finding;
}

/** The path ends before a root. */
const unanchored: ReadonlySet<string> = new Set([
  'chain/missing-issuer',
  'chain/root-not-trusted',
  'path/anchor-not-self-signed',
  'path/self-signed-end-entity',
]);
/** What makes OpenSSL pass over an issuer that is there, or what leaves it nowhere to end. */
const unanchoring: ReadonlySet<string> = new Set([
  'chain/key-identifier-mismatch',
  'certificate/malformed-extension',
  'chain/missing-issuer',
  'bundle/no-root',
]);

/** The check that has said why the path ends where it does, in other words and of another object. */
function findCause(errors: readonly Finding[], ledger: FaultLedger): string | undefined {
  return errors.some(({ code }) => unanchored.has(code)) ? ledger.findCheckOf(unanchoring) : undefined;
}

/** Whether what the peer sends ends in a root that is trusted, with everything that verification looks at but CRLs. */
export function checkPeerTrust(
  verifier: SideConfiguration,
  presented: Presented,
  trust: Trust,
  result: VerifyCertificateResult | undefined,
  ledger: FaultLedger,
): Check {
  const name = 'trust/peer-trusted';
  const { side } = verifier;
  if (trust.obstacle) {
    const obstacle = isTrustMissing(trust) ? { because: 'trust/bundle-fit' } : trust.obstacle;
    return skipCheck(name, side, { ...obstacle });
  }
  if (!result) {
    const { obstacle } = presented;
    const isOfPeer = obstacle && 'because' in obstacle;
    return skipCheck(name, side, { ...obstacle, ...(isOfPeer && { becauseSide: presented.side }) });
  }
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  const owner =
    ledger.findOwner(errors) ??
    ledger.findOwner(errors.map((finding) => placeInChain(finding, presented, result))) ??
    findCause(errors, ledger);
  if (owner !== undefined) {
    const isOfPeer = owner.startsWith('chain/');
    return skipCheck(name, side, { because: owner, ...(isOfPeer && { becauseSide: presented.side }) });
  }
  const place = placeOf(side, verifier.files.trustedCA?.setting);
  const own = ledger.claim(
    name,
    errors.map((finding) => (place ? withSetting(finding, place) : finding)),
  );
  const root = result.path.at(-1);
  const isAnchored = root && trust.anchors.some((anchor) => equalCertificates(anchor, root));
  const params = {
    peer: presented.own && subjectOf(presented.own).name,
    root: isAnchored ? subjectOf(root).name : undefined,
  };
  return concludeCheck({ name, side, params, findings: own });
}
