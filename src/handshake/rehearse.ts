/**
 * Rehearses a configuration: a real TLS handshake on this machine, with its files, one for each target.
 *
 * Both sides are OpenSSL as Node has it, at Node's own security level, and the handshake happens now: no other instant can
 * be chosen. What a program of the Security Pack does beyond OpenSSL (arranging the chain, demanding the root) is not in
 * it: that is why the pre-flight stands beside it. The cost of going through Node instead of `openssl s_server`: CRLs for
 * the whole chain or not at all, see `rehearseOnce`.
 */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Configuration, SideConfiguration } from '../security-pack/configuration.js';
import { otherSide } from '../security-pack/other-side.js';
import type { Side } from '../security-pack/setting.js';
import type { HostOutcome } from '../verify/check-host.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import { checkReceivedName, chooseNames, makeNameError } from './check-name.js';
import { explainErrors } from './explain-errors.js';
import { performHandshake, type HandshakeRecord } from './perform-handshake.js';
import type { HandshakeVerdict, Rehearsal, RehearsalResult, SideError, SideReport } from './rehearsal.js';
import { reportRehearsal } from './report-rehearsal.js';
import { parseSentCertificates, tellsServersEverything } from './sent-certificates.js';
import { describeErrors, type MetError } from './side-error.js';
import { gatherMaterial, type MissingStore, type SideMaterial } from './side-material.js';
import { makeStandIn } from './stand-in.js';
import { isRevocationError } from './verify-errors.js';

/** Milliseconds for one handshake on one machine, which takes about 20: what is not done then hangs. */
const handshakeTimeLimit = 10_000;

export interface RehearseOptions {
  /** Of the pre-flight of the same configuration: what the errors are mapped to. */
  readonly findings: readonly Finding[];
  /** Milliseconds for each handshake; 10,000 unless given. */
  readonly timeLimit?: number | undefined;
  /** Ends all of it. */
  readonly signal?: AbortSignal | undefined;
}

/** Everything that the rehearsals of one configuration have in common. */
interface Cast {
  readonly configuration: Configuration;
  readonly client: SideConfiguration | undefined;
  readonly serverMaterial: SideMaterial;
  readonly clientMaterial: SideMaterial;
  readonly isMutual: boolean;
  readonly options: RehearseOptions;
}

const isMissing = (material: SideMaterial | MissingStore): material is MissingStore => 'missing' in material;

function reportMissing({ side, missing, thumbprint = '' }: MissingStore): Finding {
  const subject = { kind: 'option', name: thumbprint === '' ? `the ${side}` : 'certificate' } as const;
  return createFinding('rehearse/windows-store-needed', subject, { side, missing, thumbprint });
}

