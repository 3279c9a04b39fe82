/** Checks of the group `files`: what the path options name can be opened, and is the PEM that OpenSSL reads. */
import { containerNames } from '../../containers/input-object.js';
import { createFinding } from '../../finding/catalogue.js';
import { isOk, withSetting, type Finding } from '../../finding/finding.js';
import { concludeCheck, type Check } from '../check.js';
import type { OptionFiles, SideConfiguration, SideFiles } from '../configuration.js';
import type { Obstacle } from '../obstacle.js';
import type { Side } from '../setting.js';

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

/** A container whose password is not known, or that is damaged. */
const sealedCodes: ReadonlySet<string> = new Set([
  'input/password-required',
  'input/wrong-password',
  'input/damaged-container',
]);

/** Left to the checks of what the file holds: `key/usable`, `revocation/crls-usable`. */
const isOfItsContents = ({ code }: Finding): boolean => code.startsWith('key/') || code === 'pem/crl-label';

const officialNames: Readonly<Record<PathOption, string>> = {
  certificate: 'certificate',
  certificateKey: 'certificate-key',
  trustedCA: 'trusted-ca',
  tlsCRL: 'tls-crl',
};

/** One finding a file; a container that could not be opened says by itself what it is. */
function explainContainers({ objects, findings }: OptionFiles, option: PathOption): Finding[] {
  const containers = new Map([
    ...findings.flatMap(({ params: { format }, code, origin }) =>
      sealedCodes.has(code) && origin ? [[origin.file, String(format)] as const] : [],
    ),
    ...objects.flatMap(({ container, origin }) =>
      container === 'pem' ? [] : [[origin.file, containerNames[container]] as const],
    ),
  ]);
  return Array.from(containers, ([file, container]) => {
    const params = { option: officialNames[option], container };
    return createFinding('preflight/not-pem', { kind: 'file', name: file }, params, { origin: { file } });
  });
}

function judgeOption(
  option: PathOption,
  files: OptionFiles,
  side: Side,
): Readonly<Record<'unreadable' | 'damaged', readonly Finding[]>> {
  const { setting, findings } = files;
  const place = { side, option: setting.name, origin: setting.origin };
  const notPem = explainContainers(files, option).map((finding) => withSetting(finding, place));
  const isOfContainer = ({ code, origin }: Finding): boolean =>
    code.startsWith('input/') && notPem.some(({ subject }) => subject.name === origin?.file);
  return {
    unreadable: findings.filter(({ code }) => readableCodes.has(code)),
    damaged: [
      ...findings.filter(
        (finding) => !readableCodes.has(finding.code) && !isOfItsContents(finding) && !isOfContainer(finding),
      ),
      ...notPem,
    ],
  };
}

/** The check that has already said that the value of the option names no file: a thumbprint on UNIX, a misspelt one. */
function findObjection({ checks }: SideConfiguration, { setting }: OptionFiles): string | undefined {
  const { file, line } = setting.origin;
  const isAbout = ({ severity, setting: at }: Finding): boolean =>
    severity === 'error' && at?.option === setting.name && at.origin.file === file && at.origin.line === line;
  return checks.find(({ name, findings }) => name === 'options/paths' && findings.some(isAbout))?.name;
}

/** A file that two options name is told once. */
function removeRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [JSON.stringify([each.code, each.subject, each.origin]), each])).values()];
}

/** Judges the files of one side; none where no option names any. */
export function checkFiles(configuration: SideConfiguration): FilesVerdict {
  const { side, files } = configuration;
  const obstacles: Partial<Record<PathOption, Obstacle>> = {};
  const unreadable: Finding[] = [];
  const damaged: Finding[] = [];
  const names: string[] = [];
  for (const option of pathOptions) {
    const given = files[option];
    if (!given) continue;
    const objection = findObjection(configuration, given);
    if (objection !== undefined) {
      obstacles[option] = { because: objection };
      continue;
    }
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
