/** The scheme, user part, host and port of a URI, as far as a name check needs them (RFC 3986 3 and RFC 3261 19.1). */

export interface UriHost {
  /** In lower case. */
  readonly scheme: string;
  readonly hasUser: boolean;
  /** As written; an IPv6 address without its brackets. */
  readonly host: string;
  /** The text after the colon, which may be empty or no number. */
  readonly port: string | undefined;
  /** What follows host and port: path, parameters, headers. */
  readonly rest: string;
}

export interface HostPort {
  readonly host: string;
  readonly port: string | undefined;
}

/** Splits `host`, `host:port`, `[address]` or `[address]:port`; undefined when the brackets or colons do not fit. */
export function splitHostPort(text: string): HostPort | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? undefined : { host, port };
}

/**
 * Reads the host of a `sip:` or `sips:` URI or of a URI with `//`; undefined for any other, and for one whose
 * authority does not parse. Escapes (`%41`) are not decoded: no host name needs them.
 */
export function readUriHost(uri: string): UriHost | undefined {
  const [, scheme = '', slashes = '', tail = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/)?(.*)$/s.exec(uri) ?? [];
  const name = scheme.toLowerCase();
  const isSip = (name === 'sip' || name === 'sips') && slashes === '';
  if (!isSip && slashes === '') return undefined;
  // The user part of a SIP URI may hold `;`, `?` and `/`: it ends at the only `@` that may stand there unescaped.
  const authority = isSip ? tail : (/^[^/?#]*/.exec(tail)?.[0] ?? '');
  const at = authority.lastIndexOf('@');
  if (at !== authority.indexOf('@')) return undefined;
  const afterUser = authority.slice(at + 1);
  const written = isSip ? (/^[^;?]*/.exec(afterUser)?.[0] ?? '') : afterUser;
  const split = splitHostPort(written);
  if (!split) return undefined;
  const rest = tail.slice(at + 1 + written.length);
  return { scheme: name, hasUser: at >= 0, ...split, rest };
}
