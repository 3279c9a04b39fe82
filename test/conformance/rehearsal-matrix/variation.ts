/** What a row of the tables is: one change to a sound configuration, and what both commands are to make of it. */
import type { Side } from '../../../src/security-pack/setting.js';
import type { Holder } from '../../support/pki.js';
import type { LeafKind } from './material.js';
import { changeSide, type Scene } from './scene.js';
import { issuing, policy, root } from './material.js';

/** The sound configuration that a row changes. */
export interface Base {
  readonly mutual: boolean;
  readonly protocol: 'default' | 'TLS 1.2' | 'TLS 1.3' | 'server strict' | 'client strict';
  /** Who has a tls-crl that covers the whole chain. */
  readonly crls: boolean;
  readonly nameCheck: boolean;
  readonly kind: LeafKind;
}

/** Who shows the certificate that the row is about, and who looks at it. */
export interface Cast {
  readonly presenter: Side;
  readonly verifier: Side;
  /** The presenter's own certificate. */
  readonly leaf: Holder;
}

/**
 * connects: both are content · cause: both refuse, and the finding of this code explains the handshake's error ·
 * stricter: the handshake connects, and the pre-flight's errors are of these codes, each argued for in `exceptions.ts`.
 */
export type Expected = 'connects' | { readonly cause: string } | { readonly stricter: string };

export interface Variation {
  readonly name: string;
  readonly expected: Expected;
  readonly apply: (scene: Scene, cast: Cast) => Scene;
  /** What the row needs of the configuration that it changes. */
  readonly needs?: Partial<Base> | undefined;
  /** The presenter it is about; either, the client with mutual TLS, unless said. */
  readonly presenter?: Side | undefined;
}

export type Row = readonly [name: string, expected: Expected, apply: Variation['apply'], needs?: Partial<Base>];

export const toVariations =
  (group: string, presenter?: Side) =>
  ([name, expected, apply, needs]: Row): Variation => ({
    name: `${group}: ${name}`,
    expected,
    apply,
    needs,
    presenter,
  });

export const refused = (cause: string): Expected => ({ cause });
export const stricter = (code: string): Expected => ({ stricter: code });

/** The presenter with another chain, and another key where the first of the chain is not its own. */
export const present =
  (make: (leaf: Holder, cast: Cast) => readonly Holder[], key?: (leaf: Holder) => Holder): Variation['apply'] =>
  (scene, cast) => {
    const chain = make(cast.leaf, cast);
    const owner = key ? key(cast.leaf) : chain[0];
    return changeSide(scene, cast.presenter, {
      certificate: chain,
      certificateKey: owner && [owner.key],
    });
  };

/** The presenter with an end entity of its own. */
export const presentLeaf = (
  make: (cast: Cast) => Holder,
  above: readonly Holder[] = [issuing, policy, root],
): Variation['apply'] => present((_, cast) => [make(cast), ...above]);

/** The verifier with another trusted-ca. */
export const trust =
  (...trusted: readonly Holder[]): Variation['apply'] =>
  (scene, { verifier }) =>
    changeSide(scene, verifier, { trustedCA: trusted });

export const both =
  (...changes: readonly Variation['apply'][]): Variation['apply'] =>
  (scene, cast) =>
    changes.reduce((changed, change) => change(changed, cast), scene);
