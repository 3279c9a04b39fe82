/** Checks of the group `key`: there is one, OpenSSL can open it without asking, and it belongs to the certificate. */
import { isKeyOf } from '../../crypto/private-key.js';
import { createFinding } from '../../finding/catalogue.js';
import { isOk, withSetting, type Finding } from '../../finding/finding.js';
import { subjectOf } from '../../x509/certificate.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import type { OptionFiles, SideConfiguration } from '../configuration.js';
import type { Obstacle } from '../obstacle.js';
import { placeOf, type Presented } from './presented.js';

/** Permission bits: others may read. */
const othersMayRead = 0o004;

function explainPresence({ objects, files }: OptionFiles): Finding[] {
  if (objects.some(({ kind }) => kind === 'private-key')) return [];
  const file = files[0]?.readAs ?? '';
  return [createFinding('key/none-in-file', { kind: 'file', name: file }, { count: 0 }, { origin: { file } })];
}

/** The pack has nobody to ask for a password: encrypted is of no use, whether or not it could be opened here. */
function explainUse({ objects, findings, files }: OptionFiles, isOpen: boolean): Finding[] {
  const keys = objects.filter(({ kind }) => kind === 'private-key');
  const told = findings
    .filter(({ code }) => code.startsWith('key/'))
    .map((finding) => (finding.code === 'key/encrypted' ? { ...finding, severity: 'error' as const } : finding));
  const opened = keys
    .filter(({ key }) => key?.wasEncrypted)
    .map(({ origin, label = 'PRIVATE KEY' }) =>
      createFinding('key/encrypted', { kind: 'private-key', name: label }, {}, { origin, severity: 'error' }),
    );
  const file = files[0]?.readAs ?? '';
  const about = { kind: 'file', name: file } as const;
  const several =
    keys.length > 1
      ? [createFinding('key/several-in-file', about, { count: keys.length }, { origin: { file }, severity: 'warning' })]
      : [];
  const all = [...told, ...opened, ...several];
  if (isOpen || !isOk(all)) return all;
  return [...all, createFinding('key/not-usable', about, { count: keys.length }, { origin: { file } })];
}

function explainProtection({ files, objects }: OptionFiles): Finding[] {
  const holders = new Set(objects.filter(({ kind }) => kind === 'private-key').map(({ origin }) => origin.file));
  return files.flatMap(({ readAs, mode }) => {
    if (!holders.has(readAs) || mode === undefined || (mode & othersMayRead) === 0) return [];
    const params = { mode: mode.toString(8).padStart(4, '0') };
    const place = { origin: { file: readAs } };
    return [createFinding('preflight/key-readable-by-others', { kind: 'file', name: readAs }, params, place)];
  });
}

function checkMatch({ side, sent, own, key, obstacle }: Presented, option: OptionFiles): Check {
  const name = 'key/matches';
  const [first] = sent;
  if (!first || !own || !key) return skipCheck(name, side, { ...obstacle });
  const isOwn = isKeyOf(key, own.tbsCertificate.subjectPublicKeyInfo);
  // The key of another certificate of the file: the order is what is wrong.
  if (isOwn && own !== first) return skipCheck(name, side, { because: 'chain/own-first' });
  const file = option.files[0]?.readAs ?? '';
  const mismatch = createFinding('chain/key-matches-none', subjectOf(first), { key: file }, { origin: first.origin });
  return concludeCheck({
    name,
    side,
    params: { certificate: subjectOf(own).name },
    findings: isOwn ? [] : [mismatch],
  });
}

/** The key of a side that has its key in a file; `obstacle` is what is wrong with the file. */
export function checkKey(side: SideConfiguration, presented: Presented, obstacle: Obstacle | undefined): Check[] {
  const option = side.files.certificateKey;
  if (!option) return [skipCheck('key/present', side.side, { reason: 'certificate-key-not-set' })];
  const place = placeOf(side.side, option.setting);
  const conclude = (name: string, findings: readonly Finding[]): Check =>
    concludeCheck({
      name,
      side: side.side,
      params: { file: option.files[0]?.path },
      findings: place ? findings.map((finding) => withSetting(finding, place)) : findings,
    });
  // The permissions of a copy are its own: those of the target machine cannot be seen from it.
  const protection = option.files.some(({ isCopy }) => isCopy)
    ? skipCheck('key/protected', side.side, { reason: 'copy' })
    : conclude('key/protected', explainProtection(option));
  if (obstacle) return [skipCheck('key/present', side.side, { ...obstacle })];
  const present = conclude('key/present', explainPresence(option));
  if (present.outcome === 'failed') return [present, skipCheck('key/usable', side.side, { because: 'key/present' })];
  const usable = conclude('key/usable', explainUse(option, presented.key !== undefined));
  const matches =
    usable.outcome === 'failed'
      ? skipCheck('key/matches', side.side, { because: 'key/usable' })
      : checkMatch(presented, option);
  const placed = { ...matches, findings: place ? matches.findings.map((each) => withSetting(each, place)) : [] };
  return [present, usable, placed, protection];
}
