/**
 * Whole configurations, a server and a client each, for `samples/config`: what the Security Pack reads, with the paths of
 * the machine that they are for. A configuration file is given as its sections, an option a property.
 */

/** @typedef {Record<string, Record<string, string>>} Sections by the name between the brackets */

const folder = '/etc/sec';
export const trustedCA = `${folder}/ca/trusted-ca.pem`;
export const tlsCRL = `${folder}/crl/tls-crl.pem`;
const sipCA = `${folder}/sip/trusted-ca.pem`;

/** Certificate and key of a holder of `etc/sec/certs`. */
export const holderOptions = (holder) => ({
  certificate: `${folder}/certs/${holder}-chain.pem`,
  'certificate-key': `${folder}/certs/${holder}-key.pem`,
});

const sipHolderOptions = (holder) => ({
  certificate: `${folder}/sip/${holder}-chain.pem`,
  'certificate-key': `${folder}/sip/${holder}-key.pem`,
});

export const nameCheck = { 'tls-target-name-check': 'host' };
export const tlsPort = { transport: 'tls=1' };
export const mutualPort = { transport: 'tls=1;tls-mutual=1' };

/** @param {Record<string, string>} options */
export const asTransport = (options) =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(';');

/** An INI file: the remark as comment, then each section. @param {string} remark @param {Sections} sections */
export function renderINI(remark, sections) {
  const parts = Object.entries(sections).map(([name, options]) =>
    [`[${name}]`, ...Object.entries(options).map(([option, value]) => `${option}=${value}`), ''].join('\n'),
  );
  return [`; ${remark}\n`, ...parts].join('\n');
}

/** A SIP Endpoint SDK document. @param {string} remark @param {Record<string, string>} options of its section `security` */
export function renderEndpoint(remark, server, options) {
  const settings = Object.entries(options).map(
    ([name, value]) => `          <setting name="${name}" value="${value}"/>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- ${remark} -->
<SipEndpoint xmlns="http://schemas.genesyslab.com/2009/sipendpoint">
  <Container name="Basic">
    <Connectivity user="4711" server="${server}" protocol="TLS"/>
  </Container>
  <Container name="Genesys">
    <settings version="1.0" xmlns="http://www.genesyslab.com/sip">
      <domain name="system">
        <section name="security">
${settings.join('\n')}
        </section>
      </domain>
    </settings>
  </Container>
</SipEndpoint>
`;
}

export const simple = {
  server: { security: { ...holderOptions('sip1'), 'trusted-ca': trustedCA }, port: tlsPort },
  client: { security: { 'trusted-ca': trustedCA, ...nameCheck } },
};

const mutual = {
  server: { security: { ...holderOptions('framework'), 'trusted-ca': trustedCA }, port: mutualPort },
  client: { security: { ...holderOptions('stat'), 'trusted-ca': trustedCA, 'tls-crl': tlsCRL, ...nameCheck } },
};

export const endpointServer = {
  security: { ...holderOptions('sip1'), 'trusted-ca': sipCA },
  port: mutualPort,
};
export const endpointAddress = 'sip1.fly.example.com:5061';
const endpointOptions = { ...sipHolderOptions('endpoint'), 'trusted-ca': trustedCA, ...nameCheck };

/** What the DNS says of the pool is not in any file: `_sips._tls.fly.example.com` leads to both proxies, port 5061. */
export const sipProxy = {
  server: {
    security: { ...sipHolderOptions('sip-proxy'), 'trusted-ca': sipCA },
    'sip-proxy sip-proxy-1': { 'tls-port': '5061', protocol: 'tls' },
    'sip-proxy sip-proxy-2': { 'tls-port': '5061', protocol: 'tls' },
  },
  client: {
    security: { 'trusted-ca': sipCA, 'tls-crl': `${folder}/sip/tls-crl.pem`, ...nameCheck },
    sip: { contact: 'sip:fly.example.com;transport=tls', 'sip-port-tls': '5061' },
  },
};

/** Three levels: the port asks for mutual TLS, the application has a set of its own, the host one for all others. */
const levels = {
  server: {
    host: { ...holderOptions('ha-pair'), 'trusted-ca': trustedCA },
    application: { ...holderOptions('framework'), 'trusted-ca': trustedCA },
    port: mutualPort,
  },
  client: {
    host: { 'trusted-ca': `${folder}/ca/trusted-ca-root-1-only.pem`, ...nameCheck },
    connection: {
      transport: asTransport({ ...holderOptions('stat'), 'trusted-ca': trustedCA, 'tls-crl': tlsCRL, ...nameCheck }),
    },
  },
};

const withOptions = ({ security, ...others }, options) => ({ security: { ...security, ...options }, ...others });

const tls13 = { 'sec-protocol': 'TLSv13', ciphersuites: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256' };

/** The thumbprint as the Windows certificate manager shows it: `89 A0 C1 …`. */
export const windowsServer = (thumbprint) => ({ security: { certificate: thumbprint }, port: tlsPort });

/** @param {string} thumbprint SHA-1 of sip1 @returns files of `samples/config` */
export function listConfigurations(thumbprint) {
  const renderPair = (name, remark, { server, client }) => ({
    [`${name}/server.ini`]: renderINI(remark, server),
    [`${name}/client.ini`]: renderINI(remark, client),
  });
  const endpointRemark = 'A SIP endpoint and its SIP server, mutual TLS: each trusts the CA of the other';
  return {
    ...renderPair('simple', 'Simple TLS: the client verifies the server', simple),
    ...renderPair('mutual', 'Mutual TLS: each verifies the other, the client with CRLs', mutual),
    ...renderPair('mutual-crl', 'Mutual TLS with CRLs on both sides', {
      ...mutual,
      server: withOptions(mutual.server, { 'tls-crl': tlsCRL }),
    }),
    ...renderPair('tls-1.3', 'TLS 1.3 and nothing else', {
      server: withOptions(simple.server, tls13),
      client: withOptions(simple.client, tls13),
    }),
    ...renderPair('ha-pair', 'One certificate for ha1.fly.example.com and ha2.fly.example.com', {
      server: { security: { ...holderOptions('ha-pair'), 'trusted-ca': trustedCA }, port: tlsPort },
      client: { security: { 'trusted-ca': trustedCA, 'tls-crl': tlsCRL, ...nameCheck } },
    }),
    ...renderPair('levels', 'Options at host, application and port or connection', levels),
    ...renderPair('windows', 'A server on Windows, its certificate in the store; a client on UNIX', {
      server: windowsServer(thumbprint),
      client: simple.client,
    }),
    ...renderPair('sip-proxy', 'A pool of two SIP proxies behind fly.example.com, the same TLS port on both', sipProxy),
    'endpoint/server.ini': renderINI(endpointRemark, endpointServer),
    'endpoint/client.xml': renderEndpoint(endpointRemark, endpointAddress, endpointOptions),
  };
}
