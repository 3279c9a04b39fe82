/**
 * What mends a configuration: its files arranged, cleaned and joined, and its option lines corrected. Nothing is mended in
 * place, and nobody new is trusted on the way: a root that a trusted-ca lacks is named, for a person to vouch for and add.
 * A file is offered only where the mended one would pass; what cannot be mended from what is at hand (an expired
 * certificate, the wrong key) stays with the hints of its findings.
 */
import { buildBundle } from '../bundle/build-bundle.js';
import { orderChain, type LeafKey } from '../chain/order-chain.js';
import { isKeyOf } from '../crypto/private-key.js';
import { equalBytes } from '../der/values.js';
import { isOk } from '../finding/finding.js';
import { encodePem } from '../pem/encode.js';
import { encodeCRLs, joinCRLs } from '../revocation/join-crls.js';
import { equalCertificates, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import {
  listCertificates,
  listSides,
  type Configuration,
  type OptionFiles,
  type SideConfiguration,
} from './configuration.js';
import { correctSettings, type SettingCorrection } from './options/correct-settings.js';
import type { Direction } from './verdicts/direction.js';
import type { PreflightResult } from './preflight.js';
import type { Setting, Side } from './setting.js';

export interface MendedFile {
  readonly side: Side;
  readonly kind: 'chain' | 'bundle' | 'crls';
  readonly setting: Setting;
  /** As the option names it; the first of a list, which then is the only one. */
  readonly path: string;
  /** The files that it is made of, as they were read, those that only complete it last. */
  readonly sources: readonly string[];
  readonly completedFrom: readonly string[];
  /** For a chain: the file of the key that names the end entity. */
  readonly keyFile: string | undefined;
  /** How many certificates or CRLs. */
  readonly count: number;
  /** PEM, made when it is asked for. @throws UnreadEvidenceError for a CRL that was streamed: see `judgeConfiguration`. */
  readonly contents: Uint8Array;
}

/** A root that a verifier's trusted-ca does not hold: whether to trust it is for a person to say. */
export interface MissingTrust {
  readonly side: Side;
  readonly setting: Setting | undefined;
  /** The bundle as it was read. */
  readonly bundle: string | undefined;
  readonly root: Certificate;
}

export interface Mending {
  readonly files: readonly MendedFile[];
  readonly corrections: readonly SettingCorrection[];
  readonly missingTrust: readonly MissingTrust[];
}

/** True where OpenSSL would not read the file as we did, so that writing it anew changes what it says. */
function isDamaged({ findings, objects }: OptionFiles): boolean {
  return (
    objects.some(({ container }) => container !== 'pem') ||
    findings.some(({ code, severity }) => severity === 'error' && code.startsWith('pem/'))
  );
}

function sameInOrder(first: readonly Certificate[], second: readonly Certificate[]): boolean {
  return (
    first.length === second.length && first.every(({ der }, at) => equalBytes(der, second[at]?.der ?? der.subarray(1)))
  );
}

interface NewContents {
  readonly count: number;
  readonly encode: () => Uint8Array;
  readonly completedFrom?: readonly string[];
  readonly keyFile?: string | undefined;
}

function certificatesAsContents(certificates: readonly Certificate[]): NewContents {
  const encode = (): Uint8Array => Buffer.from(certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join(''));
  return { count: certificates.length, encode };
}

function crlsAsContents(crls: readonly CertificateList[]): NewContents {
  return { count: crls.length, encode: () => encodeCRLs(crls) };
}

/** A file of an option with what is to stand in it. */
function describeMended(
  side: Side,
  kind: MendedFile['kind'],
  { setting, files }: OptionFiles,
  { count, encode, completedFrom = [], keyFile }: NewContents,
): MendedFile {
  return {
    side,
    kind,
    setting,
    path: files[0]?.path ?? '',
    sources: files.map(({ readAs }) => readAs),
    completedFrom,
    keyFile,
    count,
    get contents() {
      return encode();
    },
  };
}

function mendChain(side: SideConfiguration, configuration: Configuration, at: Date): MendedFile[] {
  const { certificate, certificateKey, key: privateKey } = side.files;
  if (!certificate || certificate.certificates.length === 0) return [];
  const keyFile = certificateKey?.files[0]?.readAs;
  const key: LeafKey | undefined = privateKey && {
    name: keyFile ?? '',
    matches: ({ tbsCertificate }) => isKeyOf(privateKey, tbsCertificate.subjectPublicKeyInfo),
  };
  // Everything may complete a chain; trust has nothing to do with it.
  const issuers = listCertificates(configuration);
  const { ok, chain, completed } = orderChain(certificate.certificates, { at, key, issuers });
  if (!ok || (sameInOrder(chain, certificate.certificates) && !isDamaged(certificate))) return [];
  const completedFrom = [...new Set(completed.flatMap(({ origin }) => (origin ? [origin.file] : [])))];
  const contents = { ...certificatesAsContents(chain), completedFrom, keyFile: key && keyFile };
  return [describeMended(side.side, 'chain', certificate, contents)];
}

function mendBundle({ side, files: { trustedCA } }: SideConfiguration, at: Date): MendedFile[] {
  if (!trustedCA || trustedCA.certificates.length === 0) return [];
  const { ok, certificates } = buildBundle(trustedCA.certificates, { at });
  if (!ok || (sameInOrder(certificates, trustedCA.certificates) && !isDamaged(trustedCA))) return [];
  return [describeMended(side, 'bundle', trustedCA, certificatesAsContents(certificates))];
}

/** The path whose CRLs the verifier needs. */
function pathFor(side: Side, directions: readonly Direction[]): readonly Certificate[] {
  return directions.find(({ verifier }) => verifier === side)?.result?.path ?? [];
}

function mendCRLs(
  { side, files: { tlsCRL } }: SideConfiguration,
  directions: readonly Direction[],
  at: Date,
): MendedFile[] {
  if (!tlsCRL || tlsCRL.crls.length === 0) return [];
  const { kept, findings } = joinCRLs(tlsCRL.crls, { at, for: pathFor(side, directions) });
  if (!isOk(findings) || kept.length === 0) return [];
  // Those that are kept stay in their order.
  if (kept.length === tlsCRL.crls.length && !isDamaged(tlsCRL)) return [];
  return [describeMended(side, 'crls', tlsCRL, crlsAsContents(kept))];
}

/** The root of what a presenter sends, where its verifier refuses it and does not hold that root. */
function findMissingTrust(configuration: Configuration, { directions }: PreflightResult, at: Date): MissingTrust[] {
  return directions.flatMap(({ verifier, sent, result: verification }) => {
    const side = configuration[verifier];
    const [leaf] = sent;
    if (!side || !leaf || !verification || verification.ok) return [];
    const trusted = side.files.trustedCA?.certificates ?? [];
    const { paths } = orderChain([leaf], { at, issuers: [...sent, ...listCertificates(configuration)] });
    const root = paths[0]?.complete ? paths[0].certificates.at(-1) : undefined;
    if (!root || trusted.some((each) => equalCertificates(each, root))) return [];
    const bundle = side.files.trustedCA?.files[0]?.readAs;
    return [{ side: verifier, setting: side.options.trustedCA, bundle, root }];
  });
}

/** @param at the instant that `result` was made for. */
export function mendConfiguration(configuration: Configuration, result: PreflightResult, at: Date): Mending {
  const sides = listSides(configuration);
  return {
    files: sides.flatMap((side) => [
      ...mendChain(side, configuration, at),
      ...mendBundle(side, at),
      ...mendCRLs(side, result.directions, at),
    ]),
    corrections: sides.flatMap((side) => correctSettings(side, result.findings)),
    missingTrust: findMissingTrust(configuration, result, at),
  };
}
