/**
 * Options as they were written, before anybody judges them: which level they stand at, in which file and line. The
 * readers (INI, transport parameters, SIP Endpoint XML, flags) all give this, and nothing behind them knows the format.
 */
import type { Finding, Origin } from '../finding/finding.js';

export type Side = 'server' | 'client';
export type Platform = 'unix' | 'windows';

/**
 * Where an option stands, the most specific first (Security Deployment Guide, levels). `unnamed` is a plain `[security]`
 * section, or flags: one level, whichever it is on the target machine.
 */
export const levelKinds = ['connection', 'application', 'host', 'unnamed'] as const;
export type LevelKind = (typeof levelKinds)[number];

/** One option, exactly as written. */
export interface Setting {
  /** The name as written: any case, legacy or unknown. */
  readonly name: string;
  readonly value: string;
  /** The file and line of the option; for flags the file is `command line`. */
  readonly origin: Origin;
  /** transport: from transport parameters, where blanks and the place count. */
  readonly source: 'ini' | 'transport' | 'endpoint' | 'flag';
}

export interface Level {
  readonly kind: LevelKind;
  /** As people know it: `[security]`, `[port]`, `transport parameters`, `command line`. */
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** A SIP endpoint setting that carries a name or a port: `contact`, `server`, `tls-port`, `sip-port-tls` … */
export interface SIPSetting extends Setting {
  /** The section or element that it stands in, as people know it; names the member of a proxy pool. */
  readonly section: string;
}

/** What one source of one side says. */
export interface SettingsSource {
  readonly levels: readonly Level[];
  readonly sip: readonly SIPSetting[];
  /** endpoint: a SIP Endpoint SDK document, which works without certificate and key for outgoing calls. */
  readonly application: 'any' | 'endpoint' | 'sip-proxy';
  /** About the form of the source: lines that are no options, damaged XML. */
  readonly findings: readonly Finding[];
}
