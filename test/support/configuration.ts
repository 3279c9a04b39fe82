/**
 * Makes configurations for the tests of `preflight` and `rehearse`: writes what each option is to hold into a scratch
 * folder and reads it as the command would. `soundConfiguration` is one with which nothing is wrong, mutual TLS with CRLs.
 */
import { chmodSync } from 'node:fs';
import { readSideFiles, readTLSCRL } from '../../src/files/read-side-files.js';
import { encodePem } from '../../src/pem/encode.js';
import type {
  Configuration,
  SideConfiguration,
  SideOptions,
  WindowsStore,
} from '../../src/security-pack/configuration.js';
import type { Setting, Side } from '../../src/security-pack/setting.js';
import { exportPKCS8, type KeyPair } from './keys.js';
import { asCertificate } from './parsed.js';
import { issueCertificate, makeCRL, type CertificateOptions, type CRLOptions, type Holder } from './pki.js';
import type { Scratch } from './scratch.js';

/** DER of a certificate (of a CRL in `tlsCRL`), a holder's certificate, a key, or text as it stands. */
export type Part = Uint8Array | Holder | KeyPair | string;
/** What stands in a file, part after part; or the path of a file that is there. */
export type FileInput = readonly Part[] | { readonly path: string } | { readonly raw: string | Uint8Array };

export interface SideInput {
  /** One file, or several where the value is to be a list. */
  readonly certificate?: FileInput | { readonly files: readonly FileInput[] } | undefined;
  readonly certificateKey?: FileInput | undefined;
  readonly trustedCA?: FileInput | undefined;
  readonly tlsCRL?: FileInput | undefined;
  /** Windows: the value of `certificate`. */
  readonly thumbprint?: string | undefined;
  readonly tlsTargetName?: string | undefined;
  readonly mutual?: boolean | undefined;
  readonly nameCheck?: 'no' | 'host' | undefined;
  readonly protocols?: SideOptions['protocols'] | undefined;
  readonly cipherList?: string | undefined;
  readonly ciphersuites?: string | undefined;
  readonly platform?: SideConfiguration['platform'] | undefined;
  readonly packVersion?: string | undefined;
  readonly application?: SideConfiguration['application'] | undefined;
  readonly checks?: SideConfiguration['checks'] | undefined;
}

export interface ConfigurationInput {
  readonly server?: SideInput | undefined;
  readonly client?: SideInput | undefined;
  readonly peer?: readonly Holder[] | undefined;
  readonly targets?: readonly string[] | undefined;
  readonly store?: { readonly holders: readonly Holder[]; readonly keys: readonly KeyPair[] } | undefined;
  readonly revocation?: Configuration['revocation'] | undefined;
  /** As --root: the options name absolute paths below it. */
  readonly root?: boolean | undefined;
}

function encodePart(part: Part, label: 'CERTIFICATE' | 'X509 CRL'): string {
  if (typeof part === 'string') return part;
  if (part instanceof Uint8Array) return encodePem(label, part);
  if ('certificate' in part) return encodePem('CERTIFICATE', part.certificate);
  return encodePem('PRIVATE KEY', exportPKCS8(part));
}

/** The contents of a file of these parts. */
export const encodeParts = (parts: readonly Part[], label: 'CERTIFICATE' | 'X509 CRL' = 'CERTIFICATE'): string =>
  parts.map((part) => encodePart(part, label)).join('');

/** Writes what an option names, and gives its path. */
export function writeOption(
  scratch: Scratch,
  name: string,
  input: FileInput,
  label: 'CERTIFICATE' | 'X509 CRL',
): string {
  if ('path' in input) return input.path;
  const path = scratch.write(name, 'raw' in input ? input.raw : encodeParts(input, label));
  // As an administrator should: some of them hold a key.
  chmodSync(path, 0o600);
  return path;
}

/** The line of `server.ini` or `client.ini` that an option stands in. */
const optionNames = [
  'certificate',
  'certificate-key',
  'trusted-ca',
  'tls-crl',
  'tls-target-name',
  'tls-target-name-check',
  'cipher-list',
  'ciphersuites',
] as const;

function makeSetting(side: Side, name: (typeof optionNames)[number], value: string | undefined): Setting | undefined {
  if (value === undefined) return undefined;
  return { name, value, origin: { file: `${side}.ini`, line: optionNames.indexOf(name) + 2 }, source: 'flag' };
}

