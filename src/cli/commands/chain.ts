/** `certwright chain`: arranges a pile of certificates from end entity to root. */
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { checkArrangement } from '../../chain/check-arrangement.js';
import { orderChain, orderChains, type ChainResult, type LeafKey } from '../../chain/order-chain.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { readInputs, type Inputs } from '../../files/read-inputs.js';
import { writeFileAtomically } from '../../files/write-file.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { drawGraph, type GraphFormat } from '../../report/graph.js';
import { viewChain } from '../../report/json/chain.js';
import { formatChain } from '../../report/text/chain.js';
import { UsageError, type Command, type CommandOutcome, type CommonArguments, type Context } from '../command.js';
import { readLeafKey } from '../leaf-key.js';

interface ChainArguments extends CommonArguments {
  readonly inputs?: readonly string[] | undefined;
  readonly key?: string | undefined;
  readonly leaf?: string | undefined;
  readonly issuers?: readonly string[] | undefined;
  readonly trustedCa?: readonly string[] | undefined;
  readonly root: string;
  readonly check?: boolean | undefined;
  readonly inPlace?: boolean | undefined;
  readonly each?: boolean | undefined;
  readonly annotate?: boolean | undefined;
  readonly allPaths?: boolean | undefined;
  readonly graph?: string | undefined;
}

function build(parser: Argv<CommonArguments>): Argv<ChainArguments> {
  return parser
    .positional('inputs', {
      type: 'string',
      array: true,
      describe: 'files, directories, comma lists, or - for standard input',
    })
    .option('key', {
      type: 'string',
      requiresArg: true,
      describe: 'the end entity is the certificate of this private key',
    })
    .option('leaf', {
      type: 'string',
      requiresArg: true,
      describe: 'the end entity: #2, a thumbprint, or a part of the subject',
    })
    .option('each', { type: 'boolean', describe: 'a chain for each end entity; -o is then a directory' })
    .option('issuers', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'certificates to complete the chain from',
    })
    .option('trusted-ca', {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'the chain must end in one of these roots',
    })
    .option('root', {
      choices: ['include', 'omit'],
      default: 'include',
      describe: 'the Security Pack wants the root in the file',
    })
    .option('check', { type: 'boolean', describe: 'write nothing; exit 1 unless the input is arranged already' })
    .option('in-place', { type: 'boolean', describe: 'rewrite the one input file; a private key in it stays' })
    .option('annotate', { type: 'boolean', describe: 'a comment with subject and expiry above each certificate' })
    .option('all-paths', { type: 'boolean', describe: 'list every path with what expires first on it' })
    .option('graph', { choices: ['mermaid', 'dot'], describe: 'draw the paths instead of writing the PEM' })
    .conflicts('check', ['in-place', 'output', 'graph'])
    .conflicts('in-place', ['output', 'each', 'graph'])
    .conflicts('leaf', ['key', 'each'])
    .conflicts('key', 'each') as Argv<ChainArguments>;
}
