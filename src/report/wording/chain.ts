/** The wording of the area `chain`. */
import type { chainCatalogue } from '../../finding/chain.js';
import type { Wording } from './words.js';

/** As many as a line bears; JSON has them all. */
const shown = 8;

function list(items: readonly string[]): string {
  const more = items.length > shown ? ` and ${items.length - shown} more` : '';
  return items.slice(0, shown).join('; ') + more;
}

/** A key identifier is told apart by its digits alone. */
const nameIdentifier = (identifier: string): string =>
  /^[0-9a-f]*$/.test(identifier) ? `the key ${identifier || '(empty)'}` : identifier;

export const chainWording: Wording<typeof chainCatalogue> = {
  'chain/no-certificates': () => ({
    message: 'no certificate to arrange',
    hint: 'name a file that holds the end-entity certificate and its issuers',
  }),
  'chain/several-leaves': ({ leaves }) => ({
    message: `${leaves.length} certificates could be the end entity: ${list(leaves)}`,
    hint: 'choose one with --leaf or with --key, or arrange a chain for each with --each',
  }),
  'chain/leaf-not-found': ({ selector }) => ({
    message: `no certificate answers to --leaf ${selector}`,
    hint: 'a selector is a position (#2), a SHA-1 or SHA-256 thumbprint, or a part of the subject; certwright inspect shows all three',
  }),
  'chain/leaf-ambiguous': ({ selector, leaves }) => ({
    message: `--leaf ${selector} answers to ${leaves.length} certificates: ${list(leaves)}`,
    hint: 'use the thumbprint or the position (#2)',
  }),
  'chain/key-matches-none': ({ key }) => ({
    message: `the private key ${key} belongs to none of the certificates`,
    hint: 'OpenSSL would say "key values mismatch": find the certificate that was issued for this key, or the key of this certificate',
  }),
  'chain/missing-issuer': ({ issuer, keyIdentifier, urls }, { setting }) => {
    const add = setting ? `add it to the file of ${setting.option}` : 'add it to the inputs or give it with --issuers';
    return {
      message: `its issuer is not here: ${issuer}${keyIdentifier ? `, key identifier ${keyIdentifier}` : ''}`,
      hint:
        urls.length > 0
          ? `the issuer's certificate is published at ${list(urls)}; ${add}`
          : `ask the CA for this certificate, then ${add}`,
    };
  },
  'chain/bad-signature': ({ issuer }) => ({
    message: `its signature was not made by the key of ${issuer}, which has the name of its issuer and no other key identifier`,
    hint: 'the certificate was damaged or tampered with, or the CA has another certificate of this name: fetch both again from where they were issued',
  }),
  'chain/path-too-long': ({ allowed, found }) => ({
    message: `allows ${allowed} CA${allowed === 1 ? '' : 's'} below it, and ${found} follow`,
    hint: 'verifiers refuse the chain: have the end entity issued by a CA further up, or the CA issued anew with a longer path length',
  }),
  'chain/near-miss': ({ wanted, reason }) => ({
    message: `has the name of the issuer of ${wanted} but is not it: ${reason}`,
    hint: 'the CA was probably renewed or set up twice under one name: find the certificate that is wanted',
  }),
  'chain/key-identifier-mismatch': ({ issued, wanted, found }) => ({
    message: `signed ${issued}, but that certificate names ${nameIdentifier(wanted)} as its issuer and this one is ${nameIdentifier(found)}`,
    hint: 'OpenSSL does not take it for the issuer: have one of the two issued anew',
  }),
  'chain/issuer-is-no-ca': ({ issued, reason }, { severity }) => ({
    message: `signed ${issued} but is not a CA: ${reason}`,
    hint:
      severity === 'warning'
        ? 'have the root made anew with CA:TRUE; with the same key and name, what it has signed stays good'
        : 'verifiers refuse what it has signed: have the certificate issued by a real CA',
  }),
  'chain/issuer-may-not-sign': ({ issued, keyUsage }) => ({
    message: `signed ${issued}, but its key usage lacks keyCertSign (it has ${keyUsage.join(', ') || 'none'})`,
    hint: 'have the CA certificate issued anew with keyCertSign',
  }),
  'chain/signature-not-checked': ({ issuer, reason }) => ({
    message: `the signature that ${issuer} should have made could not be checked: ${reason}`,
    hint: 'the chain rests on names alone here; use a certificate with an algorithm that OpenSSL knows',
  }),
  'chain/reordered': ({ order }) => ({
    message: `arranged from end entity to root; the certificates stood in the order ${order.join(', ')}`,
  }),
  'chain/not-arranged': ({ reason }) => ({
    message: `is not arranged: ${reason}`,
    hint: 'certwright chain without --check writes it as it should be',
  }),
  'chain/not-rewritten': ({ reason }) => ({
    message: `was left as it is: ${reason}`,
    hint: 'write the chain to a new file with -o instead of --in-place',
  }),
  'chain/duplicate': ({ first }) => ({ message: `is the same certificate as ${first}; left out` }),
  'chain/unrelated': ({ leaf }) => ({
    message: `no signature ties it to the chain of ${leaf}; left out`,
    hint: 'it may stand above an issuer that is missing; if it belongs to a trusted-ca, put it there with certwright bundle add',
  }),
  'chain/on-another-path': ({ leaf }) => ({
    message: `stands on another path from ${leaf}, which was not chosen; left out`,
    hint: 'certwright chain --all-paths lists every path',
  }),
  'chain/several-paths': ({ paths }) => ({
    message: `${paths} paths lead to a root; the best one was taken`,
    hint: 'certwright chain --all-paths lists them with what ends first on each',
  }),
  'chain/completed': ({ issued }) => ({ message: `added from --issuers: it issued ${issued}` }),
  'chain/root-omitted': () => ({
    message: 'left out as --root omit asks',
    hint: 'the Security Pack wants the root in the file; plain TLS does not',
  }),
  'chain/root-not-trusted': (_, { setting }) => ({
    message: setting
      ? `is the root of the chain, but not among the trusted CAs of the ${setting.side}`
      : 'is the root of the chain, but not among the --trusted-ca certificates',
    hint: setting
      ? `make sure that it is the right one, then add it to the trusted-ca of the ${setting.side}`
      : 'add it to the trusted-ca of the other side, or check that the right bundle was given',
  }),
  'chain/search-cut-short': ({ limit }) => ({
    message: `so many cross-certificates lead up from here that the search stopped after ${limit} steps`,
    hint: 'leave out cross-certificates that are not needed',
  }),
};
