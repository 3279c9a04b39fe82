/** The hosts that a client's own configuration says it connects to. */
import { parseTarget } from '../../hostname/parse-target.js';
import { heedsTargetName } from './check-values.js';
import type { SideConfiguration } from '../configuration.js';
import type { Setting } from '../setting.js';

export interface ConfiguredTarget {
  readonly host: string;
  /** The option that names it. */
  readonly setting: Setting;
}

/**
 * Lists the hosts whose names the client checks: `tls-target-name`, which stands for all others where the pack heeds it,
 * else the host of each SIP `contact` and of each `server` of an endpoint.
 *
 * @returns each host once, in the order of the configuration; a text without a host gives none, which the checks of
 * `settleSide` say.
 */
export function listTargets(
  client: Pick<SideConfiguration, 'options' | 'sip' | 'platform' | 'packVersion'>,
): readonly ConfiguredTarget[] {
  const { tlsTargetName } = client.options;
  if (tlsTargetName && heedsTargetName(client)) return [{ host: tlsTargetName.value, setting: tlsTargetName }];
  const targets = new Map<string, ConfiguredTarget>();
  for (const setting of client.sip) {
    if (setting.name !== 'contact' && setting.name !== 'server') continue;
    const { host } = parseTarget(setting.value);
    if (host !== undefined && !targets.has(host)) targets.set(host, { host, setting });
  }
  return [...targets.values()];
}
