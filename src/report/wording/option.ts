/** The wording of the area `option`. */
import type { optionCatalogue } from '../../finding/option.js';
import { escapeInvisible } from '../escape-text.js';
import { showText } from '../shown-name.js';
import { sipOptionWording } from './option-sip.js';
import type { Wording } from './words.js';

const lackWords = { equals: 'no "=" in it', name: 'no name', value: 'no value' } as const;
const partWords = { section: 'the section', option: 'the option', value: 'the value' } as const;

const foundWords: Readonly<Record<string, string>> = {
  pem: 'a PEM file: the options that name it belong here, not the file itself',
  binary: 'a binary file, or text in UTF-16 without its byte order mark',
  'too-large': 'larger than any configuration',
  empty: 'without a section and without an option',
};

/** `name=value`, on one line. */
const written = ({ option, value }: { readonly option: string; readonly value: string }): string =>
  showText(`${option}=${value}`);

const at = (level: string | undefined): string => (level === undefined ? '' : ` at ${escapeInvisible(level)}`);

export const optionWording: Wording<typeof optionCatalogue> = {
  ...sipOptionWording,
  'option/not-a-configuration': ({ found }) => ({
    message: `is no configuration: it is ${foundWords[found] ?? found}`,
    hint: 'give an INI file with a [security] section, or the XML of a SIP endpoint',
  }),
  'option/not-an-option': ({ text, lacks }) => ({
    message: `"${escapeInvisible(text)}" is no option: there is ${lackWords[lacks]}`,
    hint: 'write it as name=value, or begin the line with ; to make it a comment',
  }),
  'option/outside-section': (params) => ({
    message: `${written(params)} stands before the first section and is not read`,
    hint: 'put the line [security] above it',
  }),
  'option/section-malformed': ({ text }) => ({
    message: `"${escapeInvisible(text)}" is no section; the options below it are not read`,
    hint: 'write the name between brackets and nothing after them: [security]',
  }),
  'option/unknown-section': ({ section, options }) => ({
    message:
      options.length > 0
        ? `the section [${escapeInvisible(section)}] is not read, and with it ${options.map(showText).join(', ')}`
        : `the section [${escapeInvisible(section)}] holds no TLS options and is passed over`,
    ...(options.length > 0 && {
      hint: 'move them to [security], or to [host], [application] or [port]; SIP settings to [sip] or [sip-proxy]',
    }),
  }),
  'option/doctype': () => ({
    message: 'has a document type declaration (<!DOCTYPE) and is not read: it could bring in other files',
    hint: 'remove the declaration; the configuration of a SIP endpoint has none',
  }),
  'option/xml-malformed': ({ detail }) => ({
    message: `is not well-formed XML and is not read: ${showText(detail)}`,
    hint: 'mend the element at this line; & is written &amp; in a value',
  }),
  'option/not-an-endpoint': ({ element }) => ({
    message: `is XML, but not the configuration of a SIP endpoint: its root is ${showText(element)}, not SipEndpoint`,
    hint: 'give the SipEndpoint.config of the endpoint, or write the options as an INI file',
  }),
  'option/endpoint-namespace': ({ element, namespace, expected }) => ({
    message: `the element ${showText(element)} is in the namespace "${escapeInvisible(namespace)}"; the vendor's is ${expected}`,
    hint: `write xmlns="${expected}" on it`,
  }),
  'option/repeated': ({ option, value, values, level }) => ({
    message: `${option} is set ${values.length} times${at(level)}: ${values.map(showText).join(' · ')}`,
    hint: `keep one; here the last, ${showText(value)}, is taken, what the product takes is not documented`,
  }),
  'option/blanks-in-transport': ({ option, text }) => ({
    message: `"${escapeInvisible(text)}" in the transport parameters is not read: a blank stands beside ; or =, so ${showText(option)} has no effect`,
    hint: 'remove the blank: name=value;name=value',
  }),
  'option/wrong-case': ({ what, written: as, right, option }) => ({
    message:
      what === 'value'
        ? `the value ${showText(as)} of ${showText(option)} is not known: upper and lower case count, it is ${right}`
        : `${partWords[what]} ${showText(as)} is not read: upper and lower case count, it is ${right}`,
    hint: `write ${right}`,
  }),
  'option/misspelt': ({ what, written: as, right }) => ({
    message: `${partWords[what]} ${showText(as)} is not known and not read; ${
      as.startsWith(`${right} `) ? `${right} has nothing after it` : `${right} differs from it in a letter or two`
    }`,
    hint: `write ${right}`,
  }),
  'option/unknown': (params) => ({
    message: `${written(params)} is no option that is known, and is not read`,
    hint: 'check the name in the Security Deployment Guide, or remove the line',
  }),
  'option/unknown-value': ({ option, value, allowed }) => ({
    message: `the value "${escapeInvisible(value)}" of ${option} is not known; it may be ${allowed.join(' or ')}`,
    hint: `set ${option} to ${allowed.join(' or ')}`,
  }),
  'option/not-evaluated': (params) => ({
    message: `${written(params)} is known, but what it does is not evaluated here`,
  }),
  'option/legacy-alias': ({ alias, name }) => ({
    message: `${alias} is the older name of ${name}; it still works`,
    hint: `rename it to ${name}`,
  }),
  'option/alias-and-name': ({ alias, aliasValue, name, value }) => ({
    message: `${alias}=${showText(aliasValue)} has no effect: ${name}=${showText(value)} is set too, and the new name wins`,
    hint: `remove ${alias}`,
  }),
  'option/split-over-levels': ({ level, other, options }) => ({
    message: `${options.length > 0 ? options.join(', ') : 'what stands'} at ${escapeInvisible(other)} ${options.length > 1 ? 'have' : 'has'} no effect: ${escapeInvisible(level)} is in force, and a level counts as a whole`,
    hint: `put all options of the certificate and the protocol at one level, ${escapeInvisible(level)}`,
  }),
  'option/level-overridden': ({ level, other, options }) => ({
    message: `the options at ${escapeInvisible(other)} have no effect, because ${escapeInvisible(level)} is more specific${options.length > 0 ? `; ${options.join(', ')} is set only there` : ''}`,
    ...(options.length > 0 && {
      hint: `set ${options.join(', ')} at ${escapeInvisible(level)} too if it is wanted there`,
    }),
  }),
  'option/flag-replaces': ({ option, value, replaced, level }) => ({
    message:
      replaced === undefined
        ? `${option}=${showText(value)} of the command line is added at ${escapeInvisible(level)}`
        : `${option}=${showText(value)} of the command line stands for ${showText(replaced)} at ${escapeInvisible(level)}`,
  }),
  'option/certificate-source': ({ level }) => ({
    message: `${escapeInvisible(level)} is in force; it reaches an application only where its Certificate Source is Host`,
    hint: 'check Certificate Source on the application in the configuration',
  }),
  'option/restart-needed': ({ level }) => ({
    message: `${escapeInvisible(level)} is in force; after a change there the applications of the host must be restarted`,
  }),
  'option/mandatory-missing': ({ option, role, level, unread }) => ({
    message: `${option} is not set${at(level)}; a ${role} cannot do without it${unread.length > 0 ? `, and ${unread.map(escapeInvisible).join(' and ')} ${unread.length > 1 ? 'do' : 'does'} not count` : ''}`,
    hint: `set ${option}${level === undefined ? ' in [security]' : at(level)}`,
  }),
  'option/pair-incomplete': ({ option, lacks, level }) => ({
    message: `${option} is set${at(level)} without ${lacks}; the two work only together, at the same level`,
    hint: `set ${lacks}${at(level)} too, or remove ${option}`,
  }),
  'option/endpoint-incoming': ({ lacks }) => ({
    message: `without ${lacks.join(' and ')} the endpoint can connect, but takes no incoming TLS connection`,
    hint: 'set both, unless SIP Server or the SBC always reuses the connection that the endpoint opened',
  }),
  'option/client-certificate-missing': ({ lacks, level }) => ({
    message: `the server asks for a certificate (tls-mutual=1), and the client has no ${lacks.join(' and no ')}${at(level)}`,
    hint: `set ${lacks.join(' and ')} on the client, or tls-mutual=0 on the server`,
  }),
  'option/tls-not-set': ({ value, level }) => ({
    message:
      value === undefined
        ? `${escapeInvisible(level)} does not set tls: the port is not secure`
        : `tls=${showText(value)} in ${escapeInvisible(level)}: the port is not secure, it takes tls=1`,
    hint: 'write tls=1 into the transport parameters of the port',
  }),
  'option/transport-not-seen': () => ({
    message: 'no transport parameters are given; those of a secure port must hold tls=1',
    hint: "give them with --transport 'tls=1', or as transport= in the file",
  }),
  'option/tls-misplaced': ({ value, level }) => ({
    message: `tls=${showText(value)} at ${escapeInvisible(level)} has no effect: it counts in the transport parameters of the port only`,
    hint: 'move it there',
  }),
  'option/mutual-on-client': ({ value }) => ({
    message: `tls-mutual=${showText(value)} on the client has no effect; whether a certificate is asked for is the server's to say`,
  }),
  'option/relative-path': ({ option, path }) => ({
    message: `${option} names ${showText(path)} by a relative path; the directory it starts from is that of the process`,
    hint: 'write the full path, as the documentation asks',
  }),
  'option/not-a-list': ({ option, paths }) => ({
    message: `${option} names ${paths.length} files, ${paths.map(showText).join(' and ')}; it takes one, only certificate takes several`,
    hint: 'join them into one PEM file and name that',
  }),
  'option/thumbprint-malformed': ({ value, digits, other }) => ({
    message: `"${escapeInvisible(value)}" is no thumbprint: it has ${digits} hexadecimal digits, not 40${other === '' ? '' : `, and beside them ${escapeInvisible(other)}`}`,
    hint: 'copy the SHA-1 thumbprint of the certificate anew, from the Details of the Windows dialogue',
  }),
  'option/thumbprint-cleaned': ({ thumbprint, removed }) => ({
    message: `the thumbprint was read as ${thumbprint}, without its ${removed.join(' and ')}`,
    hint: 'write the 40 digits alone: what pasting brings along cannot be seen, and not every release passes over it',
  }),
  'option/thumbprint-on-unix': ({ value }) => ({
    message: `certificate holds the thumbprint ${showText(value)}; on UNIX it is the path of a PEM file`,
    hint: 'give the path of the certificate chain, or check with --platform windows',
  }),
  'option/path-on-windows': ({ value }) => ({
    message: `certificate holds ${showText(value)}; on Windows it is the SHA-1 thumbprint of a certificate in the store`,
    hint: 'import the certificate with its key and give its thumbprint, or check with --platform unix',
  }),
  'option/key-on-windows': ({ value }) => ({
    message: `certificate-key=${showText(value)} is not used on Windows; the key is in the certificate store`,
  }),
  'option/name-check-off': ({ written: isWritten }) => ({
    message: `the name of the server is not checked (tls-target-name-check${isWritten ? '=no' : ' is not set'}): whoever has a certificate of the same CA passes for it`,
    hint: 'set tls-target-name-check=host, as the vendor recommends',
  }),
  'option/client-only': (params) => ({
    message: `${written(params)} has no effect on a server; only clients check a name`,
    hint: 'set it on the client',
  }),
  'option/target-name-too-new': ({ host, packVersion, needed }) => ({
    message:
      packVersion === undefined
        ? `tls-target-name=${showText(host)} needs UNIX Security Pack ${needed} or later`
        : `tls-target-name=${showText(host)} is not known to Security Pack ${showText(packVersion)}; it needs ${needed} or later`,
    hint:
      packVersion === undefined
        ? 'give the release with --pack-version to have this checked'
        : 'update the pack, or connect by a name that the certificate has',
  }),
  'option/target-name-on-windows': ({ host }) => ({
    message: `tls-target-name=${showText(host)} has no effect on Windows; only the UNIX pack knows it`,
    hint: 'connect by a name that the certificate has',
  }),
  'option/protocol-refused': ({ value }) => ({
    message: `sec-protocol=${showText(value)} is refused by current Security Packs`,
    hint: 'leave sec-protocol empty, which takes the highest version from TLS 1.2 up, or set TLSv12 or TLSv13',
  }),
  'option/protocol-legacy': ({ value }) => ({
    message: `sec-protocol=${showText(value)} also accepts TLS 1.1, which is no longer secure (RFC 8996)`,
    hint: 'leave sec-protocol empty, which takes the highest version from TLS 1.2 up',
  }),
  'option/ciphersuites-unknown': ({ unknown, known }) => ({
    message: `ciphersuites names ${unknown.map(showText).join(', ')}, which TLS 1.3 does not have`,
    hint: `choose from ${known.join(':')}; ciphers of TLS 1.2 belong into cipher-list`,
  }),
  'option/cipher-list-empty': ({ value }) => ({
    message: `cipher-list "${escapeInvisible(value)}" selects no cipher of TLS 1.2 or earlier: OpenSSL refuses it`,
    hint: 'try it with openssl ciphers -v LIST; suites of TLS 1.3 belong into ciphersuites',
  }),
  'option/ciphers-without-effect': ({ option, value, protocol, instead }) => ({
    message: `${option}=${showText(value)} has no effect: sec-protocol allows ${protocol} only, which takes its ciphers from ${instead}`,
    hint: `set ${instead}, or allow another version`,
  }),
  'option/no-common-protocol': ({ server, client }) => ({
    message: `the server accepts ${server}, the client ${client}: no version in common`,
    hint: 'leave sec-protocol empty on both sides, or set the same on both',
  }),
  'option/no-common-cipher': ({ version, server, client, keyType, wantsParameters }) => ({
    message: `${version} has no cipher that both sides allow${keyType === undefined ? '' : ` and that goes with the ${keyType} key of the server's certificate`}${wantsParameters ? ' and that works without Diffie-Hellman parameters, which no option names' : ''}: server ${listSome(server)}; client ${listSome(client)}`,
    hint: `let both allow one that is the same, in ${version === 'TLSv1.3' ? 'ciphersuites' : 'cipher-list'}`,
  }),
};

/** The first four of a list, and how many more there are. */
function listSome(names: readonly string[]): string {
  const more = names.length - 4;
  const shown = names.length === 0 ? 'none' : names.slice(0, 4).map(showText).join(', ');
  return `${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