function judge(side: Side, record: HandshakeRecord, asks: boolean, errors: readonly SideError[]): HandshakeVerdict {
  if (!asks) return 'not-asked';
  const refuses = errors.some(
    (error) =>
      error.side === side &&
      (error.stage === 'verification' ||
        error.stage === 'name' ||
        error.code === 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE'),
  );
  if (refuses) return 'refused';
  const received = side === 'server' ? record.receivedByServer : record.receivedByClient;
  return received ? 'accepted' : 'not-reached';
}

/** The same certificate as it stands in the files of its sender, so that a report can point there. */
function findInFiles(received: Certificate, sender: SideConfiguration | undefined): Certificate {
  const { certificate, trustedCA } = sender?.files ?? {};
  const known = [...(certificate?.certificates ?? []), ...(trustedCA?.certificates ?? [])];
  return known.find((each) => equalCertificates(each, received)) ?? received;
}

interface Outcome {
  readonly cast: Cast;
  readonly record: HandshakeRecord;
  readonly errors: readonly SideError[];
}

function reportSide(side: Side, { cast, record, errors }: Outcome): SideReport {
  const received = side === 'server' ? record.receivedByServer : record.receivedByClient;
  const { certificates, findings } = parseSentCertificates(
    received ?? [],
    side === 'server' ? 'sent by the client' : 'sent by the server',
  );
  return {
    received: certificates.map((certificate) => findInFiles(certificate, cast.configuration[otherSide(side)])),
    receivedIsWhole: side === 'client' || tellsServersEverything || !received?.length,
    unreadable: findings,
    verdict: judge(side, record, side === 'client' || cast.isMutual, errors),
    errors: errors.filter((error) => error.side === side),
    isStandIn: side === 'client' && cast.client === undefined,
  };
}

const nothingHappened = (errors: readonly MetError[]): HandshakeRecord => ({
  protocol: undefined,
  cipher: undefined,
  receivedByServer: undefined,
  receivedByClient: undefined,
  errors,
  connected: false,
});

/** One handshake, with the CRLs or without; sides that cannot be set up are not brought together. */
async function attempt(cast: Cast, target: string | undefined, withCRLs: boolean): Promise<Attempt> {
  const { serverMaterial: server, clientMaterial: client, isMutual, options } = cast;
  const { name, serverName } = chooseNames(cast.client, target);
  let check: HostOutcome | undefined;
  const setupErrors = [...server.errors, ...client.errors];
  if (setupErrors.length > 0) return { record: nothingHappened(setupErrors), serverName, check: undefined };
  const limit = AbortSignal.timeout(options.timeLimit ?? handshakeTimeLimit);
  const record = await performHandshake({
    server: { ...server.options, ...(withCRLs && { crl: server.crls }) },
    client: { ...client.options, ...(withCRLs && { crl: client.crls }) },
    clientCertificate: isMutual ? (client.hasCertificate ? 'optional' : 'required') : 'no',
    serverName,
    judgeServer: (received) => {
      check = checkReceivedName(cast.client, name, received);
      return makeNameError(check, name);
    },
    crlOptions: { server: server.crlOption, client: client.crlOption },
    signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
  });
  return { record, serverName, check };
}

interface Attempt {
  readonly record: HandshakeRecord;
  readonly serverName: string | undefined;
  readonly check: HostOutcome | undefined;
}

/**
 * One target. OpenSSL in Node checks the CRLs of the whole chain or none (X509_V_FLAG_CRL_CHECK_ALL). Where only the end
 * entity is to be checked, a handshake that passes the stricter check has passed; one that fails for its CRLs is made
 * again without them, and then revocation was not rehearsed.
 */
async function rehearseOnce(
  cast: Cast,
  target: string | undefined,
): Promise<{ rehearsal: Rehearsal; findings: Finding[] }> {
  const { configuration, serverMaterial, clientMaterial, isMutual, options } = cast;
  const verifiers = [clientMaterial, ...(isMutual ? [serverMaterial] : [])];
  const hasCRLs = verifiers.some(({ crls }) => crls !== undefined);
  let made = await attempt(cast, target, true);
  const objection = describeErrors(made.record.errors).find(({ opensslError }) => isRevocationError(opensslError));
  const isStricter = configuration.revocation === 'leaf' && hasCRLs && objection !== undefined;
  if (isStricter) made = await attempt(cast, target, false);
  const { record, serverName, check } = made;
  const context = { server: configuration.server, client: cast.client, findings: options.findings };
  const errors = explainErrors(describeErrors(record.errors), context);
  const report = (side: Side): SideReport => reportSide(side, { cast, record, errors });
  const rehearsal: Rehearsal = {
    target,
    serverName,
    connected: record.connected,
    protocol: record.protocol,
    cipher: record.cipher,
    server: report('server'),
    client: report('client'),
    nameCheck: check,
    revocation: isStricter ? 'not-rehearsed' : hasCRLs ? 'rehearsed' : 'off',
    errors,
  };
  return { rehearsal, findings: reportRehearsal(rehearsal, options.findings, isStricter ? objection : undefined) };
}

/**
 * Performs the handshake of a configuration over loopback, once for each target, and says what explains its errors.
 *
 * @param configuration with the bytes of its files (`readSideFiles` with `keepBytes`).
 * @returns `ok: false` with findings of the area `rehearse`; never `connected` for what could not be performed. A server
 * alone is rehearsed with a client that trusts its own roots, a client alone not at all. Never throws for what the
 * files hold. Not checked: another instant than now, TLS alerts for a refused certificate (Node sends none).
 */
export async function rehearse(configuration: Configuration, options: RehearseOptions): Promise<RehearsalResult> {
  const { server, client, windowsStore, targets } = configuration;
  if (!server) {
    const finding = createFinding('rehearse/no-server', { kind: 'option', name: 'the server' }, {});
    return { ok: false, rehearsals: [], findings: [finding] };
  }
  const isMutual = client !== undefined && server.options.mutual;
  const serverMaterial = gatherMaterial(server, windowsStore);
  const standIn = client ? undefined : makeStandIn(server, windowsStore);
  const clientMaterial = client ? gatherMaterial(client, windowsStore) : standIn?.material;
  const missing = [serverMaterial, ...(clientMaterial ? [clientMaterial] : [])].filter(isMissing);
  if (isMissing(serverMaterial) || !clientMaterial || isMissing(clientMaterial)) {
    return { ok: false, rehearsals: [], findings: missing.map(reportMissing) };
  }
  const cast: Cast = { configuration, client, serverMaterial, clientMaterial, isMutual, options };
  const rehearsals: Rehearsal[] = [];
  const findings: Finding[] = standIn ? [...standIn.findings] : [];
  for (const target of targets.length > 0 ? targets : [undefined]) {
    const made = await rehearseOnce(cast, target);
    rehearsals.push(made.rehearsal);
    findings.push(...made.findings);
  }
  return { ok: rehearsals.every(({ connected }) => connected), rehearsals, findings };
}
