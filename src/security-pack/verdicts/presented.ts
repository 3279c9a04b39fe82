/**
 * What a side presents: the certificates of its `certificate` option in their order, or on Windows the certificate of the
 * thumbprint with the chain that the store has for it; and which of them is meant to be its own.
 */
import { orderChain } from '../../chain/order-chain.js';
import { findLeaves } from '../../chain/find-leaves.js';
import { buildPile } from '../../chain/pile.js';
import { fingerprint, parseThumbprint } from '../../crypto/fingerprint.js';
import { importPrivateKey, isKeyOf, type PrivateKey } from '../../crypto/private-key.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding, SettingOrigin } from '../../finding/finding.js';
import { nameCertificate } from '../../x509/naming.js';
import type { Certificate } from '../../x509/certificate.js';
import { concludeCheck, type Check } from '../check.js';
import type { FilesVerdict } from './check-files.js';
import type { OptionFiles, SideConfiguration, WindowsStore } from '../configuration.js';
import type { Obstacle } from '../obstacle.js';
import type { Setting, Side } from '../setting.js';

export interface Presented {
  readonly side: Side;
  /** As it is sent, first to last; empty where `obstacle` is set. */
  readonly sent: readonly Certificate[];
  /** The end entity, or the certificate of the key; OpenSSL takes the first whatever it is. */
  readonly own: Certificate | undefined;
  readonly key: PrivateKey | undefined;
  /** Why nothing can be said of what it sends. */
  readonly obstacle: Obstacle | undefined;
  /** The option that led there. */
  readonly place: SettingOrigin | undefined;
}

export function placeOf(side: Side, setting: Setting | undefined): SettingOrigin | undefined {
  return setting && { side, option: setting.name, origin: setting.origin };
}

/** Of several keys in a file OpenSSL takes the first. */
function openFirstKey({ objects }: OptionFiles): PrivateKey | undefined {
  const first = objects.find(({ kind }) => kind === 'private-key');
  if (!first?.key || first.key.encrypted || first.key.encoding === 'encrypted-pkcs8') return undefined;
  return importPrivateKey({ der: first.der, encoding: first.key.encoding });
}

/** The certificate of the key; else the first, unless it is a CA with an end entity behind it. */
export function findOwn(sent: readonly Certificate[], key: PrivateKey | undefined): Certificate | undefined {
  const ofKey = key && sent.find(({ tbsCertificate }) => isKeyOf(key, tbsCertificate.subjectPublicKeyInfo));
  if (ofKey) return ofKey;
  const [first] = sent;
  const pile = buildPile(sent);
  if (!first || pile.malformed.includes(first)) return first;
  const leaves = findLeaves(pile);
  return leaves.includes(first) ? first : (leaves[0] ?? first);
}

/** What a side sends whose files are PEM. */
export function findPresented(side: SideConfiguration, { obstacles }: FilesVerdict): Presented {
  const { certificate, certificateKey } = side.files;
  const place = placeOf(side.side, side.options.certificate);
  const key = certificateKey && (side.files.key ?? openFirstKey(certificateKey));
  const obstacle: Obstacle | undefined = certificate ? obstacles.certificate : { reason: 'certificate-not-set' };
  const sent = obstacle || !certificate ? [] : certificate.certificates;
  return { side: side.side, sent, own: findOwn(sent, key), key, obstacle, place };
}

export interface StoreVerdict {
  readonly checks: readonly Check[];
  readonly presented: Presented;
}

/** What a Windows side sends: the certificate of its thumbprint and what the store has above it. */
export function findInStore(side: SideConfiguration, store: WindowsStore | undefined, at: Date): StoreVerdict {
  const setting = side.options.certificate;
  const place = placeOf(side.side, setting);
  const name = 'files/windows-store';
  const obstacle: Obstacle = { because: name };
  const nothing = { side: side.side, sent: [], own: undefined, key: undefined, place };
  const subject = { kind: 'option', name: setting?.name ?? 'certificate' } as const;
  const conclude = (findings: readonly Finding[]): Check => {
    const placed = findings.map((finding) => (place ? { ...finding, setting: place } : finding));
    const params = { certificates: store?.certificates.length ?? 0, keys: store?.keys.length ?? 0 };
    return concludeCheck({ name, side: side.side, params, findings: placed });
  };
  if (!store) {
    const findings = [createFinding('preflight/store-not-at-hand', subject, {}, { origin: setting?.origin })];
    return { checks: [conclude(findings)], presented: { ...nothing, obstacle } };
  }
  if (!setting || setting.value === '') {
    return {
      checks: [conclude(store.findings)],
      presented: { ...nothing, obstacle: { reason: 'certificate-not-set' } },
    };
  }
  const wanted = parseThumbprint(setting.value)?.hex;
  const own = store.certificates.find(({ der }) => fingerprint(der, 'sha1') === wanted);
  if (!own) {
    const params = { thumbprint: setting.value, certificates: store.certificates.length };
    const missing = createFinding('preflight/thumbprint-not-found', subject, params, { origin: setting.origin });
    return { checks: [conclude([...store.findings, missing])], presented: { ...nothing, obstacle } };
  }
  const key = store.keys.find((each) => isKeyOf(each, own.tbsCertificate.subjectPublicKeyInfo));
  const params = { certificate: nameCertificate(own) };
  const place2 = { origin: own.origin };
  const lacking = key ? [] : [createFinding('preflight/store-key-missing', subject, params, place2)];
  const chain = orderChain([own], { at, issuers: store.certificates, key: { name: '', matches: () => true } }).chain;
  const sent = chain.length > 0 ? chain : [own];
  return {
    checks: [conclude([...store.findings, ...lacking])],
    presented: { ...nothing, sent, own, key, obstacle: undefined },
  };
}
