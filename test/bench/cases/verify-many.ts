/** Thousands of end entities of one CA. */
import { bareVerify, showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, atSeconds, writeLeaves } from '../piles.js';

function run({ folder, quick, certwright }: Bench): Row[] {
  const count = quick ? 1000 : 5000;
  const { ca, directory, leaves } = writeLeaves(folder, count);
  const openssl = ['openssl', 'verify', '-attime', atSeconds, '-CAfile', ca, ...leaves];
  const compare = (ours: string, command: readonly string[]): Row => {
    const times = comparePrograms({ command }, { command: openssl }, quick ? 3 : 5);
    return {
      work: `${count.toLocaleString('en-US')} certificates against one CA`,
      ours,
      theirs: '`openssl verify`, all names in one call',
      ...showTimes(times),
    };
  };
  const options = ['--trusted-ca', ca, '--at', at];
  return [
    { ...compare('`certwright verify` of all files', certwright('verify', ...leaves, ...options)), bar: 0.25 },
    {
      ...compare('`certwright verify --each` of the directory', certwright('verify', directory, '--each', ...options)),
      bar: 0.25,
    },
    compare('a bare program', bareVerify(ca, ...leaves)),
  ];
}

export const verifyMany: Case = {
  title: 'Verifying many certificates',
  about:
    'Files of one end entity each with a P-256 key, signed by one RSA-2048 CA. The bare program (test/bench/bare-verify.cjs) ' +
    'reads each file, decodes it and has OpenSSL check one signature: it knows no path, no rule and no finding, and is the ' +
    'least that Node takes.',
  run,
};
