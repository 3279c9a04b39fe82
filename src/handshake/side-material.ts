/**
 * What one side brings to the handshake, made of its configuration as the Security Pack hands it to OpenSSL: the bytes of
 * its files as they are, so that OpenSSL stumbles here where it would stumble there.
 *
 * Node is milder than OpenSSL's own file readers in two ways, which are made up for. It takes a `ca` without a single
 * certificate for an empty store (and no `ca` at all for Mozilla's roots): so trusted-ca is read once more as a
 * certificate chain, which is refused for the same damage. And it reads only the first CRL of a text: so the blocks of
 * tls-crl are handed over one by one.
 */
import { createSecureContext, DEFAULT_CIPHERS, type SecureContextOptions } from 'node:tls';
import { orderChain } from '../chain/order-chain.js';
import { fingerprint, parseThumbprint } from '../crypto/fingerprint.js';
import { isKeyOf } from '../crypto/private-key.js';
import { encodePem } from '../pem/encode.js';
import type { Configuration, OptionFiles, SideConfiguration, SideOptions } from '../security-pack/configuration.js';
import type { Setting, Side } from '../security-pack/setting.js';
import type { Certificate } from '../x509/certificate.js';
import type { MetError } from './side-error.js';

export interface SideMaterial {
  readonly side: Side;
  readonly options: SecureContextOptions;
  /** One PEM block each; kept apart because a rehearsal may go without them. */
  readonly crls: Buffer[] | undefined;
  /** The option of the CRLs, as it is written. */
  readonly crlOption: string | undefined;
  readonly hasCertificate: boolean;
  /** What keeps the side from being set up; nothing is tried then. */
  readonly errors: readonly MetError[];
}

/** A side whose certificate or roots stand in a Windows certificate store that is not at hand. */
export interface MissingStore {
  readonly side: Side;
  /** What is not at hand: the store itself, the certificate of the thumbprint, or its private key. */
  readonly missing: 'store' | 'certificate' | 'key';
  readonly thumbprint: string | undefined;
}

/** Weak certificates are for the handshake to judge: here it is only read whether OpenSSL can read them. */
const anyStrength = 'DEFAULT@SECLEVEL=0';
/** The instant decides nothing but the order among several paths. */
const anyInstant = new Date(0);

function isSet(setting: Setting | undefined): setting is Setting {
  return setting !== undefined && setting.value !== '';
}

/**
 * The string from which Node sets both lists: it hands everything that begins with `TLS_` to SSL_CTX_set_ciphersuites and
 * the rest to SSL_CTX_set_cipher_list. What stands in the wrong list must stay unknown there, as it is for OpenSSL.
 */
function composeCiphers({ cipherList, ciphersuites }: Pick<SideOptions, 'cipherList' | 'ciphersuites'>): string {
  const lists = DEFAULT_CIPHERS.split(':');
  const older = isSet(cipherList) ? cipherList.value.split(':').filter((name) => !name.startsWith('TLS_')) : undefined;
  const suites = isSet(ciphersuites)
    ? ciphersuites.value.split(':').map((name) => (name.startsWith('TLS_') ? name : `TLS_?${name}`))
    : lists.filter((name) => name.startsWith('TLS_'));
  // A list of nothing known: OpenSSL says so by itself.
  const chosen = older?.length === 0 ? ['!ALL'] : older;
  return [...suites, ...(chosen ?? lists.filter((name) => !name.startsWith('TLS_')))].join(':');
}

/** The files of an option in one piece, or the error of the first that could not be read. */
function joinFiles(side: Side, option: OptionFiles | undefined): Buffer | MetError | undefined {
  if (!option) return undefined;
  const pieces: Uint8Array[] = [];
  for (const { path, bytes } of option.files) {
    if (!bytes) {
      const error = { code: 'ERR_FILE_NOT_READ', message: `${path} cannot be read` };
      return { side, stage: 'files', error, option: option.setting.name };
    }
    pieces.push(bytes, Buffer.from('\n'));
  }
  return Buffer.concat(pieces);
}

const crlBegin = Buffer.from('-----BEGIN X509 CRL-----');

/** The CRL blocks of a file; the whole of it where there is none, for OpenSSL to refuse. */
function splitCRLs(file: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = file.indexOf(crlBegin); at >= 0; at = file.indexOf(crlBegin, at + 1)) starts.push(at);
  if (starts.length === 0) return [file];
  return starts.map((start, position) => file.subarray(start, starts[position + 1]));
}

