/**
 * `preflight`: everything about a configuration that can be known before it is deployed.
 *
 * Each side is judged by its own files first; then, for each direction, what one side sends by what the other trusts.
 * The verdicts are those of `orderChain`, `checkBundle`, `verifyCertificate` and the rest: what is made here is which check
 * says a fault that several of them meet, and of whose side it is. Options are judged where they are read; their checks
 * come with the configuration.
 */
import type { Finding } from '../finding/finding.js';
import { identifyFinding, isOk } from '../finding/finding.js';
import { describePublicKey } from '../crypto/public-key.js';
import { createFinding } from '../finding/catalogue.js';
import { checkGroups, concludeCheck, skipCheck, type Check } from './check.js';
import { checkChain, checkUnsentChain, type ChainVerdict } from './verdicts/check-chain.js';
import { checkFiles, type FilesVerdict } from './verdicts/check-files.js';
import { checkKey } from './verdicts/check-key.js';
import { checkNames } from './verdicts/check-name.js';
import { checkTogether } from './options/check-together.js';
import { checkRevocation, describeUnknownPeer } from './verdicts/check-revocation.js';
import { checkPeerTrust, checkTrustedCA } from './verdicts/check-trust.js';
import type { Configuration, SideConfiguration } from './configuration.js';
import { findOnWire, findTrust, verifyPresented, type Direction, type Trust } from './verdicts/direction.js';
import { findExpiries, type Expiry } from './expiries.js';
import { FaultLedger } from './verdicts/fault-ledger.js';
import { otherSide } from './other-side.js';
import { findInStore, findOwn, findPresented, type Presented } from './verdicts/presented.js';
import type { Side } from './setting.js';

export interface PreflightResult {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** The server's, then the client's, in the order of the groups. */
  readonly checks: readonly Check[];
  /** Those of all checks, each once; errors first, in the order of the checks. */
  readonly findings: readonly Finding[];
  /** From server to client, and with tls-mutual=1 back. */
  readonly directions: readonly Direction[];
  /** Everything that ends, soonest first. */
  readonly expiries: readonly Expiry[];
}

interface Examination {
  readonly configuration: SideConfiguration;
  readonly files: FilesVerdict;
  readonly presented: Presented;
  readonly trust: Trust;
  /** What is found of this side by itself. */
  readonly checks: readonly Check[];
  readonly chain: ChainVerdict | undefined;
}

/** Whether the side has to show a certificate: a server always, a client where the server asks, or may. */
function mustPresent(side: Side, { server }: Configuration): 'yes' | 'no' | 'perhaps' {
  if (side === 'server') return 'yes';
  return server ? (server.options.mutual ? 'yes' : 'no') : 'perhaps';
}

/** Nothing to show at all; where the options' own checks have said so, they own it. */
function explainNothing(side: SideConfiguration, { server }: Configuration): Check {
  if (side.side === 'client' && server)
    return skipCheck('key/present', 'client', { because: 'options/client-certificate' });
  const failed = side.checks.find(({ group, outcome }) => group === 'options' && outcome === 'failed');
  if (failed) return skipCheck('key/present', side.side, { because: failed.name });
  const { certificate, certificateKey } = side.options;
  const missing = [...(certificate ? [] : ['certificate']), ...(certificateKey ? [] : ['certificate-key'])];
  const params = { side: side.side, missing: side.platform === 'windows' ? ['certificate'] : missing };
  const subject = { kind: 'option', name: 'certificate' } as const;
  const place = { origin: (certificate ?? certificateKey)?.origin };
  const finding = createFinding('preflight/nothing-to-present', subject, params, place);
  return concludeCheck({ name: 'key/present', side: side.side, params: {}, findings: [finding] });
}

function examineSide(side: SideConfiguration, configuration: Configuration, at: Date): Examination {
  const files = checkFiles(side);
  const trust = findTrust(side, files, configuration);
  const isWindows = side.platform === 'windows';
  const store = isWindows ? findInStore(side, configuration.windowsStore, at) : undefined;
  const presented = store?.presented ?? findPresented(side, files);
  const base = { configuration: side, files, presented, trust };
  const own = [...files.checks, ...(store?.checks ?? [])];
  const need = mustPresent(side.side, configuration);
  const hasCertificate = side.options.certificate !== undefined && side.options.certificate.value !== '';
  const hasKey = isWindows || (side.options.certificateKey !== undefined && side.options.certificateKey.value !== '');
  if (need === 'yes' && !(hasCertificate && hasKey)) {
    own.push(explainNothing(side, configuration));
    // Whoever verifies it is told which check says why nothing comes.
    const obstacle = { because: 'key/present' };
    if (!hasCertificate) return { ...base, presented: { ...presented, obstacle }, checks: own, chain: undefined };
  } else if (!hasCertificate) {
    return { ...base, checks: own, chain: undefined };
  } else if (!isWindows) {
    own.push(...checkKey(side, presented, files.obstacles.certificateKey));
  }
  if (need === 'no') {
    own.push(...checkUnsentChain(side, presented));
    return { ...base, checks: own, chain: undefined };
  }
  const chain = checkChain(side, configuration[otherSide(side.side)], presented, at);
  return { ...base, checks: [...own, ...chain.checks], chain };
}

