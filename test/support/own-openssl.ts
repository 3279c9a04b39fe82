/**
 * Node's own OpenSSL and TLS, which some tests hold the models against. The models are of OpenSSL 3.0, as the Security Pack
 * has it, and of the host names of Node 20; a newer Node answers differently here and there, and proves nothing then.
 */
import { tellsServersEverything } from '../../src/handshake/sent-certificates.js';

export interface Modelled {
  readonly isHere: boolean;
  /** `` or ` (skipped: …)`: goes to the end of a test's name. */
  readonly skipReason: string;
}

function model(isHere: boolean, what: string): Modelled {
  const { node, openssl } = process.versions;
  return { isHere, skipReason: isHere ? '' : ` (skipped: modelled on ${what}, this is Node ${node} with ${openssl})` };
}

export const openssl30 = model(process.versions.openssl.startsWith('3.0.'), 'OpenSSL 3.0');
/** What the documents show of `rehearse`, a server on a newer Node is not told. */
export const upToNode22 = model(tellsServersEverything, 'Node 20 and 22');
export const node20 = model(process.versions.node.startsWith('20.'), 'Node 20');
