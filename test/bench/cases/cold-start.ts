/** What the shortest commands take beside Node itself, which has to start for them. */
import { showMilliseconds, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';

const certificates = 'samples/etc/sec/certs';
const commands: readonly (readonly string[])[] = [
  ['host', `${certificates}/sip1.pem`, 'sip1.fly.example.com'],
  ['chain', `${certificates}/sip1-chain.pem`],
  ['crl', 'check', `${certificates}/sip1-chain.pem`, '--crl', 'samples/etc/sec/crl/tls-crl.pem'],
];

function run({ quick, certwright }: Bench): Row[] {
  return commands.map((command) => {
    const node = [process.execPath, '-e', '0'];
    const { ours, theirs, ratio } = comparePrograms(
      { command: certwright(...command, '--at', '2026-11-21') },
      { command: node },
      quick ? 10 : 41,
    );
    const name = command.slice(0, command[0] === 'crl' ? 2 : 1).join(' ');
    return {
      work: `start: ${name} on a small file`,
      ours: `\`certwright ${name}\``,
      theirs: '`node -e 0`',
      ratio,
      figures: [showMilliseconds(ours), showMilliseconds(theirs)],
      bar: 1.4,
    };
  });
}

export const coldStart: Case = {
  title: 'Start',
  about:
    'A command on the samples, its output read through a pipe, against a Node that does nothing; both without ' +
    'NODE_EXTRA_CA_CERTS, with which Node itself takes much longer to start.',
  run,
};
