/** Findings about one option: each points at the option's own line, and names its side. */
import { createFinding, type FindingCode, type ParamsOf } from '../../finding/catalogue.js';
import { withSetting, type Finding, type Origin, type Severity } from '../../finding/finding.js';
import type { Setting, Side } from '../setting.js';

/** Makes a finding of the option itself; `severity` replaces the catalogue's. */
export function reportSetting<Code extends FindingCode>(
  code: Code,
  side: Side,
  { name, origin }: Pick<Setting, 'name' | 'origin'>,
  params: ParamsOf<Code>,
  severity?: Severity,
): Finding {
  const finding = createFinding(code, { kind: 'option', name }, params, { origin, severity });
  return withSetting(finding, { side, option: name, origin });
}

/** `server.ini:4`, as people write it. */
export function formatPlace({ file, line }: Origin): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Makes a finding about both sides at an option of the server, else of the client; of neither where both have defaults. */
export function reportBetween<Code extends FindingCode>(
  code: Code,
  name: string,
  [server, client]: readonly [Setting | undefined, Setting | undefined],
  params: ParamsOf<Code>,
): Finding {
  if (server) return reportSetting(code, 'server', server, params);
  if (client) return reportSetting(code, 'client', client, params);
  return createFinding(code, { kind: 'option', name }, params);
}
