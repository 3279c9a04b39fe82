/**
 * What people give as the host to check: a name, an address, with a port or without, a SIP URI, a `contact=` value.
 *
 * Only the host takes part in a name check; everything else is cut off here and said. What cannot be taken apart
 * safely is refused: guessing at the host of a malformed URI could turn a wrong target into a match.
 */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { parseIPAddress } from '../names/ip-address.js';
import { readUriHost, splitHostPort, type UriHost } from './uri-host.js';

/** What the text was: a bare host, an address of its own, a host with a port, a URI, or a SIP address without scheme. */
export type TargetForm = 'host' | 'address' | 'host-port' | 'sip-uri' | 'sip-address' | 'url';

export interface Target {
  /** As it was given. */
  readonly text: string;
  /** The host to compare, an IPv6 address without brackets; undefined when the text is malformed. */
  readonly host: string | undefined;
  readonly form: TargetForm | undefined;
  /** 1 to 65535. */
  readonly port?: number;
  /** The scheme of a URI, in lower case. */
  readonly scheme?: string;
  /** The `transport` parameter of a SIP URI, in lower case. */
  readonly transport?: string;
  /** An error where the text is malformed; infos and warnings for what was cut off. */
  readonly findings: readonly Finding[];
}

/** Why a target is refused; becomes the finding `host/target-malformed`. */
class MalformedTarget {
  constructor(readonly detail: string) {}
}

interface Parsed {
  readonly host: string;
  readonly form: TargetForm;
  readonly port: number | undefined;
  readonly scheme?: string;
  readonly transport?: string;
  /** What was cut off, beside the port, in words of the RFC. */
  readonly dropped: readonly string[];
}

/** The URI inside a name-addr, `"Fly" <sip:5000@fly.example.com>;tag=1` (RFC 3261 25.1), and whether there was one. */
function unwrapNameAddr(text: string): { readonly uri: string; readonly isWrapped: boolean } | MalformedTarget {
  // Angle brackets inside the quoted display name do not count.
  const unquoted = text.replace(/^\s*"(?:[^"\\]|\\.)*"\s*/s, '');
  if (!/[<>]/.test(unquoted)) {
    return unquoted === text ? { uri: text, isWrapped: false } : new MalformedTarget('a display name without <…>');
  }
  const [, uri] = /^[^<>]*<([^<>]*)>[^<>]*$/s.exec(unquoted) ?? [];
  return uri === undefined ? new MalformedTarget('angle brackets that do not pair') : { uri, isWrapped: true };
}

function parsePort(port: string | undefined): number | undefined | MalformedTarget {
  if (port === undefined) return undefined;
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
  return isPort ? Number(port) : new MalformedTarget(`the port "${port}" is no number from 1 to 65535`);
}

