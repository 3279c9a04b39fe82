/** What a line of a pre-flight says about options: when the check has passed, and when it could not be made. */
import { showText } from '../shown-name.js';
import { escapeInvisible } from '../escape-text.js';
import { countOf, listOf as list, textOf, type CheckWords } from './check-words.js';

const text = (value: Parameters<typeof textOf>[0]): string => escapeInvisible(textOf(value));

export const optionChecks: Readonly<Record<string, CheckWords>> = {
  'options/form': {
    title: 'form of the configuration',
    passed: ({ options, levels }) =>
      `${text(options)} ${options === 1 ? 'option' : 'options'} read${list(levels).length > 0 ? ` from ${list(levels).map(escapeInvisible).join(', ')}` : ''}`,
  },
  'options/known': { title: 'names and values', passed: () => 'all names and predefined values are known' },
  'options/level': {
    title: 'level in force',
    passed: ({ level, options }) =>
      level === undefined
        ? 'no level sets an option of the certificates or the protocol'
        : `${text(level)} is in force${list(options).length > 0 ? `: ${list(options).join(', ')}` : ''}`,
  },
  'options/mandatory': {
    title: 'mandatory options',
    passed: ({ role, mandatory }) =>
      list(mandatory).length === 0
        ? `a ${text(role)} needs no option`
        : `${list(mandatory).join(', ')}: all that a ${text(role)} needs is set`,
  },
  'options/transport': {
    title: 'transport parameters',
    notMade: () => 'whether tls=1 is set at the port is not known: give a [port] section or --transport',
    passed: ({ role, tls, mutual }) => {
      if (role === 'client') return tls === true ? 'tls=1' : 'no transport parameter switches TLS off';
      return `${tls === true ? 'tls=1' : 'tls was not seen'}, ${mutual === true ? 'tls-mutual=1: the client is verified too' : 'simple TLS'}`;
    },
  },
  'options/paths': {
    title: 'paths and thumbprints',
    passed: ({ options }) =>
      list(options).length === 0
        ? 'no option names a file'
        : `${list(options).length === 1 ? '1 option names' : `${list(options).length} options name`} files or certificates in the documented form`,
  },
  'options/client-certificate': {
    title: 'certificate for mutual TLS',
    passed: () => 'the server asks for a certificate, and the client has one to show',
  },
  'name/check-on': {
    title: 'name check',
    passed: ({ nameCheck, targetName }) =>
      `tls-target-name-check=${text(nameCheck)}${targetName === undefined ? '' : `, against tls-target-name ${showText(text(targetName))}`}`,
  },
  'protocol/versions': {
    title: 'protocol versions',
    passed: ({ min, max, written }) =>
      `${min === max ? `${text(min)} only` : `${text(min)} to ${text(max)}`}${written === undefined || written === '' ? ', the default' : ` (sec-protocol=${text(written)})`}`,
  },
  'protocol/ciphers': {
    title: 'ciphers',
    passed: ({ cipherList, ciphersuites }) =>
      [
        ...(cipherList === undefined ? [] : [`cipher-list ${showText(text(cipherList))}`]),
        ...(ciphersuites === undefined ? [] : [`ciphersuites ${showText(text(ciphersuites))}`]),
      ].join(', ') || 'the defaults of OpenSSL',
  },
  'protocol/common-version': {
    title: 'common version',
    passed: ({ version }) => `both sides accept ${text(version)}`,
  },
  'protocol/common-cipher': {
    title: 'common cipher',
    passed: ({ version, common }) => {
      const ciphers = list(common);
      return `${countOf(ciphers.length, 'cipher')} of ${text(version)} in common, such as ${text(ciphers[0])}`;
    },
    notMade: ({ version }) =>
      version === undefined ? 'no version in common' : 'the ciphers of one side select nothing',
  },
  'sip/contact': {
    title: 'SIP contact',
    passed: ({ contacts }) => list(contacts).map(showText).join(', '),
  },
  'sip/ports': {
    title: 'TLS ports of the proxies',
    passed: ({ port, count: ports }) =>
      ports === 1 ? `TLS port ${text(port)}` : `the same TLS port ${text(port)} in ${text(ports)} places`,
  },
  'sip/proxy': { title: 'SIP Proxy', passed: () => 'SRV names and protocols are those of TLS' },
};
