/** A pile of many chains: twice the pile must not take much more than twice the time. */
import { showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, writeChains } from '../piles.js';

/** Certificates of one chain. */
const length = 20;

function run({ folder, quick, certwright }: Bench): Row[] {
  const chains = quick ? 100 : 500;
  const [once, twice] = [writeChains(folder, chains, length), writeChains(folder, 2 * chains, length)];
  const order = (pile: string): { command: readonly string[] } => ({
    command: certwright('chain', pile, '--each', '--at', at, '-o', `${folder}/out`),
  });
  const times = comparePrograms(order(twice), order(once), 3);
  const count = (certificates: number): string => certificates.toLocaleString('en-US');
  return [
    {
      work: `${count(2 * chains * length)} certificates of ${count(2 * chains)} chains`,
      ours: '`certwright chain --each`',
      theirs: `the same of ${count(chains * length)} certificates of ${count(chains)} chains`,
      ...showTimes(times),
      bar: 2.2,
    },
  ];
}

export const orderPile: Case = {
  title: 'Ordering a pile',
  about: `Chains of ${length} P-256 certificates, shuffled in one file; each chain is written to a file of its own.`,
  run,
};
