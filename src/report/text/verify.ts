/**
 * The text of `certwright verify`: the verdict, then each certificate with the step that refuses it, its path as a picture,
 * and what was found of revocation, policies and host. Why the rest is as it is stands in the findings.
 */
import type { Finding } from '../../finding/finding.js';
import type { Profile, Purpose } from '../../path/path-inputs.js';
import { anyPolicy } from '../../path/policy-graph.js';
import type { PathCandidate } from '../../path/validate-path.js';
import type { Verification } from '../../verify/verify-ahead.js';
import type { Certificate } from '../../x509/certificate.js';
import type { CertificateList } from '../../x509/crl.js';
import { shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import { formatInstant, formatSpan } from '../instant.js';
import type { Palette } from '../palette.js';
import { showName, showText } from '../shown-name.js';
import { nameProfile, nameSource } from '../wording/host-profiles.js';
import { describeFinding } from '../wording/wording.js';
import { formatRevocationVerdict } from './crl-check.js';
import { formatOrigin } from './place.js';
import { drawPath, isAbout } from './path-tree.js';

export interface VerifyText {
  readonly at: Date;
  /** In the order given. */
  readonly crls: readonly CertificateList[];
  /** Show every path that was tried. */
  readonly allPaths: boolean;
  /** Draw the path of every certificate, however many there are. */
  readonly verbose: boolean;
}

/** Of more certificates than these the valid ones get a line each: who verifies thousands looks for the others. */
const drawnAtMost = 10;

const nameOf = ({ tbsCertificate }: Certificate): string => escapeInvisible(shortName(tbsCertificate.subject));

const rules: Readonly<Record<Profile, string>> = {
  rfc5280: 'RFC 5280',
  webpki: 'RFC 5280 and the Baseline Requirements',
  'security-pack': 'OpenSSL 3.0, as the Security Pack has it',
};
const purposes: Readonly<Record<Purpose, string>> = {
  serverAuth: 'a server',
  clientAuth: 'a client',
  both: 'server and client',
  any: 'any purpose',
};

/** `2 certificates verified at …: 1 valid, 1 refused`. */
function formatVerdict(verifications: readonly Verification[], at: Date, palette: Palette): string {
  if (verifications.length === 0) return `no certificate was verified at ${formatInstant(at)}`;
  const valid = verifications.filter(({ result }) => result.ok).length;
  const refused = verifications.length - valid;
  const counts = [
    ...(valid > 0 ? [palette.green(`${valid} valid`)] : []),
    ...(refused > 0 ? [palette.red(`${refused} refused`)] : []),
  ];
  const plural = verifications.length === 1 ? '' : 's';
  return `${verifications.length} certificate${plural} verified at ${formatInstant(at)}: ${counts.join(', ')}`;
}

/** `certificate 2 of 3 (CN=Issuing CA 1)`, or what else the finding is about. */
function formatStepPlace(finding: Finding, path: readonly Certificate[]): string {
  const position = path.findIndex((certificate) => isAbout(finding, certificate));
  const name = escapeInvisible(finding.subject.name);
  if (position >= 0) return `certificate ${position + 1} of ${path.length} (${name})`;
  if (finding.subject.kind === 'name') return `the host ${name}`;
  return finding.subject.kind === 'crl' ? `the CRL of ${name}` : name;
}

function formatError(finding: Finding, path: readonly Certificate[]): string {
  const { opensslError } = finding;
  const number = opensslError === undefined ? '' : ` (openssl error ${opensslError})`;
  return `${formatStepPlace(finding, path)} ${escapeInvisible(describeFinding(finding).message)}${number}`;
}

function formatRefusal({ findings, path }: { findings: readonly Finding[]; path: readonly Certificate[] }): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more = errors.length > 1 ? `; ${errors.length - 1} more error${errors.length === 2 ? '' : 's'}` : '';
  return first ? `${formatError(first, path)}${more}` : 'no reason is known';
}

function formatCandidate(candidate: PathCandidate, position: number, palette: Palette): string[] {
  const { ok, path, anchor } = candidate;
  const end = anchor ? '' : ' → no trusted certificate';
  const verdict = ok ? palette.green('accepted') : `${palette.red('refused')}: ${formatRefusal(candidate)}`;
  return [`${position + 1}. ${path.map(nameOf).join(' → ')}${end}`, `   ${verdict}`];
}

function formatCandidates({ result }: Verification, { allPaths }: VerifyText, palette: Palette): string[] {
  const { candidates } = result;
  if (!allPaths) {
    const others = candidates.length - 1;
    if (others <= 0) return [];
    return [palette.dim(`${others} more path${others === 1 ? ' was' : 's were'} tried; --all-paths shows all`)];
  }
  const head = `${candidates.length} path${candidates.length === 1 ? '' : 's'} tried, best first:`;
  return [palette.bold(head), ...candidates.flatMap((candidate, at) => formatCandidate(candidate, at, palette))];
}

