/** The text of `certwright connect`: what was agreed, what was sent in which order, and what a client makes of it. */
import type { ClientCertificateOutcome, ConnectResult } from '../../handshake/connect.js';
import { shortName } from '../../x509/name.js';
import { escapeInvisible } from '../escape-text.js';
import { formatDay } from '../instant.js';
import type { Connection } from '../json/connect.js';
import type { Palette } from '../palette.js';
import { showText } from '../shown-name.js';
import { formatVerifications } from './verify.js';

export interface ConnectText {
  readonly at: Date;
  /** The file that the chain was written to. */
  readonly output: string | undefined;
}

const clientCertificates: Readonly<Record<ClientCertificateOutcome, string>> = {
  'not-reached': 'the handshake did not come so far',
  'not-asked': 'not asked for',
  'not-given': 'asked for, none given, and the server did without',
  accepted: 'asked for, given and accepted',
  refused: 'asked for; without an acceptable one the server ends the connection',
};

function formatHead({ host, port, address, connected, protocol, cipher }: ConnectResult, palette: Palette): string {
  const place = `${host.includes(':') ? `[${host}]` : showText(host)}:${port}`;
  const at = address === undefined || address === host ? '' : ` (${address})`;
  const agreed = [protocol, cipher].filter((part) => part !== undefined).join(', ');
  const outcome = connected ? palette.green('connected') : palette.red('not connected');
  return `${palette.bold(place)}${at}: ${outcome}${agreed === '' ? '' : `, ${agreed}`}`;
}

function formatSent({ sent }: ConnectResult, palette: Palette): string[] {
  if (sent.length === 0) return [`${palette.bold('sent')}: no certificate came`];
  const lines = sent.map(({ tbsCertificate }, position) => {
    const { subject, issuer, validity } = tbsCertificate;
    const by = `issued by ${escapeInvisible(shortName(issuer))}, until ${formatDay(validity.notAfter)}`;
    return `  ${position + 1}. ${escapeInvisible(shortName(subject))}  ${palette.dim(by)}`;
  });
  return [`${palette.bold('sent')}, in this order:`, ...lines];
}

function formatTrusted({ trustedFrom }: Connection, palette: Palette): string {
  const { certificates, sources, isSystem } = trustedFrom;
  const from = sources.map((source) => escapeInvisible(source)).join(', ');
  const whose = isSystem
    ? "the system's roots"
    : `${certificates.length} certificate${certificates.length === 1 ? '' : 's'}`;
  return `${palette.bold('trusted')}: ${whose}${from === '' ? '' : `, ${from}`}`;
}

/** Lines end in `\n`. */
export function formatConnection(connection: Connection, { at, output }: ConnectText, palette: Palette): string {
  const { result, crls } = connection;
  const { verification, address, serverName } = result;
  const lines = [
    formatHead(result, palette),
    ...formatSent(result, palette),
    ...(output === undefined ? [] : [`${palette.bold('saved')}: ${escapeInvisible(output)}`]),
    ...(address === undefined
      ? []
      : [
          `${palette.bold('name sent (SNI)')}: ${serverName === undefined ? 'none' : showText(serverName)}`,
          `${palette.bold('client certificate')}: ${clientCertificates[result.clientCertificate]}`,
        ]),
    ...(verification ? [formatTrusted(connection, palette), ''] : []),
  ];
  const verdict = verification
    ? formatVerifications(
        [{ ...verification, findings: verification.result.findings }],
        { at, crls, allPaths: false, verbose: false },
        palette,
      )
    : '';
  return `${lines.join('\n')}\n${verdict}`;
}
