/** Codes of the area `rehearse`: how a handshake on this machine came out, beside what the pre-flight says. */
import { entry } from './finding.js';

const handshake = 'OpenSSL in Node, handshake over loopback';

export interface RehearsedTarget {
  /** Empty where the configuration names none. */
  readonly target: string;
}

export const rehearseCatalogue = {
  'rehearse/refused': entry<
    RehearsedTarget & {
      /** The side that said no first. */
      readonly side: string;
      readonly stage: string;
      readonly error: string;
      readonly message: string;
      /** Findings of the pre-flight that explain it, as code and object. */
      readonly causes: readonly string[];
    }
  >({ severity: 'error', reference: handshake }),
  'rehearse/unexplained': entry<
    RehearsedTarget & {
      readonly side: string;
      readonly stage: string;
      readonly error: string;
      readonly message: string;
      /** Codes of the errors of the pre-flight. */
      readonly preflight: readonly string[];
    }
  >({ severity: 'error', reference: handshake }),
  'rehearse/connected-although': entry<RehearsedTarget & { readonly causes: readonly string[] }>({
    severity: 'warning',
    reference: handshake,
  }),
  'rehearse/revocation-not-rehearsed': entry<RehearsedTarget & { readonly message: string }>({
    severity: 'warning',
    reference: 'Node tls, option crl: the whole chain or nothing',
  }),
  'rehearse/stand-in-client': entry<{ readonly trusted: number; readonly mutual: boolean }>({
    severity: 'warning',
    reference: handshake,
  }),
  'rehearse/no-server': entry({ severity: 'error', reference: handshake }),
  'rehearse/windows-store-needed': entry<{
    readonly side: string;
    /** store, certificate or key. */
    readonly missing: string;
    readonly thumbprint: string;
  }>({ severity: 'error', reference: 'Security Deployment Guide, Windows certificate store' }),
};
