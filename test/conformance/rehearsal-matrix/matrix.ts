/**
 * The matrix: every row of the tables on configurations that differ in everything the row does not need, and every sound
 * configuration by itself. Rows go round the protocols, kinds of keys and states of CRLs by their position, each at least
 * once in each direction, so that no two neighbours share a base; the full product would be some ten thousand handshakes.
 */
import type { Side } from '../../../src/security-pack/setting.js';
import { certificateVariations } from './certificate-rows.js';
import { fileVariations } from './file-rows.js';
import { cas, goodCRLs, leafKinds, leaves, root, serverName } from './material.js';
import { optionVariations } from './option-rows.js';
import type { Scene, SceneSide } from './scene.js';
import { trustVariations } from './trust-rows.js';
import type { Cast, Expected, Setting, Variation } from './variation.js';

export interface MatrixCase {
  readonly name: string;
  readonly expected: Expected;
  readonly scene: Scene;
}

const protocols = ['default', 'TLS 1.2', 'TLS 1.3', 'server strict', 'client strict'] as const;

const written: Readonly<Record<Setting['protocol'], Readonly<Partial<Record<Side, string>>>>> = {
  default: {},
  'TLS 1.2': { server: 'TLSv12', client: 'TLSv12' },
  'TLS 1.3': { server: 'TLSv13', client: 'TLSv13' },
  'server strict': { server: 'TLSv13' },
  'client strict': { client: 'TLSv12' },
};

function soundSide(side: Side, { mutual, protocol, crls, nameCheck, kind }: Setting): SceneSide {
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

const soundScene = (setting: Setting): Scene => ({
  server: soundSide('server', setting),
  client: soundSide('client', setting),
  targets: [serverName],
});

const describeSetting = ({ mutual, protocol, crls, nameCheck, kind }: Setting): string =>
  [mutual ? 'mutual' : 'simple', protocol, crls ? 'CRLs' : 'no CRL', nameCheck ? 'host' : 'no name', kind].join(', ');

/** Every sound configuration: mode, protocol, kind of key, CRLs. */
function listSound(): MatrixCase[] {
  const settings = [false, true].flatMap((mutual) =>
    protocols.flatMap((protocol) =>
      leafKinds.flatMap((kind, position) =>
        [false, true].map((crls): Setting => ({ mutual, protocol, kind, crls, nameCheck: position % 2 === 0 })),
      ),
    ),
  );
  return settings.map((setting) => ({
    name: `sound (${describeSetting(setting)})`,
    expected: 'connects',
    scene: soundScene(setting),
  }));
}

/** Who presents, in which mode: the server in both, the client where it is asked. */
const directions = [
  { mutual: false, presenter: 'server', verifier: 'client' },
  { mutual: true, presenter: 'server', verifier: 'client' },
  { mutual: true, presenter: 'client', verifier: 'server' },
] as const;

function applyVariation({ name, expected, apply, needs, presenter }: Variation, position: number): MatrixCase[] {
  const wanted = directions.filter(
    (direction) =>
      (presenter === undefined || direction.presenter === presenter) &&
      (needs?.mutual === undefined || direction.mutual === needs.mutual),
  );
  return wanted.map((direction, turn) => {
    const at = position + turn;
    const setting: Setting = {
      protocol: protocols[at % protocols.length] ?? 'default',
      crls: at % 3 === 0,
      nameCheck: at % 2 === 0,
      kind: leafKinds[at % leafKinds.length] ?? 'p256',
      ...needs,
      mutual: direction.mutual,
    };
    const cast: Cast = { ...direction, leaf: leaves[direction.presenter][setting.kind] };
    return {
      name: `${name} (${direction.presenter} presents, ${describeSetting(setting)})`,
      expected,
      scene: apply(soundScene(setting), cast),
    };
  });
}

export function listCases(): readonly MatrixCase[] {
  const variations = [...certificateVariations, ...fileVariations, ...trustVariations, ...optionVariations];
  return [...listSound(), ...variations.flatMap(applyVariation)];
}
