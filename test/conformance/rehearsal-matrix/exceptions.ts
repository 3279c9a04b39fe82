/**
 * Errors of the pre-flight about configurations with which a handshake connects, by code, each with its reason: rules of
 * the Security Pack that OpenSSL alone does not have, and options that the pack reads and OpenSSL never sees.
 */
export const exceptions: Readonly<Record<string, string>> = {
  'chain/missing-issuer':
    'the pack wants the whole chain up to the root in the configured files, even where the trusted-ca could fill the gap; OpenSSL takes what it needs from either',
  'option/mandatory-missing': 'every UNIX server must name its trusted-ca, even one that verifies nobody',
  'option/unknown-value':
    'what the pack makes of a value that it does not know is not documented; the rehearsal goes on with the default',
  'option/wrong-case': 'the option goes unread: the handshake connects, without the check that was meant',
  'option/tls-not-set': 'the port is not secure at all; the rehearsal is of the TLS that was meant',
  'option/blanks-in-transport':
    'tls-mutual goes unread: the handshake connects because nobody asks the client for its certificate',
  'option/ciphersuites-unknown':
    'OpenSSL 3.0 passes over an unknown suite beside a known one, OpenSSL 1.1.1 refused the whole list; which the pack has is not documented',
  'option/target-name-too-new': 'the pack ignores tls-target-name: the name that it compares instead happens to match',
  'option/target-name-on-windows':
    'Windows ignores tls-target-name: the name that it compares instead happens to match',
};

/** Configurations, by the start of their names, with which OpenSSL 3.0 connects and a newer one, or a newer Node, does not. */
export const onlyOpenSSL30: Readonly<Record<string, string>> = {
  'CRLs: a delta alone': 'OpenSSL 3.5 wants a complete CRL beside a delta',
  'strength: RSA of 1024 bits': 'Node 24 sets security level 2 where nobody sets one',
  'protocol: CCM with short tags': 'OpenSSL 3.5 takes the short tags for weaker than security level 1',
};
