/** Checks of the group `files`: what the path options name can be opened, and is the PEM that OpenSSL reads. */
import { containerNames, type InputObject } from '../containers/input-object.js';
import { createFinding } from '../finding/catalogue.js';
import { isOk, withSetting, type Finding } from '../finding/finding.js';
import { concludeCheck, type Check } from './check.js';
import type { OptionFiles, SideConfiguration, SideFiles } from './configuration.js';
import type { Obstacle } from './obstacle.js';

export type PathOption = Exclude<keyof SideFiles, 'key'>;
const pathOptions: readonly PathOption[] = ['certificate', 'certificateKey', 'trustedCA', 'tlsCRL'];

export interface FilesVerdict {
  readonly checks: readonly Check[];
  /** For each option whose files cannot be judged further: the check that says why. */
  readonly obstacles: Readonly<Partial<Record<PathOption, Obstacle>>>;
}

const readableCodes: ReadonlySet<string> = new Set([
  'input/not-found',
  'input/unreadable',
  'input/not-a-file',
  'input/too-large',
  'input/empty',
]);

/** Left to the checks of what the file holds: `key/usable`, `revocation/crls-usable`. */
const isOfItsContents = ({ code }: Finding): boolean => code.startsWith('key/') || code === 'pem/crl-label';

const officialNames: Readonly<Record<PathOption, string>> = {
  certificate: 'certificate',
  certificateKey: 'certificate-key',
  trustedCA: 'trusted-ca',
  tlsCRL: 'tls-crl',
};

/** One finding a file; UTF-16, which OpenSSL does not read either, has its own. */
function explainContainers(objects: readonly InputObject[], option: PathOption): Finding[] {
  const containers = new Map(
    objects.flatMap(({ container, origin }) => (container === 'pem' ? [] : [[origin.file, container] as const])),
  );
  return Array.from(containers, ([file, container]) => {
    const params = { option: officialNames[option], container: containerNames[container] };
    return createFinding('preflight/not-pem', { kind: 'file', name: file }, params, { origin: { file } });
  });
}

function judgeOption(option: PathOption, { setting, objects, findings }: OptionFiles, side: SideConfiguration['side']) {
  const place = { side, option: setting.name, origin: setting.origin };
  return {
    unreadable: findings.filter(({ code }) => readableCodes.has(code)),
    damaged: [
      ...findings.filter((finding) => !readableCodes.has(finding.code) && !isOfItsContents(finding)),
      ...explainContainers(objects, option).map((finding) => withSetting(finding, place)),
    ],
  };
}

/** A file that two options name is told once. */
function removeRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [JSON.stringify([each.code, each.subject, each.origin]), each])).values()];
}

/** Judges the files of one side; none where no option names any. */
export function checkFiles({ side, files }: SideConfiguration): FilesVerdict {
  const obstacles: Partial<Record<PathOption, Obstacle>> = {};
  const unreadable: Finding[] = [];
  const damaged: Finding[] = [];
  const names: string[] = [];
  for (const option of pathOptions) {
    const given = files[option];
    if (!given) continue;
    const judged = judgeOption(option, given, side);
    unreadable.push(...judged.unreadable);
    damaged.push(...judged.damaged);
    names.push(...given.files.map(({ path }) => path));
    if (!isOk(judged.unreadable)) obstacles[option] = { because: 'files/readable' };
    else if (!isOk(judged.damaged)) obstacles[option] = { because: 'files/pem' };
  }
  if (names.length === 0) return { checks: [], obstacles };
  const params = { files: [...new Set(names)] };
  const checks = [
    concludeCheck({ name: 'files/readable', side, params, findings: removeRepeated(unreadable) }),
    concludeCheck({ name: 'files/pem', side, params, findings: removeRepeated(damaged) }),
  ];
  return { checks, obstacles };
}