/** What OpenSSL says to these options, if anything. */
function tryOptions(side: Side, option: string | undefined, options: SecureContextOptions): MetError | undefined {
  try {
    createSecureContext(options);
    return undefined;
  } catch (error) {
    return { side, stage: 'setup', error: error as NodeJS.ErrnoException, ...(option !== undefined && { option }) };
  }
}

/** A damaged trusted-ca is refused where it is read as a chain; what else a chain must be, it need not be. */
function tryTrusted(side: Side, option: string, ca: Buffer): MetError | undefined {
  const met = tryOptions(side, option, { cert: ca, ciphers: anyStrength });
  return met && /^ERR_OSSL_(?:PEM|ASN1)_/.test(met.error.code ?? '') ? met : undefined;
}

function optionsOf({ options }: SideConfiguration): SecureContextOptions {
  const { protocols } = options;
  return { minVersion: protocols.min, maxVersion: protocols.max, ciphers: composeCiphers(options) };
}

function cipherOption({ cipherList, ciphersuites }: SideOptions): string | undefined {
  const [only, other] = [cipherList, ciphersuites].filter(isSet);
  return other ? undefined : only?.name;
}

function gatherFromFiles(configuration: SideConfiguration): SideMaterial {
  const { side, files, options: settings } = configuration;
  const [cert, key, ca, crl] = [files.certificate, files.certificateKey, files.trustedCA, files.tlsCRL].map((option) =>
    joinFiles(side, option),
  );
  const unread = [cert, key, ca, crl].flatMap((piece) => (piece && !Buffer.isBuffer(piece) ? [piece] : []));
  const given = optionsOf(configuration);
  const own = {
    ...given,
    ...(Buffer.isBuffer(cert) && { cert }),
    ...(Buffer.isBuffer(key) && { key }),
  };
  const option = { cert: settings.certificate?.name, key: settings.certificateKey?.name };
  const trials = [
    tryOptions(side, cipherOption(settings), { ciphers: given.ciphers }),
    Buffer.isBuffer(ca) ? tryTrusted(side, settings.trustedCA?.name ?? '', ca) : undefined,
    tryOptions(side, option.cert, { ...given, ...(Buffer.isBuffer(cert) && { cert }) }) ??
      (Buffer.isBuffer(key) ? tryOptions(side, option.key, own) : undefined),
  ];
  return {
    side,
    // Without trusted-ca nobody is trusted; Node would trust Mozilla's roots.
    options: { ...own, ca: Buffer.isBuffer(ca) ? ca : [] },
    crls: Buffer.isBuffer(crl) ? splitCRLs(crl) : undefined,
    crlOption: settings.tlsCRL?.name,
    hasCertificate: Buffer.isBuffer(cert),
    errors: unread.length > 0 ? unread : trials.filter((trial) => trial !== undefined).slice(0, 1),
  };
}

const toPem = (certificates: readonly Certificate[]): string =>
  certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join('');

/** The thumbprint's certificate with its intermediates, its key, and every other certificate of the store as trusted. */
function gatherFromStore(
  configuration: SideConfiguration,
  store: Configuration['windowsStore'],
): SideMaterial | MissingStore {
  const { side, options: settings } = configuration;
  const written = settings.certificate?.value;
  const thumbprint = written === '' ? undefined : written;
  if (!store) return { side, missing: 'store', thumbprint };
  const base = { side, crls: undefined, crlOption: undefined, errors: [] };
  const given = optionsOf(configuration);
  if (thumbprint === undefined) {
    return { ...base, options: { ...given, ca: toPem(store.certificates) }, hasCertificate: false };
  }
  const wanted = parseThumbprint(thumbprint);
  const own = wanted && store.certificates.find(({ der }) => fingerprint(der, wanted.algorithm) === wanted.hex);
  if (!own) return { side, missing: 'certificate', thumbprint };
  const key = store.keys.find((each) => isKeyOf(each, own.tbsCertificate.subjectPublicKeyInfo));
  if (!key) return { side, missing: 'key', thumbprint };
  // Schannel leaves the root out of what it sends.
  const { chain } = orderChain([own], { at: anyInstant, issuers: store.certificates, root: 'omit' });
  const ca = toPem(store.certificates.filter((certificate) => certificate !== own));
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  const cert = toPem(chain.length > 0 ? chain : [own]);
  return { ...base, options: { ...given, cert, key: pem, ca }, hasCertificate: true };
}

/** What the side brings; or what is missing of its Windows certificate store. Never throws for what the files hold. */
export function gatherMaterial(
  configuration: SideConfiguration,
  store: Configuration['windowsStore'],
): SideMaterial | MissingStore {
  return configuration.platform === 'windows' ? gatherFromStore(configuration, store) : gatherFromFiles(configuration);
}