function writeOptions(scratch: Scratch, side: Side, input: SideInput, root: boolean | undefined): SideOptions {
  const write = (name: string, file: FileInput | undefined, label: 'CERTIFICATE' | 'X509 CRL' = 'CERTIFICATE') => {
    const path = file && writeOption(scratch, `${side}/${name}.pem`, file, label);
    return root && !(file && 'path' in file) ? path?.slice(scratch.directory.length) : path;
  };
  const { certificate } = input;
  const files = certificate && 'files' in certificate ? certificate.files : certificate && [certificate];
  const paths = files?.map((file, position) => write(`certificate-${position + 1}`, file)).join(',');
  const set = (name: (typeof optionNames)[number], value: string | undefined) => makeSetting(side, name, value);
  return {
    certificate: set('certificate', input.thumbprint ?? paths),
    certificateKey: set('certificate-key', write('key', input.certificateKey)),
    trustedCA: set('trusted-ca', write('trusted-ca', input.trustedCA)),
    tlsCRL: set('tls-crl', write('tls-crl', input.tlsCRL, 'X509 CRL')),
    tlsTargetName: set('tls-target-name', input.tlsTargetName),
    mutual: input.mutual ?? false,
    nameCheck: input.nameCheck ?? 'no',
    nameCheckSetting: set('tls-target-name-check', input.nameCheck),
    protocols: input.protocols ?? { min: 'TLSv1.2', max: 'TLSv1.3' },
    cipherList: set('cipher-list', input.cipherList),
    ciphersuites: set('ciphersuites', input.ciphersuites),
  };
}

async function makeSide(
  scratch: Scratch,
  side: Side,
  input: SideInput,
  root: boolean | undefined,
): Promise<SideConfiguration> {
  const options = writeOptions(scratch, side, input, root);
  const { platform = 'unix', packVersion, application = 'any', checks = [] } = input;
  const reading = { side, platform, root: root ? scratch.directory : undefined, keepBytes: true };
  const files = { ...(await readSideFiles(options, reading)), tlsCRL: await readTLSCRL(options, reading) };
  return { side, platform, packVersion, application, options, settings: [], sip: [], checks, files };
}

function makeStore({ holders, keys }: NonNullable<ConfigurationInput['store']>): WindowsStore {
  const certificates = holders.map(({ certificate }, position) =>
    asCertificate(certificate, 'store.pem', position + 1),
  );
  return { certificates, keys: keys.map(({ privateKey }) => privateKey), findings: [] };
}

/** Writes and reads a configuration; to be called inside a test. */
export async function makeConfiguration(scratch: Scratch, input: ConfigurationInput): Promise<Configuration> {
  const { server, client, peer = [], targets = [], store, revocation = 'chain', root } = input;
  return {
    server: server && (await makeSide(scratch, 'server', server, root)),
    client: client && (await makeSide(scratch, 'client', client, root)),
    peerCertificates: peer.map(({ certificate }, position) =>
      asCertificate(certificate, 'peer.pem', position * 20 + 1),
    ),
    targets,
    windowsStore: store && makeStore(store),
    revocation,
  };
}

/** A root, its issuing CA, a server and a client below, and CRLs of both CAs that list nobody. */
export interface SoundPKI {
  readonly root: Holder;
  readonly issuing: Holder;
  readonly server: Holder;
  readonly client: Holder;
  readonly crls: readonly [issuing: Uint8Array, root: Uint8Array];
}

type Overrides = Partial<CertificateOptions>;

/** The PKI with some of its certificates made otherwise. */
export function makePKI(
  overrides: Partial<Record<'root' | 'issuing' | 'server' | 'client', Overrides>> = {},
): SoundPKI {
  const endEntity = { keyUsage: ['digitalSignature'], extKeyUsage: ['serverAuth', 'clientAuth'] } as const;
  const root = issueCertificate(undefined, { subject: 'CN=Root CA', ca: true, ...overrides.root });
  const issuing = issueCertificate(root, { subject: 'CN=Issuing CA', ca: true, ...overrides.issuing });
  const name = 'sip1.example.com';
  const server = issueCertificate(issuing, { subject: `CN=${name}`, san: [name], ...endEntity, ...overrides.server });
  const agent = 'agent.example.com';
  const client = issueCertificate(issuing, { subject: `CN=${agent}`, san: [agent], ...endEntity, ...overrides.client });
  return { root, issuing, server, client, crls: [makeCRLOf(issuing), makeCRLOf(root)] };
}

/** A CRL of this CA. */
export const makeCRLOf = (ca: Holder, options: Partial<CRLOptions> = {}): Uint8Array =>
  makeCRL({ issuer: ca.subject, issuerKey: ca.key, ...options });

export interface SoundInput extends ConfigurationInput {
  readonly server: SideInput;
  readonly client: SideInput;
}

/** Mutual TLS with CRLs on both sides and the name check on: with `makePKI()` nothing is wrong with it. */
export function soundConfiguration({ root, issuing, server, client, crls }: SoundPKI = makePKI()): SoundInput {
  const common = { trustedCA: [root], tlsCRL: crls };
  return {
    server: { certificate: [server, issuing, root], certificateKey: [server.key], mutual: true, ...common },
    client: { certificate: [client, issuing, root], certificateKey: [client.key], nameCheck: 'host', ...common },
    targets: ['sip1.example.com'],
  };
}
