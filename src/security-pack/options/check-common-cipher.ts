/**
 * Whether the two sides have a cipher in common that the handshake can use. The version is settled first: with TLS 1.3 in
 * common, a cipher of TLS 1.2 in common does not help.
 */
import { defaultCipherList, goesWithKey, isAllowedAt, listCiphers, selectsCipher } from '../../crypto/cipher-list.js';
import { concludeCheck, skipCheck, type Check } from '../check.js';
import { readCiphersuites } from './check-protocols.js';
import type { ProtocolRange, SideConfiguration } from '../configuration.js';
import { defaultCiphersuites } from './option-table.js';
import { reportBetween } from './report-setting.js';
import type { Setting } from '../setting.js';
import { securityLevelOf } from '../verdicts/security-level.js';

type Side = Pick<SideConfiguration, 'options'>;

/** Ephemeral Diffie-Hellman of finite fields wants parameters of the server, and no option names any. [assumed] */
const wantsParameters = (cipher: string): boolean => cipher.startsWith('DHE-');

const listSuites = ({ options }: Side): readonly string[] =>
  options.ciphersuites ? readCiphersuites(options.ciphersuites.value).known : defaultCiphersuites;

const cipherListOf = ({ options }: Side): string => options.cipherList?.value ?? defaultCipherList;

/** What both lists select, each with what its side's security level leaves of it. */
function listBoth(server: Side, client: Side, isNew: boolean): readonly [string[], string[]] {
  const isAlike = !isNew && cipherListOf(server) === cipherListOf(client);
  const list = (side: Side): readonly string[] => (isNew ? listSuites(side) : listCiphers(cipherListOf(side)));
  const [ours, theirs] = [list(server), isAlike ? undefined : list(client)];
  const permit = (ciphers: readonly string[], side: Side): string[] =>
    ciphers.filter((cipher) => isAllowedAt(cipher, securityLevelOf(side)));
  return [permit(ours, server), permit(theirs ?? ours, client)];
}

/** A list that selects nothing has an error of its own. */
const isEmpty = (side: Side, isNew: boolean): boolean =>
  isNew ? listSuites(side).length === 0 : !selectsCipher(cipherListOf(side));

/**
 * Looks for a common cipher of `version`, the one that will be agreed on.
 *
 * @param keyType of the server's certificate, which decides before TLS 1.3; any unless given.
 */
export function checkCommonCipher(
  server: Side,
  client: Side,
  version: ProtocolRange['max'] | undefined,
  keyType: string | undefined,
): Check {
  const name = 'protocol/common-cipher';
  if (version === undefined) return skipCheck(name, 'server');
  const isNew = version === 'TLSv1.3';
  if (isEmpty(server, isNew) || isEmpty(client, isNew)) return skipCheck(name, 'server', { version });
  const [ours, theirs] = listBoth(server, client, isNew);
  const common = ours.filter((cipher) => theirs.includes(cipher));
  const fitting = isNew || keyType === undefined ? common : common.filter((cipher) => goesWithKey(cipher, keyType));
  const usable = fitting.filter((cipher) => !wantsParameters(cipher));
  const option = isNew ? 'ciphersuites' : 'cipher-list';
  const settingOf = ({ options }: Side): Setting | undefined => (isNew ? options.ciphersuites : options.cipherList);
  const settings = [settingOf(server), settingOf(client)] as const;
  const params = {
    version,
    server: ours,
    client: theirs,
    keyType: common.length > 0 && fitting.length === 0 ? keyType : undefined,
    wantsParameters: fitting.length > 0,
  };
  const findings = usable.length > 0 ? [] : [reportBetween('option/no-common-cipher', option, settings, params)];
  return concludeCheck({ name, side: 'server', params: { version, common: usable }, findings });
}