function formatRevocation({ result }: Verification, { crls }: VerifyText, palette: Palette): string[] {
  const { scope, checked } = result.revocation;
  if (scope === 'off') return [`${palette.bold('revocation')}: not checked`];
  if (checked.length === 0) return [`${palette.bold('revocation')}: nothing to check on this path`];
  const left = scope === 'leaf' ? ', of the end entity alone' : '';
  const verdicts = checked.flatMap((verdict) => formatRevocationVerdict(verdict, crls, palette).slice(0, 1));
  return [`${palette.bold('revocation')}${left}:`, ...verdicts.map((line) => `  ${line}`)];
}

function formatPolicies({ input, result }: Verification, palette: Palette): string[] {
  const { policies, ok } = result;
  const asked = input.initialPolicySet !== undefined || input.requireExplicitPolicy === true;
  if (!ok || (!asked && policies.every((policy) => policy === anyPolicy))) return [];
  const list = policies.map((policy) => (policy === anyPolicy ? 'any' : policy)).join(', ');
  return [`${palette.bold('policies')}: ${list || 'none'}`];
}

function formatForecast({ forecast }: Verification, { at }: VerifyText, palette: Palette): string[] {
  if (!forecast) return [];
  const { until, failure } = forecast;
  const head = palette.bold('horizon');
  if (!failure) return [`${head}: nothing of this fails until ${formatInstant(until)}`];
  const span = formatSpan(failure.at.getTime() - at.getTime());
  const reason = failure.cause ? formatError(failure.cause, failure.result.path) : 'no reason is known';
  return [`${head}: ${palette.yellow('fails')} from ${formatInstant(failure.at)}, in ${span}: ${reason}`];
}

function formatHost({ result }: Verification, palette: Palette): string[] {
  if (!result.host) return [];
  const { target, profile, matched, verdict } = result.host;
  const head = `${palette.bold('host')}: ${showText(target.host ?? target.text)}`;
  const [reason] = result.host.findings;
  if (!matched) {
    const why = reason ? `: ${escapeInvisible(describeFinding(reason).message)}` : '';
    return [`${head} ${palette.red('does not match')}, says ${nameProfile(profile)}${why}`];
  }
  const match = verdict?.considered.find(({ outcome }) => outcome === 'match');
  const by = match ? ` (${nameSource(match.source)} ${showName(match.value, match.source)})` : '';
  return [`${head} ${palette.green('matches')}, says ${nameProfile(profile)}${by}`];
}

/** `✓ CN=sip1.fly.example.com: valid for any purpose, by RFC 5280 · sip1.pem:1`. */
function formatHead({ input, result: { ok, certificate } }: Verification, palette: Palette): string {
  const place = formatOrigin(certificate?.origin);
  const name = palette.bold(certificate ? nameOf(certificate) : 'no certificate');
  const verdict = ok
    ? `${palette.green('✓')} ${name}: ${palette.green('valid')}`
    : `${palette.red('✗')} ${name}: ${palette.red('refused')}`;
  const asked = `for ${purposes[input.purpose ?? 'any']}, by ${rules[input.profile ?? 'rfc5280']}`;
  return `${verdict} ${asked}${place ? palette.dim(` · ${place}`) : ''}`;
}

function formatVerification(verification: Verification, text: VerifyText, palette: Palette): string[] {
  const { ok, path, candidates, findings } = verification.result;
  const anchored = candidates[0]?.anchor !== undefined;
  const body = [
    ...(ok ? [] : [formatRefusal(verification.result)]),
    '',
    ...drawPath({ path, anchored, findings, at: text.at }, palette),
    '',
    ...formatRevocation(verification, text, palette),
    ...formatPolicies(verification, palette),
    ...formatHost(verification, palette),
    ...formatForecast(verification, text, palette),
    ...formatCandidates(verification, text, palette),
  ];
  return [formatHead(verification, palette), ...body.map((line) => (line === '' ? '' : `  ${line}`)), ''];
}

/** Valid now and as far ahead as was asked. */
function staysValid({ result, forecast }: Verification): boolean {
  return result.ok && forecast?.failure === undefined;
}

/** First what needs a look, each with its path, then a line for each of the others. */
function formatMany(verifications: readonly Verification[], text: VerifyText, palette: Palette): string[] {
  const telling = verifications.filter((verification) => !staysValid(verification));
  const plain = verifications.filter(staysValid);
  const [first] = plain;
  return [
    ...telling.flatMap((verification) => formatVerification(verification, text, palette)),
    ...plain.map((verification) => formatHead(verification, palette)),
    '',
    ...(first?.result.revocation.scope === 'off' ? formatRevocation(first, text, palette) : []),
    ...(first ? [palette.dim('--verbose draws the paths of the valid ones too'), ''] : []),
  ];
}

/** Lines end in `\n`. */
export function formatVerifications(
  verifications: readonly Verification[],
  text: VerifyText,
  palette: Palette,
): string {
  const lines =
    verifications.length > drawnAtMost && !text.verbose
      ? formatMany(verifications, text, palette)
      : verifications.flatMap((verification) => formatVerification(verification, text, palette));
  return `${[formatVerdict(verifications, text.at, palette), '', ...lines].join('\n')}\n`;
}
