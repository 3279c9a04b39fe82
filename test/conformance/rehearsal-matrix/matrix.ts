/**
 * The matrix: every row of the tables on a configuration that is sound but for it, and every kind of sound configuration
 * by itself. What a row does not need goes round with its position: mode, protocol, kind of key, CRLs, name check. The
 * full product was refused: it would be some ten thousand handshakes that differ in nothing that meets.
 */
import type { Side } from '../../../src/security-pack/setting.js';
import { certificateVariations } from './certificate-rows.js';
import { fileVariations } from './file-rows.js';
import { cas, goodCRLs, leafKinds, leaves, root, serverName } from './material.js';
import { optionVariations } from './option-rows.js';
import { protocolVariations } from './protocol-rows.js';
import type { Scene, SceneSide } from './scene.js';
import { trustVariations } from './trust-rows.js';
import type { Base, Cast, Expected, Variation } from './variation.js';

export interface MatrixCase {
  readonly name: string;
  readonly expected: Expected;
  readonly scene: Scene;
}

const protocols = ['default', 'TLS 1.2', 'TLS 1.3', 'server strict', 'client strict'] as const;

const written: Readonly<Record<Base['protocol'], Readonly<Partial<Record<Side, string>>>>> = {
  default: {},
  'TLS 1.2': { server: 'TLSv12', client: 'TLSv12' },
  'TLS 1.3': { server: 'TLSv13', client: 'TLSv13' },
  'server strict': { server: 'TLSv13' },
  'client strict': { client: 'TLSv12' },
};

function soundSide(side: Side, { mutual, protocol, crls, nameCheck, kind }: Base): SceneSide {
  const leaf = leaves[side][kind];
  const verifies = side === 'client' || mutual;
  const presents = side === 'server' || mutual;
  return {
    ...(presents && { certificate: [leaf, ...cas], certificateKey: [leaf.key] }),
    trustedCA: [root],
    ...(crls && verifies && { tlsCRL: goodCRLs }),
    options: {
      ...(side === 'client' && { 'tls-target-name-check': nameCheck ? 'host' : 'no' }),
      'sec-protocol': written[protocol][side],
    },
    ...(side === 'server' && { transport: mutual ? 'tls=1;tls-mutual=1' : 'tls=1' }),
  };
}

const soundScene = (base: Base): Scene => ({
  server: soundSide('server', base),
  client: soundSide('client', base),
  targets: [serverName],
});

const describeBase = ({ mutual, protocol, crls, nameCheck, kind }: Base): string =>
  [mutual ? 'mutual' : 'simple', protocol, crls ? 'CRLs' : 'no CRL', nameCheck ? 'host' : 'no name', kind].join(', ');

/** Every mode, protocol and kind of key. */
function listSound(): MatrixCase[] {
  const bases = [false, true].flatMap((mutual, turn) =>
    protocols.flatMap((protocol, first) =>
      leafKinds.map((kind, second): Base => {
        const at = turn + first + second;
        return { mutual, protocol, kind, crls: at % 2 === 0, nameCheck: at % 3 !== 0 };
      }),
    ),
  );
  return bases.map((base) => ({
    name: `sound (${describeBase(base)})`,
    expected: 'connects',
    scene: soundScene(base),
  }));
}

/** The server presents, simple and mutual by turns; the client with mutual TLS. */
function listCasts({ presenter, needs }: Variation, position: number): (Omit<Cast, 'leaf'> & Pick<Base, 'mutual'>)[] {
  const casts = [
    { presenter: 'server', verifier: 'client', mutual: needs?.mutual ?? position % 2 === 1 },
    { presenter: 'client', verifier: 'server', mutual: true },
  ] as const;
  return casts.filter(
    (cast) =>
      (presenter === undefined || cast.presenter === presenter) &&
      (needs?.mutual === undefined || cast.mutual === needs.mutual),
  );
}

function applyVariation(variation: Variation, position: number): MatrixCase[] {
  const { name, expected, apply, needs } = variation;
  return listCasts(variation, position).map((cast, turn) => {
    const at = position + turn;
    const base: Base = {
      protocol: protocols[at % protocols.length] ?? 'default',
      // Modes go by twos and protocols by fives already.
      crls: at % 3 === 0,
      nameCheck: at % 4 < 2,
      kind: leafKinds[Math.floor(at / 2) % leafKinds.length] ?? 'p256',
      ...needs,
      mutual: cast.mutual,
    };
    return {
      name: `${name} (${cast.presenter} presents, ${describeBase(base)})`,
      expected,
      scene: apply(soundScene(base), { ...cast, leaf: leaves[cast.presenter][base.kind] }),
    };
  });
}

export function listCases(): readonly MatrixCase[] {
  const variations = [
    ...certificateVariations,
    ...fileVariations,
    ...trustVariations,
    ...optionVariations,
    ...protocolVariations,
  ];
  return [...listSound(), ...variations.flatMap(applyVariation)];
}
