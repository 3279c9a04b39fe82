/** The text of `certwright host`: a verdict, why each name did or did not match, what others would say, what to do. */
import type { CertificatesCheck } from '../../hostname/check-certificates.js';
import type { TargetCheck } from '../../hostname/check-target.js';
import type { Consideration, Outcome } from '../../hostname/verdict.js';
import { shortName } from '../../x509/name.js';
import { describeFinding } from '../wording/wording.js';
import { formatOrigin } from './place.js';
import { formatRows } from './table.js';
import type { Palette } from '../palette.js';
import { showName, showText } from '../shown-name.js';
import { nameProfile, nameSource } from '../wording/host-profiles.js';
import { describeReason } from '../wording/host-reasons.js';

const marks: Readonly<Record<Outcome, string>> = { match: '✓', 'no-match': '✗', ignored: '–' };

function paintOutcome(outcome: Outcome, line: string, palette: Palette): string {
  return outcome === 'match' ? palette.green(line) : outcome === 'ignored' ? palette.dim(line) : line;
}

/** Every name of the certificate with its outcome and reason. */
function listNames(considered: readonly Consideration[], palette: Palette): string[] {
  if (considered.length === 0) return ['none at all'];
  const rows = considered.map((name) => [
    marks[name.outcome],
    nameSource(name.source),
    showName(name.value, name.source),
    describeReason(name),
  ]);
  return formatRows(rows).map((line, at) => paintOutcome(considered[at]?.outcome ?? 'ignored', line, palette));
}

/** One row for every verifier: what it says, and the name that decides. */
function tabulateVerifiers({ verifiers }: TargetCheck, palette: Palette): string[] {
  const rows = verifiers.map(({ profile, matched, decisive }) => [
    nameProfile(profile).replace(/^the /, ''),
    matched ? 'match' : 'no',
    decisive ? `${nameSource(decisive.source)} ${showName(decisive.value, decisive.source)}` : 'no name to compare',
    decisive ? describeReason(decisive) : '',
  ]);
  return formatRows(rows).map((line, at) => (verifiers[at]?.matched ? palette.green(line) : line));
}

/** The steps that make the host match: each on its own would do. */
function listSteps({ advice, profile, matched }: TargetCheck): string[] {
  if (matched || !advice) return [];
  const { connectWith, targetName, askFor } = advice;
  const isPack = profile.startsWith('security-pack');
  return [
    ...(connectWith.length > 0 ? [`connect with ${connectWith.map(showText).join(' or ')}`] : []),
    ...(targetName === undefined
      ? []
      : [
          `set tls-target-name=${targetName}: it replaces the name that is checked and is sent as SNI ` +
            '(UNIX Security Pack 8.5.100.23 or later)',
        ]),
    ...(askFor === undefined ? [] : [`ask the CA for a certificate with the subjectAltName entry ${askFor}`]),
    ...(isPack && connectWith.length === 0 && askFor === undefined
      ? ['have the certificate issued with the FQDN of the server in its subjectAltName, and connect with that name']
      : []),
  ];
}

function section(title: string, lines: readonly string[], palette: Palette): string[] {
  return lines.length === 0 ? [] : [`  ${palette.bold(title)}`, ...lines.map((line) => `    ${line}`)];
}

/** What was made of the target, where that is not the target itself. */
function introduceTarget({ target }: TargetCheck): string {
  const { text, host } = target;
  return host === undefined || host === text ? showText(text) : `${showText(host)} (from ${showText(text)})`;
}

/** One target: verdict first, then the reasons. Without colours unless the palette has them; lines end in `\n`. */
export function formatTargetCheck(check: TargetCheck, palette: Palette): string {
  const { verdict, matched, profile } = check;
  const says = matched ? palette.green('match') : palette.red('no match');
  const head = `${palette.bold(introduceTarget(check))}: ${says}, says ${nameProfile(profile)}`;
  if (!verdict)
    return `${palette.bold(introduceTarget(check))}: ${palette.red('not checked')}, no host can be made out\n`;
  const nearest = matched ? [] : verdict.findings.map((finding) => describeFinding(finding).message);
  const isNear = !/^host\/(?:target-|no-)/.test(verdict.findings[0]?.code ?? '');
  const lines = [
    head,
    ...section('names of the certificate', listNames(verdict.considered, palette), palette),
    ...section(isNear ? 'nearest miss' : 'why not', nearest, palette),
    ...section('every verifier', tabulateVerifiers(check, palette), palette),
    ...section('what to do, one of', listSteps(check), palette),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Every certificate that was looked into with its targets; a heading tells them apart. */
export function formatCertificatesCheck({ checked, notChecked }: CertificatesCheck, palette: Palette): string {
  const parts = checked.map(({ certificate, identity, checks }) => {
    const { origin, tbsCertificate } = certificate;
    const place = [formatOrigin(origin), shortName(tbsCertificate.subject)].filter((part) => part !== undefined);
    const heading = `${palette.dim(`certificate ${place.join(': ')}`)}\n`;
    if (!identity) return `${heading}${palette.red('its names are malformed')}: nothing matches\n`;
    return heading + checks.map((check) => formatTargetCheck(check, palette)).join('\n');
  });
  const rest =
    notChecked.length === 0
      ? []
      : [`${notChecked.length} further certificate${notChecked.length === 1 ? '' : 's'} not looked into\n`];
  return [...parts, ...rest].join('\n');
}