/** What the peer of a side alone sends, as far as it was given. */
function describePeer(side: Side, { peerCertificates }: Configuration): Presented {
  if (peerCertificates.length === 0) return describeUnknownPeer(side);
  const own = findOwn(peerCertificates, undefined);
  return { side, sent: peerCertificates, own, key: undefined, obstacle: undefined, place: undefined };
}

interface DirectionVerdict {
  readonly direction: Direction;
  readonly checks: readonly Check[];
}

function examineDirection(
  presenter: Side,
  sides: Readonly<Record<Side, Examination | undefined>>,
  configuration: Configuration,
  at: Date,
): DirectionVerdict {
  const from = sides[presenter];
  const verifying = sides[otherSide(presenter)];
  const presented = from?.presented ?? describePeer(presenter, configuration);
  const sent = findOnWire(presented, from, at);
  const verifier = otherSide(presenter);
  if (!verifying) {
    const checks = [skipCheck('trust/peer-trusted', verifier, { reason: 'verifier-not-known' })];
    return { direction: { presenter, verifier, sent, result: undefined, hostChecks: [] }, checks };
  }
  const { configuration: side, files, trust } = verifying;
  const crls = files.obstacles.tlsCRL ? undefined : side.files.tlsCRL;
  const scope = crls && side.platform !== 'windows' ? configuration.revocation : 'off';
  const verification = { verifier: side, presented, sent, trust, crls, scope, at } as const;
  const result = verifyPresented(verification);
  // Where revocation stops OpenSSL, what is wrong with the path itself stays unsaid: it is asked for by itself.
  const trusted = scope === 'off' ? result : verifyPresented({ ...verification, crls: undefined, scope: 'off' });
  const ledger = from?.chain?.ledger ?? new FaultLedger();
  const names = presenter === 'server' ? checkNames(configuration, side, presented) : { checks: [], hostChecks: [] };
  const checks = [
    checkTrustedCA(side, trust, trusted, ledger, at),
    checkPeerTrust(side, presented, trust, trusted, ledger),
    ...checkRevocation(verification, trusted?.ok ? result : undefined, files.obstacles.tlsCRL),
    ...names.checks,
  ];
  return { direction: { presenter, verifier, sent, result, hostChecks: names.hostChecks }, checks };
}

/** The server's, then the client's; within a side by group, else in the order given. */
function sortChecks(checks: readonly Check[]): Check[] {
  const place = ({ side, group }: Check): number => (side === 'server' ? 0 : 100) + checkGroups.indexOf(group);
  return checks.toSorted((a, b) => place(a) - place(b));
}

function collectFindings(checks: readonly Check[]): Finding[] {
  const all = checks.flatMap(({ findings }) => findings);
  const unique = new Map(all.toReversed().map((finding) => [identifyFinding(finding), finding]));
  const inOrder = [...unique.values()].reverse();
  return ['error', 'warning', 'info'].flatMap((severity) => inOrder.filter((each) => each.severity === severity));
}

/**
 * Judges a configuration whose files are read.
 *
 * @param at the instant to judge by, in whole seconds.
 * @returns a check for each thing that was looked at, and why others could not be; never throws for what the files are.
 * Security level 1 and a lookup of the whole chain in the CRLs are assumed where nothing else is said. Not checked:
 * OCSP, and whatever else the machine's OpenSSL is configured to.
 */
export function preflight(configuration: Configuration, { at }: { readonly at: Date }): PreflightResult {
  const { server, client } = configuration;
  const examine = (side: SideConfiguration | undefined): Examination | undefined =>
    side && examineSide(side, configuration, at);
  const sides = { server: examine(server), client: examine(client) };
  const isMutual = server ? server.options.mutual : client?.options.certificate !== undefined;
  const presenters: readonly Side[] = isMutual ? ['server', 'client'] : ['server'];
  const verdicts = presenters.map((presenter) => examineDirection(presenter, sides, configuration, at));
  const own = sides.server?.presented.own;
  const keyType = own && describePublicKey(own.tbsCertificate.subjectPublicKeyInfo).type;
  const checks = sortChecks([
    ...[server, client].flatMap((side) => side?.checks ?? []),
    ...(server && client ? checkTogether(server, client, { keyType }) : []),
    ...[sides.server, sides.client].flatMap((side) => side?.checks ?? []),
    ...verdicts.flatMap((verdict) => verdict.checks),
  ]);
  const directions = verdicts.map(({ direction }) => direction);
  const findings = collectFindings(checks);
  return { ok: isOk(findings), checks, findings, directions, expiries: findExpiries(directions) };
}
