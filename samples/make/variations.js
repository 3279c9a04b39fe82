/** How a faulty configuration comes of a good one: `config/simple`, or mutual TLS between sip1 and stat. */
import { holderOptions, mutualPort, nameCheck, simple, trustedCA } from './configurations.js';

export const sip1Options = { ...holderOptions('sip1'), 'trusted-ca': trustedCA };
const onlyRoot1 = '/etc/sec/ca/example-root-ca-1.pem';
export const broken = '/broken';

/** The same with other options in its section `security`; undefined leaves one out. */
export function change({ security, ...others }, options) {
  const entries = Object.entries({ ...security, ...options }).filter(([, value]) => value !== undefined);
  return { security: Object.fromEntries(entries), ...others };
}

/** The same with an option of its section `security` by another name. */
export function rename({ security, ...others }, from, to) {
  const entries = Object.entries(security).map(([name, value]) => [name === from ? to : name, value]);
  return { security: Object.fromEntries(entries), ...others };
}

export const changeServer = (options) => ({ server: change(simple.server, options) });
export const changeClient = (options) => ({ client: change(simple.client, options) });

/** Mutual TLS between sip1 and stat. */
export const mutualServer = { security: sip1Options, port: mutualPort };
export const mutualClient = { security: { ...holderOptions('stat'), 'trusted-ca': trustedCA, ...nameCheck } };
export const changeMutualServer = (options) => ({
  server: change(mutualServer, options),
  client: mutualClient,
  fault: 'server',
});
export const changeMutualClient = (options) => ({
  server: mutualServer,
  client: change(mutualClient, options),
  fault: 'client',
});

/** Another server than sip1; its client trusts root 1 unless told otherwise. */
export const changeHolder = (holder) => changeServer(holderOptions(holder));
export const changeChain = (file, trusted = onlyRoot1) => ({
  server: change(simple.server, { certificate: `${broken}/chain/${file}` }),
  client: change(simple.client, { 'trusted-ca': trusted }),
  fault: 'server',
});

/** A server whose files lie beside its configuration. */
export function useOwnFiles(name) {
  const folder = `${broken}/config/${name}`;
  return {
    server: change(simple.server, {
      certificate: `${folder}/server-chain.pem`,
      'certificate-key': `${folder}/server-key.pem`,
      'trusted-ca': `${folder}/trusted-ca.pem`,
    }),
    client: change(simple.client, { 'trusted-ca': `${folder}/trusted-ca.pem` }),
    fault: 'server',
  };
}
