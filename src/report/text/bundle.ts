/** Bundles in words: what was built, changed, listed, compared and checked. */
import type { BundleCheck } from '../../bundle/check-bundle.js';
import type { BundleDiff } from '../../bundle/diff-bundles.js';
import type { Members } from '../../bundle/inspect-members.js';
import type { PeerVerdict } from '../../bundle/judge-peer.js';
import type { ListedCertificate, ListedFile } from '../../bundle/list-bundle.js';
import type { BundleLeftOut, BundleLeftOutReason } from '../../bundle/sift.js';
import { expiry } from '../../chain/assess-path.js';
import { fingerprint, formatThumbprint } from '../../crypto/fingerprint.js';
import { formatPublicKey } from '../../crypto/public-key.js';
import type { Certificate } from '../../x509/certificate.js';
import { formatName, shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import { formatDay, formatSpan } from '../instant.js';
import type { Palette } from '../palette.js';
import { formatOrigin } from './place.js';

const nameOf = ({ tbsCertificate }: Certificate): string => escapeInvisible(shortName(tbsCertificate.subject));
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
const places = (files: readonly string[]): string => files.map(escapeInvisible).join(', ');

function formatEnd({ tbsCertificate: { validity } }: Certificate, at: Date, palette: Palette): string {
  const day = formatDay(validity.notAfter);
  const span = formatSpan(validity.notAfter.getTime() - at.getTime());
  if (at > validity.notAfter) return palette.red(`expired ${day}, ${span} ago`);
  if (at < validity.notBefore) return palette.yellow(`not valid before ${formatDay(validity.notBefore)}`);
  return `expires ${day}, in ${span}`;
}

const reasons: Readonly<Record<BundleLeftOutReason, (number: number) => string>> = {
  duplicate: (number) => count(number, 'duplicate'),
  'not-a-ca': (number) => `${number} that ${number === 1 ? 'is no CA' : 'are no CAs'}`,
  expired: (number) => `${number} expired`,
  malformed: (number) => `${number} malformed`,
};

/** `2 duplicates, 1 expired left out`, or nothing. */
function formatLeftOut(leftOut: readonly BundleLeftOut[]): string[] {
  const counts = (Object.keys(reasons) as BundleLeftOutReason[]).flatMap((reason) => {
    const number = leftOut.filter((item) => item.reason === reason).length;
    return number > 0 ? [reasons[reason](number)] : [];
  });
  return counts.length > 0 ? [`${counts.join(', ')} left out`] : [];
}

function formatMembers({ roots, intermediates, others }: Members): string {
  const parts = [count(roots.length, 'root'), count(intermediates.length, 'intermediate')];
  return (others.length > 0 ? [...parts, reasons['not-a-ca'](others.length)] : parts).join(', ');
}

/** The first to expire; a reduce, for `Math.min` of ten thousand arguments is too much for the stack. */
function firstToExpire(certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.reduce<Certificate | undefined>(
    (first, certificate) => (!first || expiry(certificate) < expiry(first) ? certificate : first),
    undefined,
  );
}

export interface BuiltBundleText {
  readonly certificates: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  /** Nothing was written because of an error. */
  readonly refused: boolean;
  readonly written: readonly string[];
  readonly at: Date;
}

export function formatBuiltBundle(built: BuiltBundleText, palette: Palette): string {
  const { certificates, leftOut, refused, written, at } = built;
  const first = firstToExpire(certificates);
  const end = first ? `, first to expire: ${nameOf(first)} (${formatEnd(first, at, palette)})` : '';
  const lines = [
    `bundle of ${palette.bold(count(certificates.length, 'certificate'))}${end}`,
    ...formatLeftOut(leftOut),
    ...(refused ? [palette.red('nothing was written')] : []),
    ...(written.length > 0 ? [`written: ${places(written)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

export interface EditedBundleText {
  readonly file: string;
  readonly added: readonly Certificate[];
  readonly removed: readonly Certificate[];
  readonly leftOut: readonly BundleLeftOut[];
  readonly refused: boolean;
  readonly written: readonly string[];
}

/** One line for each change, then `3 added, 1 removed, 2 left out`. */
export function formatEditedBundle(edited: EditedBundleText, palette: Palette): string {
  const { file, added, removed, leftOut, refused, written } = edited;
  if (refused) return `${palette.red('nothing was written')}: ${escapeInvisible(file)} is as it was\n`;
  const lines = [
    ...added.map((certificate) => `${palette.green('+')} ${describe(certificate)}`),
    ...removed.map((certificate) => `${palette.red('-')} ${describe(certificate)}`),
    `${added.length} added, ${removed.length} removed, ${leftOut.length} left out`,
    ...formatLeftOut(leftOut),
    written.length > 0 ? `written: ${places(written)}` : `${escapeInvisible(file)} is as it was`,
  ];
  return `${lines.join('\n')}\n`;
}

/** `CN=Root CA 1 (trusted-ca.pem:37), expires 2045-01-01`. */
function describe(certificate: Certificate): string {
  const origin = formatOrigin(certificate.origin);
  const place = origin === undefined ? '' : ` (${origin})`;
  return `${nameOf(certificate)}${place}, expires ${formatDay(certificate.tbsCertificate.validity.notAfter)}`;
}

const roleNames: Readonly<Record<ListedCertificate['role'], string>> = {
  root: 'root',
  intermediate: 'intermediate',
  'not-a-ca': 'no CA',
  malformed: 'malformed',
};

function formatListed({ certificate, position, key, role }: ListedCertificate, at: Date, palette: Palette): string[] {
  const { subject } = certificate.tbsCertificate;
  const { line } = certificate.origin ?? {};
  const notes = [
    roleNames[role],
    formatPublicKey(key),
    formatEnd(certificate, at, palette),
    ...(line === undefined ? [] : [`line ${line}`]),
  ];
  return [
    `${`#${position}`.padStart(5)}  ${palette.bold(escapeInvisible(formatName(subject)) || '(empty name)')}`,
    `       ${notes.join(' · ')}`,
    `       ${palette.dim(formatThumbprint(fingerprint(certificate.der, 'sha1')))}`,
  ];
}

export function formatBundleList(files: readonly ListedFile[], at: Date, palette: Palette): string {
  const blocks = files.map(({ file, certificates }) => {
    const name = file === '-' ? 'standard input' : escapeInvisible(file);
    const head = `${palette.bold(name)}: ${count(certificates.length, 'certificate')}`;
    return [head, ...certificates.flatMap((listed) => formatListed(listed, at, palette))].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** One line for each difference, as diff(1) would sign it, then the sums. */
export function formatBundleDiff(diff: BundleDiff, palette: Palette): string {
  const { added, removed, renewed, replaced, unchanged } = diff;
  const day = ({ tbsCertificate }: Certificate): string => formatDay(tbsCertificate.validity.notAfter);
  const lines = [
    ...removed.map((certificate) => `${palette.red('-')} ${describe(certificate)}`),
    ...added.map((certificate) => `${palette.green('+')} ${describe(certificate)}`),
    ...renewed.map(
      ({ before, after }) =>
        `${palette.cyan('~')} ${nameOf(after)} renewed: was to expire ${day(before)}, now ${day(after)}`,
    ),
    ...replaced.map(
      ({ before, after }) =>
        `${palette.yellow('!')} ${nameOf(after)} replaced: another key, expires ${day(after)} (was ${day(before)})`,
    ),
    `${added.length} added, ${removed.length} removed, ${renewed.length} renewed, ${replaced.length} replaced, ${unchanged.length} unchanged`,
  ];
  return `${lines.join('\n')}\n`;
}

function formatPeer({ leaf, trusted, path }: PeerVerdict, palette: Palette): string[] {
  const mark = trusted ? palette.green('✓') : palette.red('✗');
  const verdict = trusted ? 'would be trusted' : palette.red('would not be trusted');
  const origin = formatOrigin(leaf.origin);
  return [
    `${mark} ${palette.bold(nameOf(leaf))}${origin === undefined ? '' : ` (${origin})`}: ${verdict}`,
    `    ${palette.dim(path.map(nameOf).join(' → '))}`,
  ];
}

/** @param fit nothing is wrong with the bundle itself, its file included. */
export function formatBundleCheck(
  { members, peers }: BundleCheck,
  { name, fit }: { readonly name: string; readonly fit: boolean },
  palette: Palette,
): string {
  const verdict = fit ? palette.green('fit to be a trusted-ca') : palette.red('not fit to be a trusted-ca');
  const lines = [
    `${palette.bold(escapeInvisible(name))}: ${verdict}: ${formatMembers(members)}`,
    ...peers.flatMap((peer) => formatPeer(peer, palette)),
  ];
  return `${lines.join('\n')}\n`;
}
