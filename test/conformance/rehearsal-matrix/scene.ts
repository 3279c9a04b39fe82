/**
 * A configuration of the matrix before it is written: what each option is to hold, and how it becomes files that both
 * commands read. A scene goes the whole way of the command line, from an INI file on, so that options count too.
 */
import { readConfiguration, type SideSources } from '../../../src/files/read-configuration.js';
import type { Configuration } from '../../../src/security-pack/configuration.js';
import type { Platform, Side } from '../../../src/security-pack/setting.js';
import { writeOption, type FileInput } from '../../support/configuration.js';
import type { Scratch } from '../../support/scratch.js';

export interface SceneSide {
  /** Contents of one file, or of several for a list of paths; undefined where the option is not set. */
  readonly certificate?: FileInput | { readonly files: readonly FileInput[] } | undefined;
  readonly certificateKey?: FileInput | undefined;
  readonly trustedCA?: FileInput | undefined;
  readonly tlsCRL?: FileInput | undefined;
  /** Every other option by its name; undefined leaves it out. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Transport parameters of the port; undefined where there is no such line. */
  readonly transport?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly packVersion?: string | undefined;
}

export interface Scene {
  readonly server: SceneSide;
  readonly client: SceneSide;
  readonly targets: readonly string[];
  /** Contents of the files that stand in for the Windows store. */
  readonly store?: FileInput | undefined;
  readonly revocation?: 'leaf' | 'chain' | undefined;
}

export const changeSide = (scene: Scene, side: Side, change: Partial<SceneSide>): Scene => ({
  ...scene,
  [side]: { ...scene[side], ...change },
});

export const changeOptions = (scene: Scene, side: Side, options: SceneSide['options']): Scene =>
  changeSide(scene, side, { options: { ...scene[side].options, ...options } });

const fileOptions = {
  certificate: 'certificate',
  certificateKey: 'certificate-key',
  trustedCA: 'trusted-ca',
  tlsCRL: 'tls-crl',
} as const;

function writeSide(scratch: Scratch, side: Side, scene: SceneSide): SideSources {
  const named = Object.entries(fileOptions).flatMap(([role, option]): [string, string][] => {
    const contents = scene[role as keyof typeof fileOptions];
    if (!contents) return [];
    const files = 'files' in contents ? contents.files : [contents];
    const label = option === 'tls-crl' ? 'X509 CRL' : 'CERTIFICATE';
    const paths = files.map((file, position) =>
      writeOption(scratch, `${side}/${option}-${position + 1}.pem`, file, label),
    );
    return [[option, paths.join(',')]];
  });
  const options = [...named, ...Object.entries(scene.options).filter(([, value]) => value !== undefined)];
  const lines = ['[security]', ...options.map(([name, value = '']) => `${name}=${value}`)];
  if (scene.transport !== undefined) lines.push('[port]', `transport=${scene.transport}`);
  const { platform, packVersion } = scene;
  return { files: [scratch.write(`${side}.ini`, `${lines.join('\n')}\n`)], platform, packVersion };
}

/** Writes the scene into a scratch folder and reads it as `preflight` and `rehearse` do. */
export async function readScene(scratch: Scratch, scene: Scene): Promise<Configuration> {
  const { configuration } = await readConfiguration({
    server: writeSide(scratch, 'server', scene.server),
    client: writeSide(scratch, 'client', scene.client),
    targets: scene.targets,
    windowsStore: scene.store && [writeOption(scratch, 'store.pem', scene.store, 'CERTIFICATE')],
    revocation: scene.revocation,
    keepBytes: true,
  });
  return configuration;
}
