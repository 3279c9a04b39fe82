/** What came out of a rehearsal: for each target a handshake, what each side saw of the other, and what explains its errors. */
import type { Finding } from '../finding/finding.js';
import type { Side } from '../security-pack/setting.js';
import type { HostOutcome } from '../verify/check-host.js';
import type { Certificate } from '../x509/certificate.js';

/**
 * Where a side met its error, in the order of a connection.
 *
 * files: an option's file could not be read · setup: OpenSSL did not take what the files hold · handshake: the two did
 * not come to terms, or one of them said no with an alert · verification: the certificate of the other side · name:
 * `tls-target-name-check` · exchange: after the handshake.
 */
export type Stage = 'files' | 'setup' | 'handshake' | 'verification' | 'name' | 'exchange';

export interface SideError {
  readonly side: Side;
  readonly stage: Stage;
  /** As Node has it: `ERR_SSL_NO_SHARED_CIPHER`, `CERT_HAS_EXPIRED`, `ENOENT`. */
  readonly code: string;
  /** In the words of OpenSSL or the system. */
  readonly message: string;
  /** The option that is at fault, as it is written, where it is known: `trusted-ca`. */
  readonly option?: string;
  /** `X509_V_ERR_…`, as `openssl verify` numbers it; only of stages `verification`. */
  readonly opensslError?: number;
  /** The alert that the other side sent (RFC 8446 6), which says nothing of its own reasons. */
  readonly alert?: { readonly number: number; readonly name: string };
  /** Only a consequence of what the other side met: an alert, or a connection that it closed. */
  readonly isConsequence: boolean;
  /** What the pre-flight says about the same fault; empty where nothing explains it. */
  readonly explainedBy: readonly Finding[];
}

/** What a side says about the certificate of the other: `not-asked` is a server without tls-mutual. */
export type HandshakeVerdict = 'accepted' | 'refused' | 'not-asked' | 'not-reached';

export interface SideReport {
  /** What it received, in the order it was sent: the other side's own certificate first. */
  readonly received: readonly Certificate[];
  /** False where Node tells the first certificate alone: what else was sent is not known. See `tellsServersEverything`. */
  readonly receivedIsWhole: boolean;
  /** Area `der`: certificates that it received and that certwright cannot read. */
  readonly unreadable: readonly Finding[];
  readonly verdict: HandshakeVerdict;
  /** In the order they came. */
  readonly errors: readonly SideError[];
  /** It does not stand for a configuration but was put there so that the other side can be rehearsed at all. */
  readonly isStandIn: boolean;
}

/**
 * rehearsed: with the CRLs, every certificate of the chain · off: no tls-crl on a side that verifies · not-rehearsed:
 * the CRLs are there, the handshake went without them.
 */
export type RevocationRehearsal = 'rehearsed' | 'off' | 'not-rehearsed';

export interface Rehearsal {
  /** Undefined where the configuration names no target. */
  readonly target: string | undefined;
  /** The name sent as Server Name Indication; undefined where none was sent. */
  readonly serverName: string | undefined;
  /** Both sides finished the handshake, each accepted the other, and a byte went each way. */
  readonly connected: boolean;
  /** `TLSv1.3`; undefined where nothing was agreed on. */
  readonly protocol: string | undefined;
  /** The name that RFCs use: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string | undefined;
  readonly server: SideReport;
  readonly client: SideReport;
  /** Our matcher on the first certificate that the client received; undefined where no name is compared. */
  readonly nameCheck: HostOutcome | undefined;
  readonly revocation: RevocationRehearsal;
  /** Every error of both sides, in the order in which they came. */
  readonly errors: readonly SideError[];
}

export interface RehearsalResult {
  /** True when every rehearsal connected and there was one. */
  readonly ok: boolean;
  /** One for each target, at least one; none where it cannot be made. */
  readonly rehearsals: readonly Rehearsal[];
  /** Of the area `rehearse` alone: those of the pre-flight stand in `explainedBy`. */
  readonly findings: readonly Finding[];
}
