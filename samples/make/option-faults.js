/** Samples of `broken/config` whose options are at fault: names, values, levels, protocols, SIP settings, and paths to files. */
import {
  asTransport,
  endpointAddress,
  endpointServer,
  holderOptions,
  nameCheck,
  renderEndpoint,
  simple,
  sipProxy,
  tlsPort,
  trustedCA,
  windowsServer,
} from './configurations.js';
import {
  sip1Options,
  broken,
  change,
  rename,
  changeServer,
  changeClient,
  mutualServer,
  mutualClient,
  changeMutualClient,
} from './variations.js';

/** The server is on Windows, and its store holds sip1. */
const windowsOptions =
  '--server-platform windows --windows-store samples/etc/sec/certs/sip1-combined.pem,samples/etc/sec/ca/trusted-ca.pem';

export const listOptionFaults = () => ({
  'wrong-case-option': {
    shows: '`Trusted-CA`: names of options are case-sensitive, so it goes unread',
    client: rename(simple.client, 'trusted-ca', 'Trusted-CA'),
  },
  'wrong-case-value': {
    shows: '`Host`: values are case-sensitive too',
    ...changeClient({ 'tls-target-name-check': 'Host' }),
  },
  'unknown-value': {
    shows: '`TLSv1.2`, as OpenSSL writes it: the Security Pack wants `TLSv12`',
    ...changeServer({ 'sec-protocol': 'TLSv1.2' }),
  },
  'misspelt-option': {
    shows: '`certificate_key` with an underscore goes unread: a certificate without its key',
    server: rename(simple.server, 'certificate-key', 'certificate_key'),
  },
  'older-names': {
    shows: 'the older names of three options: read, but worth renewing',
    server: rename(
      rename(rename(simple.server, 'certificate', 'cert_file'), 'certificate-key', 'priv_key_file'),
      'trusted-ca',
      'ca_list_file',
    ),
  },
  'both-names-set': {
    shows: '`certificate` and its older name `cert_file`, with different files: the new name wins',
    ...changeServer({ cert_file: holderOptions('ha-pair').certificate }),
  },
  'blanks-in-transport': {
    shows: 'a blank after the semicolon: `tls-mutual` goes unread, and nobody asks the client for a certificate',
    server: { ...mutualServer, port: { transport: 'tls=1; tls-mutual=1' } },
    client: mutualClient,
    fault: 'server',
  },
  'split-over-levels': {
    shows: 'the certificate at host level, its key at application level: a level is all or nothing',
    server: {
      host: { certificate: sip1Options.certificate, 'trusted-ca': trustedCA },
      application: { 'certificate-key': sip1Options['certificate-key'] },
      port: tlsPort,
    },
  },
  'transport-without-key': {
    shows: 'the port has a certificate of its own and no key: that of the application does not count',
    server: {
      application: sip1Options,
      port: { transport: asTransport({ tls: '1', certificate: sip1Options.certificate, 'trusted-ca': trustedCA }) },
    },
  },
  'key-without-certificate': {
    shows: 'a key and no certificate',
    ...changeServer({ certificate: undefined }),
  },
  'certificate-without-key': {
    shows: 'a certificate and no key',
    ...changeServer({ 'certificate-key': undefined }),
  },
  'trusted-ca-missing': {
    shows: 'a client that trusts nobody',
    ...changeClient({ 'trusted-ca': undefined }),
  },
  'server-trusted-ca-missing': {
    shows: 'a server on UNIX has to name its trusted CAs, even where it verifies nobody',
    ...changeServer({ 'trusted-ca': undefined }),
  },
  'client-without-certificate': {
    shows: 'the server asks for a certificate, and the client has none',
    ...changeMutualClient({ certificate: undefined, 'certificate-key': undefined }),
  },
});

