/** Checks of the group `revocation`: the CRLs of a side can be used, and none of them lists what its peer sends. */
import { createFinding } from '../../finding/catalogue.js';
import { isOk, withSetting, type Finding } from '../../finding/finding.js';
import { distributionPointURLs } from '../../revocation/crl-scope.js';
import { joinCRLs } from '../../revocation/join-crls.js';
import type { VerifyCertificateResult } from '../../verify.js';
import { subjectOf } from '../../x509/certificate.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import type { SideConfiguration } from '../configuration.js';
import type { Verification } from './direction.js';
import { FaultLedger, identifyFault } from './fault-ledger.js';
import type { Obstacle } from '../obstacle.js';
import { placeOf, type Presented } from './presented.js';

/** CRLs that end within a week are worth a warning: they are renewed by hand where `tls-crl` is a file. */
const warnBefore = 7 * 24 * 3600 * 1000;

/** How long Windows waits for a distribution point by default (Security Deployment Guide). */
const stallSeconds = 15;

/** About certificates, not about a CRL. */
const statusCodes: ReadonlySet<string> = new Set([
  'crl/revoked',
  'crl/missing',
  'crl/issuer-certificate-missing',
  'crl/listed-in-unusable',
]);

/** Said where there is no chain to compare with; here there is one, or it is said that there is none. */
const withoutChain: ReadonlySet<string> = new Set(['crl/not-verified', 'crl/none']);

function skipBoth(side: SideConfiguration['side'], obstacle: Obstacle): Check[] {
  return [skipCheck('revocation/peer-not-revoked', side, { ...obstacle })];
}

/** The findings of the files' form that `files/pem` leaves to this group. */
function explainForm({ files }: SideConfiguration): readonly Finding[] {
  return (files.tlsCRL?.findings ?? []).filter(({ code }) => code === 'pem/crl-label');
}

/** Where verification speaks, its judgement of a CRL counts: a stale CRL that nobody needs is no error. */
function explainCRLs(side: SideConfiguration, result: VerifyCertificateResult | undefined, at: Date): Finding[] {
  const said = (result?.findings ?? []).filter(({ code }) => code.startsWith('crl/') && !statusCodes.has(code));
  const known = new Set(said.map(identifyFault));
  const own = joinCRLs(side.files.tlsCRL?.crls ?? [], { at, warnBefore })
    .findings.filter((finding) => !withoutChain.has(finding.code) && !known.has(identifyFault(finding)))
    .map((finding) =>
      result && finding.severity === 'error' ? { ...finding, severity: 'warning' as const } : finding,
    );
  return [...explainForm(side), ...said, ...own];
}

/** Windows fetches CRLs by itself. */
function checkDistributionPoints({ verifier: { side }, presented }: Verification): Check[] {
  const name = 'revocation/distribution-points';
  const findings = presented.sent.flatMap((certificate) => {
    const urls = distributionPointURLs(certificate).filter((url) => /^(https?|ldaps?):/i.test(url));
    if (urls.length === 0) return [];
    const place = { origin: certificate.origin };
    const params = { urls, seconds: stallSeconds };
    return [createFinding('preflight/remote-distribution-point', subjectOf(certificate), params, place)];
  });
  return [
    concludeCheck({ name, side, params: { certificates: presented.sent.length }, findings }),
    skipCheck('revocation/peer-not-revoked', side, { reason: 'windows-fetches' }),
  ];
}

/** Whether the peer is revoked; `presented` must be known. */
function checkPeer(
  { verifier: { side }, presented, scope }: Verification,
  result: VerifyCertificateResult,
  ledger: FaultLedger,
): Check {
  const name = 'revocation/peer-not-revoked';
  const errors = result.findings.filter(({ severity, code }) => severity === 'error' && code.startsWith('crl/'));
  const owner = ledger.findOwner(errors);
  const statuses = ledger.claim(
    name,
    result.findings.filter(({ code }) => statusCodes.has(code)),
  );
  const { checked } = result.revocation;
  // What RFC 5280 would say beside it is kept.
  if (isOk(statuses) && owner !== undefined)
    return { ...skipCheck(name, side, { because: owner }), findings: statuses };
  if (statuses.length === 0 && checked.length === 0) return skipCheck(name, side, { because: 'trust/peer-trusted' });
  const assumed = createFinding(
    'preflight/revocation-scope-assumed',
    { kind: 'option', name: 'tls-crl' },
    { scope: scope === 'leaf' ? 'leaf' : 'chain' },
  );
  const params = {
    peer: presented.own && subjectOf(presented.own).name,
    checked: checked.map(({ certificate }) => subjectOf(certificate).name),
  };
  return concludeCheck({ name, side, params, findings: [...statuses, assumed] });
}

/** Judges the revocation of what the peer sends; without a peer the CRLs alone. */
export function checkRevocation(
  verification: Verification,
  result: VerifyCertificateResult | undefined,
  obstacle: Obstacle | undefined,
): Check[] {
  const { verifier, at } = verification;
  const { side, files, platform } = verifier;
  if (platform === 'windows') return checkDistributionPoints(verification);
  if (!files.tlsCRL) return skipBoth(side, { reason: 'tls-crl-not-set' });
  const name = 'revocation/crls-usable';
  if (obstacle) return [skipCheck(name, side, { ...obstacle }), ...skipBoth(side, { because: name })];
  const place = placeOf(side, files.tlsCRL.setting);
  const set = (finding: Finding): Finding => (place ? withSetting(finding, place) : finding);
  const ledger = new FaultLedger();
  const findings = ledger.claim(name, explainCRLs(verifier, result, at)).map(set);
  const params = { file: files.tlsCRL.files[0]?.path, crls: files.tlsCRL.crls.length };
  const usable = concludeCheck({ name, side, params, findings });
  if (explainForm(verifier).some(({ severity }) => severity === 'error')) {
    return [usable, ...skipBoth(side, { because: name })];
  }
  if (!result) return [usable, ...skipBoth(side, { because: 'trust/peer-trusted' })];
  const peer = checkPeer(verification, result, ledger);
  return [usable, { ...peer, findings: peer.findings.map(set) }];
}

/** What a peer is that nothing is known of. */
export function describeUnknownPeer(side: Presented['side']): Presented {
  const nothing = { sent: [], own: undefined, key: undefined, place: undefined };
  return { ...nothing, side, obstacle: { reason: 'peer-not-known' } };
}
