/** The wording of those codes of the area `option` that are about SIP settings. */
import type { optionCatalogue } from '../../finding/option.js';
import { escapeInvisible } from '../escape-text.js';
import { showText } from '../shown-name.js';
import type { Wording } from './words.js';

type SIPCodes = Pick<
  typeof optionCatalogue,
  | 'option/sips-through-proxy'
  | 'option/contact-not-tls'
  | 'option/tls-ports-differ'
  | 'option/srv-not-tls'
  | 'option/protocol-not-tls'
>;

export const sipOptionWording: Wording<SIPCodes> = {
  'option/sips-through-proxy': ({ contact }) => ({
    message: `the contact ${showText(contact)} uses sips, which SIP Proxy does not support`,
    hint: 'write sip: in place of sips: and add ;transport=tls',
  }),
  'option/contact-not-tls': ({ option, value, transport }) => ({
    message: `${option}=${showText(value)} does not lead to TLS (${transport === '' ? 'no transport' : showText(transport)}), though TLS options are set`,
    hint:
      option === 'protocol' ? 'set protocol="TLS" on the Connectivity element' : 'add ;transport=tls to the contact',
  }),
  'option/tls-ports-differ': ({ ports }) => ({
    message: `the TLS ports differ: ${ports.map(escapeInvisible).join(', ')}`,
    hint: 'give every SIP Proxy of the pool the same tls-port, and sip-port-tls the same',
  }),
  'option/srv-not-tls': ({ value }) => ({
    message: `the SRV name ${showText(value)} does not lead to TLS: with TLS it begins with _sips._tls`,
    hint: 'publish and use the record _sips._tls.DOMAIN',
  }),
  'option/protocol-not-tls': ({ option, value, section }) => ({
    message: `${option}=${showText(value)} in ${escapeInvisible(section)}: the SIP Proxies do not speak TLS there`,
    hint: `set ${option}=tls`,
  }),
};
