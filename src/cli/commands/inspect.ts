/** `certwright inspect`: what is in these files. */
import { buildAsn1Tree, type Asn1Tree } from '../../containers/asn1-tree.js';
import { judgeByFiles } from '../../files/judge-by-crls.js';
import { gatherInputs } from '../../files/read-inputs.js';
import { explainMalformations, inspectObjects, type InspectedObject } from '../../report/inspection.js';
import { viewObject } from '../../report/json/inspect.js';
import { formatInspection } from '../../report/text/inspect.js';
import { surveyFingerprints } from '../../revocation/survey-crl.js';
import { UsageError, type Command, type CommandOutcome, type Context } from '../command.js';
import type { ArgumentsOf, Options, Positionals } from '../options.js';

const positionals = {
  inputs: { array: true, describe: 'files, directories, comma lists, or - for standard input' },
} as const satisfies Positionals;

const options = {
  asn1: { type: 'boolean', describe: 'the ASN.1 structure of each object, with offsets' },
} as const satisfies Options;

type InspectArguments = ArgumentsOf<typeof positionals, typeof options>;

async function buildTrees(objects: readonly InspectedObject[]): Promise<ReadonlyMap<InspectedObject, Asn1Tree>> {
  const trees = new Map<InspectedObject, Asn1Tree>();
  for (const inspected of objects) {
    const { kind, object } = inspected;
    const secret = { refused: 'a private key is never shown' };
    trees.set(inspected, kind === 'private-key' ? secret : await buildAsn1Tree(object.der));
  }
  return trees;
}

async function run(args: InspectArguments, context: Context): Promise<CommandOutcome> {
  const { inputs: sources = [], asn1 = false, passwordFile } = args;
  if (sources.length === 0) throw new UsageError('inspect: name at least one file, directory or - for standard input');
  // Nobody is asked for the password of a key that is merely to be named; one that is given is used.
  const openKeys = passwordFile !== undefined;
  const { at, verbose, onProgress } = context;
  const reading = {
    ...context.reading,
    openKeys,
    certificates: [],
    fingerprints: surveyFingerprints,
    // Of a CRL that is streamed there is no structure left to show.
    ...(asn1 && { largeFrom: Infinity }),
  };
  const { inputs, judgement: objects } = await judgeByFiles(
    reading,
    (readFile) => gatherInputs(sources, reading, readFile),
    (read) => inspectObjects(read, at, onProgress),
  );
  const trees = asn1 ? await buildTrees(objects) : undefined;
  return {
    findings: [...inputs.findings, ...explainMalformations(objects)],
    get result() {
      return {
        files: inputs.files,
        objects: objects.map((inspected) => viewObject(inspected, at, trees?.get(inspected))),
      };
    },
    text: (palette) => formatInspection(objects, { at, verbose }, palette, trees),
  };
}

export const inspectCommand: Command<InspectArguments> = { positionals, options, run };
