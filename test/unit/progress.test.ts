/** Whatever looks into many certificates says how many of them it has done. */
import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../src/bundle/build-bundle.js';
import { checkBundle } from '../../src/bundle/check-bundle.js';
import { addToBundle, removeFromBundle } from '../../src/bundle/edit-bundle.js';
import { listBundle } from '../../src/bundle/list-bundle.js';
import type { OnProgress } from '../../src/chain/issuer-index.js';
import { orderChain, orderChains } from '../../src/chain/order-chain.js';
import type { InputObject } from '../../src/containers/input-object.js';
import { checkCertificates } from '../../src/hostname/check-certificates.js';
import { inspectObjects } from '../../src/report/inspection.js';
import { checkCertificates as checkRevocations } from '../../src/revocation/check-certificates.js';
import { chooseTargets } from '../../src/verify/choose-targets.js';
import { asCertificates } from '../support/parsed.js';
import { makeChain } from '../support/pki.js';

const at = new Date('2026-11-21T00:00:00Z');
const five = asCertificates(makeChain(5));
const objects = five.map(({ der }, index): InputObject => {
  return { kind: 'certificate', der, container: 'der', origin: { file: `${index}.cer` } };
});

const cas = five.slice(1);

type Work = (certificates: typeof five, onProgress: OnProgress) => unknown;
const work: Readonly<Record<string, Work>> = {
  orderChain: (certificates, onProgress) => orderChain(certificates, { at, onProgress }),
  orderChains: (certificates, onProgress) => orderChains(certificates, { at, onProgress }),
  listBundle: (certificates, onProgress) => listBundle(certificates, onProgress),
  'checkCertificates of hosts': (certificates, onProgress) =>
    checkCertificates(certificates, ['sip.example.com'], { profile: 'openssl', which: 'all', onProgress }),
  'checkCertificates against CRLs': (certificates, onProgress) =>
    checkRevocations({ certificates, issuers: [], crls: [], at, scope: 'chain', onProgress }),
  chooseTargets: (certificates, onProgress) => chooseTargets([{ certificates, ordered: true }], 'each', onProgress),
  inspectObjects: (certificates, onProgress) => inspectObjects({ objects, certificates, crls: [] }, at, onProgress),
};

/** What is no CA is told by its extensions. */
const workOnCAs: Readonly<Record<string, Work>> = {
  buildBundle: (certificates, onProgress) => buildBundle(certificates, { at, onProgress }),
  checkBundle: (certificates, onProgress) => checkBundle(certificates, { at, name: 'trusted-ca.pem', onProgress }),
  addToBundle: (certificates, onProgress) =>
    addToBundle(certificates.slice(2), certificates.slice(0, 2), { at, onProgress }),
  removeFromBundle: (certificates, onProgress) =>
    removeFromBundle(certificates, [], { name: 'trusted-ca.pem', onProgress }),
};

describe('work on many certificates', () => {
  it.each([
    ...Object.entries(work).map(([name, run]) => ({ name, run, certificates: five })),
    ...Object.entries(workOnCAs).map(([name, run]) => ({ name, run, certificates: cas })),
  ])('$name says of how many it has been done, until it has of all', ({ run, certificates }) => {
    const told: [number, number][] = [];
    run(certificates, (done, total) => told.push([done, total]));
    expect(told).toEqual(certificates.map((_, position) => [position + 1, certificates.length]));
  });
});
