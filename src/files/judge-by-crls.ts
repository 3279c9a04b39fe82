/**
 * CRLs of any size for a judgement: the large ones are streamed, with the questions that the certificates at hand suggest.
 *
 * The core is synchronous and cannot wait for a file. So the questions come first: every serial number, and the keys of all
 * certificates that bear the name of a CRL's issuer. One pass answers them, and the judgement is made from the answers. It
 * seldom needs another: where a key of another name is to be tried, or two CRLs look alike. Then it stops with an
 * `UnreadEvidenceError`, everything is read once more with that question too, and the judgement begins anew, so that no
 * verdict ever rests on two different passes.
 */
import { statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { readContainer } from '../containers/read-container.js';
import type { FingerprintAlgorithm } from '../crypto/fingerprint.js';
import { toHex } from '../der/values.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { nameKey } from '../names/distinguished-name.js';
import {
  placeStreamedCRL,
  UnreadEvidenceError,
  type OpenQuestion,
  type StreamQuestions,
} from '../revocation/streamed-crl.js';
import type { Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { spkiKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';
import type { SourceFile } from './expand-sources.js';
import { gatherInputs, openSource, type FileContent, type ReadFile, type ReadInputsOptions } from './read-inputs.js';
import { explainSystemError, readSource } from './read-source.js';
import { Spool } from './spool.js';
import { streamFile, type FileStamp, type StreamedFile } from './stream-file.js';

/**
 * Size of a CRL in bytes of DER from which it is streamed, inclusive: about 100,000 entries. Below, the whole file costs
 * less memory than Node itself, and a second pass would cost more than it saves.
 */
const largeCRL = 4 * 1024 * 1024;

/**
 * Passes after which all is read whole. Each answers whatever question stopped the one before; real questions take two,
 * and a pile of certificates made to ask for one key after the other shall not take hundreds.
 */
const mostPasses = 4;

export interface JudgeByCRLsOptions extends ReadInputsOptions {
  /** All certificates that may be asked about or may have signed a CRL. */
  readonly certificates: readonly Certificate[];
  /** Further serial numbers to look for, by their content octets. */
  readonly serials?: readonly Uint8Array[] | undefined;
  /** The fingerprints of each CRL that will be asked for. */
  readonly fingerprints?: readonly FingerprintAlgorithm[] | undefined;
  /** Bytes of DER from which a CRL is streamed, 4 MiB unless given; Infinity for none. */
  readonly largeFrom?: number | undefined;
  /** Sizes of what is held of a CRL that is streamed; for tests. */
  readonly blockSize?: number | undefined;
  readonly windowSize?: number | undefined;
}

export interface CRLInputs {
  /** In the order of the files; those that were streamed answer only what they were asked. */
  readonly crls: readonly CertificateList[];
  readonly findings: readonly Finding[];
}

/**
 * Reads CRLs as `readInputs` does, but for the memory, and judges by them.
 *
 * @param judge is called again where another pass was needed; it must not catch what it does not know.
 * @returns what was read for the judgement that held, and that judgement. Findings: those of `readInputs`, and
 * `input/changed` for a file that is not the same at the end of a pass, or in the next one; it gives no CRLs then.
 */
export async function judgeByCRLs<Judgement>(
  sources: readonly string[],
  options: JudgeByCRLsOptions,
  judge: (inputs: CRLInputs) => Judgement | Promise<Judgement>,
): Promise<{ readonly inputs: CRLInputs; readonly judgement: Judgement }> {
  return judgeByFiles(
    options,
    async (readFile) => {
      const { crls, findings } = await gatherInputs(sources, options, readFile);
      return { crls, findings };
    },
    judge,
  );
}

/** The same for whoever gathers the files himself: `gather` is called once for every pass. */
export async function judgeByFiles<Gathered, Judgement>(
  options: JudgeByCRLsOptions,
  gather: (readFile: ReadFile) => Promise<Gathered>,
  judge: (inputs: Gathered) => Judgement | Promise<Judgement>,
): Promise<{ readonly inputs: Gathered; readonly judgement: Judgement }> {
  const reader = new LargeCRLReader(options);
  try {
    for (;;) {
      const inputs = await gather((source) => reader.read(source));
      try {
        return { inputs, judgement: await judge(inputs) };
      } catch (error) {
        if (!(error instanceof UnreadEvidenceError)) throw error;
        reader.ask(error.question);
      }
    }
  } finally {
    await reader.dispose();
  }
}

class LargeCRLReader {
  private readonly largeFrom: number;
  private readonly spool: Spool;
  private readonly stamps = new Map<string, FileStamp>();
  private readonly furtherSerials: Uint8Array[] = [];
  private readonly furtherKeys: SubjectPublicKeyInfo[] = [];
  /** What the certificates suggest, gathered once a large CRL turns up. */
  private suggested: SuggestedQuestions | undefined;
  private readonly fingerprints: Set<FingerprintAlgorithm>;
  private passes = 1;

  constructor(private readonly options: JudgeByCRLsOptions) {
    const { fingerprints, largeFrom = largeCRL } = options;
    this.largeFrom = largeFrom;
    this.spool = new Spool(largeFrom);
    this.fingerprints = new Set(fingerprints);
  }

  /** One question more for the next pass. */
  ask(question: OpenQuestion): void {
    this.passes++;
    if ('serials' in question) for (const serial of question.serials) this.furtherSerials.push(serial);
    else if ('key' in question) this.furtherKeys.push(question.key);
    else if ('bytes' in question) this.passes = mostPasses + 1;
    else this.fingerprints.add(question.fingerprint);
  }

  async read(source: SourceFile): Promise<FileContent | { readonly finding: Finding }> {
    const { file, directory } = source;
    const { stdin } = this.options;
    if (file === '-') return this.readPipe(source, stdin ? () => stdin : () => process.stdin);
    try {
      const stats = statSync(file);
      if (stats.isFIFO() && directory === undefined) return await this.readPipe(source);
      const isLarge = stats.isFile() && stats.size >= this.largeFrom;
      return isLarge ? await this.readLarge(file, source) : await this.readWhole(file, source);
    } catch (error) {
      return { finding: explainSystemError(error, file) };
    }
  }

  dispose(): Promise<void> {
    return this.spool.dispose();
  }

  private async readWhole(path: string, source: SourceFile): Promise<FileContent | { readonly finding: Finding }> {
    return openSource(await readSource(path, { pipes: false }), source, this.options);
  }

  private async readPipe(
    source: SourceFile,
    stream?: () => Readable,
  ): Promise<FileContent | { readonly finding: Finding }> {
    const spooled = await this.spool.read(source.file, stream);
    return 'path' in spooled ? this.readLarge(spooled.path, source) : openSource(spooled, source, this.options);
  }

  /** @param path where the bytes are; `source` is what they are called. */
  private async readLarge(path: string, source: SourceFile): Promise<FileContent | { readonly finding: Finding }> {
    if (this.passes > mostPasses) return this.readWhole(path, source);
    const streamed = await streamFile(path, source.file, {
      ...this.options,
      questions: this.questions,
      largeFrom: this.largeFrom,
    });
    if (streamed.outcome === 'to-be-read-whole') return this.readWhole(path, source);
    const isOther = streamed.outcome === 'streamed' && (this.stamps.get(path) ?? streamed.stamp) !== streamed.stamp;
    if (streamed.outcome === 'changed' || isOther) {
      const { file } = source;
      const pass = isOther ? 'between-passes' : 'while-reading';
      return { finding: createFinding('input/changed', { kind: 'file', name: file }, { pass }, { origin: { file } }) };
    }
    this.stamps.set(path, streamed.stamp);
    return (await this.takeApart(streamed, source)) ?? this.readWhole(path, source);
  }

  private get questions(): StreamQuestions {
    const { serials, keys } = (this.suggested ??= suggestQuestions(this.options));
    const wanted = new Map([...serials, ...this.furtherSerials].map((serial) => [toHex(serial), serial]));
    return {
      serials: [...wanted.values()],
      keysFor: (issuer) => [...(keys.get(nameKey(issuer)) ?? []), ...this.furtherKeys],
      fingerprints: [...this.fingerprints],
    };
  }

  /** Undefined where a CRL that was streamed is none by the text around it. */
  private async takeApart(
    { size, content }: Extract<StreamedFile, { outcome: 'streamed' }>,
    { file }: SourceFile,
  ): Promise<FileContent | undefined> {
    if (!('text' in content)) {
      const origin = { file, index: 1 };
      const object = { kind: 'crl', der: new Uint8Array(), origin, container: 'der' } as const;
      return { size, objects: [object], findings: [], parsed: new Map([[object, placeStreamedCRL(content, origin)]]) };
    }
    const { text, omissions, crls } = content;
    const { objects, findings } = await readContainer(text, file, { ...this.options, omissions });
    const parsed = new Map(
      crls.flatMap(({ textStart, crl }) => {
        const object = objects.find(({ kind, pem }) => kind === 'crl' && pem?.textStart === textStart);
        return object ? [[object, placeStreamedCRL(crl, object.origin)] as const] : [];
      }),
    );
    return parsed.size < crls.length ? undefined : { size, objects, findings, parsed };
  }
}

interface SuggestedQuestions {
  readonly serials: readonly Uint8Array[];
  readonly keys: ReadonlyMap<string, readonly SubjectPublicKeyInfo[]>;
}

function suggestQuestions({ certificates, serials = [] }: JudgeByCRLsOptions): SuggestedQuestions {
  const known = certificates.map(({ tbsCertificate }) => tbsCertificate.serialNumber);
  return { serials: [...known, ...serials], keys: groupKeys(certificates) };
}

/** The keys of all certificates of one subject, by the key of its name. */
function groupKeys(certificates: readonly Certificate[]): ReadonlyMap<string, readonly SubjectPublicKeyInfo[]> {
  const groups = new Map<string, Map<string, SubjectPublicKeyInfo>>();
  for (const { tbsCertificate } of certificates) {
    const { subject, subjectPublicKeyInfo: key } = tbsCertificate;
    const name = nameKey(subject);
    const group = groups.get(name) ?? new Map<string, SubjectPublicKeyInfo>();
    group.set(spkiKey(key), key);
    groups.set(name, group);
  }
  return new Map(Array.from(groups, ([name, group]) => [name, [...group.values()]]));
}
