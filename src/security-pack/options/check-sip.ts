/** SIP settings that carry a name, a port or a protocol, held against the TLS options beside them. */
import { withSetting, type Finding } from '../../finding/finding.js';
import { parseTarget } from '../../hostname/parse-target.js';
import { concludeCheck, type Check } from '../check.js';
import { reportSetting } from './report-setting.js';
import type { SideConfiguration } from '../configuration.js';
import type { Side, SIPSetting } from '../setting.js';
import type { SideUnderCheck } from './side-under-check.js';

const isProxy = ({ section }: SIPSetting): boolean => section.startsWith('[sip-proxy');

/** Whether the side has options that only a TLS connection needs. */
function usesTLS({ options }: SideUnderCheck): boolean {
  return (['trusted-ca', 'certificate', 'tls-target-name-check'] as const).some((name) => options.has(name));
}

function judgeSIPS(contact: SIPSetting, side: Side): Finding[] {
  const { value } = contact;
  if (parseTarget(value).scheme !== 'sips') return [];
  return [reportSetting('option/sips-through-proxy', side, contact, { contact: value })];
}

function judgeContact(contact: SIPSetting, checked: SideUnderCheck): Finding[] {
  const { side, application } = checked;
  const { name: option, value, origin } = contact;
  const { host, scheme, transport = '', findings } = parseTarget(value);
  if (host === undefined)
    return findings.map((finding) => withSetting({ ...finding, origin }, { side, option, origin }));
  if (scheme === 'sips') return application === 'sip-proxy' ? judgeSIPS(contact, side) : [];
  if (transport === 'tls' || side !== 'client' || !usesTLS(checked)) return [];
  return [reportSetting('option/contact-not-tls', side, contact, { option, value, transport })];
}

/** An endpoint connects by its `protocol` attribute. */
function judgeConnection(setting: SIPSetting, checked: SideUnderCheck): Finding[] {
  const { name: option, value } = setting;
  if (setting.source !== 'endpoint' || option !== 'protocol' || value.toLowerCase() === 'tls') return [];
  if (!usesTLS(checked)) return [];
  return [reportSetting('option/contact-not-tls', checked.side, setting, { option, value, transport: value })];
}

/** Contacts and servers: whether what is connected to is TLS at all. */
function checkContacts(checked: SideUnderCheck): Check[] {
  const { side, sip } = checked;
  const contacts = sip.filter(({ name }) => name === 'contact');
  const servers = sip.filter(({ name, source }) => name === 'server' || (name === 'protocol' && source === 'endpoint'));
  if (contacts.length + servers.length === 0) return [];
  const findings = [
    ...contacts.flatMap((contact) => judgeContact(contact, checked)),
    ...servers.flatMap((setting) => judgeConnection(setting, checked)),
  ];
  const named = [...contacts, ...servers.filter(({ name }) => name === 'server')].map(({ value }) => value);
  return [concludeCheck({ name: 'sip/contact', side, params: { contacts: named }, findings })];
}

const listPorts = ({ sip }: Pick<SideConfiguration, 'sip'>): SIPSetting[] =>
  sip.filter(({ name }) => name === 'sip-port-tls' || name === 'tls-port');

/** The same TLS port on every proxy of the pool, equal to `sip-port-tls` (SIP Proxy TLS). */
function checkPorts(side: Side, ports: readonly SIPSetting[]): Check[] {
  const [first] = ports;
  if (!first) return [];
  const differing = ports.find(({ value }) => value !== first.value);
  const shown = ports.map(({ section, name, value }) => `${section} ${name}=${value}`);
  const findings = differing ? [reportSetting('option/tls-ports-differ', side, differing, { ports: shown })] : [];
  return [concludeCheck({ name: 'sip/ports', side, params: { port: first.value, count: ports.length }, findings })];
}

/** SRV names and protocols of SIP Proxy. */
function checkProxy({ side, sip }: SideUnderCheck): Check[] {
  const records = sip.filter(({ name }) => name === 'srv');
  const protocols = sip.filter(
    (setting) => setting.name === 'peer-proxy-protocol' || (setting.name === 'protocol' && isProxy(setting)),
  );
  if (records.length + protocols.length === 0) return [];
  const findings = [
    ...records
      .filter(({ value }) => !value.toLowerCase().startsWith('_sips._tls.'))
      .map((setting) => reportSetting('option/srv-not-tls', side, setting, { value: setting.value })),
    ...protocols
      .filter(({ value }) => value !== 'tls')
      .map((setting) => {
        const { name: option, value, section } = setting;
        return reportSetting('option/protocol-not-tls', side, setting, { option, value, section });
      }),
  ];
  return [concludeCheck({ name: 'sip/proxy', side, params: { records: records.length }, findings })];
}

/** The checks that the SIP settings of a side give rise to; none where it has none. */
export function checkSIP(checked: SideUnderCheck): Check[] {
  return [...checkContacts(checked), ...checkPorts(checked.side, listPorts(checked)), ...checkProxy(checked)];
}

type SIPSide = Pick<SideConfiguration, 'application' | 'sip'>;

/** What a client and a pool of SIP proxies say only together; none where the server is no proxy. */
export function checkProxyTogether(server: SIPSide, client: SIPSide): Check[] {
  if (server.application !== 'sip-proxy') return [];
  const contacts = client.sip.filter(({ name }) => name === 'contact');
  // A client that is a proxy itself has been told.
  const findings = client.application === 'sip-proxy' ? [] : contacts.flatMap((each) => judgeSIPS(each, 'client'));
  const named = contacts.map(({ value }) => value);
  const contact = concludeCheck({ name: 'sip/contact', side: 'client', params: { contacts: named }, findings });
  const [pool] = listPorts(server);
  const ports = listPorts(client);
  return [
    ...(findings.length > 0 ? [contact] : []),
    ...(pool && ports.length > 0 ? checkPorts('client', [pool, ...ports]) : []),
  ];
}
