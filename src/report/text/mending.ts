/** What mends a configuration, as commands and option lines to copy. */
import type { SettingCorrection } from '../../security-pack/options/correct-settings.js';
import type { Mending, MendedFile, MissingTrust } from '../../security-pack/mend.js';
import { shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import type { Palette } from '../palette.js';
import { formatOrigin } from './place.js';

/** A word of a POSIX shell, quoted where it has to be. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const words = (...parts: readonly (string | undefined)[]): string =>
  parts.flatMap((part) => (part === undefined ? [] : [escapeInvisible(part)])).join(' ');

/** Where the mended file goes until somebody has looked at it. */
const mendedName = (path: string): string => quote(`${path}.mended`);

function formatCommand({ kind, sources, completedFrom, keyFile }: MendedFile): string {
  const from = sources.map(quote).join(' ');
  const to = mendedName(sources[0] ?? 'mended.pem');
  if (kind === 'crls') return words('certwright crl join', from, '-o', to);
  if (kind === 'bundle') return words('certwright bundle', from, '-o', to);
  const issuers = completedFrom.map((file) => `--issuers ${quote(file)}`).join(' ') || undefined;
  return words('certwright chain', from, issuers, keyFile && `--key ${quote(keyFile)}`, '-o', to);
}

const what: Readonly<Record<MendedFile['kind'], string>> = {
  chain: 'the chain, arranged and complete',
  bundle: 'the bundle, cleaned',
  crls: 'the CRLs, joined',
};

function formatFile(file: MendedFile, palette: Palette): string[] {
  const option = `${escapeInvisible(file.setting.name)}: ${what[file.kind]}`;
  return [`  ${palette.dim(file.side)}  ${option}`, `      ${formatCommand(file)}`];
}

function formatCorrection({ side, origin, written, corrected }: SettingCorrection, palette: Palette): string[] {
  const line = corrected ?? `take out ${written ?? ''}`;
  return [`  ${palette.dim(side)}  ${formatOrigin(origin) ?? ''}`, `      ${escapeInvisible(line)}`];
}

function formatTrust({ side, bundle, root }: MissingTrust, palette: Palette): string[] {
  const name = escapeInvisible(shortName(root.tbsCertificate.subject));
  const place = formatOrigin(root.origin) ?? 'what the peer sends';
  const command = words(
    'certwright bundle add',
    quote(bundle ?? 'trusted-ca.pem'),
    quote(root.origin?.file ?? 'root.pem'),
  );
  return [
    `  ${palette.dim(side)}  trust in ${name} (${place}) is missing; once you are sure that it is the right root:`,
    `      ${command}`,
  ];
}

/** Lines without line breaks; none where there is nothing to mend. */
export function formatMending(mending: Mending, written: readonly string[], palette: Palette): string[] {
  const { files, corrections, missingTrust } = mending;
  const lines = [
    ...corrections.flatMap((correction) => formatCorrection(correction, palette)),
    ...files.flatMap((file) => formatFile(file, palette)),
    ...missingTrust.flatMap((trust) => formatTrust(trust, palette)),
    ...written.map((file) => `  written: ${escapeInvisible(file)}`),
  ];
  if (lines.length === 0) return [];
  const canWrite = written.length === 0 && files.length + corrections.length > 0;
  const offer = canWrite ? [palette.dim('  --fix DIR writes the mended files and options there')] : [];
  return [palette.bold('to mend it'), ...lines, ...offer, ''];
}
