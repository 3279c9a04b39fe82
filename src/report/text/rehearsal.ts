/** A rehearsal for people: for each target whether it connected, what went over the wire, who verified whom, and each side's errors. */
import type { Rehearsal, RehearsalResult, SideError, SideReport } from '../../handshake/rehearsal.js';
import type { Side } from '../../security-pack/setting.js';
import { shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import type { Palette } from '../palette.js';
import { nameProfile } from '../wording/host-profiles.js';
import { describeFinding } from '../wording/wording.js';
import { formatOrigin, formatSubject } from './place.js';

const otherSide: Readonly<Record<Side, Side>> = { server: 'client', client: 'server' };

/** Where a side met its error. */
const stages: Readonly<Record<SideError['stage'], string>> = {
  files: 'reading its files',
  setup: 'setting up OpenSSL with its files',
  handshake: 'in the handshake',
  verification: 'verifying the other side',
  name: 'comparing the name',
  exchange: 'after the handshake',
};

const revocations: Readonly<Record<Rehearsal['revocation'], string>> = {
  rehearsed: 'checked for every certificate of the chain by each side that has a tls-crl',
  off: 'not checked: no tls-crl on a side that verifies',
  'not-rehearsed': 'not rehearsed: OpenSSL in Node checks whole chains only; the pre-flight has the verdict',
};

function formatVerdict(side: Side, { verdict, isStandIn }: SideReport, palette: Palette): string {
  const who = isStandIn ? `${side} (a stand-in)` : side;
  const other = otherSide[side];
  const words = {
    accepted: palette.green(`accepted the ${other}`),
    refused: palette.red(`refused the ${other}`),
    'not-asked': palette.dim(`did not ask the ${other} for a certificate`),
    'not-reached': palette.dim(`did not come to verify the ${other}`),
  }[verdict];
  return `  ${palette.bold(who)} ${words}`;
}

function formatReceived({ received, unreadable }: SideReport, palette: Palette): string[] {
  const damaged = unreadable.map(
    (finding) => `    ${palette.red('✗')} ${escapeInvisible(describeFinding(finding).message)}`,
  );
  const lines = received.map(({ tbsCertificate, origin }, position) => {
    const place = formatOrigin(origin);
    const name = escapeInvisible(shortName(tbsCertificate.subject));
    return `    ${position + 1}. ${name}${place === undefined ? '' : palette.dim(` · ${place}`)}`;
  });
  return [...lines, ...damaged];
}

/** The finding of the pre-flight that says why, in one line. */
function formatExplanations({ explainedBy, isConsequence, side }: SideError, palette: Palette): string[] {
  if (isConsequence) return [palette.dim(`      only the consequence of what the ${otherSide[side]} met`)];
  if (explainedBy.length === 0) return [`      ${palette.yellow('nothing in the pre-flight explains it')}`];
  return explainedBy.map((finding) => {
    const subject = formatSubject(finding.subject, finding.origin);
    const place = formatOrigin(finding.origin);
    const words = [place, subject && escapeInvisible(subject), escapeInvisible(describeFinding(finding).message)];
    return `      ${palette.bold('because')} ${words.filter((part) => part !== undefined).join(': ')} [${finding.code}]`;
  });
}

function formatError(error: SideError, palette: Palette): string[] {
  const { stage, code, message, opensslError, alert } = error;
  const notes = [
    code,
    ...(opensslError === undefined ? [] : [`openssl error ${opensslError}`]),
    ...(alert ? [`alert ${alert.number} ${alert.name}`] : []),
  ];
  return [
    `    ${palette.red('✗')} ${stages[stage]}: ${escapeInvisible(message)} ${palette.dim(`[${notes.join(' · ')}]`)}`,
    ...formatExplanations(error, palette),
  ];
}

function formatSide(side: Side, report: SideReport, palette: Palette): string[] {
  const { received, receivedIsWhole, errors } = report;
  return [
    formatVerdict(side, report, palette),
    ...(received.length > 0 ? [palette.dim(`    received from the ${otherSide[side]}, in this order:`)] : []),
    ...formatReceived(report, palette),
    ...(receivedIsWhole ? [] : [palette.dim('    what came behind it this version of Node does not tell a server')]),
    ...errors.flatMap((error) => formatError(error, palette)),
  ];
}

function formatName({ nameCheck, client }: Rehearsal, palette: Palette): string {
  if (!nameCheck)
    return `  ${palette.bold('name')} not compared${client.isStandIn ? ': the client is a stand-in' : ''}`;
  const { check } = nameCheck;
  if (!check) return `  ${palette.bold('name')} ${palette.red('the names of the certificate cannot be read')}`;
  const { target, profile, matched } = check;
  const verdict = matched ? palette.green('matches') : palette.red('does not match');
  return `  ${palette.bold('name')} ${escapeInvisible(target.host ?? target.text)} ${verdict}, says ${nameProfile(profile)}`;
}

function formatRehearsal(rehearsal: Rehearsal, palette: Palette): string[] {
  const { target, serverName, connected, protocol, cipher, server, client, revocation } = rehearsal;
  const verdict = connected ? palette.green('✓ connected') : palette.red('✗ not connected');
  const terms = [protocol, cipher].filter((part) => part !== undefined).join(', ');
  const sni = serverName === undefined ? 'no SNI' : `SNI ${escapeInvisible(serverName)}`;
  const to = target === undefined ? 'without a target' : `to ${escapeInvisible(target)}`;
  return [
    `${palette.bold(verdict)} ${to}${terms === '' ? '' : `: ${terms}`} ${palette.dim(`(${sni})`)}`,
    ...formatSide('client', client, palette),
    ...formatSide('server', server, palette),
    formatName(rehearsal, palette),
    `  ${palette.bold('revocation')} ${revocations[revocation]}`,
    '',
  ];
}

/** Lines end in `\n`. */
export function formatRehearsals({ rehearsals }: RehearsalResult, palette: Palette): string {
  if (rehearsals.length === 0) return 'no handshake could be rehearsed\n\n';
  return `${rehearsals.flatMap((rehearsal) => formatRehearsal(rehearsal, palette)).join('\n')}\n`;
}
