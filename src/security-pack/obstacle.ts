/** What keeps a check from being made. */

/** Another check that failed (`because`, of the other side where `becauseSide` says so), or what nobody has said. */
export type Obstacle =
  { readonly because: string; readonly becauseSide?: 'server' | 'client' } | { readonly reason: ObstacleReason };

export type ObstacleReason =
  /** The option is not set. */
  | 'certificate-not-set'
  | 'certificate-key-not-set'
  | 'trusted-ca-not-set'
  /** The trusted-ca says for what each certificate is trusted, in a way of OpenSSL's own. */
  | 'trust-settings'
  | 'tls-crl-not-set'
  /** The server does not ask for a certificate. */
  | 'not-sent'
  /** A side alone, and nothing is known of what its peer sends or trusts. */
  | 'peer-not-known'
  | 'verifier-not-known'
  | 'name-check-off'
  /** A copy below --root tells nothing of the target machine's permissions. */
  | 'copy'
  /** Windows does it in its own way. */
  | 'windows-fetches'
  | 'windows-store';
