/** Thousands of end entities of one CA. */
import { showMilliseconds, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, atSeconds, writeLeaves } from '../piles.js';

function run({ folder, quick, certwright }: Bench): Row[] {
  const count = quick ? 1000 : 5000;
  const { ca, directory, leaves } = writeLeaves(folder, count);
  const openssl = ['openssl', 'verify', '-attime', atSeconds, '-CAfile', ca, ...leaves];
  const compare = (ours: string, ...inputs: readonly string[]): Row => {
    const times = comparePrograms(
      { command: certwright('verify', ...inputs, '--trusted-ca', ca, '--at', at) },
      { command: openssl },
      quick ? 3 : 5,
    );
    return {
      work: `${count.toLocaleString('en-US')} certificates against one CA`,
      ours,
      theirs: '`openssl verify`, all names in one call',
      ratio: times.ratio,
      figures: [showMilliseconds(times.ours), showMilliseconds(times.theirs)],
      bar: 0.25,
    };
  };
  return [
    compare('`certwright verify` of all files', ...leaves),
    compare('`certwright verify --each` of the directory', directory, '--each'),
  ];
}

export const verifyMany: Case = {
  title: 'Verifying many certificates',
  about: 'Files of one end entity each with a P-256 key, signed by one RSA-2048 CA.',
  run,
};
