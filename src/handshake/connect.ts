/** Asks a live server for its certificates and judges what it really sends. */
import { createFinding } from '../finding/catalogue.js';
import { isOk, type Finding } from '../finding/finding.js';
import type { HostProfile } from '../hostname/verdict.js';
import { parseIPAddress } from '../names/ip-address.js';
import type { ProtocolRange } from '../security-pack/configuration.js';
import { verifyCertificate, type VerifyCertificateInput, type VerifyCertificateResult } from '../verify.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { askServer, noAnswer, type ClientIdentity, type ServerAnswer } from './ask-server.js';
import { explainFailure } from './explain-failure.js';
import { judgeSent } from './judge-sent.js';
import { parseSentCertificates } from './sent-certificates.js';
import type { RawError } from './side-error.js';

/** Milliseconds: what people wait for, and more than a handshake over any line takes. */
const connectTimeLimit = 10_000;

export interface ConnectOptions {
  /** A name or an address, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Replaces `host` as the name that is sent as SNI and compared with the certificate. */
  readonly serverName?: string | undefined;
  readonly trusted: readonly Certificate[];
  /** Checked for the whole chain where there are any. */
  readonly crls?: readonly CertificateList[] | undefined;
  /** Shown to a server that asks. */
  readonly identity?: ClientIdentity | undefined;
  readonly protocols?: ProtocolRange | undefined;
  /** `security-pack` unless given. */
  readonly hostProfile?: HostProfile | undefined;
  /** The instant to judge by; the handshake happens now. */
  readonly at: Date;
  /** Milliseconds from the look-up of the name to the end of the handshake; 10,000 unless given. */
  readonly timeLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** refused: by an alert or a close, with a certificate or for want of one · not-reached: the handshake did not come so far. */
export type ClientCertificateOutcome = 'not-reached' | 'not-asked' | 'not-given' | 'accepted' | 'refused';

export interface ConnectResult {
  /** True when the handshake was finished, the server content, and its certificate would be accepted for the name. */
  readonly ok: boolean;
  readonly host: string;
  readonly port: number;
  /** The name that was compared; sent as SNI unless it is an address. */
  readonly name: string;
  readonly serverName: string | undefined;
  readonly address: string | undefined;
  /** The handshake was finished and the server did not end it. */
  readonly connected: boolean;
  readonly protocol: string | undefined;
  readonly cipher: string | undefined;
  /** In the order sent; origins say `HOST:PORT` and the position. Those of a server that refused are here too. */
  readonly sent: readonly Certificate[];
  readonly clientCertificate: ClientCertificateOutcome;
  /** What the certificates were held to; undefined where none came. */
  readonly verification:
    { readonly input: VerifyCertificateInput; readonly result: VerifyCertificateResult } | undefined;
  readonly findings: readonly Finding[];
}

function judgeClientCertificate(answer: ServerAnswer, hasIdentity: boolean): ClientCertificateOutcome {
  const { asksForCertificate, error, sent, stage } = answer;
  if (sent.length === 0 && stage !== 'done') return 'not-reached';
  if (!asksForCertificate) return 'not-asked';
  if (error) return 'refused';
  return hasIdentity ? 'accepted' : 'not-given';
}

function verifySent(options: ConnectOptions, name: string, [first, ...others]: readonly Certificate[]) {
  if (!first) return undefined;
  const { trusted, crls = [], at, hostProfile } = options;
  const input: VerifyCertificateInput = {
    certificate: first,
    intermediates: others,
    trustAnchors: trusted,
    crls,
    at,
    purpose: 'serverAuth',
    profile: 'security-pack',
    host: name,
    hostProfile,
  };
  return { input, result: verifyCertificate(input) };
}

/** What is to be said of a handshake that was finished, beside its certificates. */
function explainAnswer(answer: ServerAnswer, place: string, { identity }: ConnectOptions): Finding[] {
  const subject = { kind: 'name', name: place } as const;
  if (answer.error) return [];
  return [
    ...(answer.asksForCertificate && !identity ? [createFinding('connect/client-certificate-asked', subject, {})] : []),
    ...(answer.sent.length === 0 ? [createFinding('connect/no-certificate', subject, {})] : []),
  ];
}

/** The answer; an identity that OpenSSL does not take is a finding, and nobody is asked. */
async function ask(options: ConnectOptions, serverName: string | undefined): Promise<ServerAnswer | Finding> {
  const { host, port, identity, protocols, timeLimit = connectTimeLimit, signal } = options;
  try {
    return await askServer({ host, port, serverName, identity, protocols, timeLimit, signal });
  } catch (error) {
    const { code = 'UNKNOWN', message } = error as RawError;
    const subject = { kind: 'option', name: 'the client certificate' } as const;
    return createFinding('connect/client-certificate-unusable', subject, { error: code, message });
  }
}

/**
 * Fetches what a server really sends and judges it: order, what is missing, path, revocation, host name.
 *
 * One connection, one handshake, no application data; bounded by `timeLimit`, and by 2 s more in which a server may refuse a
 * client certificate. The name is compared by `hostProfile`, the path as OpenSSL does it (`verifyCertificate` with the
 * profile `security-pack`), for the purpose serverAuth.
 *
 * @returns findings of the area `connect` for what kept the handshake from coming about and how the chain is sent, and
 * those of `verifyCertificate`; never throws for what the network or the server does. Not checked: STARTTLS, OCSP, which
 * CAs the server names when it asks for a certificate.
 */
export async function connect(options: ConnectOptions): Promise<ConnectResult> {
  const { host, port, identity, trusted, at, timeLimit = connectTimeLimit } = options;
  const name = options.serverName ?? host;
  const serverName = parseIPAddress(name) ? undefined : name;
  const asked = await ask(options, serverName);
  const answer = 'severity' in asked ? noAnswer : asked;
  const unusable = 'severity' in asked ? [asked] : [];
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const { certificates: sent, findings: unreadable } = parseSentCertificates(answer.sent, place);
  const failure = explainFailure(answer, { place, timeLimit, hasIdentity: identity !== undefined });
  const verification = verifySent(options, name, sent);
  const findings = [
    ...unusable,
    ...(failure ? [failure] : unusable.length > 0 ? [] : explainAnswer(answer, place, options)),
    ...unreadable,
    ...judgeSent({ sent, trusted, at }),
    ...(verification?.result.findings ?? []),
  ];
  const connected = answer.stage === 'done' && !answer.error;
  return {
    ok: connected && isOk(findings),
    host,
    port,
    name,
    serverName,
    address: answer.address,
    connected,
    protocol: answer.protocol,
    cipher: answer.cipher,
    sent,
    clientCertificate: judgeClientCertificate(answer, identity !== undefined),
    verification,
    findings,
  };
}
