/** Configurations for the tests of the handshake: PEM files in a scratch folder, read as the command line reads them. */
import { readSideFiles } from '../../../src/files/read-side-files.js';
import type { Configuration, SideConfiguration, SideOptions } from '../../../src/security-pack/configuration.js';
import type { Setting, Side } from '../../../src/security-pack/setting.js';
import { encodePem } from '../../../src/pem/encode.js';
import { exportPKCS8 } from '../../support/keys.js';
import type { Holder, KeyPair } from '../../support/pki.js';
import type { Scratch } from '../../support/scratch.js';

export const pem = (...holders: readonly Pick<Holder, 'certificate'>[]): string =>
  holders.map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');
export const keyPem = ({ key }: { readonly key: KeyPair }): string => encodePem('PRIVATE KEY', exportPKCS8(key));
export const crlPem = (...crls: readonly Uint8Array[]): string =>
  crls.map((crl) => encodePem('X509 CRL', crl)).join('');

/** Contents of the files of a side, and its other options. */
export interface SideInput {
  readonly certificate?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  readonly trustedCA?: string | Uint8Array;
  readonly crl?: string | Uint8Array;
  readonly cipherList?: string;
  readonly ciphersuites?: string;
  readonly targetName?: string;
  readonly options?: Partial<SideOptions>;
  readonly configuration?: Partial<SideConfiguration>;
}

const names = {
  certificate: 'certificate',
  key: 'certificate-key',
  trustedCA: 'trusted-ca',
  crl: 'tls-crl',
} as const;

function makeSetting(side: Side, name: string, value: string | undefined): Setting | undefined {
  if (value === undefined) return undefined;
  return { name, value, origin: { file: `${side}.ini`, line: 2 }, source: 'ini' };
}

async function makeSide(side: Side, input: SideInput, { write }: Scratch): Promise<SideConfiguration> {
  const file = (role: keyof typeof names): Setting | undefined => {
    const contents = input[role];
    return makeSetting(side, names[role], contents && write(`${side}/${role}.pem`, contents));
  };
  const options: SideOptions = {
    certificate: file('certificate'),
    certificateKey: file('key'),
    trustedCA: file('trustedCA'),
    tlsCRL: file('crl'),
    tlsTargetName: makeSetting(side, 'tls-target-name', input.targetName),
    mutual: false,
    nameCheck: 'no',
    nameCheckSetting: undefined,
    protocols: { min: 'TLSv1.2', max: 'TLSv1.3' },
    cipherList: makeSetting(side, 'cipher-list', input.cipherList),
    ciphersuites: makeSetting(side, 'ciphersuites', input.ciphersuites),
    ...input.options,
  };
  const platform = input.configuration?.platform ?? 'unix';
  const files = await readSideFiles(options, { side, platform, keepBytes: true });
  const base = {
    side,
    platform,
    packVersion: undefined,
    application: 'any',
    settings: [],
    sip: [],
    checks: [],
  } as const;
  return { ...base, options, files, ...input.configuration };
}

export async function makeConfiguration(
  input: { readonly server?: SideInput; readonly client?: SideInput } & Partial<
    Omit<Configuration, 'server' | 'client'>
  >,
  scratch: Scratch,
): Promise<Configuration> {
  const { server, client, ...rest } = input;
  return {
    peerCertificates: [],
    targets: ['sip1.example.com'],
    windowsStore: undefined,
    revocation: 'chain',
    ...rest,
    server: server && (await makeSide('server', server, scratch)),
    client: client && (await makeSide('client', client, scratch)),
  };
}
