/** What the shortest commands take beside Node itself, which has to start for them. */
import { bareVerify, showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, writeLeaves } from '../piles.js';

const certificates = 'samples/etc/sec/certs';
const commands: readonly (readonly string[])[] = [
  ['host', `${certificates}/sip1.pem`, 'sip1.fly.example.com'],
  ['chain', `${certificates}/sip1-chain.pem`],
  ['crl', 'check', `${certificates}/sip1-chain.pem`, '--crl', 'samples/etc/sec/crl/tls-crl.pem'],
];

function run({ folder, quick, certwright }: Bench): Row[] {
  const compare = (name: string, ours: string, command: readonly string[]): Row => {
    const node = [process.execPath, '-e', '0'];
    const times = comparePrograms({ command }, { command: node }, quick ? 10 : 41);
    return {
      work: `start: ${name} on a small file`,
      ours,
      theirs: '`node -e 0`',
      ...showTimes(times),
    };
  };
  const { ca, leaves } = writeLeaves(folder, 1);
  return [
    ...commands.map((command) => {
      const name = command.slice(0, command[0] === 'crl' ? 2 : 1).join(' ');
      return { ...compare(name, `\`certwright ${name}\``, certwright(...command, '--at', at)), bar: 1.4 };
    }),
    compare('one signature', 'a bare program', bareVerify(ca, ...leaves)),
  ];
}

export const coldStart: Case = {
  title: 'Start',
  about:
    'A command on the samples, its output read through a pipe, against a Node that does nothing; both without ' +
    'NODE_EXTRA_CA_CERTS, with which Node itself takes much longer to start. The bare program (test/bench/bare-verify.cjs) ' +
    'loads node:crypto and checks one signature, as chain and crl check have to, and does nothing else.',
  run,
};