export const listFileFaults = () => ({
  'file-missing': {
    shows: 'a file that is not there',
    ...changeServer({ 'certificate-key': '/etc/sec/certs/sip1.key' }),
  },
  'relative-path': {
    shows: 'a path that depends on where the application was started',
    ...changeServer({ certificate: 'certs/sip1-chain.pem' }),
  },
  'not-pem': {
    shows: 'PKCS#12 where PEM should be',
    ...changeServer({ certificate: '/etc/sec/certs/sip1.p12' }),
  },
  'four-dashes': {
    shows: 'the trusted CAs with the four dashes of a sample in the guide: nothing is read',
    ...changeClient({ 'trusted-ca': `${broken}/config/four-dashes/trusted-ca.pem` }),
  },
  'key-of-another-certificate': {
    shows: "sip1's certificate with ha-pair's key",
    ...changeServer({ 'certificate-key': holderOptions('ha-pair')['certificate-key'] }),
  },
  'encrypted-key': {
    shows: 'a key with a password, and nobody there to enter it',
    ...changeMutualClient(holderOptions('agent-desktop')),
  },
  'thumbprint-malformed': {
    shows: 'a thumbprint whose last pair was not copied: 38 digits of 40',
    server: (thumbprint) => windowsServer(thumbprint.slice(0, -3)),
    options: windowsOptions,
  },
  'thumbprint-pasted': {
    shows: 'pasted with colons, in lower case and with an invisible U+200E in front: the right one, once it is cleaned',
    server: (thumbprint) => windowsServer(`\u200e${thumbprint.replaceAll(' ', ':').toLowerCase()}`),
    options: windowsOptions,
  },
  'thumbprint-not-in-store': {
    shows: 'a whole thumbprint, and no certificate in the store that has it',
    server: (thumbprint) => windowsServer(thumbprint),
    options:
      '--server-platform windows --windows-store samples/etc/sec/certs/ha-pair-combined.pem,samples/etc/sec/ca/trusted-ca.pem',
  },
  'thumbprint-on-unix': {
    shows: 'a thumbprint where UNIX wants a path',
    server: (thumbprint) => change(simple.server, { certificate: thumbprint }),
  },
});

export const listProtocolFaults = () => {
  const tls12 = { 'sec-protocol': 'TLSv12' };
  return {
    'protocols-disjoint': {
      shows: 'the server speaks TLS 1.2 alone, the client TLS 1.3 alone',
      server: change(simple.server, tls12),
      client: change(simple.client, { 'sec-protocol': 'TLSv13' }),
      fault: 'client',
    },
    'ciphers-disjoint': {
      shows: 'TLS 1.2, and no cipher that both have',
      server: change(simple.server, { ...tls12, 'cipher-list': 'ECDHE-RSA-AES256-GCM-SHA384' }),
      client: change(simple.client, { ...tls12, 'cipher-list': 'ECDHE-RSA-AES128-GCM-SHA256' }),
      fault: 'client',
    },
    'cipher-of-another-key': {
      shows: 'TLS 1.2 with ciphers for ECDSA keys, and an RSA key',
      ...changeServer({ ...tls12, 'cipher-list': 'ECDHE-ECDSA-AES256-GCM-SHA384' }),
    },
    'unknown-cipher': {
      shows: 'a cipher that OpenSSL does not know',
      ...changeServer({ ...tls12, 'cipher-list': 'ECDHE-RSA-AES512-GCM-SHA384' }),
    },
    'unknown-ciphersuite': {
      shows: '`TLS_AES_256_GCM_SHA385`: there is none',
      ...changeServer({ 'sec-protocol': 'TLSv13', ciphersuites: 'TLS_AES_256_GCM_SHA385' }),
    },
    'cipher-list-for-tls-1.3': {
      shows: 'TLS 1.3 alone with a `cipher-list`, which is for TLS 1.2: it does nothing',
      ...changeServer({ 'sec-protocol': 'TLSv13', 'cipher-list': 'ECDHE-RSA-AES256-GCM-SHA384' }),
    },
  };
};

export const listSIPFaults = () => {
  const domain = { server: sipProxy.server, target: 'fly.example.com' };
  const endpoint = { 'trusted-ca': trustedCA, ...nameCheck };
  return {
    'sips-through-proxy': {
      shows: '`sips:` in a contact: SIP Proxy does not support it',
      ...domain,
      client: { ...sipProxy.client, sip: { ...sipProxy.client.sip, contact: 'sips:fly.example.com;transport=tls' } },
      fault: 'client',
    },
    'pool-ports-differ': {
      shows: 'two proxies of one pool with different TLS ports',
      ...domain,
      server: { ...sipProxy.server, 'sip-proxy sip-proxy-2': { 'tls-port': '5062', protocol: 'tls' } },
      client: sipProxy.client,
      fault: 'server',
    },
    'sip-port-tls-differs': {
      shows: 'a `sip-port-tls` that no proxy of the pool listens on',
      ...domain,
      client: { ...sipProxy.client, sip: { ...sipProxy.client.sip, 'sip-port-tls': '5071' } },
      fault: 'client',
    },
    'endpoint-without-certificate': {
      shows: 'an endpoint without certificate and key: it can call, and cannot be called',
      server: { ...endpointServer, port: tlsPort },
      client: (_, remark) => renderEndpoint(remark, endpointAddress, endpoint),
      fault: 'client',
    },
  };
};