/** What may stand in a host at all; whether it is a proper name is the matcher's business. */
function findHostFault(host: string): string | undefined {
  if (host === '') return 'no host in it';
  if (host.includes(':')) return parseIPAddress(host) ? undefined : `"${host}" is no IPv6 address`;
  // As most hosts are; the classes of Unicode take longer to build than the rest of the check.
  if (/^[\w.*-]+$/.test(host)) return undefined;
  const [bad] = /[\s"#%&(),/;<=>?@[\\\]^`{|}\p{Cc}\p{Cf}]/u.exec(host) ?? [];
  if (bad === undefined) return undefined;
  const point = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${point}${/[!-~]/.test(bad) ? ` ("${bad}")` : ''} cannot stand in a host`;
}

function describeUri(uri: UriHost, form: TargetForm, wrapped: boolean): Parsed | MalformedTarget {
  const port = parsePort(uri.port);
  if (port instanceof MalformedTarget) return port;
  const fault = findHostFault(uri.host);
  if (fault !== undefined) return new MalformedTarget(fault);
  const [parameters = '', headers] = form === 'url' ? ['', undefined] : uri.rest.split(/\?(.*)/s);
  const transport = /;transport=([^;]*)/i.exec(parameters)?.[1]?.toLowerCase();
  const dropped = [
    ...(wrapped ? ['display name'] : []),
    ...(uri.scheme === '' ? [] : ['scheme']),
    ...(uri.hasUser ? ['user'] : []),
    ...(parameters === '' ? [] : ['parameters']),
    ...(headers === undefined ? [] : ['headers']),
    ...(form === 'url' && uri.rest !== '' ? ['path'] : []),
  ];
  const known = { ...(uri.scheme !== '' && { scheme: uri.scheme }), ...(transport !== undefined && { transport }) };
  return { host: uri.host, form, port, dropped, ...known };
}

function parseBare(text: string): Parsed | MalformedTarget {
  if (parseIPAddress(text)) return { host: text, form: 'address', port: undefined, dropped: [] };
  const split = splitHostPort(text);
  if (!split)
    return new MalformedTarget('neither a host nor host:port; an IPv6 address with a port stands in brackets');
  const port = parsePort(split.port);
  if (port instanceof MalformedTarget) return port;
  if (text.startsWith('[') && !split.host.includes(':')) return new MalformedTarget('brackets without an IPv6 address');
  const fault = findHostFault(split.host);
  if (fault !== undefined) return new MalformedTarget(fault);
  const form = port === undefined ? (text.startsWith('[') ? 'address' : 'host') : 'host-port';
  return { host: split.host, form, port, dropped: [] };
}

const hostlessScheme = /^(?:mailto|tel|fax|h323|im|pres|xmpp|urn|news):/i;

function parse(text: string): Parsed | MalformedTarget {
  if (text.includes('\0')) return new MalformedTarget('a NUL character');
  const isContact = /^contact=/i.test(text);
  const unwrapped = unwrapNameAddr(text.replace(/^contact=/i, ''));
  if (unwrapped instanceof MalformedTarget) return unwrapped;
  const { uri: written, isWrapped } = unwrapped;
  if (written === '') return new MalformedTarget('nothing is left of it');
  // Some programs read a backslash as a slash, and then another host.
  if (written.includes('\\')) return new MalformedTarget('a backslash');
  if (hostlessScheme.test(written)) return new MalformedTarget('a URI of a kind that has no host');
  const uri = readUriHost(written);
  if (uri) {
    const isSip = uri.scheme === 'sip' || uri.scheme === 'sips';
    return describeUri(uri, isSip ? 'sip-uri' : 'url', isWrapped);
  }
  if (/^sips?:|^[a-z][a-z0-9+.-]*:\/\//i.test(written))
    return new MalformedTarget('a URI whose host cannot be made out');
  // A SIP address without its scheme: `5000@fly.example.com;transport=tls`, or the value of contact=.
  if (isContact || isWrapped || /[@;]/.test(written)) {
    const address = readUriHost(`sip:${written}`);
    if (!address) return new MalformedTarget('a SIP address whose host cannot be made out');
    return describeUri({ ...address, scheme: '' }, 'sip-address', isWrapped);
  }
  return parseBare(written);
}

function reportParts(parsed: Parsed): Finding[] {
  const { host, form, port, dropped, scheme, transport } = parsed;
  const subject = { kind: 'name', name: host } as const;
  const findings: Finding[] = [];
  if (dropped.length > 0) findings.push(createFinding('host/target-from-uri', subject, { host, form, dropped }));
  if (port !== undefined) findings.push(createFinding('host/target-port-dropped', subject, { host, port }));
  // Secure SIP Signaling: with sips, transport tcp or tls both mean TLS; with sip only transport=tls does.
  const isPlainSip = scheme === 'sip' || (scheme === undefined && form === 'sip-address');
  if (isPlainSip && transport !== 'tls') {
    findings.push(createFinding('host/target-not-tls', subject, { host, transport: transport ?? '' }));
  }
  return findings;
}

/**
 * Takes the host out of what a configuration or a person calls a target (RFC 3986 3.2, RFC 3261 19.1 and 20.10).
 *
 * @param text `host`, `host:port`, `[IPv6]:port`, an IP address, a `sip:` or `sips:` URI with user, password, parameters
 * and headers, also in angle brackets with a display name, the same after `contact=`, or a URL with `//`.
 * @returns the host and what the text was, with findings for everything that was cut off; `host` is undefined and
 * the finding `host/target-malformed` when no host can be made out. Never throws. Escapes are not decoded, and
 * whether the host is a proper name is not checked.
 */
export function parseTarget(text: string): Target {
  const trimmed = text.trim();
  const parsed = parse(trimmed);
  if (parsed instanceof MalformedTarget) {
    const { detail } = parsed;
    const subject = { kind: 'name', name: text } as const;
    const finding = createFinding('host/target-malformed', subject, { text, detail });
    return { text, host: undefined, form: undefined, findings: [finding] };
  }
  const { host, form, port, scheme, transport } = parsed;
  const blanks = trimmed === text ? [] : [createFinding('host/target-blanks', { kind: 'name', name: host }, { host })];
  return {
    text,
    host,
    form,
    ...(port !== undefined && { port }),
    ...(scheme !== undefined && { scheme }),
    ...(transport !== undefined && { transport }),
    findings: [...blanks, ...reportParts(parsed)],
  };
}
